"""A conversion against a cloud that misbehaves: what is sent, how it ends, with which code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.answers import (
    Answer,
    error,
    html,
    json_answer,
    ok,
    sse,
    text_event,
)
from tests.support.cli import CliResult, run_cli
from tests.support.endpoints import POLL, RUN, SESSION, SUBMIT, TOKEN, UPLOAD
from tests.support.scripted_cloud import ScriptedCloud


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


def test_a_cloud_that_can_not_be_reached_points_to_this_machine(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.stop_listening()
    result = run_cli("convert", photo, "--out", out, "--json", expect=9)
    assert result.error["kind"] == "network"
    assert not out.exists()


def test_a_rate_limit_is_waited_out_once_and_the_run_goes_on(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.on(*RUN, json_answer({}, 429).with_headers(Retry_After="0"))
    run_cli("convert", photo, "--out", out)
    assert cloud.count(*RUN) == 2
    assert out.exists()
