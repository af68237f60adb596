"""Which moments of a timeline a storyboard shows: one a picture, more of long clips. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nemovideo.protocol.draft import Draft, Segment, TrackType
from nemovideo.timeline._format import whole
from nemovideo.timeline._timeline import read_draft, segment_name, transition_name

MOST_MOMENTS = 48
_MS_PER_MOMENT = 10_000
_MOST_PER_SEGMENT = 4


@dataclass(frozen=True)
class Moment:
    """A moment worth a picture."""

    time_ms: int
    """Of the picture: clear of transitions, and with the title where there is one."""
    start_ms: int
    """Where its segment starts."""
    end_ms: int
    name: str | None
    """What its segment is called."""
    titles: tuple[str, ...]
    """The words over it."""
    transition: str | None
    """How its segment comes in; None for a cut, and after a segment's first moment."""
    source_ms: int = 0
    """How far into its file it is."""


def find_moments(
    draft: Draft | Mapping[str, Any] | None, *, most: int = MOST_MOMENTS
) -> tuple[Moment, ...]:
    """Return the moments of a draft, the earliest first.

    Args:
        draft: The timeline.
        most: So many at most; of more an even choice is taken.
    """
    read = read_draft(draft)
    segments = sorted(_segments(read, TrackType.VIDEO), key=lambda segment: segment.start_ms)
    texts = _segments(read, TrackType.TEXT)
    moments: list[Moment] = []
    for number, segment in enumerate(segments):
        following = segments[number + 1] if number + 1 < len(segments) else None
        moments += _moments_of(segment, following, texts)
    if len(moments) > most:
        moments = [moments[place * len(moments) // most] for place in range(most)]
    return tuple(moments)


def _segments(draft: Draft, track_type: TrackType) -> list[Segment]:
    return [s for track in draft.tracks if track.type is track_type for s in track.segments]


def _moments_of(segment: Segment, following: Segment | None, texts: list[Segment]) -> list[Moment]:
    begin, end = _clear_span(segment, following)
    count = min(max(1, whole((end - begin) / _MS_PER_MOMENT)), _MOST_PER_SEGMENT)
    moments = []
    for number in range(count):
        first = begin + (end - begin) * number / count
        last = begin + (end - begin) * (number + 1) / count
        over = [text for text in texts if text.start_ms < last and text.end_ms > first]
        time_ms = _middle(first, last, over)
        moments.append(
            Moment(
                time_ms=whole(time_ms),
                start_ms=whole(segment.start_ms),
                end_ms=whole(segment.end_ms),
                name=segment_name(segment, TrackType.VIDEO),
                titles=tuple(filter(None, (segment_name(t, TrackType.TEXT) for t in over))),
                transition=transition_name(segment) if number == 0 else None,
                source_ms=whole(
                    _number(segment.metadata.get("source_start")) + time_ms - segment.start_ms
                ),
            )
        )
    return moments


def _clear_span(segment: Segment, following: Segment | None) -> tuple[float, float]:
    """Return from where to where nothing but the segment is seen; all of it if nowhere."""
    value = segment.metadata.get("transition")
    begin = segment.start_ms + (_number(value.get("d")) if isinstance(value, Mapping) else 0)
    end = min(segment.end_ms, following.start_ms) if following is not None else segment.end_ms
    return (begin, end) if segment.start_ms <= begin < end else (segment.start_ms, segment.end_ms)


def _middle(first: float, last: float, texts: list[Segment]) -> float:
    if texts:
        first, last = max(first, texts[0].start_ms), min(last, texts[0].end_ms)
    return (first + last) / 2


def _number(value: object) -> float:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else 0
