"""Edits of the whole picture: its shape, size, frame rate, and how it begins and ends."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, Self

from pydantic import Field, model_validator

from nemovideo.editing.model import Edit, EditError, Media
from nemovideo.editing.picture import Color, refitted
from nemovideo.timeline.model import Canvas, Fade, Timeline
from nemovideo.timeline.names import FRAME_RATES

MAX_SIDE, MIN_SIDE = 4096, 16
FADE_MS = 1000
BLACK = "#000000"


def size_of(width: float, height: float, lines: int) -> tuple[int, int]:
    """Return the size of a shape whose shorter side has so many pixels; both sides are even."""
    scale = lines / min(width, height)
    sides = [max(round(side * scale / 2) * 2, MIN_SIDE) for side in (width, height)]
    largest = max(sides)
    if largest > MAX_SIDE:
        sides = [max(int(side * MAX_SIDE / largest) // 2 * 2, MIN_SIDE) for side in sides]
    return sides[0], sides[1]


class SetCanvas(Edit):
    """Choose the shape or the size of the picture, or how many frames a second there are."""

    do: Literal["canvas"] = "canvas"
    aspect: str | None = Field(default=None, pattern=r"^\d{1,3}:\d{1,3}$", examples=["9:16"])
    width: int | None = Field(default=None, ge=MIN_SIDE, le=MAX_SIDE)
    height: int | None = Field(default=None, ge=MIN_SIDE, le=MAX_SIDE)
    lines: int | None = Field(
        default=None, ge=144, le=2160, description="Pixels of the shorter side: 720, 1080, 2160."
    )
    fps: int | None = Field(default=None, ge=FRAME_RATES[0], le=FRAME_RATES[1])

    @model_validator(mode="after")
    def _whole_size(self) -> Self:
        if (self.width is None) != (self.height is None):
            raise ValueError("give width and height together")
        return self

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with another picture."""
        width, height = self._size(timeline.canvas)
        canvas = Canvas(width, height, self.fps or timeline.canvas.fps)
        return refitted(timeline, canvas, media)

    def _size(self, before: Canvas) -> tuple[int, int]:
        width, height = before.size
        if self.width is not None and self.height is not None:
            return self.width // 2 * 2, self.height // 2 * 2
        lines = self.lines or min(width, height)
        if self.aspect is not None:
            shape = [int(side) for side in self.aspect.split(":")]
            if not all(shape) or not 1 / 6 <= shape[0] / shape[1] <= 6:
                raise EditError("odd_shape", shape=self.aspect)
            return size_of(shape[0], shape[1], lines)
        return size_of(width, height, lines) if self.lines else (width, height)


class SetFade(Edit):
    """Let the whole picture come from a colour, or go to one; 0 ms takes that back."""

    do: Literal["fade"] = "fade"
    at: Literal["start", "end", "both"] = "both"
    color: Color | None = None
    duration_ms: int | None = Field(default=None, ge=0)

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with that."""
        changed, total_ms = timeline, timeline.duration_ms
        if self.at in ("start", "both"):
            changed = replace(changed, fade_in=self._fade(timeline.fade_in, total_ms))
        if self.at in ("end", "both"):
            changed = replace(changed, fade_out=self._fade(timeline.fade_out, total_ms))
        return changed

    def _fade(self, old: Fade | None, total_ms: int) -> Fade | None:
        usual = min(old.duration_ms if old else FADE_MS, max(total_ms // 2, 1))
        length = usual if self.duration_ms is None else self.duration_ms
        if length > total_ms:
            raise EditError("fade_too_long", seconds=total_ms / 1000)
        color = self.color or (old.color if old else BLACK)
        return Fade(color.lower(), length) if length else None
