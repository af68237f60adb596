"""What is on the timeline, in words: one line, a list of changes, rows for a chart. Pure."""

from nemovideo.timeline._changes import describe_changes
from nemovideo.timeline._chart import Chart, ChartBar, ChartRow, Tick, chart_rows
from nemovideo.timeline._moments import Moment, find_moments
from nemovideo.timeline._timeline import SegmentRow, Timeline, TrackRow, TrackTypeName

__all__ = [
    "Chart",
    "ChartBar",
    "ChartRow",
    "Moment",
    "SegmentRow",
    "Tick",
    "Timeline",
    "TrackRow",
    "TrackTypeName",
    "chart_rows",
    "describe_changes",
    "find_moments",
]
