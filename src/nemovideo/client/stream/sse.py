"""A streamed answer as server-sent events: httpx-sse decodes, a guard below it adds what it lacks.

The API's own rules on top of the WHATWG's: an event may not grow without limit; comments, with
which the backend shows that it is at work, are seen; what stands at the end without its blank
line counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import httpx
from httpx_sse import EventSource

from nemovideo.errors import ProtocolError
from nemovideo.protocol.events import SseMessage

MAX_EVENT_BYTES = 64 * 1024 * 1024
"""The largest event; an event that grows beyond it never ends, for all we know."""
_UNNAMED = "message"
"""What httpx-sse calls an event without a name."""
_BOM = b"\xef\xbb\xbf"
_HEARTBEAT = b"event: heartbeat\n\n"


def read_messages(
    chunks: Iterable[bytes], max_event_bytes: int = MAX_EVENT_BYTES
) -> Iterator[SseMessage]:
    """Yield the events of a stream, whose bytes may be cut anywhere.

    Raises:
        ProtocolError: An event is larger than the limit.
    """
    guard = _Guard(chunks, max_event_bytes)
    headers = {"content-type": "text/event-stream; charset=utf-8"}
    for event in EventSource(httpx.Response(200, headers=headers, stream=guard)).iter_sse():
        name = "" if event.event == _UNNAMED else event.event
        yield SseMessage(name, event.data, is_complete=not guard.is_cut)


class _Guard(httpx.SyncByteStream):
    """Bytes on their way to the decoder."""

    def __init__(self, chunks: Iterable[bytes], max_event_bytes: int) -> None:
        self._chunks = chunks
        self._max_event_bytes = max_event_bytes
        self._begins_line, self._in_comment, self._has_fields = True, False, False
        self._size_bytes = 0
        self.is_cut = False
        """Whether the stream ended without the blank line of its last event."""

    def __iter__(self) -> Iterator[bytes]:
        """Yield the bytes with line feeds for all line ends, and heartbeats for comments."""
        for chunk in _with_line_feeds(_without_mark(self._chunks)):
            checked = b"".join(map(self._checked, chunk.splitlines(keepends=True)))
            if checked:
                yield checked
        if self._has_fields:
            self.is_cut = True
            yield b"\n\n"

    def _checked(self, piece: bytes) -> bytes:
        """Return what the decoder shall see of a line, or of a part of one."""
        is_first, self._begins_line = self._begins_line, piece.endswith(b"\n")
        self._size_bytes += len(piece)
        if self._size_bytes > self._max_event_bytes:
            limit = self._max_event_bytes // (1024 * 1024)
            raise ProtocolError(f"an event of the stream is larger than {limit} MB")
        if is_first and piece == b"\n":
            self._has_fields, self._size_bytes = False, 0
            return piece
        if self._in_comment or (is_first and piece.startswith(b":")):
            self._in_comment = not self._begins_line
            if self._has_fields:
                return b""  # within an event, which it must not end
            self._size_bytes = 0 if self._begins_line else self._size_bytes
            return _HEARTBEAT if is_first else b""
        self._has_fields = True
        return piece


def _without_mark(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Drop a byte order mark, which may come in parts."""
    held: bytes | None = b""
    for chunk in chunks:
        if held is None:
            yield chunk
            continue
        held += chunk
        if len(held) >= len(_BOM) or not _BOM.startswith(held):
            yield held.removeprefix(_BOM)
            held = None
    if held:
        yield held


def _with_line_feeds(chunks: Iterable[bytes]) -> Iterator[bytes]:
    r"""Make \n of \r\n, which may come in parts, and of \r."""
    after_cr = False
    for chunk in chunks:
        rest = chunk[1:] if after_cr and chunk.startswith(b"\n") else chunk
        after_cr = chunk.endswith(b"\r") or (after_cr and not chunk)
        yield rest.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
