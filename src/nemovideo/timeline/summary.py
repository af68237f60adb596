"""The timeline in one line, for people."""

from __future__ import annotations

from nemovideo.timeline._format import UNTITLED, one_line, percent, span
from nemovideo.timeline.model import Segment, Timeline, Track, TrackType

LABELS = {
    TrackType.VIDEO: "Video",
    TrackType.AUDIO: "BGM",
    TrackType.TEXT: "Title",
    TrackType.OTHER: "Track",
}
"""What the summary calls a track, by its type."""


def summarize(timeline: Timeline) -> str:
    """Return the timeline in one line."""
    count = len(timeline.tracks)
    head = f"Timeline ({count} track{'' if count == 1 else 's'})"
    rows = (f"{index}. {describe_track(track)}" for index, track in enumerate(timeline.tracks, 1))
    return f"{head}: {' '.join(rows)}" if timeline.tracks else head


def describe_track(track: Track) -> str:
    """Return a track in words: ``Video: beach +2 more (0-15s)``."""
    label = LABELS[track.type]
    if not track.segments:
        return f"{label}: empty"
    more = f" +{len(track.segments) - 1} more" if len(track.segments) > 1 else ""
    volume = track.segments[0].volume
    loudness = "" if volume is None else f", {percent(volume)}"
    name = quoted_name(track.segments[0])
    return f"{label}: {name}{more} ({span(track.start_ms, track.end_ms)}{loudness})"


def shown_name(segment: Segment) -> str | None:
    """Return what a segment is called, on one line; None when it has no name."""
    return one_line(segment.label or "") or None


def quoted_name(segment: Segment) -> str:
    """Return what a segment is called in a summary: words in quotes, a word where it has none."""
    name = shown_name(segment) or UNTITLED
    return f'"{name}"' if segment.is_text and name != UNTITLED else name
