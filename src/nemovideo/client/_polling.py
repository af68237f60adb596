"""Waiting for something that takes time: ask, look, pause, until done or the limit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from nemovideo.errors import NemoError

T = TypeVar("T")

_FIRST_PAUSE_AFTER_FAILURE_S = 1.0


@dataclass(frozen=True)
class Poll(Generic[T]):
    """How to wait; the times in seconds.

    Args:
        ask: Gets the present state.
        is_done: Whether a state ends the wait.
        may_ask_again: Whether a failed question is worth repeating.
        interval_s: The pause between questions; after a failed one it begins shorter.
        timeout_s: The limit of the whole wait.
    """

    ask: Callable[[], T]
    is_done: Callable[[T], bool]
    may_ask_again: Callable[[NemoError], bool]
    interval_s: float
    timeout_s: float

    def run(self, *, sleep: Callable[[float], None], clock: Callable[[], float]) -> T | None:
        """Return the state that ended the wait, or None when the limit was reached first.

        Raises:
            NemoError: A question failed in a way that asking again can't mend.
        """
        deadline = clock() + self.timeout_s
        failures = 0
        while True:
            try:
                state = self.ask()
            except NemoError as exc:
                if not self.may_ask_again(exc):
                    raise
                failures += 1
            else:
                if self.is_done(state):
                    return state
                failures = 0
            left_s = deadline - clock()
            if left_s <= 0:
                return None
            sleep(min(self._pause_s(failures), left_s))

    def _pause_s(self, failures: int) -> float:
        if not failures:
            return self.interval_s
        return min(_FIRST_PAUSE_AFTER_FAILURE_S * 2.0 ** min(failures - 1, 10), self.interval_s)
