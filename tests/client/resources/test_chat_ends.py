"""How a turn of chat ends: errors of the stream, limits of time, bad answers."""

from __future__ import annotations

import time
from contextlib import closing

import pytest

from nemovideo.client import NemoVideo
from nemovideo.errors import (
    AgentError,
    InsufficientCreditsError,
    InvalidTokenError,
    NemoError,
    PlanError,
    ProtocolError,
    RateLimitError,
    SessionNotFoundError,
    StreamDroppedError,
    StreamTimeoutError,
)
from tests.client.conftest import MakeClient
from tests.client.resources.saying import RUN, texts
from tests.support.answers import (
    Answer,
    Cut,
    JsonObject,
    Pause,
    Stall,
    body,
    sse,
    stall,
    text_event,
)
from tests.support.scripted_cloud import ScriptedCloud


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
