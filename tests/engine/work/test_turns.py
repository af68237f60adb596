"""Turns: what the stream says, what the state holds after it, and in which order."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from nemovideo.editing import MediaItem, Outcome
from nemovideo.engine import LocalEngine
from nemovideo.engine.http.app import Limits
from nemovideo.engine.work.collaborators import Collaborators, Direct
from nemovideo.engine.work.turns import to_deltas
from nemovideo.protocol.draft import JsonObject
from tests.engine import fakes
from tests.engine.fakes import png
from tests.support.serve import ApiUser, api_user, events_of, running_engine, text_of


def kinds(events: list[dict[str, Any]]) -> list[str]:
    """Return the types of events, runs of one type as one."""
    types = [event["type"] for event in events]
    return [kind for number, kind in enumerate(types) if number == 0 or types[number - 1] != kind]


def test_turn_tells_tool_calls_and_text(user: ApiUser, session: str) -> None:
    user.upload(session, ("a.png", png()))
    events = user.say(session, "cut it")
    assert kinds(events) == ["heartbeat", "reading", "tool_call", "tool_result", "text"]
    assert events[1] == {"type": "reading", "not_understood": [], "notes": [], "changes": []}
    assert events[2] == {"type": "tool_call", "name": "cut", "args": {"message": "cut it"}}
    assert events[3] == {"type": "tool_result", "name": "cut", "result": {"segments": 1}}
    assert text_of(events) == "Made a cut of 1 files, as you said."


def test_text_comes_in_several_deltas(user: ApiUser, session: str) -> None:
    texts = [event for event in user.say(session, "cut it") if event["type"] == "text"]
    assert len(texts) > 1


def test_silent_edit_changes_the_state_and_says_nothing(user: ApiUser, session: str) -> None:
    events = user.say(session, "silent please")
    assert kinds(events) == ["heartbeat", "reading", "tool_call", "tool_result"]
    assert user.state(session)["state"]["draft"]["m"]["messages"] == ["silent please"]


def test_turn_that_changes_nothing_leaves_the_draft(user: ApiUser, session: str) -> None:
    user.say(session, "cut it")
    before = user.state(session)["state"]["draft"]
    assert text_of(user.say(session, "nothing")) == "I changed nothing."
    assert user.state(session)["state"]["draft"] == before


def test_turn_gives_the_director_language_title_and_media(user: ApiUser) -> None:
    session = user.new_session("holiday", "zh-CN")
    user.upload(session, ("a.png", png()), ("b.png", png()))
    user.say(session, "cut it")
    draft = user.state(session)["state"]["draft"]
    assert (draft["m"]["title"], draft["m"]["language"]) == ("holiday", "zh-CN")
    assert [segment["m"]["name"] for segment in draft["t"][0]["sg"]] == ["a.png", "b.png"]


def test_turn_joins_the_parts_of_a_message(user: ApiUser, session: str) -> None:
    parts = [{"text": "cut"}, {"inlineData": {}}, {"text": "it"}]
    answer = user.post("/run_sse", json={"session_id": session, "new_message": {"parts": parts}})
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert user.state(session)["state"]["draft"]["m"]["messages"] == ["cut\nit"]


def test_crash_of_the_director_is_an_error_event_without_internals(
    user: ApiUser, session: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="nemovideo"):
        events = user.say(session, "crash now")
    assert kinds(events) == ["heartbeat", "error"]
    assert "the secret inside" not in str(events)
    assert [record.name for record in caplog.records] == ["nemovideo.engine.work.turns"]


class PatientDirector:
    """Takes its time, and counts how many turns it works on at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._active = 0
        self.most = 0

    def __call__(
        self,
        message: str,
        media: Sequence[MediaItem],
        draft: JsonObject | None,
        *,
        language: str,
        title: str,
        question: JsonObject | None = None,
        strict: bool = False,
    ) -> Outcome:
        with self._lock:
            self._active += 1
            self.most = max(self.most, self._active)
        time.sleep(0.02)
        with self._lock:
            self._active -= 1
        return fakes.direct(message, media, draft, language=language, title=title)


def test_turns_of_one_session_run_one_after_the_other(tmp_path: Path) -> None:
    director = PatientDirector()
    with running_engine(tmp_path, with_director(director)) as engine, api_user(engine) as user:
        session = user.new_session()

        def say(number: int) -> None:
            with api_user(engine, token=user.token) as someone:
                someone.say(session, f"cut {number}")

        run_all([threading.Thread(target=say, args=[number]) for number in range(6)])
        messages = user.state(session)["state"]["draft"]["m"]["messages"]
    assert sorted(messages) == [f"cut {number}" for number in range(6)]
    assert director.most == 1


def test_turns_on_two_engines_lose_nothing(tmp_path: Path) -> None:
    with (
        running_engine(tmp_path, with_director(PatientDirector())) as one,
        running_engine(tmp_path, with_director(PatientDirector())) as two,
    ):
        with api_user(one, token=one.owner_token) as owner:
            session = owner.new_session()

        def say(engine: LocalEngine, word: str) -> None:
            with api_user(engine, token=engine.owner_token) as owner:
                for number in range(10):
                    owner.say(session, f"{word} {number}")

        run_all(
            [
                threading.Thread(target=say, args=[engine, word])
                for engine, word in ((one, "one"), (two, "two"))
            ]
        )
        with api_user(two, token=two.owner_token) as owner:
            messages = owner.state(session)["state"]["draft"]["m"]["messages"]
    for word in ("one", "two"):
        own = [message for message in messages if message.startswith(word)]
        assert own == [f"{word} {number}" for number in range(10)]


class SlowDirector:
    """Directs when it is allowed to."""

    def __init__(self) -> None:
        self.may_go = threading.Event()

    def __call__(
        self,
        message: str,
        media: Sequence[MediaItem],
        draft: JsonObject | None,
        *,
        language: str,
        title: str,
        question: JsonObject | None = None,
        strict: bool = False,
    ) -> Outcome:
        self.may_go.wait(10)
        return fakes.direct(message, media, draft, language=language, title=title)


def with_director(director: Direct) -> Collaborators:
    plain = fakes.fakes()
    return Collaborators(director, plain.probe, plain.render_draft)


def test_long_work_sends_heartbeats(tmp_path: Path) -> None:
    director = SlowDirector()
    limits = Limits(heartbeat_interval_s=0.02)
    with (
        running_engine(tmp_path, with_director(director), limits=limits) as engine,
        api_user(engine) as user,
    ):
        session = user.new_session()
        threading.Timer(0.3, director.may_go.set).start()
        events = user.say(session, "cut it")
    assert [event["type"] for event in events].count("heartbeat") > 3
    assert text_of(events)


def test_turn_goes_on_when_the_client_goes_away(tmp_path: Path) -> None:
    director = SlowDirector()
    with running_engine(tmp_path, with_director(director)) as engine, api_user(engine) as user:
        session = user.new_session()
        body = {"session_id": session, "new_message": {"parts": [{"text": "cut it"}]}}
        with user.http.stream("POST", "/run_sse", json=body, headers=user.headers) as answer:
            next(answer.iter_lines())
        director.may_go.set()
        deadline = time.monotonic() + 5
        while user.state(session)["state"]["draft"] is None:
            assert time.monotonic() < deadline
            time.sleep(0.01)


def test_turn_is_kept_when_the_engine_stops_meanwhile(tmp_path: Path) -> None:
    director = SlowDirector()
    with running_engine(tmp_path, with_director(director)) as engine:
        with api_user(engine, token=engine.owner_token) as owner:
            session = owner.new_session()
            body = {"session_id": session, "new_message": {"parts": [{"text": "cut it"}]}}
            with owner.http.stream("POST", "/run_sse", json=body, headers=owner.headers) as answer:
                next(answer.iter_lines())
        threading.Timer(0.8, director.may_go.set).start()
    with (
        running_engine(tmp_path, fakes.fakes()) as engine,
        api_user(engine, token=engine.owner_token) as owner,
    ):
        assert owner.state(session)["state"]["draft"] is not None


def test_stream_ends_with_a_blank_line_after_each_event(user: ApiUser, session: str) -> None:
    body = {"session_id": session, "new_message": {"parts": [{"text": "cut 海边"}]}}
    answer = user.post("/run_sse", json=body)
    assert answer.text.startswith("event: heartbeat\ndata: ")
    assert answer.text.endswith("\n\n")
    assert len(events_of(answer.text)) == answer.text.count("\n\n")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("one", id="word"),
        pytest.param("  a  b\n\nc d e f g\t", id="spaces"),
        pytest.param("x" * 100, id="long word"),
        pytest.param("给你做了一个三十秒的视频，有转场和背景音乐。", id="Chinese"),
        pytest.param("Title 海边 added: 🏖 at 3s.", id="mixed"),
    ],
)
def test_deltas_are_the_text(text: str) -> None:
    deltas = list(to_deltas(text))
    assert "".join(deltas) == text
    assert all(0 < len(delta) <= 110 for delta in deltas)


def test_deltas_of_chinese_are_several() -> None:
    assert len(list(to_deltas("给你做了一个三十秒的视频，有转场和背景音乐。"))) == 3


def run_all(threads: list[threading.Thread]) -> None:
    """Start threads and wait for them."""
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
