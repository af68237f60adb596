"""One turn of chat: what is sent, and what is shown of what comes."""

from __future__ import annotations

import gzip
import json
import threading

import pytest

from nemovideo.client import NemoVideo
from nemovideo.client.stream.turn_events import Leaving, StillWorking
from nemovideo.errors import (
    ProtocolError,
)
from nemovideo.protocol.events import HeartbeatEvent, OtherEvent, TextDelta
from tests.client.conftest import MakeClient
from tests.client.resources.saying import RUN, texts
from tests.support.answers import (
    Answer,
    Await,
    Pause,
    sse,
    text_event,
)
from tests.support.scripted_cloud import ScriptedCloud


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

    assert len(client.chat.send("s1", "x").text) == 5_000_000


def test_send_refuses_an_event_without_end(cloud: ScriptedCloud, client: NemoVideo) -> None:
    cloud.on("POST", RUN, sse("data: ", *[b"x" * 1_000_000] * 68))

    with pytest.raises(ProtocolError, match="larger than 64 MB"):
        client.chat.send("s1", "x")


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
