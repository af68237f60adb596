"""Progress of a tool call: stages and bytes become one number that only grows."""

from __future__ import annotations

import threading
from collections.abc import Callable

from nemovideo.cli.output.text import to_line
from nemovideo.projects.progress import Stage

STEP = 0.02
"""Between two reports of how far a stage is, it got on by at least so much."""
LEFT_AFTER_STEP = 0.8
"""Where nobody knows the end, each thing done leaves this much of what was left."""
WHOLE_STAGE = 0.99
"""The end of a stage, just below the beginning of the next one."""

Tell = Callable[[float, float | None, str], None]
"""Takes how far the call is, of how much (None if that is not known), and words."""


class ProgressReporter:
    """Counts stages; how far the present one is, is the fraction.

    The protocol wants every report to be larger than the one before, while stages start at zero,
    may be repeated, and count in bytes or percent.

    Args:
        tell: Passes a report on.
        is_stopped: Whether the caller has given the call up; then the work ends as on Ctrl-C.
        stage_count: How many stages there are, None if that depends.
    """

    is_heard = False
    """An agent reads results; few programs show its user what is told on the way."""

    def __init__(
        self, tell: Tell, is_stopped: Callable[[], bool], stage_count: int | None = None
    ) -> None:
        self._tell = tell
        self._is_stopped = is_stopped
        self._stage_count = stage_count
        self._begun = 0
        self._fraction = 0.0
        self._detail = ""
        self._told = -1.0
        self._lock = threading.Lock()

    def begin(self, stage: Stage, detail: str) -> None:  # noqa: ARG002 - the detail names it
        """Report that a stage begins."""
        self._begun, self._fraction = self._begun + 1, 0.0
        self._detail = to_line(detail).rstrip("…")
        self._report(self._detail)

    def advance(self, done: float, total: float | None) -> None:
        """Report how far the stage is, where that is something new."""
        self._end_if_stopped()
        fraction = min(done / total, 1.0) if total else 0.0
        if fraction - self._fraction >= STEP:
            self._fraction = fraction
            self._report(f"{self._detail}: {fraction:.0%}")

    def activity(self, text: str) -> None:
        """Report what is being done."""
        self._creep(text)

    def end(self, detail: str = "") -> None:
        """Report nothing: the next stage says enough, and the result the rest."""

    def abandon(self) -> None:
        """Nothing is shown that would have to go."""

    def notice(self, text: str) -> None:
        """Report a line worth reading."""
        self._creep(text)

    def answer(self, delta: str) -> None:  # noqa: ARG002 - the result holds the whole
        """Report nothing."""
        self._end_if_stopped()

    def _creep(self, text: str) -> None:
        self._fraction = 1 - (1 - self._fraction) * LEFT_AFTER_STEP
        self._report(to_line(text))

    def _report(self, text: str) -> None:
        self._end_if_stopped()
        progress = round(max(self._begun - 1, 0) + self._fraction * WHOLE_STAGE, 4)
        is_counted = self._stage_count is not None and self._begun <= self._stage_count
        with self._lock:
            if progress > self._told:
                self._told = progress
                self._tell(progress, self._stage_count if is_counted else None, text)

    def _end_if_stopped(self) -> None:
        if self._is_stopped():
            raise KeyboardInterrupt
