"""The agent's event stream as values: every documented shape becomes one of a few events.

`parse_events` never fails: what it doesn't know is an `OtherEvent`. Making a `TextDelta` of what
is new in a `TextEvent`, and telling how a turn ended, is `nemovideo.protocol.turn`'s work.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from nemovideo.protocol.draft import JsonObject


@dataclass(frozen=True)
class ChatEvent:
    """The base of all events."""


@dataclass(frozen=True)
class TextEvent(ChatEvent):
    """Words of the agent for the user."""

    text: str
    author: str = ""
    is_partial: bool = False
    """A delta, which a later event that is not partial repeats as part of the whole text."""
    ends_message: bool = False
    """The whole text of one message, after which another message may follow."""


@dataclass(frozen=True)
class TextDelta(ChatEvent):
    """What is new in the agent's words, of which each comes once."""

    text: str


@dataclass(frozen=True)
class ToolCallEvent(ChatEvent):
    """The agent uses a tool."""

    name: str
    args: JsonObject = field(default_factory=dict)
    id: str | None = None


@dataclass(frozen=True)
class ToolResultEvent(ChatEvent):
    """A tool has answered."""

    name: str
    result: Any = None
    id: str | None = None


@dataclass(frozen=True)
class HeartbeatEvent(ChatEvent):
    """The backend is still at work."""


@dataclass(frozen=True)
class ReadingEvent(ChatEvent):
    """What the backend made of the message; the local engine's own extension."""

    not_understood: tuple[str, ...] = ()
    """The parts that it did not understand, as they were written."""
    notes: tuple[str, ...] = ()
    """What it changed or guessed, in sentences."""
    error: str | None = None
    """Why edits that were given exactly could not be made."""


@dataclass(frozen=True)
class ErrorEvent(ChatEvent):
    """The turn ends with an error."""

    message: str | None = None
    code: object = None
    """As the server wrote it: a number, a numeric text, a word, or None."""


@dataclass(frozen=True)
class OtherEvent(ChatEvent):
    """Something that this program doesn't know; ignored."""


@dataclass(frozen=True)
class SseMessage:
    """One event as it stood in the stream."""

    event: str
    """The name, empty when there is none."""
    data: str
    """The data lines, joined by line feeds."""
    is_complete: bool = True
    """False for what the stream's end cut off before its blank line."""


def parse_events(message: SseMessage) -> Iterator[ChatEvent]:
    """Yield the events of one stream message; it may hold several."""
    if message.event == "heartbeat" or not message.data.strip():
        yield HeartbeatEvent()
        return
    try:
        documents = _parse_documents(message.data)
    except (ValueError, RecursionError):
        is_error = message.event == "error"
        yield ErrorEvent(message.data.strip()) if is_error else OtherEvent()
        return
    for document in documents:
        yield from _read_document(document, message.event)


def is_cut_off(message: SseMessage) -> bool:
    """Return whether a message broke off within its JSON: the stream was cut, not ended."""
    if message.is_complete or not message.data.lstrip().startswith(("{", "[")):
        return False
    try:
        _parse_documents(message.data)
    except (ValueError, RecursionError):
        return True
    return False


def _parse_documents(data: str) -> list[Any]:
    """Parse data; where its lines are documents of their own, each counts."""
    try:
        documents = [json.loads(data)]
    except ValueError:
        if "\n" not in data:
            raise
        documents = [json.loads(line) for line in data.split("\n") if line.strip()]
    flat: list[Any] = []
    for document in documents:
        flat.extend(document if isinstance(document, list) else [document])
    return flat


def _read_document(document: object, name: str) -> Iterator[ChatEvent]:
    if not isinstance(document, dict):
        yield OtherEvent()
    elif isinstance(document.get("type"), str):
        yield from _read_typed(document)
    else:
        found = list(_read_adk(document, name))
        yield from found or [OtherEvent()]


def _read_typed(document: JsonObject) -> Iterator[ChatEvent]:
    """Read ``{"type": "…", …}``."""
    match document["type"]:
        case "text":
            text = _joined_text(document.get("content", document.get("text")))
            author = _text(document.get("author")) or ""
            is_partial = document.get("partial") is True
            # Only a stream that marks its deltas says where messages end.
            ends = document.get("partial") is False
            yield TextEvent(text, author, is_partial, ends) if text else OtherEvent()
        case "tool_call":
            yield _tool_call(document)
        case "tool_result":
            yield _tool_result(document)
        case "heartbeat":
            yield HeartbeatEvent()
        case "reading":
            not_understood = _texts(document.get("not_understood"))
            notes, error = _texts(document.get("notes")), _text(document.get("error"))
            yield ReadingEvent(not_understood, notes, error)
        case "error":
            yield ErrorEvent(_error_words(document), _error_code(document))
        case _:
            yield OtherEvent()


def _read_adk(document: JsonObject, name: str) -> Iterator[ChatEvent]:
    """Read an event of Google's Agent Development Kit, camelCase or snake_case."""
    content = document.get("content")
    author = _text(document.get("author")) or ""
    role = content.get("role") if isinstance(content, dict) else None
    if isinstance(content, dict):
        is_users = author == "user" or (role == "user" and not author)
        yield from _read_parts(content, author, document.get("partial") is True, is_users)
    code, words = _error_code(document), _error_words(document)
    # STOP without words is how some versions report an empty but regular end.
    if (code is not None and not (code == "STOP" and words is None)) or (
        words is not None and ("error" in document or name == "error" or _has_error_text(document))
    ):
        yield ErrorEvent(words, code)


def _read_parts(
    content: JsonObject, author: str, is_partial: bool, is_users: bool
) -> Iterator[ChatEvent]:
    parts = content.get("parts")
    texts: list[str] = []
    others: list[ChatEvent] = []
    for part in parts if isinstance(parts, list) else [parts]:
        if not isinstance(part, dict):
            continue
        call = part.get("functionCall", part.get("function_call"))
        response = part.get("functionResponse", part.get("function_response"))
        if isinstance(call, dict):
            others.append(_tool_call(call))
        elif isinstance(response, dict):
            others.append(_tool_result(response))
        elif part.get("thought") is not True and not is_users:
            texts.append(_text(part.get("text")) or "")
    text = "".join(texts)
    if text:
        yield TextEvent(text, author, is_partial, ends_message=not is_partial)
    yield from others


def _tool_call(document: JsonObject) -> ToolCallEvent:
    args = document.get("args")
    return ToolCallEvent(
        name=_text(document.get("name")) or "",
        args=args if isinstance(args, dict) else {},
        id=_text(document.get("id")),
    )


def _tool_result(document: JsonObject) -> ToolResultEvent:
    return ToolResultEvent(
        name=_text(document.get("name")) or "",
        result=document.get("result", document.get("response")),
        id=_text(document.get("id")),
    )


def _has_error_text(document: JsonObject) -> bool:
    return any(document.get(key) for key in ("errorMessage", "error_message"))


def _error_words(document: JsonObject) -> str | None:
    for key in ("errorMessage", "error_message", "error", "message", "content"):
        value = document.get(key)
        if isinstance(value, dict):
            value = value.get("message")
        if isinstance(value, str) and value.strip():
            return value.strip()
    return None


def _error_code(document: JsonObject) -> object:
    inner = document.get("error")
    nested = inner.get("code") if isinstance(inner, dict) else None
    for value in (
        document.get("errorCode"),
        document.get("error_code"),
        document.get("code"),
        nested,
    ):
        if isinstance(value, int | str) and not isinstance(value, bool) and value not in ("", 0):
            return value
    return None


def _joined_text(value: object) -> str:
    """Return a text, or the visible texts of a list of texts or parts, joined."""
    if isinstance(value, dict):
        value = value.get("parts", [value])
    items = value if isinstance(value, list) else [value]
    texts: list[str] = []
    for item in items:
        if isinstance(item, str):
            texts.append(item)
        elif isinstance(item, dict) and item.get("thought") is not True:
            texts.append(_text(item.get("text")) or "")
    return "".join(texts)


def _texts(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else []
    return tuple(item for item in items if isinstance(item, str) and item)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
