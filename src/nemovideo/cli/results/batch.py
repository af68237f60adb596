"""A batch as it runs and as it ended: lines, a live table, a table at the end, the document."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from nemovideo.cli.output.columns import aligned, fitting
from nemovideo.cli.output.lines import columns_of
from nemovideo.cli.output.output import Output, ProgressMode
from nemovideo.cli.output.text import to_line
from nemovideo.projects.batch import (
    BatchEvent,
    BatchJob,
    JobAdvanced,
    JobEnded,
    JobNoticed,
    JobOutcome,
    JobStage,
    JobStarted,
)

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from nemovideo.errors import NemoError

ALMOST = 0.999
NAME_COLUMNS = 30
_HEADINGS = ("STATUS", "VIDEO", "SESSION", "RENDER", "ERROR")
_COLOURS = {"done": "green", "failed": "red", "skipped": "dim"}


class Display(Protocol):
    """Shows what happens."""

    def show(self, event: BatchEvent) -> None:
        """Show one event."""
        ...


@contextmanager
def display_for(output: Output, mode: ProgressMode, total: int) -> Iterator[Display]:
    """Open the display that fits: live on a terminal, a line an event off it, none if asked."""
    if output.is_quiet:
        yield _NoDisplay()
    elif mode == "none":
        yield _NoticesOnly(output, total)
    elif mode == "json":
        yield _JsonDisplay(output)
    elif output.is_live and mode != "plain":
        live = _LiveDisplay(output, total)
        with live.progress:
            yield live
    else:
        yield _PlainDisplay(output, total)


class _NoDisplay:
    def show(self, event: BatchEvent) -> None:
        """Show nothing."""


class _PlainDisplay:
    """One line an event, for logs and pipes; stages and percents are left out."""

    def __init__(self, output: Output, total: int) -> None:
        self._output = output
        self._total = total

    def show(self, event: BatchEvent) -> None:
        if isinstance(event, JobStarted):
            self._write(event.job, "started" if event.job.run is None else "taken up again")
        elif isinstance(event, JobNoticed):
            self._write(event.job, event.text)
        elif isinstance(event, JobEnded):
            self._write(event.outcome.job, _ending(event.outcome))

    def _write(self, job: BatchJob, text: str) -> None:
        self._output.notice(to_line(f"[{job.number}/{self._total}] {job.out}: {text}"))


class _NoticesOnly(_PlainDisplay):
    """No progress: only what is worth a line."""

    def show(self, event: BatchEvent) -> None:
        if isinstance(event, JobNoticed):
            super().show(event)


class _JsonDisplay:
    """One object a line on stderr."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def show(self, event: BatchEvent) -> None:
        if isinstance(event, JobEnded):
            outcome = event.outcome
            self._write("end", outcome.job, status=outcome.status, detail=_ending(outcome))
        elif isinstance(event, JobStarted):
            self._write("begin", event.job)
        elif isinstance(event, JobAdvanced):
            done = round(event.fraction, 3)
            self._write("progress", event.job, stage=event.stage, done=done, total=1)
        elif isinstance(event, JobStage):
            self._write("progress", event.job, stage=event.stage, detail=event.text)
        else:
            self._write("notice", event.job, detail=event.text)

    def _write(self, name: str, job: BatchJob, **facts: Any) -> None:
        self._output.event(name, job=job.number, out=job.out, **facts)


class _LiveDisplay:
    """A redrawn row for every job under way and one for all; ended jobs stay above as lines."""

    def __init__(self, output: Output, total: int) -> None:
        self._output = output
        self._rows: dict[int, TaskID] = {}
        self.progress = _make_progress(output)
        self._all = self.progress.add_task(output.line("All jobs"), total=total, stage="")
        self._fractions = dict.fromkeys(range(1, total + 1), 0.0)

    def show(self, event: BatchEvent) -> None:
        if isinstance(event, JobEnded):
            self._end(event.outcome)
        elif isinstance(event, JobStarted):
            self._rows[event.job.number] = self.progress.add_task(
                _shortened(to_line(event.job.out)), total=1, stage=self._output.line("Starting")
            )
        elif isinstance(event, JobNoticed):
            self._print(f"{to_line(event.job.out)}: {self._output.line(event.text)}", "yellow")
        elif event.job.number in self._rows:
            row = self._rows[event.job.number]
            if isinstance(event, JobAdvanced):
                # A row that was full once would stop its clock for good.
                self.progress.update(row, completed=min(event.fraction, ALMOST))
                self._advance(event.job, event.fraction)
            else:
                stage = self._output.line(event.text).rstrip("…")
                self.progress.update(row, stage=stage, completed=0)

    def _end(self, outcome: JobOutcome) -> None:
        row = self._rows.pop(outcome.job.number, None)
        if row is not None:
            self.progress.remove_task(row)
        mark = "✗" if outcome.status == "failed" else "✓"
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
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
    )
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
    if outcome.status == "skipped":
        return "skipped, it was made before"
    if outcome.error is not None:
        return f"failed: {outcome.error.message}"
    return f"done ({outcome.elapsed_s:.0f} s)"


def outcome_document(outcome: JobOutcome) -> dict[str, Any]:
    """Return one job of the document of `nemo batch`."""
    return {
        "out": outcome.job.out,
        "status": outcome.status,
        "session_id": outcome.session_id,
        "render_id": outcome.render_id,
        "error": None if outcome.error is None else _error_document(outcome.error),
        "outputs": [str(path) for path in outcome.job.outputs],
        "not_understood": list(outcome.not_understood),
        "notes": list(outcome.notes),
    }


def _error_document(error: NemoError) -> dict[str, Any]:
    return {
        "kind": error.kind,
        "code": error.code,
        "message": to_line(error.message),
        "hint": None if error.hint is None else to_line(error.hint),
    }


def show_table(output: Output, outcomes: Sequence[JobOutcome]) -> None:
    """Write a row a job to stdout, and the sums to stderr."""
    rows = [_HEADINGS, *map(_row, outcomes)]
    width = columns_of(sys.stdout)
    if width is None:
        lines = aligned(rows)
    else:  # the errors were shown as they came
        headings = tuple(map(output.translate, _HEADINGS[:-1]))
        words = [(output.translate(row[0]), *row[1:-1]) for row in rows[1:]]
        lines = fitting([headings, *words], width, least=2)
    for line in lines:
        output.result(line)
    for outcome in outcomes:
        if outcome.not_understood:
            listed = ", ".join(f"“{word}”" for word in outcome.not_understood)
            output.warning(f"{outcome.job.out}: not understood: {listed}")
    counts = Counter(outcome.status for outcome in outcomes)
    output.notice(", ".join(f"{count} {status}" for status, count in sorted(counts.items())))


def _row(outcome: JobOutcome) -> tuple[str, ...]:
    error = outcome.error.message if outcome.error else ""
    return (
        outcome.status,
        to_line(outcome.job.out),
        outcome.session_id or "-",
        outcome.render_id or "-",
        to_line(error),
    )
