"""The timeline as a chart on a terminal: a row a track, segments to scale, a ruler."""

from __future__ import annotations

import shutil

from rich.console import Group
from rich.text import Text

from nemovideo.cli._text import to_line
from nemovideo.timeline import Chart, ChartRow, Timeline, chart_rows

LABEL_COLUMNS = 8
MAX_COLUMNS = 110
_COLOURS = {"video": "on blue", "audio": "on green", "text": "on magenta", "other": "on cyan"}


def draw_chart(timeline: Timeline) -> Group:
    """Return the chart, as wide as the terminal allows."""
    columns = min(shutil.get_terminal_size().columns, MAX_COLUMNS) - LABEL_COLUMNS - 1
    chart = chart_rows(timeline, columns)
    return Group(Text(), *(_row(row) for row in chart.rows), _ruler(chart))


def _row(row: ChartRow) -> Text:
    line = Text.assemble((row.track.label.ljust(LABEL_COLUMNS), "bold"))
    column = 0
    for index, bar in enumerate(row.bars):
        line.append(" " * (bar.start_col - column))
        width = bar.end_col - bar.start_col
        label = Text(to_line(bar.label))
        label.truncate(max(width - 1, 0), pad=False)
        cell = Text("▏" if index else " ") if width > 1 else Text("▏")
        cell.append_text(label)
        cell.append(" " * (width - cell.cell_len))
        cell.stylize(f"white {_COLOURS[row.track.type]}")
        line.append_text(cell)
        column = bar.end_col
    return line


def _ruler(chart: Chart) -> Text:
    line = [" "] * (chart.width + 6)
    for tick in chart.ticks:
        for offset, char in enumerate(f"╵{tick.label}"):
            if tick.col + offset < len(line):
                line[tick.col + offset] = char
    return Text(" " * LABEL_COLUMNS + "".join(line).rstrip(), style="dim")
