"""The progress of a batch: what its jobs tell, each with its name, in lines or in a live table."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from nemovideo.cli.output.output import Output, ProgressMode
from nemovideo.cli.output.text import to_line
from nemovideo.projects.batch import (
    BatchEvent,
    BatchJob,
    JobEnded,
    JobOutcome,
    JobProgress,
    JobStarted,
    JobStatus,
)
from nemovideo.projects.progress import (
    Notice,
    ProgressEvent,
    StageActivity,
    StageAdvanced,
    StageBegan,
)

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

ALMOST = 0.999
NAME_COLUMNS = 30
_COLOURS = {JobStatus.DONE: "green", JobStatus.FAILED: "red", JobStatus.SKIPPED: "dim"}

BatchRenderer = Callable[[BatchEvent], None]


@contextmanager
def batch_renderer_for(output: Output, mode: ProgressMode, total: int) -> Iterator[BatchRenderer]:
    """Open the renderer that fits: live on a terminal, a line an event off it, none if asked."""
    if output.is_quiet:
        yield lambda _: None
    elif mode == "none":
        yield _Plain(output, total, has_progress=False)
    elif mode == "json":
        yield _Json(output)
    elif output.is_live and mode != "plain":
        live = _Live(output, total)
        with live.progress:
            yield live
    else:
        yield _Plain(output, total)


class _Plain:
    """One line an event, for logs and pipes; stages and percents are left out."""

    def __init__(self, output: Output, total: int, *, has_progress: bool = True) -> None:
        self._output = output
        self._total = total
        self._has_progress = has_progress

    def __call__(self, event: BatchEvent) -> None:
        match event:
            case JobProgress(job, Notice(text=text)):
                self._write(job, text)
            case JobStarted(job) if self._has_progress:
                self._write(job, "started" if job.run is None else "taken up again")
            case JobEnded(outcome) if self._has_progress:
                self._write(outcome.job, _ending(outcome))

    def _write(self, job: BatchJob, text: str) -> None:
        self._output.notice(to_line(f"[{job.number}/{self._total}] {job.out}: {text}"))


class _Json:
    """One object a line on stderr."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def __call__(self, event: BatchEvent) -> None:
        match event:
            case JobStarted(job):
                self._write("begin", job)
            case JobProgress(job, StageAdvanced(stage=stage, fraction=float(fraction))):
                self._write("progress", job, stage=stage, done=round(fraction, 3), total=1)
            case JobProgress(job, StageBegan(stage, text) | StageActivity(stage, text)):
                self._write("progress", job, stage=stage, detail=text)
            case JobProgress(job, Notice(text=text)):
                self._write("notice", job, detail=text)
            case JobEnded(outcome):
                self._write("end", outcome.job, status=outcome.status, detail=_ending(outcome))

    def _write(self, name: str, job: BatchJob, **facts: Any) -> None:
        self._output.event(name, job=job.number, out=job.out, **facts)


class _Live:
    """A redrawn row for every job under way and one for all; ended jobs stay above as lines."""

    def __init__(self, output: Output, total: int) -> None:
        self._output = output
        self._rows: dict[int, TaskID] = {}
        self.progress = _make_progress(output)
        self._all = self.progress.add_task(output.line("All jobs"), total=total, stage="")
        self._fractions = dict.fromkeys(range(1, total + 1), 0.0)

    def __call__(self, event: BatchEvent) -> None:
        match event:
            case JobStarted(job):
                self._rows[job.number] = self.progress.add_task(
                    _shortened(to_line(job.out)), total=1, stage=self._output.line("Starting")
                )
            case JobProgress(job, told) if job.number in self._rows:
                self._update(job, self._rows[job.number], told)
            case JobEnded(outcome):
                self._end(outcome)

    def _update(self, job: BatchJob, row: TaskID, event: ProgressEvent) -> None:
        match event:
            case StageAdvanced(fraction=float(fraction)):
                # A row that was full once would stop its clock for good.
                self.progress.update(row, completed=min(fraction, ALMOST))
                self._advance(job, fraction)
            case StageBegan(_, text) | StageActivity(_, text):
                stage = self._output.line(text).rstrip("…")
                self.progress.update(row, stage=stage, completed=0)
            case Notice(text=text):
                self._print(f"{to_line(job.out)}: {self._output.line(text)}", "yellow")

    def _end(self, outcome: JobOutcome) -> None:
        row = self._rows.pop(outcome.job.number, None)
        if row is not None:
            self.progress.remove_task(row)
        mark = "✗" if outcome.error is not None else "✓"
        told = f"{mark} {to_line(outcome.job.out)}: {self._output.line(_ending(outcome))}"
        self._print(told, _COLOURS[outcome.status])
        self.progress.advance(self._all)
        self._advance(outcome.job, 1)

    def _advance(self, job: BatchJob, fraction: float) -> None:
        """Show in the taskbar how far they all are."""
        self._fractions[job.number] = fraction
        self._output.window.progress(sum(self._fractions.values()) / len(self._fractions))

    def _print(self, text: str, style: str) -> None:
        self._output.paragraph(text, style=style, console=self.progress.console)


def _shortened(out: str) -> str:
    """Keep the end of a long path: the file's name."""
    from rich.cells import cell_len

    while cell_len(out) > NAME_COLUMNS:
        out = "…" + out.removeprefix("…")[1:]
    return out


def _make_progress(output: Output) -> Progress:
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
    from rich.table import Column

    stage = Column(max_width=28, no_wrap=True, overflow="ellipsis")
    return Progress(
        TextColumn("{task.description}", markup=False),
        TextColumn("{task.fields[stage]}", markup=False, table_column=stage),
        BarColumn(bar_width=24),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=output.console(sys.stderr),
        transient=True,
    )


def _ending(outcome: JobOutcome) -> str:
    if outcome.status is JobStatus.SKIPPED:
        return "skipped, it was made before"
    if outcome.error is not None:
        return f"failed: {outcome.error.message}"
    return f"done ({outcome.elapsed_s:.0f} s)"
