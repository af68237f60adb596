"""The command line against a cloud that misbehaves: what is shown, what is sent, how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.answers import (
    Answer,
    Cut,
    body,
    cut,
    error,
    html,
    json_answer,
    ok,
    sse,
    text_event,
)
from tests.support.cli import CliResult, run_cli
from tests.support.media import write_jpeg
from tests.support.scripted_cloud import Request, ScriptedCloud

RUN = ("POST", "/run_sse")
SESSION = ("POST", "/api/tasks/me/with-session/nemo_agent")
UPLOAD = ("POST", "/api/upload-video/*")
SUBMIT = ("POST", "/api/render/proxy/lambda")
POLL = ("GET", "/api/render/proxy/lambda/*")
STATE = ("GET", "/api/state/*")
TOKEN = ("POST", "/api/auth/anonymous-token")
FILE = ("GET", "/files/*")


def convert(photo: Path, out: Path, *more: str, expect: int = 0) -> CliResult:
    return run_cli("convert", photo, "--out", out, *more, expect=expect)


def test_convert_does_each_step_once_and_brings_the_file(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    result = convert(photo, out, "--json")
    assert out.read_bytes() == cloud.good_day.video
    assert result.document["bytes"] == len(cloud.good_day.video)
    for call in (TOKEN, SESSION, UPLOAD, RUN, SUBMIT):
        assert cloud.count(*call) == 1, call


def test_convert_sends_the_draft_back_as_it_came(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    convert(photo, out)
    (submit,) = cloud.calls(*SUBMIT)
    assert json.dumps(submit.json["draft"]) == json.dumps(cloud.good_day.draft)


def test_every_request_carries_token_and_attribution(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    convert(photo, out)
    for request in cloud.requests:
        assert request.headers["x-skill-source"] == "image-to-video-converter-online"
        assert {"x-skill-version", "x-skill-platform"} <= set(request.headers)
        assert (request.token is None) == (request.path == TOKEN[1])


@pytest.mark.parametrize("call", [UPLOAD, RUN], ids=["upload", "message"])
def test_convert_starts_a_lost_session_anew_once(
    cloud: ScriptedCloud, photo: Path, out: Path, call: tuple[str, str]
) -> None:
    cloud.on(*call, error(1002, "Session not found"))
    result = convert(photo, out)
    assert "starting a new one" in result.stderr
    assert cloud.count(*SESSION) == 2
    assert out.exists()


def test_convert_gives_up_when_the_session_is_lost_twice(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.always(*UPLOAD, error(1002, "Session not found"))
    result = convert(photo, out, "--json", expect=4)
    assert (result.error["kind"], result.error["code"]) == ("session", 1002)
    assert cloud.count(*UPLOAD) == 2


@pytest.mark.parametrize(
    ("call", "answer", "code", "kind"),
    [
        pytest.param(RUN, error(2001), 5, "credits", id="no-credits"),
        pytest.param(
            RUN,
            sse({"type": "error", "message": "no", "code": 2001}),
            5,
            "credits",
            id="no-credits-in-the-stream",
        ),
        pytest.param(UPLOAD, error(4001), 6, "file", id="unsupported-file"),
        pytest.param(UPLOAD, error(4002), 6, "file", id="file-too-large"),
        pytest.param(SUBMIT, json_answer({}, 402), 7, "plan", id="free-plan-by-status"),
        pytest.param(SUBMIT, error(402), 7, "plan", id="free-plan-by-code"),
        pytest.param(SESSION, json_answer({}, 429), 8, "rate_limit", id="rate-limit"),
        pytest.param(TOKEN, json_answer({}, 429), 8, "rate_limit", id="rate-limit-of-tokens"),
        pytest.param(SESSION, html(), 9, "protocol", id="web-page"),
        pytest.param(SESSION, ok({"task_id": "x"}), 9, "protocol", id="missing-field"),
        pytest.param(RUN, html(502), 9, "network", id="bad-gateway"),
        pytest.param(RUN, sse({"type": "error", "message": "oops"}), 9, "agent", id="agent"),
        pytest.param(
            RUN,
            sse(text_event("I encountered a temporary issue.")),
            9,
            "agent",
            id="temporary-issue",
        ),
        pytest.param(POLL, ok({"id": "x", "status": "failed"}), 10, "render", id="failed-render"),
    ],
)
def test_convert_ends_with_the_code_of_the_fault(
    cloud: ScriptedCloud,
    photo: Path,
    out: Path,
    call: tuple[str, str],
    answer: Answer,
    code: int,
    kind: str,
) -> None:
    cloud.always(*call, answer)
    result = convert(photo, out, "--json", expect=code)
    assert result.stdout == ""
    assert result.error["kind"] == kind
    assert not out.exists()
    assert list(out.parent.glob(".*")) == []
    assert cloud.count(*RUN) <= 1
    assert "nmv_usr_s" not in result.stderr


def test_a_token_of_the_users_own_is_never_replaced(
    cloud: ScriptedCloud, photo: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEMO_TOKEN", "nmv_usr_mine123456")
    cloud.always(*SESSION, error(1001))
    result = convert(photo, out, "--json", "--verbose", expect=3)
    assert result.error["kind"] == "token"
    assert cloud.count(*TOKEN) == 0
    assert "mine123456" not in result.stderr


def test_no_credits_shows_an_anonymous_user_where_to_register(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.always(*RUN, error(2001))
    result = convert(photo, out, expect=5)
    assert "https://nemovideo.com/register?bind=anon_1" in result.stderr


def test_blocked_export_never_speaks_of_credits_and_offers_this_machine(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.always(*SUBMIT, error(402, "insufficient credits tier"))
    result = convert(photo, out, expect=7)
    last = "\n".join(result.stderr.splitlines()[-2:])
    assert "credit" not in last.lower()
    assert "--local" in last


def test_a_file_that_is_refused_is_named_and_the_ones_before_are_kept(
    cloud: ScriptedCloud, tmp_path: Path, out: Path
) -> None:
    first, second = write_jpeg(tmp_path / "a.jpg"), write_jpeg(tmp_path / "b.jpg", 80, 80)

    def answer(request: Request) -> Answer:
        name = request.parts[0].filename
        if name == "b.jpg":
            return error(4001)
        return ok({"files": [{"filename": name, "file_type": "image", "cdn_url": "u"}]})

    cloud.always(*UPLOAD, answer)
    result = run_cli("upload", first, second, expect=6)
    assert "b.jpg" in result.stderr
    assert "a.jpg" in result.stderr
    cloud.count(*UPLOAD)
    run_cli("upload", first, second, expect=6)
    names = [request.parts[0].filename for request in cloud.calls(*UPLOAD)]
    assert names == ["a.jpg", "b.jpg", "b.jpg"]


def test_a_message_is_never_sent_again_after_a_cut_stream(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    def cut_after_the_edit(request: Request) -> Answer:
        cloud.good_day.drafts[request.json["session_id"]] = cloud.good_day.draft
        return sse(text_event("Work"), Cut())

    cloud.on(*RUN, cut_after_the_edit)
    convert(photo, out)
    assert cloud.count(*RUN) == 1
    assert out.exists()


def test_a_lost_answer_ends_in_an_error_after_five_reads_without_a_change(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.on(*RUN, cut())
    result = convert(photo, out, "--json", expect=9)
    assert result.error["kind"] == "timeout"
    assert cloud.count(*RUN) == 1
    assert cloud.count(*STATE) == 1 + 5


def test_a_silent_edit_is_told_from_the_state(cloud: ScriptedCloud) -> None:
    cloud.good_day.reply = ""
    result = run_cli("chat", "add a title", "--json")
    assert result.document["reply"] == ""
    assert 'Title added: "Urban Dreams" (0-3s)' in result.document["changes"]


def test_a_render_that_fails_once_is_submitted_once_more_under_a_new_id(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.on(*POLL, ok({"id": "x", "status": "failed", "error": "no GPU"}))
    convert(photo, out)
    ids = [request.json["id"] for request in cloud.calls(*SUBMIT)]
    assert len(set(ids)) == 2


def test_a_submit_without_an_answer_is_asked_for_before_anything_else(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.on(*SUBMIT, cut())
    convert(photo, out)
    assert cloud.count(*SUBMIT) == 1
    assert out.exists()


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(html(), id="error-page"),
        pytest.param(body(b"", "video/mp4"), id="empty"),
        pytest.param(body(b"not a film", "video/mp4"), id="not-a-film"),
        pytest.param(html(500), id="server-error"),
    ],
)
def test_a_bad_file_is_fetched_from_the_fallback(
    cloud: ScriptedCloud, photo: Path, out: Path, answer: Answer
) -> None:
    cloud.always(*FILE, answer)
    convert(photo, out)
    assert out.read_bytes() == cloud.good_day.video
    assert cloud.count("GET", "/api/render/proxy/*/download") >= 1


def test_text_from_the_server_cannot_steer_the_terminal(cloud: ScriptedCloud) -> None:
    cloud.good_day.reply = "\x1b[2J\x1b]0;owned\x07[bold red]Hi\u202e there[/]\x07"
    result = run_cli("chat", "hello")
    assert result.stdout.splitlines()[0] == "[bold red]Hi there[/]"
    assert "\x1b" not in result.stdout + result.stderr


def test_instructions_for_a_screen_become_actions(cloud: ScriptedCloud) -> None:
    cloud.good_day.reply = "Your video is ready! Click Export to download."
    result = run_cli("chat", "make a video", "--json")
    assert result.document["reply"] == "Your video is ready!"
    assert [(a["kind"], a["done"]) for a in result.document["actions"]] == [("export", False)]
    assert cloud.count(*SUBMIT) == 0


def test_yes_does_what_the_agent_asks_for(cloud: ScriptedCloud, out: Path) -> None:
    cloud.good_day.reply = "Your video is ready! Click Export to download."
    result = run_cli("chat", "make a video", "--yes", "--out", out, "--json")
    assert [(a["kind"], a["done"]) for a in result.document["actions"]] == [("export", True)]
    assert out.read_bytes() == cloud.good_day.video


def test_verbose_shows_no_token(cloud: ScriptedCloud, photo: Path, out: Path) -> None:
    result = convert(photo, out, "--verbose")
    assert "nmv_usr_s" not in result.stdout + result.stderr


def test_open_gives_a_link_with_a_claim_token_alone(cloud: ScriptedCloud) -> None:
    run_cli("session", "new")
    result = run_cli("open", "--print", "--json")
    assert result.document == {"url": "https://nemovideo.com/workspace/claim?ct=clm_scripted"}


def test_renders_cancel_tells_the_server(cloud: ScriptedCloud, photo: Path) -> None:
    run_cli("convert", photo, "--no-export")
    submitted = run_cli("export", "--no-wait", "--json").document
    document = run_cli("renders", "cancel", submitted["render_id"], "--json").document
    assert document["status"] == "cancelled"
    assert cloud.count("POST", f"/api/render/proxy/lambda/{submitted['render_id']}/cancel") == 1


def test_a_blocked_export_is_rendered_on_this_machine_as_the_hint_says(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.good_day.draft = {"t": [{"tt": 0, "sg": [{"d": 1000, "m": {"name": "beach"}}]}]}
    cloud.always(*SUBMIT, error(402))
    blocked = convert(photo, out, "--json", expect=7)
    command = blocked.error["hint"].partition("nemo export ")[2].split()
    result = run_cli("export", *command, "--out", out, "--json")
    assert result.document["output"] == str(out)
    assert out.read_bytes()[4:8] == b"ftyp"
    assert cloud.count(*SUBMIT) == 1
    assert run_cli("status", "--json").document["session_id"] == result.document["session_id"]


def test_a_session_that_nobody_knows_is_not_adopted(cloud: ScriptedCloud) -> None:
    cloud.always(*STATE, error(1002))
    assert run_cli("session", "use", "nonsense", "--json", expect=4).error["code"] == 1002
    assert run_cli("session", "list", "--json").document == []


def test_a_session_of_another_machine_is_adopted(cloud: ScriptedCloud) -> None:
    document = run_cli("session", "use", "session_7", "--json").document
    assert (document["session_id"], document["task_id"]) == ("session_7", "task_7")


def test_upload_starts_a_lost_session_anew_once(cloud: ScriptedCloud, photo: Path) -> None:
    first = run_cli("session", "new", "--json").document["session_id"]
    cloud.on(*UPLOAD, error(1002))
    result = run_cli("upload", photo, "--json")
    assert result.document["session_id"] != first
    assert "starting a new one" in result.stderr


def test_convert_goes_on_when_the_session_that_was_named_is_gone(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.on(*STATE, error(1002))
    result = convert(photo, out, "--session", "old", "--json")
    assert result.document["session_id"] != "old"
    assert "starting a new one" in result.stderr


def test_a_gateway_error_after_the_edit_is_told_from_the_state(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    def edit_behind_a_bad_gateway(request: Request) -> Answer:
        cloud.good_day.drafts[request.json["session_id"]] = cloud.good_day.draft
        return html(502)

    cloud.on(*RUN, edit_behind_a_bad_gateway)
    convert(photo, out)
    assert cloud.count(*RUN) == 1
    assert out.exists()


def test_a_failed_read_of_the_state_counts_as_one_of_the_five(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    def edit_then_cut(request: Request) -> Answer:
        cloud.good_day.drafts[request.json["session_id"]] = cloud.good_day.draft
        cloud.on(*STATE, html())
        return sse(text_event("Work"), Cut())

    cloud.on(*RUN, edit_then_cut)
    convert(photo, out)
    assert cloud.count(*RUN) == 1


def test_a_copy_under_another_name_is_uploaded_too(cloud: ScriptedCloud, tmp_path: Path) -> None:
    for name in ("a.jpg", "copy.jpg"):
        write_jpeg(tmp_path / name)
    files = [tmp_path / "a.jpg", tmp_path / "copy.jpg"]
    document = run_cli("upload", *files, "--json").document
    assert [file["filename"] for file in document["files"]] == ["a.jpg", "copy.jpg"]
    run_cli("upload", *files)
    assert cloud.count(*UPLOAD) == 2


def test_a_kept_token_of_any_form_is_never_written_out(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    token = "a-token-of-another-form"
    run_cli("auth", "login", "--with-token", input=token)
    cloud.always(*SESSION, error(5000, f"no such user {token}"))
    result = convert(photo, out, "--verbose", expect=9)
    assert cloud.calls(*SESSION)[0].token == token
    assert token not in result.stdout + result.stderr
