"""Two photos in one frame, and apart again.

A pair is one clip: it has one number, one length and one transition. Together both are seen as long
as they were one after the other, so that the rest of the video stays where it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from pydantic import Field

from nemovideo.editing.layout import laid_out, steps_of
from nemovideo.editing.model import Edit, EditError, Media, item_of
from nemovideo.editing.picture._usual import (
    GENTLE,
    canvases_of,
    joined,
    refitted_picture,
    shape_of,
    usual_motion,
)
from nemovideo.editing.selectors import ALL, PHOTOS, Refs, find_clips, find_pictures
from nemovideo.timeline.model import Canvas, Clip, Motion, Timeline, Transition
from nemovideo.timeline.pairs import CLEAR

_STRENGTH = 0.7
"""Of the move over both: it is the same, and seen twice."""


class Pair(Edit):
    """Show two photos in one frame, side by side; in an upright frame one above the other."""

    do: Literal["pair"] = "pair"
    clips: Refs | None = Field(
        default=None,
        description="Two photos, or several twos in order. Left out: all neighbours of a kind.",
    )
    kind: Literal["upright", "wide"] | None = Field(
        default=None,
        description="Which neighbours, where none are named. Left out: upright ones; in an upright "
        "frame wide ones.",
    )

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with them as pairs, each where its first photo was."""
        find_clips(timeline, "all")
        places = self._places(timeline, media)
        seconds = dict(zip(places[::2], places[1::2], strict=True))
        clips, steps = timeline.clips, steps_of(timeline)
        kept = [place for place in range(len(clips)) if place not in places[1::2]]
        shown = [
            paired(clips[place], clips[seconds[place]], timeline.canvas, media)
            if place in seconds
            else clips[place]
            for place in kept
        ]
        lengths = [
            steps[place] + (steps[seconds[place]] if place in seconds else 0) for place in kept
        ]
        shown[:1] = [replace(shown[0], wish=None)]
        return laid_out(timeline, shown, lengths, media)

    def _places(self, timeline: Timeline, media: Media) -> list[int]:
        """Return who stands beside whom: the first, its partner, the next, its partner."""
        if self.clips in (None, ALL, PHOTOS):
            is_upright = _is_upright(timeline.canvas)
            if is_upright and self.kind == "upright":
                raise EditError("no_room_beside")
            kind = self.kind or ("wide" if is_upright else "upright")
            places = _neighbours(timeline, media, kind)
            if not places and not any(clip.beside for clip in timeline.clips):
                has_upright = is_upright and _neighbours(timeline, media, "upright")
                raise EditError("no_room_beside" if has_upright else "nothing_to_pair")
            return places
        places = find_clips(timeline, self.clips or ALL)
        clips = [timeline.clips[place] for place in places]
        if len(clips) == 1 and self._are_together(timeline):
            return []
        for clip in clips:
            if clip.is_film:
                raise EditError("pair_film", name=clip.name or "")
            if clip.beside is not None:
                raise EditError("already_pair", name=clip.name or "", other=clip.beside.name or "")
        if len(clips) < 2 or len(clips) % 2:
            raise EditError("pair_of_two", count=len(clips))
        shapes = [shape_of(clip, media) or 1.0 for clip in clips]
        for first, second in zip(shapes[::2], shapes[1::2], strict=True):
            if _is_upright(timeline.canvas) and max(first, second) < 1:
                raise EditError("no_room_beside")
        return places

    def _are_together(self, timeline: Timeline) -> bool:
        """Return whether what is named are the two pictures of one pair."""
        refs = self.clips if isinstance(self.clips, list) else []
        return len({sides for ref in refs for sides in find_pictures(timeline, ref).values()}) > 1


class Unpair(Edit):
    """Show the photos of pairs one after the other again."""

    do: Literal["unpair"] = "unpair"
    clips: Refs = "all"

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with them apart, each half as long as both were."""
        chosen = set(find_clips(timeline, self.clips))
        clips: list[Clip] = []
        steps: list[int] = []
        for place, (clip, step) in enumerate(zip(timeline.clips, steps_of(timeline), strict=True)):
            if place not in chosen or clip.beside is None:
                clips.append(clip)
                steps.append(step)
                continue
            first, second = (
                parted(clip, side, timeline.canvas, media, len(clips) + side) for side in (0, 1)
            )
            clips += [first, replace(second, wish=_usual_wish(timeline, place))]
            steps += [step - step // 2, step // 2]
        if len(clips) == len(timeline.clips):
            raise EditError("no_pair")
        return laid_out(timeline, clips, steps, media)


def paired(first: Clip, second: Clip, canvas: Canvas, media: Media) -> Clip:
    """Return a pair of two photos: they fill their halves, and move alike."""
    pictures = (first, second)
    canvases = canvases_of(joined(pictures), canvas, media)
    motion = _common_motion(pictures)
    return joined(
        [
            replace(refitted_picture(picture, canvas, half, media), motion=motion)
            for picture, half in zip(pictures, canvases, strict=True)
        ]
    )


def parted(clip: Clip, side: int, canvas: Canvas, media: Media, place: int) -> Clip:
    """Return one picture of a pair as a clip of its own, as it looks and moves alone.

    Args:
        clip: The pair.
        side: 0 is its first picture, 1 the second.
        canvas: The picture of the video.
        media: The session's files.
        place: Where it will stand in line.
    """
    picture, half = clip.pictures[side], canvases_of(clip, canvas, media)[side]
    alone = refitted_picture(picture, half, canvas, media)
    item = item_of(picture, media)
    if item is None or (alone.motion is not None and alone.motion.name == "still"):
        return alone
    return replace(alone, motion=usual_motion(item, canvas, place))


def sides_changed(clip: Clip) -> Clip:
    """Return a pair whose pictures have changed places."""
    first, second = clip.pictures
    return joined([replace(second, transition=clip.transition, wish=clip.wish), first])


def kept_pictures(timeline: Timeline, refs: Refs, media: Media) -> Timeline:
    """Return the timeline in which of pairs those pictures are left alone that are named."""
    found = find_pictures(timeline, refs)
    return _with_single(
        timeline, {n: sides[0] for n, sides in found.items() if len(sides) == 1}, media
    )


def without_pictures(timeline: Timeline, refs: Refs, media: Media) -> tuple[Timeline, set[int]]:
    """Take single pictures out of pairs.

    Returns:
        The timeline in which their partners stand alone, and the places of the clips of which
        nothing is to be left.
    """
    found = find_pictures(timeline, refs)
    left = {
        place: 1 - sides[0]
        for place, sides in found.items()
        if len(sides) < len(timeline.clips[place].pictures)
    }
    return _with_single(timeline, left, media), found.keys() - left.keys()


def _with_single(timeline: Timeline, sides: Mapping[int, int], media: Media) -> Timeline:
    """Return the timeline in which of some pairs one side is left, for its half of the time.

    Args:
        timeline: As it was.
        sides: By the places of the pairs.
        media: The session's files.
    """
    clips, steps = list(timeline.clips), steps_of(timeline)
    for place, side in sides.items():
        clip = clips[place]
        if clip.beside is not None:
            alone = parted(clip, side, timeline.canvas, media, place)
            clips[place] = replace(alone, transition=clip.transition, wish=clip.wish)
            steps[place] -= steps[place] // 2
    return laid_out(timeline, clips, steps, media) if clips != [*timeline.clips] else timeline


def _usual_wish(timeline: Timeline, place: int) -> Transition | None:
    """Return how the second picture of a pair comes in once it stands alone: as its pair did."""
    near = timeline.clips[place or 1 : (place or 1) + 1]
    return near[0].wish if near else Transition("crossfade")


def _common_motion(pictures: Sequence[Clip]) -> Motion:
    if all(clip.motion is None or clip.motion.name == "still" for clip in pictures):
        return Motion("still")
    strengths = [clip.motion.strength for clip in pictures if clip.motion is not None]
    is_close = any(strength <= GENTLE for strength in strengths)
    return Motion("zoom-in", GENTLE if is_close else _STRENGTH)


def _is_upright(canvas: Canvas) -> bool:
    width, height = canvas.size
    return height >= width * CLEAR


def _neighbours(timeline: Timeline, media: Media, kind: str) -> list[int]:
    """Return the places of neighbours that are made to share the frame."""

    def fits(clip: Clip) -> bool:
        shape = shape_of(clip, media)
        if clip.is_film or clip.beside is not None or shape is None:
            return False
        return shape >= CLEAR if kind == "wide" else shape <= 1 / CLEAR

    fitting = [fits(clip) for clip in timeline.clips]
    places: list[int] = []
    for one, other in pairwise(range(len(fitting))):
        if fitting[one] and fitting[other] and one not in places:
            places += [one, other]
    return places
