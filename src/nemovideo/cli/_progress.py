"""How work is shown while it goes on: redrawn bars on a terminal, plain lines elsewhere."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from nemovideo.cli._progress_json import JsonReporter
from nemovideo.cli.output.output import Output, ProgressMode
from nemovideo.cli.output.text import to_line
from nemovideo.projects.progress import Reporter, SilentReporter, Stage
from nemovideo.projects.session.activities import WORKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

LABELS: dict[Stage, str] = {
    "setup": "Ready",
    "upload": "Uploaded",
    "edit": "Edited",
    "render": "Rendered",
    "download": "Saved",
}
_TIMELINE = re.compile(r"(?<=\S)\s*Timeline \(\d+ tracks?\):.*")
PLAIN_STEPS = 10
"""Off a terminal a line at most every tenth of a stage."""


def reporter_for(
    output: Output,
    mode: ProgressMode = "auto",
    *,
    on_answer: Callable[[str], None] | None = None,
    on_line_end: Callable[[], None] | None = None,
) -> Reporter:
    """Return the reporter that fits: live on a terminal, plain lines off it, silent if asked.

    Args:
        output: Where lines go.
        mode: What the user asked for; a bar only where lines can be redrawn.
        on_answer: Takes the agent's text as it comes; it is not shown if None.
        on_line_end: Ends the line of that text, before something else is shown.
    """
    if output.is_quiet:
        return _Quiet(on_answer, on_line_end)
    if mode == "json":
        return JsonReporter(output, on_answer, on_line_end)
    if mode == "none":
        return _NoticesOnly(output, on_answer, on_line_end)
    if output.is_live and mode != "plain":
        return LiveReporter(output, on_answer, on_line_end)
    return PlainReporter(output, on_answer, on_line_end)


def _going_on(detail: str) -> str:
    return f"{detail.rstrip('…')}…"


def _ended(output: Output, stage: Stage, detail: str) -> str:
    """Say in the user's language that a stage is done; the agent's words of an edit stay."""
    label = output.translate(LABELS[stage])
    # The timeline stands in a line of its own.
    said = _TIMELINE.sub("", to_line(detail)) if stage == "edit" else output.line(detail)
    return f"{label}{output.translate(': ')}{said}" if said else label


class _Quiet(SilentReporter):
    def __init__(
        self,
        on_answer: Callable[[str], None] | None,
        on_line_end: Callable[[], None] | None = None,
    ) -> None:
        self._on_answer = on_answer
        self._on_line_end = on_line_end

    def begin(self, stage: Stage, detail: str) -> None:  # noqa: ARG002 - nothing is shown of it
        self.abandon()

    def abandon(self) -> None:
        if self._on_line_end:
            self._on_line_end()

    def answer(self, delta: str) -> None:
        if self._on_answer:
            self._on_answer(delta)


class _NoticesOnly(_Quiet):
    is_heard = True

    def __init__(
        self,
        output: Output,
        on_answer: Callable[[str], None] | None,
        on_line_end: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(on_answer, on_line_end)
        self._output = output

    def notice(self, text: str) -> None:
        self._output.notice(text)


class PlainReporter:
    """One line an event, none redrawn; for logs and pipes."""

    is_heard = True

    def __init__(
        self,
        output: Output,
        on_answer: Callable[[str], None] | None = None,
        on_line_end: Callable[[], None] | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._output = output
        self._on_line_end = on_line_end
        self._clock = clock
        self._on_answer = on_answer
        self._detail = ""
        self._stage: Stage = "setup"
        self._shown = 0
        self._started = 0.0

    def begin(self, stage: Stage, detail: str) -> None:
        """Write that a stage begins."""
        self._stage, self._detail, self._shown = stage, detail, 0
        self._started = self._clock()
        self.abandon()
        self._output.notice(_going_on(detail))

    def advance(self, done: float, total: float | None) -> None:
        """Write a line for every tenth, except for stages that end within a second."""
        if not total or self._clock() - self._started < 1:
            return
        step = int(done * PLAIN_STEPS / total)
        if self._shown < step < PLAIN_STEPS:
            self._shown = step
            self._output.notice(f"{self._detail}: {done / total:.0%}")

    def activity(self, text: str) -> None:
        """Say nothing: a log has no use for each step."""

    def end(self, detail: str = "") -> None:
        """Write what came of the stage, where there is something to say."""
        if detail and not (self._stage == "edit" and self._on_answer):
            self._output.notice(_ended(self._output, self._stage, detail), is_ready=True)

    def abandon(self) -> None:
        """End the line of the agent's text: nothing else stays that would have to go."""
        if self._on_line_end:
            self._on_line_end()

    def notice(self, text: str) -> None:
        """Write a line."""
        self._output.notice(text)

    def answer(self, delta: str) -> None:
        """Pass the agent's text on."""
        if self._on_answer:
            self._on_answer(delta)


class LiveReporter:
    """A redrawn line a stage, with a bar where the end is known; ticks when it is done."""

    is_heard = True

    def __init__(
        self,
        output: Output,
        on_answer: Callable[[str], None] | None = None,
        on_line_end: Callable[[], None] | None = None,
    ) -> None:
        self._output = output
        self._on_answer = on_answer
        self._on_line_end = on_line_end
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._stage: Stage = "setup"
        self._started = 0.0
        self._has_answered = False

    def begin(self, stage: Stage, detail: str) -> None:
        """Start a redrawn line."""
        self.abandon()
        self._stage, self._started, self._has_answered = stage, time.monotonic(), False
        self._output.window.progress(None)
        self._draw(detail)

    def advance(self, done: float, total: float | None) -> None:
        """Move the bar."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, completed=done, total=total)
            self._output.window.progress(done / total if total else None)

    def activity(self, text: str) -> None:
        """Say in the redrawn line what is being done, as far as it has words in the language."""
        is_said = self._output.language == "en" or self._output.translate(
            _going_on(text)
        ) != _going_on(text)
        self._draw(text if is_said else WORKING)

    def end(self, detail: str = "") -> None:
        """Replace the line by what came of it; an answer that was shown says it all."""
        elapsed_s = time.monotonic() - self._started
        self.abandon()
        if self._has_answered:
            return
        took = f" ({elapsed_s:.0f} s)" if elapsed_s >= 2 else ""
        is_shown_elsewhere = self._stage == "edit" and self._on_answer is not None
        told = _ended(self._output, self._stage, "" if is_shown_elsewhere else detail)
        self._output.paragraph(f"✓ {told}{took}", style="green")

    def abandon(self) -> None:
        """Take the redrawn line away."""
        self._clear()
        if self._on_line_end:
            self._on_line_end()

    def notice(self, text: str) -> None:
        """Write a line above the redrawn one."""
        if self._progress is None:
            if self._on_line_end:
                self._on_line_end()
            self._output.notice(text)
        else:
            self._output.paragraph(self._output.line(text), console=self._progress.console)

    def answer(self, delta: str) -> None:
        """Pass the agent's text on; the redrawn line makes room for it."""
        if self._on_answer:
            self._clear()
            self._has_answered = True
            self._on_answer(delta)

    def _draw(self, detail: str) -> None:
        """Draw the line, or change its words; its clock runs since the stage began."""
        words = self._output.line(_going_on(detail))
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, description=words)
            return
        if self._on_line_end:
            self._on_line_end()
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
