"""Streams as servers really sent them, cut at every byte, give the same turn.

The ``adk_*`` recordings come from a Google ADK API server; see `tests/client/test_adk_server.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nemovideo.client.stream.sse import read_messages
from nemovideo.protocol.events import ChatEvent, ErrorEvent, is_cut_off, parse_events
from nemovideo.protocol.turn import Turn, text_deltas

STREAMS = Path(__file__).parents[2] / "data" / "streams"


def replay(*chunks: bytes) -> tuple[Turn, ErrorEvent | None]:
    errors: list[ErrorEvent] = []

    def events() -> Iterator[ChatEvent]:
        for message in read_messages(chunks):
            if is_cut_off(message):
                return
            for event in parse_events(message):
                if isinstance(event, ErrorEvent):
                    errors.append(event)
                    return
                yield event

    turn = Turn.of(text_deltas(events()))
    return turn, errors[0] if errors else None


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("adk_answer", "你好, done.", None),
        ("adk_error", "", ErrorEvent("blocked", "SAFETY")),
        ("adk_raised", "", ErrorEvent("RuntimeError: out of paint")),
        ("adk_silent", "", None),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("adk") else "",
)
def test_recorded_stream_gives_its_turn(name: str, text: str, error: ErrorEvent | None) -> None:
    content = (STREAMS / f"{name}.sse").read_bytes()

    turn, found = replay(content)

    assert (turn.text, found) == (text, error)
    for position in range(0, len(content), 7):
        assert replay(content[:position], content[position:]) == (turn, found)


def test_recorded_stream_that_is_cut_never_says_more_than_the_whole() -> None:
    content = (STREAMS / "adk_answer.sse").read_bytes()

    for position in range(len(content)):
        turn, error = replay(content[:position])
        assert error is None
        assert "你好, done.".startswith(turn.text)
