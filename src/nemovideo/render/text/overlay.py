"""Text laid over frames: drawn once, then only multiplied and added for each frame."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from nemovideo.render.picture.planes import Bytes, Planes, planes_of


@dataclass(frozen=True)
class Overlay:
    """A picture with transparency, in planes."""

    left: int
    top: int
    colour: Planes
    """Less the black level, multiplied by the opacity: what is added."""
    cover: Planes
    """The opacity at each plane's size: what is taken away first."""

    def draw(self, opacity: float, frame: Planes) -> None:
        """Lay it over a frame, which it changes."""
        right, bottom = self.left + self.colour.width, self.top + self.colour.height
        region = frame.region(self.left, self.top, right, bottom)
        for target, colour, cover in zip(region, self.colour, self.cover, strict=True):
            left_over = cv2.convertScaleAbs(cover, alpha=-opacity, beta=255)
            under = cv2.multiply(target, left_over, scale=1 / 255)
            cv2.scaleAdd(colour, opacity, under, dst=target)


def make_overlay(rgba: Bytes, x: int, y: int, width: int, height: int) -> Overlay | None:
    """Prepare a picture (rgba, straight alpha) at a place in a frame; None if it lies outside."""
    left, top = max(0, x // 2 * 2), max(0, y // 2 * 2)
    right = min(width, x + rgba.shape[1] + (x + rgba.shape[1]) % 2)
    bottom = min(height, y + rgba.shape[0] + (y + rgba.shape[0]) % 2)
    if right <= left or bottom <= top:
        return None
    sheet = np.zeros((bottom - top, right - left, 4), np.uint8)
    inside = rgba[max(0, top - y) : bottom - y, max(0, left - x) : right - x]
    row, column = max(0, y - top), max(0, x - left)
    sheet[row : row + inside.shape[0], column : column + inside.shape[1]] = inside
    return Overlay(left, top, *_split(sheet))


def _split(sheet: Bytes) -> tuple[Planes, Planes]:
    alpha = np.ascontiguousarray(sheet[..., 3])
    half = (alpha.shape[1] // 2, alpha.shape[0] // 2)
    small = np.asarray(cv2.resize(alpha, half, interpolation=cv2.INTER_AREA), np.uint8)
    cover = Planes(alpha, small, small)
    planes = planes_of(np.ascontiguousarray(sheet[..., :3]))
    y, u, v = (
        np.asarray(cv2.multiply(plane, share, scale=1 / 255), np.uint8)
        for plane, share in zip(planes, cover, strict=True)
    )
    return Planes(y, u, v), cover
