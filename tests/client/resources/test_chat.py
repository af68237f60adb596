"""One turn of chat: what is sent, what is shown, how it ends."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from nemovideo.client import NemoVideo
from nemovideo.client.stream.turn_events import Leaving, StillWorking
from nemovideo.config import Settings
from nemovideo.errors import (
    AgentError,
    InsufficientCreditsError,
    InvalidTokenError,
    NemoError,
    PlanError,
    ProtocolError,
    RateLimitError,
    ServerError,
    SessionNotFoundError,
    StreamDroppedError,
    StreamTimeoutError,
    UnreachableError,
)
from nemovideo.protocol.events import ChatEvent, HeartbeatEvent, OtherEvent, TextDelta
from tests.client.conftest import MakeClient, Naps
from tests.support.answers import (
    Answer,
    Await,
    Cut,
    JsonObject,
    Pause,
    Stall,
    body,
    cut,
    error,
    html,
    json_answer,
    sse,
    stall,
    text_event,
)
from tests.support.scripted_cloud import ScriptedCloud

RUN = "/run_sse"


def texts(events: Iterable[ChatEvent]) -> Iterator[str]:
    return (event.text for event in events if isinstance(event, TextDelta))


def test_send_posts_the_message_as_documented(cloud: ScriptedCloud, client: NemoVideo) -> None:
    client.chat.send("s1", "加一个标题 🎬")

    request = cloud.requests[-1]
    assert request.headers["accept"] == "text/event-stream"
    assert request.json == {
        "app_name": "nemo_agent",
        "user_id": "me",
        "session_id": "s1",
        "new_message": {"parts": [{"text": "加一个标题 🎬"}]},
    }


def test_send_folds_the_stream_into_a_turn(cloud: ScriptedCloud, client: NemoVideo) -> None:
    turn = client.chat.send("s1", "make it")

    assert turn.text == cloud.good_day.reply
    assert [call.name for call in turn.tool_calls] == ["edit_draft"]
    assert [result.result for result in turn.tool_results] == [{"ok": True}]
    assert not turn.is_silent


def test_stream_shows_partial_and_final_text_once(cloud: ScriptedCloud, client: NemoVideo) -> None:
    shown = "".join(texts(client.chat.stream("s1", "make it")))

    assert shown == cloud.good_day.reply


def test_stream_shows_text_before_the_stream_has_ended(
    cloud: ScriptedCloud, client: NemoVideo
) -> None:
    was_shown = threading.Event()
    cloud.on("POST", RUN, sse(text_event("First."), Await(was_shown), text_event(" Second.")))

    shown = ""
    for text in texts(client.chat.stream("s1", "make it")):
        shown += text
        was_shown.set()

    assert shown == "First. Second."


def test_stream_holds_every_event(cloud: ScriptedCloud, client: NemoVideo) -> None:
    cloud.on("POST", RUN, sse(": ping\n\n", {"type": "what"}, text_event("x")))

    events = list(client.chat.stream("s1", "make it"))

    assert events == [Leaving(), HeartbeatEvent(), OtherEvent(), TextDelta("x")]


def test_send_reports_a_silent_edit_as_silent(cloud: ScriptedCloud, client: NemoVideo) -> None:
    cloud.good_day.reply = ""

    assert client.chat.send("s1", "add a title").is_silent


def test_send_reads_compressed_streams(cloud: ScriptedCloud, client: NemoVideo) -> None:
    content = gzip.compress(sse(text_event("packed")).body)
    headers = {"Content-Type": "text/event-stream; charset=utf-8", "Content-Encoding": "gzip"}
    cloud.on("POST", RUN, Answer(headers=headers, steps=[content[:20], content[20:]]))

    assert client.chat.send("s1", "x").text == "packed"


def test_send_counts_the_last_line_without_its_blank_line(
    cloud: ScriptedCloud, client: NemoVideo
) -> None:
    cloud.on("POST", RUN, sse('data: {"type":"text","content":"whole"}'))

    assert client.chat.send("s1", "x").text == "whole"


def test_send_takes_twenty_thousand_events(cloud: ScriptedCloud, client: NemoVideo) -> None:
    events = "".join(f"data: {json.dumps(text_event(f'{n} '))}\n\n" for n in range(20_000))
    cloud.on("POST", RUN, sse(events))

    assert client.chat.send("s1", "x").text.split()[-1] == "19999"


def test_send_takes_an_event_of_five_megabytes(cloud: ScriptedCloud, client: NemoVideo) -> None:
    cloud.on("POST", RUN, sse(text_event("x" * 5_000_000)))
    started = time.monotonic()

    assert len(client.chat.send("s1", "x").text) == 5_000_000
    assert time.monotonic() - started < 5


def test_send_refuses_an_event_without_end(cloud: ScriptedCloud, client: NemoVideo) -> None:
    cloud.on("POST", RUN, sse("data: ", *[b"x" * 1_000_000] * 68))

    with pytest.raises(ProtocolError, match="larger than 64 MB"):
        client.chat.send("s1", "x")


@pytest.mark.parametrize(
    ("event", "error_class", "code"),
    [
        ({"type": "error", "message": "no", "code": 2001}, InsufficientCreditsError, 2001),
        ({"type": "error", "message": "no", "code": "1002"}, SessionNotFoundError, 1002),
        ({"errorCode": "402", "errorMessage": "no"}, PlanError, 402),
        ({"error_code": 429, "error_message": "no"}, RateLimitError, 429),
        ({"error": {"code": 1001, "message": "no"}}, InvalidTokenError, 1001),
        ({"code": 1002, "message": "no"}, SessionNotFoundError, 1002),
        ({"type": "error", "message": "out of paint"}, AgentError, None),
        ({"error": "out of paint"}, AgentError, None),
        ({"errorCode": "SAFETY", "errorMessage": "out of paint"}, AgentError, None),
        ({"errorMessage": "out of paint"}, AgentError, None),
        ({"type": "error", "code": 9999}, AgentError, None),
    ],
    ids=[
        "credits", "session-text", "plan-camel", "rate-snake", "token-nested", "bare-envelope",
        "message", "error-text", "word-code", "only-message", "unknown-code",
    ],
)  # fmt: skip
def test_send_ends_with_the_error_event_of_the_stream(
    cloud: ScriptedCloud,
    client: NemoVideo,
    event: JsonObject,
    error_class: type[NemoError],
    code: int | None,
) -> None:
    cloud.on("POST", RUN, sse(text_event("Well."), event, text_event("never shown")))
    shown: list[str] = []

    with pytest.raises(NemoError) as caught:
        shown.extend(texts(client.chat.stream("s1", "x")))

    assert type(caught.value) is error_class
    assert caught.value.code == code
    assert shown == ["Well."]
    assert cloud.count("POST", RUN) == 1


def test_send_names_the_agents_reason(cloud: ScriptedCloud, client: NemoVideo) -> None:
    cloud.on("POST", RUN, sse({"errorCode": "SAFETY", "errorMessage": "out of paint"}))

    with pytest.raises(AgentError, match=r"the agent failed \(SAFETY\): out of paint"):
        client.chat.send("s1", "x")


def test_send_takes_an_empty_stop_for_a_regular_end(
    cloud: ScriptedCloud, client: NemoVideo
) -> None:
    cloud.on("POST", RUN, sse({"errorCode": "STOP", "author": "nemo_agent"}))

    assert client.chat.send("s1", "x").is_silent


def test_send_raises_when_a_temporary_issue_is_all_there_is(
    cloud: ScriptedCloud, client: NemoVideo
) -> None:
    shown: list[str] = []
    cloud.on("POST", RUN, sse(text_event("I encountered a temp"), text_event("orary issue.")))

    with pytest.raises(AgentError, match="temporary issue"):
        shown.extend(texts(client.chat.stream("s1", "x")))

    assert "".join(shown).strip() == ""


def test_stream_drops_a_trailing_temporary_issue_without_ever_showing_it(
    cloud: ScriptedCloud, client: NemoVideo
) -> None:
    shown: list[str] = []
    pieces = ["Title added. ", "I enc", "ountered a tempo", "rary issue. Please ", "try again."]
    cloud.on("POST", RUN, sse(*map(text_event, pieces)))

    shown.extend(texts(client.chat.stream("s1", "x")))

    assert "".join(shown).strip() == "Title added."


# What must never lead to a second message


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


# Limits


def test_send_times_out_when_only_heartbeats_come(
    cloud: ScriptedCloud, make_client: MakeClient
) -> None:
    beats = [step for _ in range(24) for step in (": ping\n\n", Pause(0.05))]
    cloud.on("POST", RUN, sse(*beats, text_event("too late")))
    client = make_client("nmv_usr_t", idle_timeout=0.4)

    with pytest.raises(StreamTimeoutError, match=r"nothing but heartbeats came for 0\.4 s"):
        client.chat.send("s1", "x")

    assert cloud.count("POST", RUN) == 1


def test_send_idle_limit_starts_over_with_each_event(
    cloud: ScriptedCloud, make_client: MakeClient
) -> None:
    events = [step for n in range(6) for step in (text_event(f"{n}"), Pause(0.15))]
    cloud.on("POST", RUN, sse(*events))
    client = make_client("nmv_usr_t", idle_timeout=0.5)

    assert client.chat.send("s1", "x").text == "012345"


def test_send_times_out_in_total_however_much_comes(
    cloud: ScriptedCloud, make_client: MakeClient
) -> None:
    events = [step for _ in range(100) for step in (text_event("x"), Pause(0.02))]
    cloud.on("POST", RUN, sse(*events, Stall()))
    client = make_client("nmv_usr_t", stream_timeout=0.5)

    with pytest.raises(StreamTimeoutError, match=r"longer than 0\.5 s"):
        client.chat.send("s1", "x")


@pytest.mark.parametrize(
    "answer", [stall(), sse(Stall()), sse(text_event("Ha"), Stall())],
    ids=["no-headers", "no-event", "no-more-events"],
)  # fmt: skip
def test_send_times_out_when_nothing_at_all_comes(
    cloud: ScriptedCloud, make_client: MakeClient, answer: Answer
) -> None:
    cloud.on("POST", RUN, answer)
    client = make_client("nmv_usr_t", idle_timeout=0.3)
    started = time.monotonic()

    with pytest.raises(StreamTimeoutError):
        client.chat.send("s1", "x")

    assert time.monotonic() - started < 3
    assert cloud.count("POST", RUN) == 1


def test_stream_gives_notices_while_no_text_comes(
    cloud: ScriptedCloud, make_client: MakeClient
) -> None:
    cloud.on("POST", RUN, sse(Pause(0.5), text_event("done")))
    client = make_client("nmv_usr_t", notice_interval=0.15)

    events = list(client.chat.stream("s1", "x"))

    notices = [event.elapsed_s for event in events if isinstance(event, StillWorking)]
    assert 1 <= len(notices) <= 4  # a busy machine wakes late
    assert notices == sorted(notices)
    assert notices[0] >= 0.15


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


def test_stream_shows_what_was_held_back_when_the_stream_breaks(
    cloud: ScriptedCloud, client: NemoVideo
) -> None:
    shown: list[str] = []
    cloud.on("POST", RUN, sse(text_event("We cut it. I encountered a temp"), Cut()))

    with pytest.raises(StreamDroppedError):
        shown.extend(texts(client.chat.stream("s1", "x")))

    assert "".join(shown) == "We cut it. I encountered a temp"


def test_stream_that_is_closed_gives_the_answer_up(cloud: ScriptedCloud, client: NemoVideo) -> None:
    cloud.on("POST", RUN, sse(text_event("x"), Stall()))
    started = time.monotonic()

    with closing(client.chat.stream("s1", "x")) as events:
        assert next(texts(events)) == "x"

    assert time.monotonic() - started < 3


def test_send_names_the_endpoint_and_no_secret_when_the_answer_is_bad(
    cloud: ScriptedCloud, client: NemoVideo
) -> None:
    cloud.on("POST", RUN, body(b"<h1>nmv_usr_secret</h1>", "text/html"))

    with pytest.raises(ProtocolError) as caught:
        client.chat.send("s1", "x")

    assert (
        caught.value.message == "POST /run_sse: the answer is text/html instead of an event stream"
    )
