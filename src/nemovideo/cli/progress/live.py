"""Progress on a terminal: a redrawn line with a bar, and a tick when it is done."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from nemovideo.cli.output.output import Output
from nemovideo.cli.progress.answer import AnswerWriter
from nemovideo.cli.progress.renderer import Renderer, ended, going_on
from nemovideo.projects.progress import (
    AnswerDelta,
    Notice,
    ProgressEvent,
    StageActivity,
    StageAdvanced,
    StageBegan,
    StageBroken,
    StageEnded,
)
from nemovideo.projects.turns.activities import WORKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class LiveRenderer(Renderer):
    """A redrawn line a stage, with a bar where the end is known; ticks when it is done."""

    def __init__(self, output: Output, answer: AnswerWriter | None = None) -> None:
        super().__init__(output, answer)
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._started = 0.0
        self._has_answered = False

    def __call__(self, event: ProgressEvent) -> None:
        """Show an event; the redrawn line makes room for the agent's text."""
        is_text = isinstance(event, AnswerDelta) and self._answer is not None
        self._has_answered = self._has_answered or is_text
        if is_text or isinstance(event, StageBegan | StageBroken):
            self._clear()
        super().__call__(event)

    def show(self, event: ProgressEvent) -> None:
        """Draw the line anew, or write one above it."""
        match event:
            case StageBegan(detail=detail):
                self._started, self._has_answered = time.monotonic(), False
                self._output.window.progress(None)
                self._draw(detail)
            case StageAdvanced():
                self._advance(event)
            case StageActivity(text=text):
                self._draw(self._said(text))
            case StageEnded():
                self._end(event)
            case Notice(text=text):
                self._notice(text)

    def _advance(self, event: StageAdvanced) -> None:
        """Move the bar."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, completed=event.done, total=event.total)
            self._output.window.progress(event.fraction)

    def _said(self, text: str) -> str:
        """Return what is being done, as far as it has words in the language."""
        words = going_on(text)
        is_said = self._output.language == "en" or self._output.translate(words) != words
        return text if is_said else WORKING

    def _end(self, event: StageEnded) -> None:
        """Replace the line by what came of it; an answer that was shown says it all."""
        elapsed_s = time.monotonic() - self._started
        self._clear()
        self._end_line()
        if self._has_answered:
            return
        took = f" ({elapsed_s:.0f} s)" if elapsed_s >= 2 else ""
        is_shown_elsewhere = event.stage == "edit" and self._answer is not None
        told = ended(self._output, event.stage, "" if is_shown_elsewhere else event.detail)
        self._output.paragraph(f"✓ {told}{took}", style="green")

    def _notice(self, text: str) -> None:
        """Write a line above the redrawn one."""
        if self._progress is None:
            self._end_line()
            self._output.notice(text)
        else:
            self._output.paragraph(self._output.line(text), console=self._progress.console)

    def _draw(self, detail: str) -> None:
        """Draw the line, or change its words; its clock runs since the stage began."""
        words = self._output.line(going_on(detail))
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, description=words)
            return
        self._end_line()
        self._progress = self._make_progress()
        self._task = self._progress.add_task(words, total=None)
        self._progress.tasks[0].start_time = self._started
        self._progress.start()

    def _clear(self) -> None:
        if self._progress is not None:
            self._progress.stop()
        self._progress = self._task = None

    def _make_progress(self) -> Progress:
        from rich.progress import (
            BarColumn,
            Progress,
            SpinnerColumn,
            TaskProgressColumn,
            TextColumn,
            TimeElapsedColumn,
        )

        return Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=32),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            console=self._output.console(sys.stderr),
            transient=True,
        )
