"""What is on the timeline: its typed values, and what is told of them. Pure.

What is imported from here is loaded when it is first used: to show a timeline needs no words for
what changed on it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nemovideo.timeline._format import in_lines
    from nemovideo.timeline.changes import Change, describe_changes, find_changes
    from nemovideo.timeline.chart import Chart, ChartBar, ChartRow, Tick, chart_rows
    from nemovideo.timeline.model import Timeline
    from nemovideo.timeline.moments import Moment, find_moments

_MODULES = {
    "Change": "changes",
    "Chart": "chart",
    "ChartBar": "chart",
    "ChartRow": "chart",
    "Moment": "moments",
    "Tick": "chart",
    "Timeline": "model",
    "chart_rows": "chart",
    "describe_changes": "changes",
    "find_changes": "changes",
    "find_moments": "moments",
    "in_lines": "_format",
}

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
    "in_lines",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(import_module(f"nemovideo.timeline.{_MODULES[name]}"), name)
