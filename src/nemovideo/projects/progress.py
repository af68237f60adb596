"""What work tells of itself while it goes on: frozen events, to one callable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Stage = Literal["setup", "upload", "edit", "render", "download"]


@dataclass(frozen=True)
class StageBegan:
    """A stage begins."""

    stage: Stage
    detail: str


@dataclass(frozen=True)
class StageAdvanced:
    """A stage got on: bytes for transfers, percent for renders."""

    stage: Stage | None
    done: float
    total: float | None

    @property
    def fraction(self) -> float | None:
        """How much of the stage is done, 0 to 1; None where nobody knows."""
        return min(self.done / self.total, 1.0) if self.total else None


@dataclass(frozen=True)
class StageActivity:
    """A stage does something that has a name: "adding a transition"."""

    stage: Stage | None
    text: str


@dataclass(frozen=True)
class StageEnded:
    """A stage is done."""

    stage: Stage
    detail: str


@dataclass(frozen=True)
class StageBroken:
    """No stage goes on any more; if one did, it broke off."""


@dataclass(frozen=True)
class Notice:
    """Something worth a line happened."""

    stage: Stage | None
    text: str


@dataclass(frozen=True)
class AnswerDelta:
    """A piece of the agent's text arrived."""

    text: str


ProgressEvent = (
    StageBegan | StageAdvanced | StageActivity | StageEnded | StageBroken | Notice | AnswerDelta
)
OnProgress = Callable[[ProgressEvent], None]


class Reporter:
    """Makes the events of what work says, knowing which stage it is in.

    The check is called before each event; it raises where the work is to end.
    """

    def __init__(
        self, on_progress: OnProgress | None = None, check: Callable[[], None] | None = None
    ) -> None:
        self._on_progress = on_progress
        self._check = check
        self._stage: Stage | None = None

    def begin(self, stage: Stage, detail: str) -> None:
        """Tell that a stage begins."""
        self._stage = stage
        self._tell(StageBegan(stage, detail))

    def advance(self, done: float, total: float | None) -> None:
        """Tell how far the present stage is: bytes for transfers, percent for renders."""
        self._tell(StageAdvanced(self._stage, done, total))

    def activity(self, text: str) -> None:
        """Tell what the present stage does."""
        self._tell(StageActivity(self._stage, text))

    def end(self, detail: str = "") -> None:
        """Tell that the present stage is done."""
        stage, self._stage = self._stage, None
        if stage is not None:
            self._tell(StageEnded(stage, detail))

    def abandon(self) -> None:
        """Tell that no stage goes on, also where the work has been told to end."""
        self._stage = None
        if self._on_progress is not None:
            self._on_progress(StageBroken())

    def notice(self, text: str) -> None:
        """Tell something worth a line."""
        self._tell(Notice(self._stage, text))

    def answer(self, delta: str) -> None:
        """Tell a piece of the agent's text."""
        self._tell(AnswerDelta(delta))

    def look_up(self) -> None:
        """End the work where that is asked for; nothing is told."""
        if self._check is not None:
            self._check()

    def _tell(self, event: ProgressEvent) -> None:
        self.look_up()
        if self._on_progress is not None:
            self._on_progress(event)


class Steps:
    """Counts the steps of a stage, for who tells not every byte; step 0 is its beginning."""

    def __init__(self, count: int, *, first: int = 1) -> None:
        self._count = count
        self._last = first - 1

    def is_next(self, event: StageAdvanced) -> bool:
        """Return whether a stage has come to a step that it had not come to before."""
        step = int((event.fraction or 0.0) * self._count)
        is_next, self._last = step > self._last, max(step, self._last)
        return is_next
