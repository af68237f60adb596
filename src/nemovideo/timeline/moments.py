"""Which moments of a timeline a storyboard shows: one a picture, more of long clips. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from nemovideo.timeline._format import whole
from nemovideo.timeline.model import Caption, Clip, Timeline
from nemovideo.timeline.summary import joint_name, shown_name

MOST_MOMENTS = 48
_MS_PER_MOMENT = 10_000
_MOST_PER_CLIP = 4


@dataclass(frozen=True)
class Moment:
    """A moment worth a picture."""

    time_ms: int
    """Of the picture: clear of transitions, and with the title where there is one."""
    start_ms: int
    """Where its clip starts."""
    end_ms: int
    name: str | None
    """What its clip is called."""
    titles: tuple[str, ...]
    """The words over it."""
    transition: str | None
    """How its clip comes in; None for a cut, and after a clip's first moment."""
    beside: str | None = None
    """What the picture beside it is called, where two share the frame."""
    source_ms: int = 0
    """How far into its file it is."""


def find_moments(timeline: Timeline, *, most: int = MOST_MOMENTS) -> tuple[Moment, ...]:
    """Return the moments of a timeline, the earliest first.

    Args:
        timeline: What to show.
        most: So many at most; of more an even choice is taken.
    """
    clips = sorted(timeline.clips, key=lambda clip: clip.start_ms)
    moments: list[Moment] = []
    for clip, following in zip_longest(clips, clips[1:]):
        moments += _moments_of(clip, following, timeline.captions)
    if len(moments) > most:
        moments = [moments[place * len(moments) // most] for place in range(most)]
    return tuple(moments)


def _moments_of(clip: Clip, following: Clip | None, captions: tuple[Caption, ...]) -> list[Moment]:
    begin, end = _clear_span(clip, following)
    count = min(max(1, whole((end - begin) / _MS_PER_MOMENT)), _MOST_PER_CLIP)
    moments = []
    for number in range(count):
        first = begin + (end - begin) * number / count
        last = begin + (end - begin) * (number + 1) / count
        over = [one for one in captions if one.start_ms < last and one.end_ms > first]
        time_ms = _middle(first, last, over)
        moments.append(
            Moment(
                time_ms=whole(time_ms),
                start_ms=clip.start_ms,
                end_ms=clip.end_ms,
                name=shown_name(clip),
                titles=tuple(filter(None, map(shown_name, over))),
                transition=joint_name(clip) if number == 0 else None,
                beside=None if clip.beside is None else shown_name(clip.beside),
                source_ms=_source_ms(clip, time_ms),
            )
        )
    return moments


def _clear_span(clip: Clip, following: Clip | None) -> tuple[int, int]:
    """Return from where to where nothing but the clip is seen; all of it if nowhere."""
    begin = clip.start_ms + clip.overlap_ms
    end = clip.end_ms if following is None else min(clip.end_ms, following.start_ms)
    return (begin, end) if begin < end else (clip.start_ms, clip.end_ms)


def _middle(first: float, last: float, captions: list[Caption]) -> float:
    if captions:
        first, last = max(first, captions[0].start_ms), min(last, captions[0].end_ms)
    return (first + last) / 2


def _source_ms(clip: Clip, time_ms: float) -> int:
    return whole((clip.source_start_ms or 0) + (time_ms - clip.start_ms) * (clip.speed or 1))
