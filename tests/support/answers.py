"""Answers that a test writes down for the scripted cloud: which bytes, in which pieces."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

JsonObject = dict[str, Any]


@dataclass(frozen=True)
class Pause:
    """Wait, then go on."""

    seconds: float


@dataclass(frozen=True)
class Cut:
    """Close the connection here, whatever was promised."""

    with_reset: bool = False


@dataclass(frozen=True)
class Stall:
    """Send nothing more until the test ends; the connection stays open."""


@dataclass(frozen=True)
class Await:
    """Go on when the test says so."""

    event: threading.Event


Step = bytes | Pause | Cut | Stall | Await


@dataclass(frozen=True)
class Answer:
    """One answer, byte by byte if need be."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    steps: Sequence[Step] = ()
    """The body in pieces; each piece is its own write."""
    content_length: int | None = None
    """What is promised; the body's real length if None."""
    is_chunked: bool = False
    is_raw: bool = False
    """The steps are all that is sent: no status line, no headers."""
    before_body: bool = False
    """Answer before the request's body is read."""

    @property
    def body(self) -> bytes:
        """All bytes of the body."""
        return b"".join(step for step in self.steps if isinstance(step, bytes))

    def with_headers(self, **headers: str) -> Answer:
        """Return the same with more headers; ``_`` in names stands for ``-``."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self, headers={**self.headers, **named})


def body(content: bytes, content_type: str, status: int = 200) -> Answer:
    """A whole body of some type."""
    return Answer(status, {"Content-Type": content_type}, [content])


def json_answer(document: object, status: int = 200) -> Answer:
    """A JSON body."""
    return body(json.dumps(document).encode(), "application/json", status)


def ok(data: JsonObject) -> Answer:
    """The envelope of success."""
    return json_answer({"code": 0, "message": "success", "data": data})


def error(code: int, message: str = "no", *, status: int = 200) -> Answer:
    """The envelope of an error."""
    return json_answer({"code": code, "message": message, "data": None}, status)


def html(status: int = 200) -> Answer:
    """A web page where data was expected."""
    return body(b"<!doctype html><title>Sorry</title><h1>Bad gateway</h1>", "text/html", status)


def cut(*, with_reset: bool = False) -> Answer:
    """No answer at all: the connection closes once the request was read."""
    return Answer(steps=[Cut(with_reset)], is_raw=True)


def stall() -> Answer:
    """No answer at all: the connection stays open."""
    return Answer(steps=[Stall()], is_raw=True)


def sse(*events: JsonObject | str | Step) -> Answer:
    """An event stream, a write each event; texts are sent as they stand, steps are obeyed."""
    steps: list[Step] = []
    for event in events:
        if isinstance(event, dict):
            steps.append(f"data: {json.dumps(event)}\n\n".encode())
        else:
            steps.append(event.encode() if isinstance(event, str) else event)
    return Answer(headers={"Content-Type": "text/event-stream"}, steps=steps, is_chunked=True)


def text_event(text: str) -> JsonObject:
    """The plain text event."""
    return {"type": "text", "content": text}


def adk_event(
    *parts: JsonObject, partial: bool | None = None, author: str = "nemo_agent", **more: Any
) -> JsonObject:
    """An event as Google's Agent Development Kit writes it."""
    event: JsonObject = {"content": {"role": "model", "parts": list(parts)}, "author": author}
    if partial is not None:
        event["partial"] = partial
    return {**event, "invocationId": "e-1", "id": "x1", "timestamp": 1763800000.5, **more}


def mp4(size: int = 4096) -> bytes:
    """Bytes that begin as an MP4 file does; no two stretches of them are alike."""
    head = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
    filler = b"".join(number.to_bytes(4, "big") for number in range(size // 4 + 1))
    return (head + filler)[:size]
