"""A first cut: uploaded files become a timeline, before anybody has wished for anything.

Photos are seen about three seconds each (`usual_photo_ms`), films play whole. Uploaded sound is the
music; without any, the program composes some.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal
from zlib import crc32

from nemovideo.editing.frame import size_of
from nemovideo.editing.layout import (
    MIN_STEP_MS,
    MIN_TRANSITION_MS,
    ROUND_MS,
    TRANSITION_MS,
    laid_out,
    room_of,
)
from nemovideo.editing.model import (
    MAX_DURATION_MS,
    MIN_DURATION_MS,
    Edit,
    EditError,
    Media,
    MediaItem,
)
from nemovideo.editing.picture import new_clip
from nemovideo.editing.sound import composed_sound, file_sounds, usual_volume
from nemovideo.editing.sound.placing import with_sounds_to_end
from nemovideo.timeline.model import Canvas, Clip, Timeline, Transition
from nemovideo.timeline.pacing import usual_photo_ms

USUAL_TRANSITION = "crossfade"
USUAL_FPS = 30
_LINES = 1080


class FirstCut(Edit):
    """Begin anew: all photos and films in the order of their upload, with what is usual."""

    do: Literal["first_cut"] = "first_cut"

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return a new timeline."""
        return first_cut(media, timeline.title or "project")


def first_cut(media: Media, title: str) -> Timeline:
    """Make a timeline of all files.

    Raises:
        EditError: There is nothing to be seen among them.
    """
    pictures = [item for item in media if item.kind in ("image", "video")]
    if not pictures:
        raise EditError("only_audio" if media else "no_media")
    canvas = _canvas(pictures)
    clips = [
        replace(
            new_clip(item, canvas, place),
            id=f"p{place + 1}",
            wish=Transition(USUAL_TRANSITION) if place else None,
        )
        for place, item in enumerate(pictures)
    ]
    timeline = Timeline(canvas=canvas, title=title).with_clips(clips)
    timeline = laid_out(timeline, clips, usual_steps(clips, media), media)
    songs = [item for item in media if item.kind == "audio"]
    volume = usual_volume(timeline, media, is_file=bool(songs))
    seed = crc32("\n".join([title, *(item.name for item in pictures)]).encode("utf-8", "replace"))
    sounds = file_sounds(songs, volume) if songs else [composed_sound(None, seed, volume)]
    return with_sounds_to_end(timeline, sounds, media)


def _canvas(pictures: Sequence[MediaItem]) -> Canvas:
    """Return an upright frame when most pictures stand upright, else a wide one."""
    measured = [(item.width, item.height) for item in pictures if item.width and item.height]
    upright = sum(height > width for width, height in measured)
    shape = (9, 16) if upright * 2 > len(measured) else (16, 9)
    return Canvas(*size_of(*shape, _LINES), USUAL_FPS)


def usual_steps(clips: Sequence[Clip], media: Media) -> list[int]:
    """Return how long each is seen: films play whole, their overlap into the next one included."""
    rooms = [room_of(clip, media) for clip in clips]
    photo_ms = usual_photo_ms(rooms.count(None))
    steps = [photo_ms if room is None else max(room, MIN_STEP_MS) for room in rooms]
    for place in range(len(clips) - 2, -1, -1):
        room, wish = rooms[place], clips[place + 1].wish
        if room is not None and wish is not None:
            steps[place] -= _way_out(room, wish, steps[place + 1])
    short = MIN_DURATION_MS - sum(steps)
    if short > 0:
        steps[-1] += short
    too_long = sum(steps) - MAX_DURATION_MS
    return (
        steps
        if too_long <= 0
        else [max(step * MAX_DURATION_MS // sum(steps), MIN_STEP_MS) for step in steps]
    )


def _way_out(room: int, wish: Transition, next_step: int) -> int:
    """Return how long a film runs together with what follows it, in ms: less if it is short."""
    wanted = min(wish.duration_ms or TRANSITION_MS, room // 4, next_step * 2 // 5)
    overlap = wanted // ROUND_MS * ROUND_MS
    return overlap if overlap >= MIN_TRANSITION_MS else 0
