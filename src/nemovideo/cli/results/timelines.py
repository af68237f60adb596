"""A timeline in one line, and as a chart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nemovideo.timeline import Timeline

if TYPE_CHECKING:
    from nemovideo.cli.output.output import Output


_LABEL = re.compile(r"(?<=\. )(?:Video|BGM|Title|Track)(?=: )|\+\d+ more")
"""The words of the summary that are not names."""


def timeline_line(output: Output, timeline: Timeline) -> str:
    """Return the timeline in one line: in the user's language on a terminal, as ever off it."""
    summary = timeline.summary()
    if not output.is_terminal:
        return summary
    head, colon, rows = summary.partition(": ")
    rows = _LABEL.sub(lambda label: output.translate(label.group()), rows)
    return f"{output.translate(head)}{output.translate(colon)}{rows}"


def show_chart(output: Output, timeline: Timeline) -> None:
    """Draw the timeline on a terminal; nothing elsewhere."""
    if output.shows_pictures:
        from nemovideo.cli.results.chart import draw_chart

        chart = draw_chart(timeline, translate=output.translate, language=output.language)
        output.picture(chart)
