"""Progress of a tool call: stages and bytes become one number that only grows."""

from __future__ import annotations

import threading
from collections.abc import Callable

from nemovideo.cli.output.text import to_line
from nemovideo.projects.progress import (
    Notice,
    ProgressEvent,
    StageActivity,
    StageAdvanced,
    StageBegan,
    Steps,
)

STEPS = 50
"""So many reports at most tell how far a stage is."""
LEFT_AFTER_STEP = 0.8
"""Where nobody knows the end, each thing done leaves this much of what was left."""
WHOLE_STAGE = 0.99
"""The end of a stage, just below the beginning of the next one."""

Tell = Callable[[float, float | None, str], None]
"""Takes how far the call is, of how much (None if that is not known), and words."""


class CallProgress:
    """Counts stages; how far the present one is, is the fraction.

    The protocol wants every report to be larger than the one before, while stages start at zero,
    may be repeated, and count in bytes or percent. The count of stages is None if that depends.
    """

    def __init__(self, tell: Tell, stage_count: int | None = None) -> None:
        self._tell = tell
        self._stage_count = stage_count
        self._begun, self._fraction, self._detail = 0, 0.0, ""
        self._steps = Steps(STEPS)
        self._told = -1.0
        self._lock = threading.Lock()

    def __call__(self, event: ProgressEvent) -> None:
        """Report an event; ends say nothing that the next stage or the result does not."""
        match event:
            case StageBegan(detail=detail):
                self._begun, self._fraction = self._begun + 1, 0.0
                self._detail, self._steps = to_line(detail).rstrip("…"), Steps(STEPS)
                self._report(self._detail)
            case StageAdvanced(fraction=float(fraction)) if self._steps.is_next(event):
                self._fraction = max(self._fraction, fraction)
                self._report(f"{self._detail}: {fraction:.0%}")
            case StageActivity(text=text) | Notice(text=text):
                self._fraction = 1 - (1 - self._fraction) * LEFT_AFTER_STEP
                self._report(to_line(text))

    def _report(self, text: str) -> None:
        progress = round(max(self._begun - 1, 0) + self._fraction * WHOLE_STAGE, 4)
        is_counted = self._stage_count is not None and self._begun <= self._stage_count
        with self._lock:
            if progress > self._told:
                self._told = progress
                self._tell(progress, self._stage_count if is_counted else None, text)
