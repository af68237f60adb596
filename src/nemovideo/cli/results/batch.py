"""A batch as it ended: a table, and the document."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any

from nemovideo.cli.output.columns import aligned, fitting
from nemovideo.cli.output.lines import columns_of
from nemovideo.cli.output.output import Output, error_document
from nemovideo.cli.output.text import to_line
from nemovideo.projects.batch import JobOutcome

_HEADINGS = ("STATUS", "VIDEO", "SESSION", "RENDER", "ERROR")


def outcome_document(outcome: JobOutcome) -> dict[str, Any]:
    """Return one job of the document of `nemo batch`."""
    return {
        "out": outcome.job.out,
        "status": outcome.status,
        "session_id": outcome.session_id,
        "render_id": outcome.render_id,
        "error": None if outcome.error is None else error_document(outcome.error)["error"],
        "outputs": [str(path) for path in outcome.job.outputs],
        "not_understood": list(outcome.not_understood),
        "notes": list(outcome.notes),
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
