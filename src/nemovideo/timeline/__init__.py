"""What is on the timeline: its typed values, and what is told of them. Pure."""

from nemovideo.timeline.changes import Change, describe_changes, find_changes
from nemovideo.timeline.chart import Chart, ChartBar, ChartRow, Tick, chart_rows
from nemovideo.timeline.model import Timeline
from nemovideo.timeline.moments import Moment, find_moments

__all__ = [
    "Change",
    "Chart",
    "ChartBar",
    "ChartRow",
    "Moment",
    "Tick",
    "Timeline",
    "chart_rows",
    "describe_changes",
    "find_changes",
    "find_moments",
]
