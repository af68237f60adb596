"""Where things stand in a chart of the timeline: columns and labels, no drawing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from nemovideo.timeline._details import details_of, fades_of
from nemovideo.timeline._format import crop
from nemovideo.timeline._phrases import ENGLISH, Phrases, phrases
from nemovideo.timeline.model import Segment, Timeline, Track
from nemovideo.timeline.summary import joint_name, quoted_name

_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)
_TICK_COLUMNS = 8
"""Ticks stand no closer than this, so that their labels have room."""


@dataclass(frozen=True)
class ChartBar:
    """A segment, or several that share a column, to scale."""

    start_col: int
    end_col: int
    """The first column after it."""
    label: str
    """Its name, cut to its width; that of a text in quotes."""
    transition: str | None = None
    """How it comes in over the one before; None for a cut."""
    details: tuple[str, ...] = ()
    """What else may be said of it where there is room, the most telling first."""


@dataclass(frozen=True)
class ChartRow:
    """A track: bars from left to right that never overlap."""

    track: Track
    bars: tuple[ChartBar, ...]


@dataclass(frozen=True)
class Tick:
    """A mark of the ruler."""

    col: int
    label: str
    """The time: ``5s``, or ``1:30`` from a minute on."""


@dataclass(frozen=True)
class Chart:
    """A timeline laid out on a number of columns."""

    width: int
    rows: tuple[ChartRow, ...]
    ticks: tuple[Tick, ...]
    fades: tuple[str, ...] = ()
    """How the whole picture fades in and out, in words."""


def chart_rows(timeline: Timeline, width: int, *, language: str = ENGLISH) -> Chart:
    """Lay a timeline out.

    Args:
        timeline: What to show.
        width: The columns that the bars may take, without labels beside them; at least one is used.
        language: Of the details.
    """
    width = max(width, 1)
    say = phrases(language)
    end_ms = max([timeline.duration_ms, *(track.end_ms for track in timeline.tracks)])
    return Chart(
        width=width,
        rows=tuple(ChartRow(track, _bars(track, end_ms, width, say)) for track in timeline.tracks),
        ticks=_ticks(end_ms, width),
        fades=fades_of(timeline, say),
    )


def _bars(track: Track, end_ms: int, width: int, say: Phrases) -> tuple[ChartBar, ...]:
    groups = _by_column(track.segments, end_ms, width)
    starts = [column for column, _ in groups] + [width]
    bars = []
    for (start, following), (_, segments) in zip(pairwise(starts), groups, strict=True):
        last_ms = max(segment.end_ms for segment in segments)
        end = min(max(_column(last_ms, end_ms, width), start + 1), following)
        more = f" +{len(segments) - 1}" if len(segments) > 1 else ""
        label = quoted_name(segments[0]) + more
        details = details_of(segments[0], say) if len(segments) == 1 else ()
        label = crop(label, end - start)
        bars.append(ChartBar(start, end, label, joint_name(segments[0]), details))
    return tuple(bars)


def _by_column(
    segments: tuple[Segment, ...], end_ms: int, width: int
) -> list[tuple[int, list[Segment]]]:
    """Group segments by the column where they start, from left to right."""
    groups: dict[int, list[Segment]] = {}
    for segment in sorted(segments, key=lambda segment: segment.start_ms):
        column = min(_column(segment.start_ms, end_ms, width), width - 1)
        groups.setdefault(column, []).append(segment)
    return list(groups.items())


def _column(ms: int, end_ms: int, width: int) -> int:
    return (2 * ms * width + end_ms) // (2 * end_ms) if end_ms else 0


def _ticks(end_ms: int, width: int) -> tuple[Tick, ...]:
    if not end_ms:
        return (Tick(0, "0s"),)
    most = max(width // _TICK_COLUMNS, 1)
    step_ms = next((s * 1000 for s in _STEPS_S if s * 1000 * most >= end_ms), end_ms)
    times = range(0, end_ms + 1, step_ms)
    return tuple(Tick(_column(ms, end_ms, width), _clock(ms)) for ms in times)


def _clock(ms: int) -> str:
    total_s = ms // 1000
    if total_s < 60:
        return f"{total_s}s"
    minutes, seconds = divmod(total_s, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
