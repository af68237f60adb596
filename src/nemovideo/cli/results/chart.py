"""The timeline as a chart on a terminal: a row a track, segments to scale, a ruler."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from rich.cells import cell_len, set_cell_size
from rich.console import Group
from rich.text import Text

from nemovideo.cli.output.text import to_line
from nemovideo.timeline import Chart, ChartBar, ChartRow, Timeline, chart_rows
from nemovideo.timeline.model import Track, TrackType
from nemovideo.timeline.summary import LABELS, loudness

MAX_COLUMNS = 120
CUT, BLEND = "▏", "╱"
"""What a segment begins with: after a cut, and where it comes in by a transition."""

_BETWEEN = " · "
_COLOURS = {
    TrackType.VIDEO: ("white on blue", "white on dark_blue"),
    TrackType.AUDIO: ("white on green", "white on dark_green"),
    TrackType.TEXT: ("white on magenta", "white on dark_magenta"),
    TrackType.OTHER: ("black on cyan", "white on dark_cyan"),
}
"""Segments take turns, so that each is seen."""


def draw_chart(
    timeline: Timeline,
    *,
    columns: int | None = None,
    translate: Callable[[str], str] = str,
    language: str = "en",
) -> Group:
    """Return the chart; so many columns wide, or as the terminal allows if None."""
    columns = columns or min(shutil.get_terminal_size().columns, MAX_COLUMNS)
    labels = [_label(track, translate) for track in timeline.tracks]
    margin = max(map(cell_len, labels), default=0) + 1
    # The last column is the ruler's, for its mark at the very end.
    chart = chart_rows(timeline, columns - margin - 1, language=language)
    rows = [
        line
        for row, label in zip(chart.rows, labels, strict=True)
        for line in _lines(row, set_cell_size(label, margin))
    ]
    ruler = Text(" " * margin + _ruler(chart), style="dim")
    return Group(Text(), *rows, ruler, *_legend(chart, margin))


def _label(track: Track, translate: Callable[[str], str]) -> str:
    return " ".join(filter(None, (translate(LABELS[track.type]), loudness(track))))


def _lines(row: ChartRow, label: str) -> list[Text]:
    """Return a track's row; what does not fit into its bars stands in a line below."""
    if all(_room(bar) >= cell_len(_inline(bar)) for bar in row.bars):
        return [_row(row, label)]
    below = Text(" " * cell_len(label), style="dim", no_wrap=True)
    for bar in row.bars:
        below.append(" " * (cell_len(label) + bar.start_col + 1 - below.cell_len))
        below.append_text(_fitting(bar.details, bar.end_col - bar.start_col - 2))
    bare = replace(row, bars=tuple(replace(bar, details=()) for bar in row.bars))
    return [_row(bare, label), below]


def _fitting(details: Sequence[str], width: int) -> Text:
    """Return as many details as there is room for, at least a piece of the first."""
    said = Text()
    for detail in map(to_line, details):
        piece = f", {detail}" if said else detail
        if said and said.cell_len + cell_len(piece) > width:
            break
        said.append(piece)
    said.truncate(max(width, 0), overflow="ellipsis")
    return said


def _room(bar: ChartBar) -> int:
    """Return the columns of a bar beside its name."""
    return bar.end_col - bar.start_col - 1 - cell_len(to_line(bar.label))


def _inline(bar: ChartBar) -> str:
    return "".join(_BETWEEN + to_line(detail) for detail in bar.details)


def _row(row: ChartRow, label: str) -> Text:
    line = Text.assemble((label, "bold"))
    column = 0
    for number, bar in enumerate(row.bars):
        line.append(" " * (bar.start_col - column))
        line.append_text(_bar(bar, number, _COLOURS[row.track.type][number % 2]))
        column = bar.end_col
    return line


def _bar(bar: ChartBar, number: int, style: str) -> Text:
    width = bar.end_col - bar.start_col
    cell = Text(BLEND if bar.transition else CUT if number else " ")
    label = Text(to_line(bar.label))
    label.truncate(max(width - 1, 0), overflow="ellipsis")
    cell.append_text(label)
    cell.append(_inline(bar), "dim")
    # Without colours the line shows how far a segment goes.
    fill = "─" if "NO_COLOR" in os.environ else " "
    cell.append(fill * (width - cell.cell_len))
    cell.stylize(style)
    return cell


def _ruler(chart: Chart) -> str:
    """Return the marks and their times; one at the end has its time to its left."""
    line = [" "] * (chart.width + 1)
    for tick in chart.ticks:
        start = tick.col + 1
        if start + len(tick.label) > len(line):
            start = tick.col - len(tick.label)
        place = slice(start, start + len(tick.label))
        if start < 0 or "".join(line[max(start - 1, 0) : place.stop + 1]).strip():
            continue
        line[place] = tick.label
        line[tick.col] = "╵"
    return "".join(line).rstrip()


def _legend(chart: Chart, margin: int) -> list[Text]:
    """Return a line that names transitions and fades; none where there are only cuts."""
    names = Counter(bar.transition for row in chart.rows for bar in row.bars if bar.transition)
    listed = ", ".join(f"{to_line(name)} ×{count}" for name, count in names.items())
    said = _BETWEEN.join([*([f"{BLEND} {listed}"] if names else []), *chart.fades])
    if not said:
        return []
    return [Text(" " * margin + said, style="dim", no_wrap=True, overflow="ellipsis")]
