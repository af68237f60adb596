"""Stream messages to events: every documented shape, and anything else without a crash."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from nemovideo.protocol.events import (
    ChatEvent,
    ErrorEvent,
    HeartbeatEvent,
    OtherEvent,
    ReadingEvent,
    SseMessage,
    TextEvent,
    ToolCallEvent,
    ToolResultEvent,
    is_cut_off,
    parse_events,
)


def parse(document: Any, event: str = "") -> list[ChatEvent]:
    data = document if isinstance(document, str) else json.dumps(document)
    return list(parse_events(SseMessage(event, data)))


def adk(*parts: Any, **more: Any) -> dict[str, Any]:
    return {"content": {"role": "model", "parts": list(parts)}, "author": "a", **more}


CALL = {"id": "1", "name": "cut", "args": {"x": 1}}
RESPONSE = {"id": "1", "name": "cut", "response": {"ok": True}}


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"type": "text", "content": "Hi"}, TextEvent("Hi")),
        ({"type": "text", "text": "Hi"}, TextEvent("Hi")),
        ({"type": "text", "content": [{"text": "H"}, "i"]}, TextEvent("Hi")),
        ({"type": "text", "content": {"parts": [{"text": "Hi"}]}}, TextEvent("Hi")),
        (
            {"type": "tool_call", "name": "cut", "args": {"x": 1}},
            ToolCallEvent("cut", {"x": 1}),
        ),
        ({"type": "tool_result", "name": "cut", "result": 3}, ToolResultEvent("cut", 3)),
        ({"type": "heartbeat"}, HeartbeatEvent()),
        ({"type": "error", "message": "no"}, ErrorEvent("no")),
        ({"type": "error", "content": "no"}, ErrorEvent("no")),
        ({"type": "error", "error": {"message": "no", "code": 7}}, ErrorEvent("no", 7)),
        (
            {"type": "reading", "not_understood": ["pop"], "notes": ["Kept."]},
            ReadingEvent(("pop",), ("Kept.",)),
        ),
        ({"type": "reading", "not_understood": [1, "", None], "notes": 5}, ReadingEvent()),
        ({"type": "done"}, OtherEvent()),
        (adk({"text": "Hi"}), TextEvent("Hi", "a", ends_message=True)),
        (adk({"text": "Hi"}, partial=True), TextEvent("Hi", "a", is_partial=True)),
        (adk({"text": "H"}, {"text": "i"}), TextEvent("Hi", "a", ends_message=True)),
        (adk({"functionCall": CALL}), ToolCallEvent("cut", {"x": 1}, "1")),
        (adk({"function_call": CALL}), ToolCallEvent("cut", {"x": 1}, "1")),
        (adk({"functionResponse": RESPONSE}), ToolResultEvent("cut", {"ok": True}, "1")),
        (adk({"function_response": RESPONSE}), ToolResultEvent("cut", {"ok": True}, "1")),
        ({"content": {"parts": {"text": "Hi"}}}, TextEvent("Hi", ends_message=True)),
        ({"errorCode": "E", "errorMessage": "no"}, ErrorEvent("no", "E")),
        ({"error_code": 2001, "error_message": "no"}, ErrorEvent("no", 2001)),
        ({"errorMessage": "no"}, ErrorEvent("no")),
        ({"error": "no"}, ErrorEvent("no")),
        ({"code": 1001, "message": "no"}, ErrorEvent("no", 1001)),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, ChatEvent) else None,
)
def test_parse_events_reads_the_documented_shapes(document: Any, expected: ChatEvent) -> None:
    assert parse(document) == [expected]


@pytest.mark.parametrize(
    "document",
    [
        adk({"text": "hmm", "thought": True}),
        adk({"text": "echo"}, author="user"),
        {"content": {"role": "user", "parts": [{"text": "echo"}]}},
        adk(),
        adk("text", None, 3, {"text": None}),
        {"content": None, "errorCode": None, "error": None},
        {"content": "text"},
        {"errorCode": "STOP"},
        {"code": 0, "message": "success"},
        {"message": "hello"},
        {},
        "plain words",
        "[DONE]",
        "3",
        "null",
        '"text"',
        '{"type":',
    ],
    ids=lambda value: str(value)[:40],
)
def test_parse_events_ignores_what_says_nothing_to_the_user(document: Any) -> None:
    assert parse(document) == [OtherEvent()]


def test_parse_events_shows_the_text_before_the_error_of_one_event() -> None:
    document = adk({"text": "Well"}, errorCode="MAX_TOKENS")

    assert [type(event) for event in parse(document)] == [TextEvent, ErrorEvent]


def test_parse_events_leaves_thoughts_out_of_a_text() -> None:
    (event,) = parse(adk({"text": "hmm", "thought": True}, {"text": "Hi"}))

    assert event == TextEvent("Hi", "a", ends_message=True)


def test_parse_events_takes_a_list_of_events() -> None:
    events = parse([{"type": "text", "content": "a"}, {"type": "heartbeat"}, 7])

    assert events == [TextEvent("a"), HeartbeatEvent(), OtherEvent()]


def test_parse_events_takes_several_documents_in_one_message() -> None:
    events = parse('{"type":"heartbeat"}\n{"type":"text","content":"a"}')

    assert events == [HeartbeatEvent(), TextEvent("a")]


def test_parse_events_takes_a_document_over_several_lines() -> None:
    assert parse('{"type":"text",\n"content":"a"}') == [TextEvent("a")]


@pytest.mark.parametrize(
    "message",
    [SseMessage("heartbeat", ""), SseMessage("heartbeat", "{}"), SseMessage("", " ")],
    ids=["named", "named-with-data", "empty"],
)
def test_parse_events_knows_signs_of_life(message: SseMessage) -> None:
    assert list(parse_events(message)) == [HeartbeatEvent()]


def test_parse_events_reads_a_named_error() -> None:
    assert parse("out of paint", "error") == [ErrorEvent("out of paint")]
    assert parse({"message": "out of paint"}, "error") == [ErrorEvent("out of paint")]


@pytest.mark.parametrize(
    ("message", "is_cut"),
    [
        (SseMessage("", '{"type":', is_complete=False), True),
        (SseMessage("", '{"type":"text"}', is_complete=False), False),
        (SseMessage("", '{"type":', is_complete=True), False),
        (SseMessage("", "[DO", is_complete=False), True),
        (SseMessage("", "DONE", is_complete=False), False),
    ],
    ids=["half", "whole", "closed", "half-list", "words"],
)
def test_is_cut_off_tells_a_broken_end_from_a_bare_one(message: SseMessage, is_cut: bool) -> None:
    assert is_cut_off(message) is is_cut


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)
_KEYS = st.sampled_from(
    [
        "type", "content", "parts", "text", "partial", "thought", "author", "role", "error",
        "errorCode", "error_message", "functionCall", "function_response", "name", "args", "code",
    ]
)  # fmt: skip
_VALUES = _JSON | st.sampled_from(["text", "error", "tool_call", "heartbeat", "user", "STOP"])
_EVENTS = st.recursive(
    _VALUES, lambda inner: st.dictionaries(_KEYS, inner) | st.lists(inner, max_size=3)
)


@given(_EVENTS, st.sampled_from(["", "error", "heartbeat", "message"]))
def test_parse_events_never_fails(document: Any, event: str) -> None:
    events = parse(json.dumps(document), event)

    assert all(isinstance(item, ChatEvent) for item in events)


@given(st.text(), st.sampled_from(["", "error"]))
def test_parse_events_never_fails_on_text(data: str, event: str) -> None:
    assert list(parse_events(SseMessage(event, data)))


def test_parse_events_survives_deep_nesting() -> None:
    assert parse("[" * 100_000) == [OtherEvent()]
