"""What of a turn of chat is sent a second time, and what never is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nemovideo.client import NemoVideo
from nemovideo.config import Settings
from nemovideo.errors import (
    InsufficientCreditsError,
    InvalidTokenError,
    NemoError,
    PlanError,
    ProtocolError,
    RateLimitError,
    ServerError,
    SessionNotFoundError,
    StreamDroppedError,
    UnreachableError,
)
from tests.client.conftest import MakeClient, Naps
from tests.client.resources.saying import RUN
from tests.support.answers import (
    Answer,
    Cut,
    Pause,
    cut,
    error,
    html,
    json_answer,
    sse,
    text_event,
)
from tests.support.scripted_cloud import ScriptedCloud


@pytest.mark.parametrize(
    ("answer", "error_class"),
    [
        (cut(), StreamDroppedError),
        (cut(with_reset=True), StreamDroppedError),
        (Answer(steps=[b"HTTP/1.1 200 OK\r\nContent-"], is_raw=True), StreamDroppedError),
        (Answer(steps=[b"\x00\x01 no HTTP\r\n\r\n"], is_raw=True), StreamDroppedError),
        (sse(text_event("Ha"), Cut()), StreamDroppedError),
        (sse(text_event("Ha"), Cut(with_reset=True)), StreamDroppedError),
        (sse(text_event("Ha"), 'data: {"type":"te'), StreamDroppedError),
        (html(502), ServerError),
        (html(503), ServerError),
        (html(504), ServerError),
        (error(50001, status=500), ServerError),
        (html(200), ProtocolError),
        (json_answer({"code": 0, "data": {}}), ProtocolError),
        (json_answer([1, 2]), ProtocolError),
        (error(1002), SessionNotFoundError),
        (json_answer({"detail": "Session not found"}, 404), SessionNotFoundError),
        (error(2001, status=402), InsufficientCreditsError),
        (error(402, status=402), PlanError),
        (error(1001, status=401), InvalidTokenError),
        (json_answer({"detail": [{"msg": "field required"}]}, 422), ProtocolError),
        (
            Answer(
                headers={"Content-Type": "text/event-stream", "Content-Encoding": "gzip"},
                steps=[b"this is no gzip"],
            ),
            ProtocolError,
        ),
        (Answer(307, {"Location": "/run_sse_2"}), ProtocolError),
    ],
    ids=[
        "closed", "reset", "half-headers", "no-http", "cut-stream", "reset-stream", "half-event",
        "502", "503", "504", "500", "html", "json", "json-list", "1002", "adk-404", "2001", "402",
        "1001-own-token", "422", "bad-gzip", "redirect",
    ],
)  # fmt: skip
def test_send_never_sends_a_message_twice(
    cloud: ScriptedCloud, client: NemoVideo, answer: Answer, error_class: type[NemoError]
) -> None:
    cloud.on("POST", RUN, answer)

    with pytest.raises(NemoError) as caught:
        client.chat.send("s1", "x")

    assert type(caught.value) is error_class
    assert cloud.count("POST", "*") == 1


def test_send_repeats_once_after_a_rate_limit(
    cloud: ScriptedCloud, client: NemoVideo, naps: Naps
) -> None:
    cloud.on("POST", RUN, error(429, status=429).with_headers(Retry_After="7"))

    turn = client.chat.send("s1", "x")

    assert turn.text == cloud.good_day.reply
    assert naps.seconds == [7.0]
    assert cloud.count("POST", RUN) == 2


def test_send_gives_up_after_the_second_rate_limit(cloud: ScriptedCloud, client: NemoVideo) -> None:
    cloud.on("POST", RUN, error(429), error(429))

    with pytest.raises(RateLimitError):
        client.chat.send("s1", "x")

    assert cloud.count("POST", RUN) == 2


def test_send_repeats_once_with_a_new_anonymous_token(
    cloud: ScriptedCloud, anonymous: NemoVideo
) -> None:
    cloud.on("POST", RUN, error(1001))

    turn = anonymous.chat.send("s1", "x")

    tokens = [request.token for request in cloud.calls("POST", RUN)]
    assert turn.text == cloud.good_day.reply
    assert len(set(tokens)) == len(tokens) == 2


def test_send_repeats_when_the_connection_was_refused(
    cloud: ScriptedCloud, make_client: MakeClient, naps: Naps
) -> None:
    cloud.close()
    client = make_client("nmv_usr_t")

    with pytest.raises(UnreachableError, match="can't be reached"):
        client.chat.send("s1", "x")

    assert len(naps.seconds) == 3


def test_send_does_not_count_the_rate_limit_pause_as_the_agents(
    cloud: ScriptedCloud, settings: Settings
) -> None:
    now = [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    cloud.on("POST", RUN, error(429), sse(Pause(0.3), text_event("done")))
    short = replace(settings, retry_wait=30.0, stream_timeout=20.0)

    with NemoVideo("nmv_usr_t", settings=short, sleep=sleep, clock=lambda: now[0]) as client:
        assert client.chat.send("s1", "x").text == "done"

    assert now[0] == 30.0
