"""How a clip's stored pictures become upright ones with square pixels."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import cv2
import numpy as np
from av.sidedata.sidedata import Type

from nemovideo.render.picture.fit import place_whole, resized
from nemovideo.render.picture.planes import Bytes, as_bytes

_MOST_ASPECT = 4
"""Pixels that claim to be further from a square are taken for square."""


@dataclass(frozen=True)
class Orientation:
    """One of the eight ways in which a picture can lie."""

    swaps_axes: bool = False
    """Rows become columns, before anything is mirrored."""
    mirrors_x: bool = False
    mirrors_y: bool = False

    def upright_size(self, size: tuple[int, int]) -> tuple[int, int]:
        """Return the width and height to see for those that are stored."""
        return (size[1], size[0]) if self.swaps_axes else size

    def upright(self, picture: Bytes) -> Bytes:
        """Return the picture as it is meant to be seen."""
        if self.swaps_axes:
            picture = as_bytes(cv2.transpose(picture))
        if self.mirrors_x or self.mirrors_y:
            way = -1 if self.mirrors_x and self.mirrors_y else 1 if self.mirrors_x else 0
            picture = as_bytes(cv2.flip(picture, way))
        return picture


def orientation_of(frame: Any) -> Orientation:
    """Return how a frame is to be turned, by its display matrix.

    The matrix (ISO/IEC 14496-12, 6.2.2) takes a stored place (x, y) to (a x + c y, b x + d y); its
    numbers stand in the order a b u c d v x y w. One that turns by other angles counts as the
    nearest of the eight; where it moves and how it scales does not matter to a film.

    Ask for it once a clip: PyAV ties a frame and its side data to each other, so that the frame
    stays in memory until Python next looks for such rings.
    """
    a, b, c, d = _display_matrix(frame)
    if abs(a) + abs(d) >= abs(b) + abs(c):
        return Orientation(mirrors_x=a < 0, mirrors_y=d < 0)
    return Orientation(swaps_axes=True, mirrors_x=c < 0, mirrors_y=b < 0)


def _display_matrix(frame: Any) -> tuple[int, int, int, int]:
    try:
        side_data = frame.side_data.get(Type.DISPLAYMATRIX)
    except ValueError:
        # PyAV gives nothing out when one entry is of a kind that it does not know (EXIF is), but
        # for the angle, counter-clockwise.
        turns = round(frame.rotation / 90) % 4
        return ((1, 0, 0, 1), (0, -1, 1, 0), (-1, 0, 0, -1), (0, 1, -1, 0))[turns]
    if side_data is None:
        return 1, 0, 0, 1
    a, b, _, c, d = (int(number) for number in np.frombuffer(bytes(side_data), np.int32)[:5])
    return a, b, c, d


def square_size(frame: Any, aspect: Fraction | None) -> tuple[int, int]:
    """Return a frame's width and height with square pixels, as it is stored.

    The aspect is a pixel's width by its height; None or 0 when it is not known.
    """
    width, height = frame.width, frame.height
    if aspect and 1 < aspect <= _MOST_ASPECT:
        width = round(width * aspect)
    elif aspect and Fraction(1, _MOST_ASPECT) <= aspect < 1:
        height = round(height / aspect)
    return width, height


def whole_within(picture: Bytes, width: int, height: int) -> Bytes:
    """Return a picture of another size as large as it fits into one, in the middle of black."""
    place = place_whole((picture.shape[1], picture.shape[0]), width, height)
    left, top, right, bottom = (
        int(side) for side in (place.left, place.top, place.right, place.bottom)
    )
    frame = np.zeros((height, width, 3), np.uint8)
    frame[top:bottom, left:right] = resized(picture, (right - left, bottom - top))
    return frame
