"""A turn: each word shown once, notices held back, tools kept out of sight."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, strategies as st

from nemovideo.errors import AgentError, StreamDroppedError
from nemovideo.protocol.events import (
    ChatEvent,
    HeartbeatEvent,
    OtherEvent,
    TextDelta,
    TextEvent,
    ToolCallEvent,
    ToolResultEvent,
)
from nemovideo.protocol.turn import Turn, text_deltas


def partial(text: str, author: str = "a") -> TextEvent:
    return TextEvent(text, author, is_partial=True)


def final(text: str, author: str = "a") -> TextEvent:
    return TextEvent(text, author, ends_message=True)


def plain(text: str) -> TextEvent:
    return TextEvent(text)


def fold(*events: ChatEvent) -> str:
    told = list(text_deltas(events))
    shown = "".join(event.text for event in told if isinstance(event, TextDelta))
    assert Turn.of(told).text == shown.strip()
    return shown


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([partial("Hel"), partial("lo"), final("Hello")], "Hello"),
        ([partial("Hel"), final("Hello")], "Hello"),
        ([partial("Hello "), final("Hello")], "Hello "),
        ([partial("Hel"), partial("lo")], "Hello"),
        ([final("Hello")], "Hello"),
        ([partial("One."), final("One."), partial("Two."), final("Two.")], "One.\nTwo."),
        ([final("One."), final("Two.")], "One.\nTwo."),
        ([final("One. "), final("Two.")], "One. Two."),
        ([final("Same."), final("Same.")], "Same.\nSame."),
        ([partial("Same."), final("Same."), final("Same.")], "Same.\nSame."),
        ([plain("Hel"), plain("lo")], "Hello"),
        ([partial("x", "a"), partial("y", "b"), final("y", "b"), final("x", "a")], "xy"),
        ([partial("Hel"), ToolCallEvent("cut"), partial("lo"), final("lo")], "Hel\nlo"),
        ([plain("Hel"), plain("lo"), plain("Hello")], "Hello"),
        ([plain("Hel"), plain("lo"), final("Hello")], "Hello"),
        ([final("Hel"), final("lo"), final("Hello")], "Hello"),
        ([final("Hel"), final("lo all. "), final("Bye."), final("Hello all.Bye.")],
         "Hello all. Bye."),
        ([final("好"), final("的。"), final("好的。")], "好的。"),
        ([plain("I made a video."), plain("I made a video.")], "I made a video."),
        ([plain("ha"), plain("ha")], "haha"),
        ([plain("Hel"), plain("lo"), ToolCallEvent("cut"), plain("Hello")], "Hello\nHello"),
        ([plain("a b"), plain(" c"), plain("a b c"), plain("Next.")], "a b c\nNext."),
    ],
    ids=[
        "deltas-then-whole", "whole-says-more", "white-space", "no-final", "only-final",
        "two-streamed", "two-whole", "joined", "said-twice", "streamed-then-said",
        "plain", "two-authors", "tool-between",
        "plain-then-whole", "plain-then-final", "unmarked-then-whole", "unmarked-messages",
        "unmarked-chinese", "one-plain-then-whole", "short-said-twice", "whole-after-a-tool",
        "after-the-whole",
    ],
)  # fmt: skip
def test_deltas_show_text_once(events: list[ChatEvent], expected: str) -> None:
    assert fold(*events) == expected


def test_deltas_keep_tools_out_of_the_text() -> None:
    events = [ToolCallEvent("cut"), ToolResultEvent("cut", 1), OtherEvent(), HeartbeatEvent()]

    told = list(text_deltas(events))

    assert told == events
    turn = Turn.of(told)
    assert turn.is_silent
    assert (turn.tool_calls, turn.tool_results) == (
        (ToolCallEvent("cut"),),
        (ToolResultEvent("cut", 1),),
    )


def test_deltas_come_before_the_error_that_breaks_the_events_off() -> None:
    def events() -> Iterator[ChatEvent]:
        yield plain("Done. I encountered a temp")
        raise StreamDroppedError("gone")

    told: list[ChatEvent] = []
    with pytest.raises(StreamDroppedError):
        told.extend(text_deltas(events()))

    assert told == [TextDelta("Done. "), TextDelta("I encountered a temp")]


NOTICES = [
    "I encountered a temporary issue.",
    "I encountered a temporary issue. Please try again in a moment.",
    "i've encountered a Temporary Issue while working",
    "Sorry, but I ran into a temporary issue…",
    "Temporary issue",
    "⚠️ A temporary issue occurred.",
    "Error: temporary issue, please retry.",
]


@pytest.mark.parametrize("notice", NOTICES)
def test_deltas_raise_when_a_notice_is_all(notice: str) -> None:
    with pytest.raises(AgentError, match=r"(?i)temporary issue"):
        fold(plain(notice))


@pytest.mark.parametrize("notice", NOTICES[:4])
def test_deltas_drop_a_trailing_notice(notice: str) -> None:
    assert fold(plain(f"Title added. {notice}")).strip() == "Title added."


@pytest.mark.parametrize("notice", NOTICES[:4])
def test_deltas_never_show_a_trailing_notice_in_between(notice: str) -> None:
    assert fold(*map(plain, f"Title added. {notice}")).strip() == "Title added."


def test_deltas_show_a_notice_that_work_went_on_after() -> None:
    events = [plain("I encountered a temporary issue, retrying."), ToolCallEvent("cut")]

    assert fold(*events, plain("Title added.")) == (
        "I encountered a temporary issue, retrying.\nTitle added."
    )


def test_deltas_show_a_notice_that_another_message_followed() -> None:
    assert fold(final("I encountered a temporary issue."), final("All good now.")) == (
        "I encountered a temporary issue.\nAll good now."
    )


def test_deltas_show_a_long_text_that_only_begins_like_a_notice() -> None:
    text = "I encountered a temporary issue with the first clip. " + "So it was cut. " * 30

    assert fold(plain(text)) == text
    assert fold(*map(plain, text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "The film shows a temporary issue at the station.",
        "I encountered a temple on the way.",
        "I",
        "We enc",
        "Temporary",
    ],
    ids=["inside", "other-words", "one-letter", "cut-short", "first-word"],
)
def test_deltas_show_what_is_no_notice(text: str) -> None:
    assert fold(*map(plain, text)) == text


@given(st.lists(st.text(max_size=30), max_size=8))
def test_deltas_show_streamed_text_as_it_was_said(pieces: list[str]) -> None:
    text = "".join(pieces)
    if "temporary issue" in text.lower():
        return
    events = [*(partial(piece) for piece in pieces if piece), *([final(text)] if text else [])]

    assert fold(*events) == text
