"""Each resource on a good day: what goes out, what comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo.client import NemoVideo, UploadSource
from nemovideo.errors import ProtocolError, SessionNotFoundError
from nemovideo.protocol.draft import Draft
from tests.support.answers import Answer, JsonObject, body, error, json_answer, ok
from tests.support.good_day import DRAFT
from tests.support.scripted_cloud import ScriptedCloud

SESSION_PATH = "/api/tasks/me/with-session/nemo_agent"
STATE_PATH = "/api/state/nemo_agent/me/s1/latest"
UPLOAD_PATH = "/api/upload-video/nemo_agent/me/s1"
RENDERS_PATH = "/api/render/proxy/lambda"
CREDITS_PATH = "/api/credits/balance/simple"


def test_sessions_create_sends_name_and_language(cloud: ScriptedCloud, client: NemoVideo) -> None:
    session = client.sessions.create(task_name="旅行", language="zh-CN")

    assert cloud.requests[-1].json == {"task_name": "旅行", "language": "zh-CN"}
    assert (session.session_id, session.task_id) == ("session_1", "task_1")


def test_sessions_create_reads_fields_at_the_top_level(
    cloud: ScriptedCloud, client: NemoVideo
) -> None:
    cloud.on("POST", SESSION_PATH, json_answer({"session_id": "s", "task_id": 17, "code": 0}))

    session = client.sessions.create()

    assert (session.session_id, session.task_id) == ("s", "17")


def test_credits_get_returns_the_balance(client: NemoVideo) -> None:
    balance = client.credits.get()

    assert (balance.available, balance.frozen, balance.total) == (100, 0, 100)


def test_state_get_reads_the_inner_state(cloud: ScriptedCloud, client: NemoVideo) -> None:
    cloud.good_day.drafts["s1"] = DRAFT

    state = client.state.get("s1")

    assert state.state.draft_document == DRAFT
    assert (state.session_id, state.task_name) == ("s1", "project")
    assert state.draft == Draft(DRAFT)


def test_state_get_reads_a_state_without_the_inner_one(
    cloud: ScriptedCloud, client: NemoVideo
) -> None:
    cloud.on("GET", STATE_PATH, ok({"session_id": "s1", "draft": DRAFT, "video_infos": [1]}))

    state = client.state.get("s1")

    assert state.state.draft_document == DRAFT
    assert state.state.video_infos == [1]


@pytest.mark.parametrize(
    "data",
    [{"session_id": "s1", "state": {}}, {"session_id": "s1", "state": None}, {"draft": None}],
    ids=["empty", "null", "null-draft"],
)
def test_state_get_has_no_draft_before_the_first_edit(
    cloud: ScriptedCloud, client: NemoVideo, data: JsonObject
) -> None:
    cloud.on("GET", STATE_PATH, ok(data))

    assert client.state.get("s1").draft is None


@pytest.mark.parametrize(
    "data",
    [{"hello": 1}, {"state": {"draft": [1]}}, {"state": "gone"}, {"state": {"draft": "x"}}],
    ids=["foreign", "list-draft", "text-state", "text-draft"],
)
def test_state_get_takes_no_nonsense_for_an_empty_timeline(
    cloud: ScriptedCloud, client: NemoVideo, data: JsonObject
) -> None:
    cloud.on("GET", STATE_PATH, ok(data))

    with pytest.raises(ProtocolError, match=rf"GET {STATE_PATH}: "):
        client.state.get("s1")


def test_state_get_escapes_the_session_id(cloud: ScriptedCloud, client: NemoVideo) -> None:
    cloud.on("GET", "*", error(1002))

    with pytest.raises(SessionNotFoundError):
        client.state.get("../../x?y")

    assert cloud.requests[-1].path == "/api/state/nemo_agent/me/..%2F..%2Fx%3Fy/latest"


def test_uploads_create_sends_all_files_in_one_request(
    cloud: ScriptedCloud, client: NemoVideo, tmp_path: Path
) -> None:
    photo, clip = tmp_path / "a.jpg", tmp_path / "b.mp4"
    photo.write_bytes(b"\xff\xd8\xff photo")
    clip.write_bytes(b"clip" * 100_000)

    result = client.uploads.create("s1", [photo, clip])

    parts = cloud.requests[-1].parts
    assert [(part.name, part.filename, part.content_type) for part in parts] == [
        ("files", "a.jpg", "image/jpeg"),
        ("files", "b.mp4", "video/mp4"),
    ]
    assert [part.content for part in parts] == [photo.read_bytes(), clip.read_bytes()]
    assert [file.filename for file in result.files] == ["a.jpg", "b.mp4"]
    assert result.files[1].duration_s == 5.0


def test_uploads_create_takes_bytes_from_elsewhere(
    cloud: ScriptedCloud, client: NemoVideo, tmp_path: Path
) -> None:
    (tmp_path / "clean").write_bytes(b"stripped")
    source = UploadSource("x.jpg", 8, lambda: (tmp_path / "clean").open("rb"))

    client.uploads.create("s1", [source])

    (part,) = cloud.requests[-1].parts
    assert (part.filename, part.content) == ("x.jpg", b"stripped")


def test_uploads_create_from_urls_names_the_source_type(
    cloud: ScriptedCloud, client: NemoVideo
) -> None:
    result = client.uploads.create_from_urls("s1", ["https://x.example/a.png"])

    assert cloud.requests[-1].json == {
        "urls": ["https://x.example/a.png"],
        "source_type": "url",
    }
    assert result.files[0].filename == "a.png"


def test_renders_submit_sends_the_draft_as_it_came(cloud: ScriptedCloud, client: NemoVideo) -> None:
    raw = (
        '{"state":{"draft":{"z":1.0,"a":{"nested":[1e-7,null,true,"\\ud83d"]},'
        '"t":[{"sg":[],"tt":9}],"\\ud800":12345678901234567890}}}'
    )
    cloud.on("GET", STATE_PATH, body(raw.encode(), "application/json"))
    document = client.state.get("s1").state.draft_document
    assert document is not None

    client.renders.submit("render_1", "s1", document, quality="high")

    sent = cloud.requests[-1]
    draft_text = sent.body.decode().partition('"draft":')[2].partition(',"output"')[0]
    assert draft_text == raw.removeprefix('{"state":{"draft":').removesuffix("}}").replace(
        "1e-7", "1e-07"
    )
    assert sent.json["id"] == "render_1"
    assert sent.json["sessionId"] == "s1"
    assert sent.json["output"] == {"format": "mp4", "quality": "high"}


@pytest.mark.parametrize(
    "answer",
    [
        {"id": "r9", "status": "pending", "progress": 0},
        {"success": True, "data": {"id": "r9", "status": "pending"}},
        {"code": 0, "message": "ok", "data": {"id": "r9"}},
    ],
    ids=["bare", "success", "envelope"],
)
def test_renders_submit_names_the_render_to_poll(
    cloud: ScriptedCloud, client: NemoVideo, answer: JsonObject
) -> None:
    cloud.on("POST", RENDERS_PATH, json_answer(answer))

    assert client.renders.submit("render_1", "s1", {}).id == "r9"


def test_renders_submit_keeps_its_own_id_when_none_comes_back(
    cloud: ScriptedCloud, client: NemoVideo
) -> None:
    cloud.on("POST", RENDERS_PATH, json_answer({"status": "pending"}))

    assert client.renders.submit("render_1", "s1", {}).id == "render_1"


@pytest.mark.parametrize(
    "fields",
    [
        {"output": {"url": "https://f.example/v.mp4"}},
        {"outputUrl": "https://f.example/v.mp4"},
        {"output_url": "https://f.example/v.mp4"},
        {"output": "https://f.example/v.mp4"},
        {"output": {"url": None}, "outputUrl": "https://f.example/v.mp4"},
    ],
    ids=["output.url", "outputUrl", "output_url", "output-text", "null-and-outputUrl"],
)
@pytest.mark.parametrize("is_wrapped", [False, True], ids=["bare", "data"])
def test_renders_get_finds_the_file_in_every_shape(
    cloud: ScriptedCloud, client: NemoVideo, fields: JsonObject, is_wrapped: bool
) -> None:
    job: JsonObject = {"id": "r1", "status": "completed", "progress": 100, **fields}
    cloud.on("GET", f"{RENDERS_PATH}/r1", json_answer({"data": job} if is_wrapped else job))

    found = client.renders.get("r1")

    assert (found.status, found.output_url) == ("completed", "https://f.example/v.mp4")


@pytest.mark.parametrize(
    ("answer", "status"),
    [(ok({"id": "r1", "status": "cancelled"}), "cancelled"), (body(b"", "text/plain", 204), None)],
    ids=["with-body", "without"],
)
def test_renders_cancel_takes_any_answer(
    cloud: ScriptedCloud, client: NemoVideo, answer: Answer, status: str | None
) -> None:
    cloud.on("POST", f"{RENDERS_PATH}/r1/cancel", answer)

    job = client.renders.cancel("r1")

    assert (job.status if job else None) == status
    assert cloud.requests[-1].body == b""


def test_claims_create_returns_the_claim_token(cloud: ScriptedCloud, client: NemoVideo) -> None:
    claim = client.claims.create("t1", "s1")

    assert (claim.claim_token, claim.expires_in) == ("clm_scripted", 600)
    assert cloud.requests[-1].json == {"task_id": "t1", "session_id": "s1"}
    assert "clm_" not in repr(claim)
