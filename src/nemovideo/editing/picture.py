"""Edits of how photos and films look and move."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, ClassVar, Literal
from zlib import crc32

from pydantic import Field

from nemovideo.editing.model import Edit, EditError, Media, MediaItem, item_of
from nemovideo.editing.selectors import Refs, changed_clips, find_clips
from nemovideo.timeline.model import Canvas, Clip, Look, Motion, Timeline
from nemovideo.timeline.names import BLUR, Fit, Flip, MotionName

MAX_CUT = 0.4
"""A picture that filling the frame would cut by more stands whole on a blurred copy."""
_MOST_AROUND_FACES = 0.5
"""Where faces are known more may be cut around them."""
_PANORAMA = 2.2
"""A photo so many times as wide as high is a panorama."""
_ALONG = 2.5
"""How far the camera goes along one, in usual ways."""
_CLOSEST = 1.12
"""As far as a usual zoom goes."""
_GENTLE = 0.4
"""How far one goes where heads fill the picture."""
_WAYS: tuple[MotionName, ...] = ("zoom-in", "pan-right", "zoom-out", "pan-left")

Point = tuple[float, float]
Color = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$", description="#rrggbb")]
LookName = Literal[
    "grayscale", "sepia", "warm", "cool", "vivid", "vintage", "bright", "dark", "soft", "sharp"
]
_OPPOSITES = {"warm": "cool", "cool": "warm", "bright": "dark", "dark": "bright"}
_OPPOSITES |= {"soft": "sharp", "sharp": "soft"}


def new_clip(item: MediaItem, canvas: Canvas, place: int) -> Clip:
    """Return a clip for a file; where it stands is not said yet.

    Args:
        item: A photo or a film.
        canvas: The picture of the video.
        place: Its place in line: neighbours move in other ways.
    """
    is_film = item.kind == "video"
    motion = Motion("still") if is_film else _usual_motion(item, canvas, place)
    return Clip(
        name=item.name,
        media=item.id,
        kind="video" if is_film else "image",
        volume=1.0 if is_film and item.has_audio else None,
        speed=1.0 if is_film else None,
        source_start_ms=0 if is_film else None,
        motion=motion,
        fit=usual_fit(item, canvas),
        focus=item.focus,
        background=BLUR,
        looks=(),
        rotation=0,
    )


def usual_fit(item: MediaItem | None, canvas: Canvas, rotation: int = 0) -> Fit:
    """Return how a picture fits into a frame unless somebody says otherwise."""
    if item is None or not item.width or not item.height:
        return "fill"
    (width, height), faces = (item.width, item.height), item.faces
    if rotation % 180:
        width, height = height, width
    frame_width, frame_height = canvas.size
    ratio = (width / height) / (frame_width / frame_height)
    seen = min(ratio, 1 / ratio)
    if _is_panorama(item, canvas) and not rotation % 180:
        return "fill"
    if faces is not None:
        is_wide = (ratio > 1) is (rotation % 180 == 0)
        heads = faces[2] - faces[0] if is_wide else faces[3] - faces[1]
        if heads * _CLOSEST > seen:
            return "whole"  # else a head would be cut
    most = MAX_CUT if faces is None else _MOST_AROUND_FACES
    return "whole" if 1 - seen > most else "fill"


def _is_panorama(item: MediaItem, canvas: Canvas) -> bool:
    """Return whether a photo is so much longer than high that the camera had better go along it."""
    if not item.width or not item.height or item.kind != "image":
        return False
    shape = item.width / item.height
    return shape >= _PANORAMA and shape > canvas.size[0] / canvas.size[1]


def refitted(timeline: Timeline, canvas: Canvas, media: Media) -> Timeline:
    """Return a timeline with another picture; how clips fit is chosen anew where it was usual."""

    def refit(clip: Clip) -> Clip:
        item, rotation = item_of(clip, media), clip.rotation or 0
        was_usual = clip.fit == usual_fit(item, timeline.canvas, rotation)
        return replace(clip, fit=usual_fit(item, canvas, rotation)) if was_usual else clip

    clips = [refit(clip) for clip in timeline.clips]
    return replace(timeline.with_clips(clips), canvas=canvas)


def _usual_motion(item: MediaItem, canvas: Canvas, place: int) -> Motion:
    """Return how the camera moves unless somebody says otherwise; neighbours differ.

    To a face it goes, or it comes from there, so that a move never leaves it out of sight.
    """
    turn = place + crc32(item.name.encode("utf-8", "replace")) % 2 * 2
    if _is_panorama(item, canvas):
        return Motion(("pan-right", "pan-left")[place % 2], _ALONG)
    if item.faces is not None:
        left, top, right, bottom = item.faces
        is_close = max(right - left, bottom - top) * _CLOSEST > 1
        return Motion(("zoom-in", "zoom-out")[place % 2], _GENTLE if is_close else 1.0)
    return Motion(_WAYS[turn % len(_WAYS)])


class _PictureEdit(Edit):
    """A change of some clips that changes nothing in time."""

    goes_on: ClassVar[bool] = True

    clips: Refs = "all"

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with these clips changed."""
        places = find_clips(timeline, self.clips)
        return changed_clips(timeline, places, self.changed(timeline, media))

    @abstractmethod
    def changed(self, timeline: Timeline, media: Media) -> Callable[[Clip], Clip]:
        """Return what becomes of each of the clips."""


class SetMotion(_PictureEdit):
    """Choose the camera's way over photos, or how far it goes."""

    do: Literal["motion"] = "motion"
    name: MotionName | None = Field(
        default=None, description="Pans name where the camera goes. Left out: the way stays."
    )
    strength: float | None = Field(default=None, ge=0.1, le=5, description="1 is the usual way.")
    factor: float | None = Field(default=None, gt=0, le=5, description="Multiplies the strength.")

    def changed(self, timeline: Timeline, media: Media) -> Callable[[Clip], Clip]:
        """Return what becomes of each of the clips."""
        if self.name == "custom":
            raise EditError("custom_motion")

        def change(clip: Clip) -> Clip:
            old = clip.motion or Motion("still")
            name = self.name or old.name
            strength = old.strength if self.name in (None, old.name) else 1.0
            if self.strength is not None:
                strength = self.strength
            if self.factor is not None:
                strength = min(max(strength * self.factor, 0.1), 5.0)
            if name == "custom":
                return replace(clip, motion=replace(old, strength=strength))
            return replace(clip, motion=Motion(name, round(strength, 3)))

        return change


class SetFit(_PictureEdit):
    """Fill the frame, or show the whole picture."""

    do: Literal["fit"] = "fit"
    fit: Fit

    def changed(self, timeline: Timeline, media: Media) -> Callable[[Clip], Clip]:
        """Return what becomes of each of the clips."""
        return lambda clip: replace(clip, fit=self.fit)


class SetBackground(_PictureEdit):
    """Choose what stands around pictures that are shown whole; they are shown so from now on."""

    do: Literal["background"] = "background"
    background: Literal["blur"] | Color

    def changed(self, timeline: Timeline, media: Media) -> Callable[[Clip], Clip]:
        """Return what becomes of each of the clips."""
        return lambda clip: replace(clip, background=self.background.lower())


class SetFocus(_PictureEdit):
    """Say which part of the picture must stay visible."""

    do: Literal["focus"] = "focus"
    x: float = Field(ge=0, le=1, description="From the left edge (0) to the right one (1).")
    y: float = Field(ge=0, le=1, description="From the upper edge (0) to the lower one (1).")

    def changed(self, timeline: Timeline, media: Media) -> Callable[[Clip], Clip]:
        """Return what becomes of each of the clips."""
        return lambda clip: replace(clip, focus=(self.x, self.y))


class Rotate(_PictureEdit):
    """Turn pictures clockwise, beside what they are turned already."""

    do: Literal["rotate"] = "rotate"
    degrees: Literal[0, 90, 180, 270, -90, -180, -270]
    absolute: bool = Field(default=False, description="Whether it is the angle itself.")

    def changed(self, timeline: Timeline, media: Media) -> Callable[[Clip], Clip]:
        """Return what becomes of each of the clips."""

        def change(clip: Clip) -> Clip:
            before = 0 if self.absolute else clip.rotation or 0
            rotation = (before + self.degrees) % 360
            item = item_of(clip, media)
            was_usual = clip.fit == usual_fit(item, timeline.canvas, clip.rotation or 0)
            fit = usual_fit(item, timeline.canvas, rotation) if was_usual else clip.fit
            turns = (rotation - (clip.rotation or 0)) % 360 // 90
            return replace(clip, rotation=rotation, fit=fit, focus=_turned(clip.focus, turns))

        return change


def _turned(focus: Point | None, turns: int) -> Point | None:
    """Return where a place is after so many quarter turns clockwise."""
    for _ in range(turns if focus else 0):
        assert focus is not None
        focus = (round(1 - focus[1], 4), focus[0])
    return focus


def _mirrored(focus: Point | None, flip: Flip | None) -> Point | None:
    if focus is None or flip is None:
        return focus
    x, y = focus
    return (round(1 - x, 4), y) if flip == "horizontal" else (x, round(1 - y, 4))


class SetFlip(_PictureEdit):
    """Mirror pictures: left and right, or top and bottom; again takes it back."""

    do: Literal["flip"] = "flip"
    direction: Flip | Literal["none"] = "horizontal"

    def changed(self, timeline: Timeline, media: Media) -> Callable[[Clip], Clip]:
        """Return what becomes of each of the clips."""

        def change(clip: Clip) -> Clip:
            if self.direction == "none" or clip.flip == self.direction:
                return replace(clip, flip=None, focus=_mirrored(clip.focus, clip.flip))
            focus = _mirrored(clip.focus, self.direction)
            if clip.flip is not None:  # both ways are half a turn
                turned = ((clip.rotation or 0) + 180) % 360
                return replace(clip, flip=None, rotation=turned, focus=focus)
            return replace(clip, flip=self.direction, focus=focus)

        return change


class SetLook(_PictureEdit):
    """Put a look on, or take it off; a look and its opposite don't stand together."""

    do: Literal["look"] = "look"
    name: LookName | Literal["none"] = Field(description="none takes all looks off.")
    amount: float | None = Field(
        default=None, ge=0, le=1, description="How much of it; 0 takes it off. 1 if left out."
    )
    factor: float | None = Field(default=None, gt=0, le=5, description="Multiplies the amount.")

    def changed(self, timeline: Timeline, media: Media) -> Callable[[Clip], Clip]:
        """Return what becomes of each of the clips."""
        return lambda clip: replace(clip, looks=self._looks(clip.looks or ()))

    def _looks(self, before: tuple[Look, ...]) -> tuple[Look, ...]:
        if self.name == "none":
            return ()
        old = next((look for look in before if look.name == self.name), None)
        gone = (self.name, _OPPOSITES.get(self.name))
        kept = tuple(look for look in before if look.name not in gone)
        amount = 1.0 if self.amount is None else self.amount
        if self.factor is not None:
            amount = min((old.amount if old else 0.5) * self.factor, 1.0)
        return (*kept, Look(self.name, round(amount, 3))) if amount > 0 else kept
