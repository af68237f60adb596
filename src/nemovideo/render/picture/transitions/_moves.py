"""Transitions in which a picture moves as a whole: by even pixels, so its colours stay on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2

from nemovideo.render.picture.motion import ease
from nemovideo.render.picture.planes import Bytes, Planes, as_bytes


@dataclass(frozen=True)
class Slide:
    """One picture moves out of the frame, or the other into it, or both."""

    x: int
    """1: what moves goes to the right, -1: to the left, 0: it does not."""
    y: int
    """The same, downwards and upwards."""
    moving: Literal["both", "after", "before"]

    def draw(self, before: Planes, after: Planes, progress: float, out: Planes) -> None:
        """Write the frame at a progress."""
        axis = 1 if self.x else 0
        gone = round(ease(progress) * out.u.shape[axis])
        for first, second, target in zip(before, after, out, strict=True):
            unit = target.shape[axis] // out.u.shape[axis]
            _slide(self, gone * unit, *_lying(axis, first, second, target))


@dataclass(frozen=True)
class Squeeze:
    """The first picture is pressed together to a line in the middle."""

    is_upright: bool
    """Whether its height shrinks, not its width."""

    def draw(self, before: Planes, after: Planes, progress: float, out: Planes) -> None:
        """Write the frame at a progress."""
        axis = 0 if self.is_upright else 1
        length = out.u.shape[axis]
        left = length - 2 * round(ease(progress) * ((length + 1) // 2))
        # Averaging costs more, and is needed only where more than every other line is lost.
        way = cv2.INTER_LINEAR if 2 * left > length else cv2.INTER_AREA
        out.copy_from(after)
        if left <= 0:
            return
        for first, target in zip(before, out, strict=True):
            unit = target.shape[axis] // length
            (lying,) = _lying(axis, target)
            begin = (length - left) // 2 * unit
            size = (first.shape[1], left * unit) if axis == 0 else (left * unit, first.shape[0])
            (pressed,) = _lying(axis, as_bytes(cv2.resize(first, size, interpolation=way)))
            lying[:, begin : begin + left * unit] = pressed


def _lying(axis: int, *planes: Bytes) -> tuple[Bytes, ...]:
    """Return planes so that what moves along an axis moves to the left or right."""
    return planes if axis == 1 else tuple(plane.T for plane in planes)


def _slide(slide: Slide, gone: int, before: Bytes, after: Bytes, out: Bytes) -> None:
    length = out.shape[1]
    left = length - gone
    if slide.x + slide.y > 0:
        out[:, gone:] = before[:, gone:] if slide.moving == "after" else before[:, :left]
        out[:, :gone] = after[:, :gone] if slide.moving == "before" else after[:, left:]
    else:
        out[:, :left] = before[:, :left] if slide.moving == "after" else before[:, gone:]
        out[:, left:] = after[:, left:] if slide.moving == "before" else after[:, :gone]
