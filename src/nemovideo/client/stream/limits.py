"""How long one turn may take: in all, and with nothing but heartbeats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from nemovideo.client.stream.turn_events import Retrying, StillWorking
from nemovideo.errors import StreamDroppedError, StreamTimeoutError
from nemovideo.protocol.events import ChatEvent, HeartbeatEvent, TextEvent


@dataclass(frozen=True)
class StreamLimits:
    """The limits of one turn."""

    total_s: float
    """Of the whole turn."""
    idle_s: float
    """Without an event other than heartbeats."""
    notice_s: float
    """After how long without text it is told that work goes on."""

    def watch(
        self, events: Iterable[ChatEvent | None], clock: Callable[[], float]
    ) -> Iterator[ChatEvent]:
        """Yield the events, and `StillWorking` while no text comes; None stands for none yet.

        Raises:
            StreamTimeoutError: A limit is reached.
        """
        started = last_event = last_sign = clock()
        for event in events:
            now = clock()
            if isinstance(event, Retrying):  # its pause is not the agent's
                started = last_event = last_sign = now + event.notice.wait_s
            elif event is not None and not isinstance(event, HeartbeatEvent):
                last_event = now
            if isinstance(event, TextEvent):
                last_sign = now
            if event is not None:
                yield event
            if now - started >= self.total_s:
                raise _timeout(f"the agent's answer took longer than {_duration(self.total_s)}")
            if now - last_event >= self.idle_s:
                raise _timeout(f"nothing but heartbeats came for {_duration(self.idle_s)}")
            if now - last_sign >= self.notice_s:
                last_sign = now
                yield StillWorking(now - started)


def _timeout(message: str) -> StreamTimeoutError:
    return StreamTimeoutError(message, hint=StreamDroppedError.default_hint)


def _duration(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds >= 60 else f"{seconds:.3g} s"
