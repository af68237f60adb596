"""What a timeline asks for and a render leaves out, in sentences for the user. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nemovideo.render.film.plan import MAX_SIDE, SPEEDS
from nemovideo.timeline.model import Clip, Timeline, TrackType
from nemovideo.timeline.names import FRAME_RATES, LOOKS, NO_TRANSITION, TRANSITIONS


def notes_on(timeline: Timeline) -> tuple[str, ...]:
    """Return what will not be as the timeline says; each once, however often it is met."""
    found = (
        *_of_canvas(timeline),
        *(note for clip in timeline.pictures for note in _of_clip(clip)),
    )
    return tuple(dict.fromkeys((*found, *_of_tracks(timeline))))


def _of_canvas(timeline: Timeline) -> Iterator[str]:
    canvas = timeline.canvas
    lowest, highest = FRAME_RATES
    if canvas.fps is not None and not lowest <= canvas.fps <= highest:
        kept = min(max(canvas.fps, lowest), highest)
        yield f"{canvas.fps} frames a second are not made here: the video has {kept}"
    if max(canvas.size) > MAX_SIDE:
        yield f"the picture is scaled down: no side is longer than {MAX_SIDE} pixels here"


def _of_clip(clip: Clip) -> Iterator[str]:
    transition = clip.transition
    if transition is not None and transition.name.lower() not in (NO_TRANSITION, *TRANSITIONS):
        yield f"the transition “{transition.name}” is not known here: a crossfade is in its place"
    for look in clip.looks or ():
        if look.name not in LOOKS:
            yield f"the look “{look.name}” is not known here and was left out"
    motion = clip.motion
    if clip.is_film and motion is not None and motion.name != "still":
        yield f"the camera moves over photos only: {clip.label or 'a clip'} is seen without a move"
    slowest, fastest = SPEEDS
    if clip.speed is not None and not slowest <= clip.speed <= fastest:
        kept = min(max(clip.speed, slowest), fastest)
        yield f"{clip.label or 'a clip'} plays at {kept:g} times its speed: further it can't go"


def _of_tracks(timeline: Timeline) -> Iterable[str]:
    if any(track.type is TrackType.OTHER and track.segments for track in timeline.tracks):
        yield "a track of a kind that is not known here was left out"
