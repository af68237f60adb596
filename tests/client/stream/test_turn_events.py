"""The moment at which a message leaves: the caller hears of it before its first byte goes out."""

from __future__ import annotations

import time
from contextlib import closing

import pytest

from nemovideo.client import NemoVideo
from nemovideo.client.stream.turn_events import Leaving, Retrying
from nemovideo.errors import NetworkError
from nemovideo.protocol.events import ChatEvent
from tests.client.conftest import TOKEN, MakeClient
from tests.support.answers import error, sse, text_event
from tests.support.scripted_cloud import ScriptedCloud

RUN = ("POST", "/run_sse")


def test_stream_says_that_the_message_leaves_before_anything_has_left(
    client: NemoVideo, cloud: ScriptedCloud
) -> None:
    events = client.chat.stream("s1", "hello")

    assert next(events) == Leaving()
    time.sleep(0.3)  # long enough for a message that does not wait to be asked for
    assert cloud.count(*RUN) == 0
    assert list(events)
    assert cloud.count(*RUN) == 1


def test_message_is_not_sent_when_the_stream_is_closed_before_it_leaves(
    client: NemoVideo, cloud: ScriptedCloud
) -> None:
    with closing(client.chat.stream("s1", "hello")) as events:
        assert next(events) == Leaving()
    client.credits.get()
    assert cloud.count(*RUN) == 0


def test_stream_never_says_that_the_message_leaves_when_nobody_listens(
    make_client: MakeClient,
) -> None:
    seen: list[ChatEvent] = []
    with ScriptedCloud() as gone:
        url = gone.url
    client = make_client(TOKEN, api_url=url)
    with pytest.raises(NetworkError):
        seen.extend(client.chat.stream("s1", "hello"))
    assert {type(event) for event in seen} == {Retrying}


def test_stream_says_that_the_message_leaves_again_for_the_repeat_that_429_permits(
    client: NemoVideo, cloud: ScriptedCloud
) -> None:
    cloud.on(*RUN, error(429), sse(text_event("Done.")))
    kinds = [type(event) for event in client.chat.stream("s1", "hello")]
    assert kinds[:3] == [Leaving, Retrying, Leaving]
