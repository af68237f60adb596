"""Bytes of an event stream, cut anywhere, into messages; no I/O and no JSON here.

The line rules are those of the WHATWG's "Server-sent events". Two things differ, because the API
needs them: comments and events without data come out too (the backend shows with them that it is
at work), and what stands at the end without its blank line counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nemovideo.errors import ProtocolError

MAX_EVENT_BYTES = 64 * 1024 * 1024
"""The largest event; an event that grows beyond it never ends, for all we know."""

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class SseMessage:
    """One event as it stood in the stream."""

    event: str
    """The name, empty when there is none."""
    data: str
    """The data lines, joined by line feeds; empty for comments."""
    is_complete: bool = True
    """False for what the stream's end cut off before its blank line."""


class SseDecoder:
    """Cuts a stream of bytes into messages; feed it chunks of any size, then close it.

    Args:
        max_event_bytes: The limit for one event.
    """

    def __init__(self, max_event_bytes: int = MAX_EVENT_BYTES) -> None:
        self._max_event_bytes = max_event_bytes
        self._line: list[bytes] = []
        self._data: list[bytes] = []
        self._event = b""
        self._has_fields = False
        self._size_bytes = 0
        self._after_cr = False
        self._at_start = True

    def feed(self, chunk: bytes) -> Iterator[SseMessage]:
        """Yield the messages that a chunk completes.

        Raises:
            ProtocolError: An event is larger than the limit.
        """
        if self._after_cr and chunk.startswith(b"\n"):
            chunk = chunk[1:]
            self._after_cr = False
        if not chunk:
            return
        self._after_cr = chunk.endswith(b"\r")
        # bytes.splitlines knows \r\n, \n and \r and, unlike str.splitlines, nothing else.
        for piece in chunk.splitlines(keepends=True):
            self._grow(len(piece))
            stripped = piece.rstrip(b"\r\n")
            self._line.append(stripped)
            if len(stripped) < len(piece):
                yield from self._end_of_line()

    def close(self) -> Iterator[SseMessage]:
        """Yield what the end of the stream completes."""
        if self._line:
            yield from self._end_of_line()
        if self._has_fields:
            yield self._take(is_complete=False)

    def _grow(self, size: int) -> None:
        self._size_bytes += size
        if self._size_bytes > self._max_event_bytes:
            limit = self._max_event_bytes // (1024 * 1024)
            raise ProtocolError(f"an event of the stream is larger than {limit} MB")

    def _end_of_line(self) -> Iterator[SseMessage]:
        line = b"".join(self._line)
        self._line.clear()
        if self._at_start:
            line = line.removeprefix(_BOM)
            self._at_start = False
        if not line:
            if self._has_fields:
                yield self._take(is_complete=True)
            self._size_bytes = 0
        elif line.startswith(b":"):
            if not self._has_fields:
                self._size_bytes = 0
            yield SseMessage("", "")
        else:
            self._read_field(line)

    def _read_field(self, line: bytes) -> None:
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if name == b"data":
            self._data.append(value)
            self._has_fields = True
        elif name == b"event":
            self._event = value
            self._has_fields = True

    def _take(self, *, is_complete: bool) -> SseMessage:
        message = SseMessage(
            event=self._event.decode("utf-8", "replace"),
            data=b"\n".join(self._data).decode("utf-8", "replace"),
            is_complete=is_complete,
        )
        self._data.clear()
        self._event = b""
        self._has_fields = False
        self._size_bytes = 0
        return message
