"""The moment at which a message leaves: the caller is asked before its first byte goes out."""

from __future__ import annotations

import threading
import time

import pytest

from nemovideo.client import NemoVideo
from nemovideo.errors import NetworkError, SessionError
from tests.client.conftest import TOKEN, MakeClient
from tests.support.answers import error, sse, text_event
from tests.support.scripted_cloud import ScriptedCloud

RUN = ("POST", "/run_sse")


def test_chat_asks_on_the_callers_thread_before_anything_has_left(
    client: NemoVideo, cloud: ScriptedCloud
) -> None:
    seen: list[tuple[int, threading.Thread]] = []
    client.chat.send(
        "s1",
        "hello",
        before_leaving=lambda: seen.append((cloud.count(*RUN), threading.current_thread())),
    )
    assert seen == [(0, threading.main_thread())]
    assert cloud.count(*RUN) == 1


def test_chat_is_not_sent_when_the_caller_refuses(client: NemoVideo, cloud: ScriptedCloud) -> None:
    def refuse() -> None:
        time.sleep(0.3)  # long enough for a message that does not wait for the answer
        raise SessionError("not now")

    with pytest.raises(SessionError, match="not now"):
        client.chat.send("s1", "hello", before_leaving=refuse)
    client.credits.get()
    assert cloud.count(*RUN) == 0


def test_chat_never_says_that_it_leaves_when_nobody_listens(make_client: MakeClient) -> None:
    seen: list[str] = []
    with ScriptedCloud() as gone:
        url = gone.url
    client = make_client(TOKEN, api_url=url)
    with pytest.raises(NetworkError):
        client.chat.send("s1", "hello", before_leaving=lambda: seen.append("left"))
    assert seen == []


def test_chat_asks_again_for_the_repeat_that_429_permits(
    client: NemoVideo, cloud: ScriptedCloud
) -> None:
    seen: list[str] = []
    cloud.on(*RUN, error(429), sse(text_event("Done.")))
    turn = client.chat.send("s1", "hello", before_leaving=lambda: seen.append("left"))
    assert turn.text == "Done."
    assert seen == ["left", "left"]
