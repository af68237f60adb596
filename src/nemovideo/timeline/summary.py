"""The timeline in one line, for people."""

from __future__ import annotations

from nemovideo.timeline._format import UNTITLED, one_line, percent, span
from nemovideo.timeline.model import Clip, Segment, Timeline, Track, TrackType

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
    volume = loudness(track)
    times = span(track.start_ms, track.end_ms) + (f", {volume}" if volume else "")
    return f"{label}: {quoted_name(track.segments[0])}{more} ({times})"


def loudness(track: Track) -> str | None:
    """Return the volume of a track's first segment: ``35%``; None where nothing says it."""
    volume = track.segments[0].volume if track.segments else None
    return None if volume is None else percent(volume)


def shown_name(segment: Segment) -> str | None:
    """Return what a segment is called, on one line; None when it has no name."""
    return one_line(segment.label or "") or None


def shown_names(segment: Segment) -> str | None:
    """Return the same, of a pair both names."""
    if not isinstance(segment, Clip) or segment.beside is None:
        return shown_name(segment)
    return " & ".join(shown_name(picture) or UNTITLED for picture in segment.pictures)


def quoted_name(segment: Segment) -> str:
    """Return what a segment is called in a summary: words in quotes, a word where it has none."""
    name = shown_names(segment) or UNTITLED
    return f'"{name}"' if segment.is_text and name != UNTITLED else name


def joint_name(segment: Segment) -> str | None:
    """Return how a segment comes in over the one before, on one line; None for a cut."""
    if not isinstance(segment, Clip) or segment.transition is None:
        return None
    return one_line(segment.transition.name) or None
