"""Edits of how photos and films look and move."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from nemovideo.editing.model import Edit, EditError, Media, item_of
from nemovideo.editing.picture._usual import canvases_of, joined, usual_fit
from nemovideo.editing.selectors import Refs, find_pictures
from nemovideo.timeline.model import Clip, Look, Motion, Timeline
from nemovideo.timeline.names import Fit, Flip, MotionName

Point = tuple[float, float]
Color = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$", description="#rrggbb")]
LookName = Literal[
    "grayscale", "sepia", "warm", "cool", "vivid", "vintage", "bright", "dark", "soft", "sharp"
]
_OPPOSITES = {"warm": "cool", "cool": "warm", "bright": "dark", "dark": "bright"}
_OPPOSITES |= {"soft": "sharp", "sharp": "soft"}


class _PictureEdit(Edit):
    """A change of some clips that changes nothing in time."""

    goes_on: ClassVar[bool] = True

    clips: Refs = "all"

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with these clips changed; of a pair both pictures, or one named."""
        clips = list(timeline.clips)
        for place, sides in find_pictures(timeline, self.clips).items():
            canvases = canvases_of(clips[place], timeline.canvas, media)
            pictures = [
                self.changed(replace(timeline, canvas=canvas), media)(picture)
                if side in sides
                else picture
                for side, (picture, canvas) in enumerate(
                    zip(clips[place].pictures, canvases, strict=True)
                )
            ]
            clips[place] = joined(pictures)
        return timeline.with_clips(clips)

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
