"""Every row of the table of errors, from the envelope and from the HTTP status alike."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from nemovideo import errors
from nemovideo.client import NemoVideo
from nemovideo.errors import NemoError
from tests.client.conftest import TOKEN, MakeClient
from tests.support.answers import Answer, JsonObject, body, error, html, json_answer, ok
from tests.support.scripted_cloud import ScriptedCloud

CREDITS = "/api/credits/balance/simple"
RENDERS = "/api/render/proxy/lambda"


@pytest.mark.parametrize(
    ("answer", "error_class", "code"),
    [
        (error(1001), errors.InvalidTokenError, 1001),
        (html(401), errors.InvalidTokenError, 1001),
        (error(1002), errors.SessionNotFoundError, 1002),
        (error(1002, status=404), errors.SessionNotFoundError, 1002),
        (error(2001), errors.InsufficientCreditsError, 2001),
        (error(2001, status=402), errors.InsufficientCreditsError, 2001),
        (error(4001, status=400), errors.UnsupportedFileError, 4001),
        (html(415), errors.UnsupportedFileError, 4001),
        (error(4002), errors.FileTooLargeError, 4002),
        (html(413), errors.FileTooLargeError, 4002),
        (error(402), errors.PlanError, 402),
        (html(402), errors.PlanError, 402),
        (json_answer({"code": "2001", "message": "no"}), errors.InsufficientCreditsError, 2001),
        (json_answer({"success": False, "code": 1002}), errors.SessionNotFoundError, 1002),
        (json_answer({"code": 0, "data": {"available": 5}}, 402), errors.PlanError, 402),
        (error(1002, status=500), errors.SessionNotFoundError, 1002),
        (error(2001, status=401), errors.InsufficientCreditsError, 2001),
        (error(77, status=401), errors.InvalidTokenError, 1001),
        (ok({"available": 5}).with_headers(X="1"), None, None),
        (error(0, status=500), errors.ServerError, 500),
        (html(500), errors.ServerError, 500),
        (error(5003, status=500), errors.ServerError, 5003),
        (error(7777), errors.ProtocolError, 7777),
        (html(404), errors.ProtocolError, 404),
        (json_answer({"detail": "Not Found"}, 404), errors.ProtocolError, 404),
        (json_answer({"success": False, "message": "no"}), errors.ProtocolError, None),
        (body(b"", "text/plain", 403), errors.ProtocolError, 403),
    ],
    ids=[
        "1001", "401", "1002", "1002-404", "2001", "2001-402", "4001", "415", "4002", "413",
        "402-code", "402-status", "text-code", "success-false-code", "status-beats-code-0",
        "code-beats-500", "code-beats-401", "status-beats-unknown-code", "good", "500-code-0",
        "500-html", "500-code", "unknown-code", "404-html", "404-json", "success-false", "403",
    ],
)  # fmt: skip
def test_answer_becomes_its_error(
    cloud: ScriptedCloud,
    client: NemoVideo,
    answer: Answer,
    error_class: type[NemoError] | None,
    code: int | None,
) -> None:
    cloud.on("GET", CREDITS, answer)

    if error_class is None:
        assert client.credits.get().available == 5
        return
    with pytest.raises(NemoError) as caught:
        client.credits.get()

    assert type(caught.value) is error_class
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (body(b"", "application/json"), "the answer is empty"),
        (html(200), "a web page instead of JSON"),
        (body(b'{"code":0,"data":{"avail', "application/json"), "no valid JSON"),
        (body(b"\xff\xfe", "application/json"), "no valid JSON"),
        (body(b"[]", "application/json"), "a JSON list instead of an object"),
        (ok({}), "lacks 'available'"),
        (ok({"available": "many"}), "'available' is wrong"),
        (ok({"available": None}), "'available' is wrong"),
        (json_answer({"code": 0, "data": [1]}), "lacks 'available'"),
        (json_answer({"error": "overheated"}), r"lacks 'available' \(the server says: overheated"),
        (body(b'{"available":NaN}', "application/json"), "'available' is wrong"),
        (
            Answer(headers={"Content-Encoding": "gzip"}, steps=[b"no gzip"]),
            "the answer's compression is broken",
        ),
        (Answer(302), "the answer is empty"),
    ],
    ids=[
        "empty", "html", "truncated", "binary", "list", "missing", "text", "null", "list-data",
        "error-words", "nan", "gzip", "redirect-to-nowhere",
    ],
)  # fmt: skip
def test_bad_answer_is_one_clear_error_that_names_the_endpoint(
    cloud: ScriptedCloud, client: NemoVideo, answer: Answer, words: str
) -> None:
    cloud.on("GET", CREDITS, answer)

    with pytest.raises(errors.ProtocolError, match=words) as caught:
        client.credits.get()

    assert caught.value.message.startswith("GET /api/credits/balance/simple: ")
    assert caught.value.exit_code == 9
    assert 'avail"' not in caught.value.message


@pytest.mark.parametrize(
    ("path", "data", "call"),
    [
        ("/api/tasks/*", {"task_id": "t"}, lambda client: client.sessions.create()),
        ("/api/tasks/*", {"session_id": ""}, lambda client: client.sessions.create()),
        ("/api/tasks/*", {"session_id": 7}, lambda client: client.sessions.create()),
        ("/api/upload-video/*", {}, lambda client: client.uploads.create_from_urls("s", ["u"])),
        (
            "/api/upload-video/*",
            {"files": "x"},
            lambda client: client.uploads.create_from_urls("s", ["u"]),
        ),
        (
            "/api/upload-video/*",
            {"files": [7]},
            lambda client: client.uploads.create_from_urls("s", ["u"]),
        ),
        (RENDERS, {"hello": 1}, lambda client: client.renders.submit("r", "s", {})),
        ("/api/auth/claim-token", {}, lambda client: client.claims.create("t", "s")),
    ],
    ids=["session", "empty", "number", "no-files", "text-files", "file", "render", "claim"],
)
def test_answer_that_lacks_what_matters_is_an_error(
    cloud: ScriptedCloud,
    client: NemoVideo,
    path: str,
    data: JsonObject,
    call: Callable[[NemoVideo], object],
) -> None:
    cloud.on("POST", path, ok(data))

    with pytest.raises(errors.ProtocolError, match=r"^POST /api/"):
        call(client)


def test_upload_answer_tolerates_odd_details(cloud: ScriptedCloud, client: NemoVideo) -> None:
    odd = {"filename": 7, "duration": "long", "width": None, "fps": [], "hash": {}, "new": 1}
    cloud.on("POST", "/api/upload-video/*", ok({"files": [odd], "session_state_applied": "yes"}))

    (file,) = client.uploads.create_from_urls("s", ["u"]).files

    assert (file.filename, file.duration_s, file.hash) == ("7", None, None)


# Wording


def test_plan_error_never_speaks_of_credits(cloud: ScriptedCloud, client: NemoVideo) -> None:
    cloud.on("POST", RENDERS, error(402, "you need more credits to export", status=402))

    with pytest.raises(errors.PlanError) as caught:
        client.renders.submit("r", "s", {})

    words = f"{caught.value.message} {caught.value.hint}".lower()
    assert "credit" not in words
    assert "register or upgrade your plan to unlock export" in words
    assert "--local" in words
    assert caught.value.exit_code == 7


def test_no_credits_shows_an_anonymous_user_where_to_register(
    cloud: ScriptedCloud, anonymous: NemoVideo
) -> None:
    cloud.on("POST", "/run_sse", error(2001))

    with pytest.raises(errors.InsufficientCreditsError) as caught:
        anonymous.chat.send("s", "x")

    assert "https://web.example/register?bind=anon_1" in (caught.value.hint or "")
    assert caught.value.exit_code == 5


def test_no_credits_takes_the_user_id_from_the_session_answer(
    cloud: ScriptedCloud, anonymous: NemoVideo
) -> None:
    cloud.on("POST", "/api/auth/anonymous-token", ok({"token": "nmv_usr_x"}))
    cloud.on("POST", "/api/tasks/*", ok({"session_id": "s", "user_id": "anon_7&x=1"}))
    cloud.on("GET", CREDITS, error(2001))
    anonymous.sessions.create()

    with pytest.raises(errors.InsufficientCreditsError) as caught:
        anonymous.credits.get()

    assert "register?bind=anon_7%26x%3D1" in (caught.value.hint or "")


def test_no_credits_takes_the_user_id_from_the_state_answer(
    cloud: ScriptedCloud, client: NemoVideo
) -> None:
    cloud.on("GET", "/api/state/*", ok({"user_id": "anon_8", "state": {}}))
    cloud.on("GET", CREDITS, error(2001))
    client.state.get("s")

    with pytest.raises(errors.InsufficientCreditsError) as caught:
        client.credits.get()

    assert "register?bind=anon_8" in (caught.value.hint or "")


def test_no_credits_tells_a_registered_user_to_top_up(
    cloud: ScriptedCloud, client: NemoVideo
) -> None:
    cloud.on("GET", CREDITS, error(2001))

    with pytest.raises(errors.InsufficientCreditsError) as caught:
        client.credits.get()

    assert caught.value.hint == "Top up credits in your account."


def test_refused_file_keeps_the_servers_words(cloud: ScriptedCloud, client: NemoVideo) -> None:
    cloud.on("POST", "/api/upload-video/*", error(4001, "b.mkv: codec unknown"))

    with pytest.raises(errors.UnsupportedFileError, match=r"b\.mkv: codec unknown") as caught:
        client.uploads.create_from_urls("s", ["u"])

    assert "Accepted: mp4" in (caught.value.hint or "")


def test_refused_render_is_a_render_error(cloud: ScriptedCloud, client: NemoVideo) -> None:
    cloud.on("POST", RENDERS, json_answer({"success": False, "error": "no GPU is free"}))

    with pytest.raises(errors.RenderError, match="no GPU is free"):
        client.renders.submit("r", "s", {})


SECRET = "nmv_usr_9f8e7d6c5b4a"


@pytest.mark.parametrize(
    "message",
    [
        f"token {SECRET} has no rights",
        f"Bearer {SECRET}",
        f"see https://x.example/a?token={SECRET}&b=1",
        "see https://user:w0rd@x.example/a?sig=s1gned&b=1",
        "claim clm_abcdef failed",
        "line\none\x1b[31m\u202ered" + "x" * 5000,
    ],
    ids=["token", "bearer", "query", "signed", "claim", "controls"],
)
def test_server_words_are_cut_short_and_hold_no_secrets(
    cloud: ScriptedCloud, make_client: MakeClient, message: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "nemovideo")
    cloud.on("GET", CREDITS, error(7777, message))

    with pytest.raises(errors.ProtocolError) as caught:
        make_client(SECRET).credits.get()

    told = f"{caught.value!r} {caught.value.message} {caught.value.hint} {caplog.text}"
    assert SECRET.removeprefix("nmv_usr_") not in told
    for secret in ("clm_abcdef", "w0rd", "s1gned"):
        assert secret not in told
    assert caught.value.message.isprintable()
    assert len(caught.value.message) < 400


def test_logs_name_endpoints_and_no_token(
    cloud: ScriptedCloud, anonymous: NemoVideo, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    cloud.on("GET", CREDITS, html(503))

    anonymous.credits.get()

    assert "GET /api/credits/balance/simple: HTTP 503" in caplog.text
    assert "nmv_usr" not in caplog.text
    assert TOKEN not in caplog.text
