"""Chat: one message to the agent, its answer as a stream of events.

A message is sent once. When the answer breaks off, the caller reads the state to learn what was
done; see ``StreamDroppedError`` and ``StreamTimeoutError``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import httpx

from nemovideo.client._calls import Call
from nemovideo.client._failures import bad_answer, clean
from nemovideo.client._requests import Requests
from nemovideo.client._retry import RetryNotice
from nemovideo.client._stream import Departure, EndOfStream, StreamReader
from nemovideo.client.resources._base import Resource, json_body
from nemovideo.client.resources._limits import StreamLimits
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
from nemovideo.protocol.events import (
    ChatEvent,
    ErrorEvent,
    HeartbeatEvent,
    SseMessage,
    is_cut_off,
    parse_events,
)
from nemovideo.protocol.turn import Turn, TurnBuilder

OnEvent = Callable[[ChatEvent], None]
OnText = Callable[[str], None]
OnNotice = Callable[[float], None]

_READ_MARGIN_S = 5.0
"""The socket's own limit lies beyond the stream's, which decide."""


class Chat(Resource):
    """``POST /run_sse``.

    Args:
        requests: Sends the requests.
        stream_timeout_s: The limit of one turn.
        idle_timeout_s: How long there may be nothing but heartbeats.
        notice_interval_s: After how long without text the caller is told that work goes on.
    """

    def __init__(
        self,
        requests: Requests,
        *,
        stream_timeout_s: float,
        idle_timeout_s: float,
        notice_interval_s: float,
    ) -> None:
        super().__init__(requests)
        self._stream_timeout_s = stream_timeout_s
        self._idle_timeout_s = idle_timeout_s
        self._notice_interval_s = notice_interval_s

    def send(
        self,
        session_id: str,
        text: str,
        *,
        is_strict: bool = False,
        on_event: OnEvent | None = None,
        on_text: OnText | None = None,
        on_notice: OnNotice | None = None,
        before_leaving: Callable[[], None] | None = None,
        on_retry: Callable[[RetryNotice], None] | None = None,
    ) -> Turn:
        """Send one message and follow the answer to its end.

        Args:
            session_id: The session.
            text: What the user says.
            is_strict: Whether nothing is to be changed when a part of it is not understood. The
                local engine keeps to that; `Turn.reading` then says what it was.
            on_event: Told every event, heartbeats and unknown ones included.
            on_text: Told text for the user as it arrives, every piece once.
            on_notice: Told the seconds since the start when work goes on without text.
            before_leaving: Called when the connection stands and nothing of the message has been
                sent yet; what it raises keeps the message from leaving.
            on_retry: Told before a pause after which the message is sent (again), since the server
                could not be reached or said that it did nothing.

        Raises:
            StreamDroppedError: The connection broke after the message may have arrived.
            StreamTimeoutError: The answer reached the total or the idle limit.
            AgentError: The agent reported that it failed, with no code of the table.
            NemoError: The server refused the message.
        """
        limits = StreamLimits(
            total_s=self._stream_timeout_s,
            idle_s=self._idle_timeout_s,
            notice_s=self._notice_interval_s,
            clock=self._requests.clock,
            on_notice=on_notice,
        )
        call = self._call(session_id, text, is_strict=is_strict)
        answer = _Answer(on_event, on_text, limits, self._error_of, call.endpoint)
        with StreamReader(
            lambda tell, ask: self._open(replace(call, before_leaving=ask), tell),
            lambda exc: self._requests.failure_of(exc, call),
        ) as reader:
            try:
                while True:
                    item = reader.next(limits.patience_s())
                    if isinstance(item, EndOfStream):
                        return answer.end()
                    if isinstance(item, RetryNotice):
                        self._requests.tell(item)
                        if on_retry is not None:
                            on_retry(item)
                        limits.restart(item.wait_s)
                    elif isinstance(item, Departure):
                        if before_leaving is not None:
                            before_leaving()
                        item.allow()
                    elif item is not None:
                        answer.take(item)
                    limits.check()
            except NemoError:
                answer.abandon()
                raise

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
            read_timeout_s=min(self._stream_timeout_s, self._idle_timeout_s) + _READ_MARGIN_S,
            lost=_lost,
        )

    @contextmanager
    def _open(self, call: Call, tell: Callable[[RetryNotice], None]) -> Iterator[httpx.Response]:
        """Open the stream; the status was checked before the content type."""
        with self._requests.stream(call, on_retry=tell) as response:
            content_type = response.headers.get("content-type", "")
            if content_type and "text/event-stream" not in content_type.lower():
                what = content_type.partition(";")[0]
                raise bad_answer(call.endpoint, f"the answer is {what} instead of an event stream")
            yield response

    def _error_of(self, event: ErrorEvent) -> NemoError:
        words = clean(event.message or "")
        known = self._requests.errors.of_code(parse_code(event.code), words=words)
        if known is not None:
            return known
        code = f" ({clean(str(event.code))})" if event.code is not None else ""
        return AgentError(f"the agent failed{code}: {words or 'it gave no reason'}")


class _Answer:
    """The answer as it comes in: events to text."""

    def __init__(
        self,
        on_event: OnEvent | None,
        on_text: OnText | None,
        limits: StreamLimits,
        error_of: Callable[[ErrorEvent], NemoError],
        endpoint: str,
    ) -> None:
        self._on_event = on_event
        self._on_text = on_text
        self._limits = limits
        self._error_of = error_of
        self._endpoint = endpoint
        self._builder = TurnBuilder()

    def take(self, message: SseMessage) -> None:
        """Take in an event of the stream."""
        if is_cut_off(message):
            raise StreamDroppedError(f"{self._endpoint}: the stream broke off within an event")
        for event in parse_events(message):
            if self._on_event is not None:
                self._on_event(event)
            if isinstance(event, ErrorEvent):
                raise self._error_of(event)
            if not isinstance(event, HeartbeatEvent):
                self._limits.saw_event()
            self._show(self._builder.add(event))

    def end(self) -> Turn:
        """Take the regular end of the stream and return the turn."""
        self._show(self._builder.finish())
        return self._builder.turn

    def abandon(self) -> None:
        """Take an end by an error: what was held back is shown."""
        self._show(self._builder.abandon())

    def _show(self, text: str) -> None:
        if text:
            self._limits.saw_text()
            if self._on_text is not None:
                self._on_text(text)


def _lost(error: NemoError) -> NemoError:
    """Return the error for a message that may have arrived and whose answer did not."""
    if isinstance(error, WaitTimeoutError):
        return StreamTimeoutError(error.message, hint=StreamDroppedError.default_hint)
    if isinstance(error, ProtocolError):
        return error
    return StreamDroppedError(error.message)
