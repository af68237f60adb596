"""Chat: one message to the agent, its answer as a stream of events.

The stream is read from the top down: bytes → guard → httpx-sse (`nemovideo.client.stream.sse`) →
events (`nemovideo.protocol.events`) → limits (`nemovideo.client.stream.limits`) → text
(`nemovideo.protocol.turn`). A message is sent once. When the answer breaks off, the caller reads
the state to learn what was done; see ``StreamDroppedError`` and ``StreamTimeoutError``.
"""

from __future__ import annotations

import socket
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial

import httpx

from nemovideo.client._calls import Call
from nemovideo.client._failures import bad_response, clean
from nemovideo.client._requests import Requests
from nemovideo.client.resources._base import Resource, json_body
from nemovideo.client.stream.background import Background
from nemovideo.client.stream.limits import StreamLimits
from nemovideo.client.stream.sse import read_messages
from nemovideo.client.stream.turn_events import Leaving, Retrying
from nemovideo.errors import (
    AgentError,
    NemoError,
    ProtocolError,
    StreamDroppedError,
    StreamTimeoutError,
    WaitTimeoutError,
)
from nemovideo.protocol import endpoints
from nemovideo.protocol.envelope import parse_code
from nemovideo.protocol.events import ChatEvent, ErrorEvent, is_cut_off, parse_events
from nemovideo.protocol.turn import Turn, text_deltas

_READ_MARGIN_S = 5.0
"""The socket's own limit lies beyond the stream's, which decide."""


class Chat(Resource):
    """``POST /run_sse``."""

    def __init__(self, requests: Requests, limits: StreamLimits) -> None:
        super().__init__(requests)
        self._limits = limits

    def send(self, session_id: str, text: str, *, is_strict: bool = False) -> Turn:
        """Send one message, follow the answer to its end, and return all of it.

        Raises as `stream` does.
        """
        return Turn.of(self.stream(session_id, text, is_strict=is_strict))

    def stream(
        self, session_id: str, text: str, *, is_strict: bool = False
    ) -> Generator[ChatEvent]:
        """Send one message and yield the answer as it comes; closing it gives the answer up.

        The agent's words are `TextDelta`s, each once. Heartbeats, tools, an `ErrorEvent` before
        its error and what is unknown come too, and what happens to the message: `Leaving`,
        `Retrying`, `StillWorking`.

        Args:
            session_id: The session.
            text: What the user says.
            is_strict: Whether nothing is to be changed when a part of it is not understood. The
                local engine keeps to that; a `ReadingEvent` then says what it was.

        Raises:
            StreamDroppedError: The connection broke after the message may have arrived.
            StreamTimeoutError: The answer reached the total or the idle limit.
            AgentError: The agent reported that it failed, with no code of the table.
            NemoError: The server refused the message.
        """
        call = self._call(session_id, text, is_strict=is_strict)
        with Background(partial(self._read, call)) as events:
            timed = self._limits.watch(self._told(events), self._requests.clock)
            yield from text_deltas(timed)

    def _told(self, events: Iterable[ChatEvent | None]) -> Iterator[ChatEvent | None]:
        """Tell the owner of the client of repeats, as of those of other requests."""
        for event in events:
            if isinstance(event, Retrying):
                self._requests.tell(event.notice)
            yield event

    def _read(self, call: Call, thread: Background[ChatEvent]) -> Iterator[ChatEvent]:
        """Send the request and yield what its answer says; blocks."""
        call = replace(call, before_leaving=lambda: thread.hand_over(Leaving()))
        with (
            self._requests.stream(
                call, on_retry=lambda notice: thread.hand_over(Retrying(notice))
            ) as response,
            thread.woken_by(partial(_shut_down, response)),
        ):
            _check_content_type(response, call)
            try:
                for message in read_messages(response.iter_bytes()):
                    if is_cut_off(message):
                        raise StreamDroppedError(
                            f"{call.endpoint}: the stream broke off within an event"
                        )
                    for event in parse_events(message):
                        yield event
                        if isinstance(event, ErrorEvent):
                            raise self._error_of(event)
            except (httpx.HTTPError, httpx.StreamError) as exc:
                raise self._requests.failure_of(exc, call) from exc

    def _call(self, session_id: str, text: str, *, is_strict: bool) -> Call:
        document: dict[str, object] = {
            "app_name": endpoints.APP_NAME,
            "user_id": endpoints.USER,
            "session_id": session_id,
            "new_message": {"parts": [{"text": text}]},
        }
        if is_strict:
            document["strict"] = True
        return Call(
            "POST",
            endpoints.RUN_SSE,
            body=lambda: json_body(document),
            headers={"Accept": "text/event-stream", "Cache-Control": "no-store"},
            read_timeout_s=min(self._limits.total_s, self._limits.idle_s) + _READ_MARGIN_S,
            lost=_lost,
        )

    def _error_of(self, event: ErrorEvent) -> NemoError:
        words = clean(event.message or "")
        known = self._requests.errors.of_code(parse_code(event.code), words=words)
        if known is not None:
            return known
        code = f" ({clean(str(event.code))})" if event.code is not None else ""
        return AgentError(f"the agent failed{code}: {words or 'it gave no reason'}")


def _check_content_type(response: httpx.Response, call: Call) -> None:
    """Refuse what is no event stream; the status was checked before."""
    content_type = response.headers.get("content-type", "")
    if content_type and "text/event-stream" not in content_type.lower():
        what = content_type.partition(";")[0]
        raise bad_response(call.endpoint, f"the answer is {what} instead of an event stream")


def _shut_down(response: httpx.Response) -> None:
    """Wake a read that is blocked in another thread; closing alone would not."""
    if response.is_closed:  # its connection may serve another request
        return
    stream = response.extensions.get("network_stream")
    sock = stream.get_extra_info("socket") if stream is not None else None
    if isinstance(sock, socket.socket):
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)


def _lost(error: NemoError) -> NemoError:
    """Return the error for a message that may have arrived and whose answer did not."""
    if isinstance(error, WaitTimeoutError):
        return StreamTimeoutError(error.message, hint=StreamDroppedError.default_hint)
    if isinstance(error, ProtocolError):
        return error
    return StreamDroppedError(error.message)
