"""How long one turn may take: in all, and with nothing but heartbeats."""

from __future__ import annotations

from collections.abc import Callable

from nemovideo.errors import StreamDroppedError, StreamTimeoutError

_LONGEST_PATIENCE_S = 0.25
"""So often the clock is looked at, even when nothing comes."""


class StreamLimits:
    """The clocks of one turn.

    Args:
        total_s: The limit of the whole turn.
        idle_s: The limit without an event other than heartbeats.
        notice_s: The pause between notices while no text comes.
        clock: Gives the seconds of a steady clock.
        on_notice: Told the seconds since the start.
    """

    def __init__(
        self,
        *,
        total_s: float,
        idle_s: float,
        notice_s: float,
        clock: Callable[[], float],
        on_notice: Callable[[float], None] | None = None,
    ) -> None:
        self._total_s = total_s
        self._idle_s = idle_s
        self._notice_s = notice_s
        self._clock = clock
        self._on_notice = on_notice
        self.restart()

    def restart(self, pause_s: float = 0.0) -> None:
        """Start all clocks anew, after a pause that is not the agent's."""
        now = self._clock() + pause_s
        self._started = self._last_event = self._last_sign = now

    def saw_event(self) -> None:
        """Note that something other than a heartbeat has come."""
        self._last_event = self._clock()

    def saw_text(self) -> None:
        """Note that the user has seen something."""
        self._last_sign = self._clock()

    def patience_s(self) -> float:
        """Return how long the next piece may be waited for before `check` is due."""
        due = min(self._started + self._total_s, self._last_event + self._idle_s)
        return min(max(due - self._clock(), 0.0), _LONGEST_PATIENCE_S)

    def check(self) -> None:
        """Give a notice when one is due.

        Raises:
            StreamTimeoutError: A limit is reached.
        """
        now = self._clock()
        if now - self._started >= self._total_s:
            self._give_up(f"the agent's answer took longer than {_duration(self._total_s)}")
        if now - self._last_event >= self._idle_s:
            self._give_up(f"nothing but heartbeats came for {_duration(self._idle_s)}")
        if now - self._last_sign >= self._notice_s:
            self._last_sign = now
            if self._on_notice is not None:
                self._on_notice(now - self._started)

    def _give_up(self, message: str) -> None:
        raise StreamTimeoutError(message, hint=StreamDroppedError.default_hint)


def _duration(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds >= 60 else f"{seconds:.3g} s"
