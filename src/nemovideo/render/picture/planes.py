"""Frames as three planes: BT.709 YUV 4:2:0, limited range, eight bits; what the encoder takes.

Everything after a picture's loading happens on these planes, so no frame is converted twice.
The matrix is BT.709's, which players assume for HD; OpenCV's own conversions are BT.601.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]

BLACK = (16, 128, 128)
WHITE = (235, 128, 128)

_KR, _KB = 0.2126, 0.0722
_LUMA = np.array([_KR, 1 - _KR - _KB, _KB])
TO_YUV = np.vstack(
    [
        np.append(_LUMA * 219 / 255, 16),
        np.append((np.array([0, 0, 1]) - _LUMA) * 224 / 255 / (2 * (1 - _KB)), 128),
        np.append((np.array([1, 0, 0]) - _LUMA) * 224 / 255 / (2 * (1 - _KR)), 128),
    ]
)
"""Rows Y, Cb, Cr of ITU-R BT.709 in eight bits; columns R, G, B and the offset."""
_INVERSE = np.linalg.inv(TO_YUV[:, :3])
_TO_RGB = np.column_stack([_INVERSE, -_INVERSE @ TO_YUV[:, 3]])


@dataclass(frozen=True)
class Planes:
    """One frame. The arrays may be views into memory of the encoder's."""

    y: Bytes
    """(height, width)"""
    u: Bytes
    """(height / 2, width / 2), as is `v`."""
    v: Bytes

    @classmethod
    def blank(cls, width: int, height: int, colour: tuple[int, int, int] = BLACK) -> Planes:
        """Make a frame of one colour; the size is even."""
        half = (height // 2, width // 2)
        y, u, v = colour
        return cls(
            np.full((height, width), y, np.uint8),
            np.full(half, u, np.uint8),
            np.full(half, v, np.uint8),
        )

    @property
    def width(self) -> int:
        """Of the luma plane."""
        return int(self.y.shape[1])

    @property
    def height(self) -> int:
        """Of the luma plane."""
        return int(self.y.shape[0])

    def __iter__(self) -> Iterator[Bytes]:
        return iter((self.y, self.u, self.v))

    def fill(self, colour: tuple[int, int, int]) -> None:
        """Paint it in one colour."""
        for plane, value in zip(self, colour, strict=True):
            plane[...] = value

    def copy_from(self, other: Planes) -> None:
        """Take another frame's pixels."""
        for plane, source in zip(self, other, strict=True):
            np.copyto(plane, source)

    def region(self, left: int, top: int, right: int, bottom: int) -> Planes:
        """Return a rectangle as views; all four numbers are even."""
        half = np.s_[top // 2 : bottom // 2, left // 2 : right // 2]
        return Planes(self.y[top:bottom, left:right], self.u[half], self.v[half])


def colour_of(code: str) -> tuple[int, int, int]:
    """Return Y, Cb and Cr of a colour written as ``#rrggbb``."""
    red, green, blue = bytes.fromhex(code.removeprefix("#"))
    y, u, v = (round(value) for value in TO_YUV @ (red, green, blue, 1))
    return y, u, v


def mix(before: Planes, after: Planes, part: float, out: Planes) -> None:
    """Write `after` at a part of 0 to 1 over `before`; `out` may be one of them."""
    for first, second, target in zip(before, after, out, strict=True):
        cv2.addWeighted(first, 1 - part, second, part, 0, dst=target)


def mix_with_colour(frame: Planes, colour: tuple[int, int, int], part: float, out: Planes) -> None:
    """Write a frame with a part of 0 to 1 of a colour over it."""
    for plane, value, target in zip(frame, colour, out, strict=True):
        cv2.addWeighted(plane, 1 - part, plane, 0, value * part, dst=target)


def planes_of(rgb: Bytes) -> Planes:
    """Convert rgb24 of even size.

    Each chroma sample is the mean of its four pixels, so it lies in their middle; `Canvas.sample`
    knows that, and gives the samples at the left that H.264 means when nothing else is said.
    """
    yuv = cv2.transform(rgb, TO_YUV)
    y, u, v = cv2.split(yuv)
    half = (rgb.shape[1] // 2, rgb.shape[0] // 2)
    return Planes(
        as_bytes(y),
        as_bytes(cv2.resize(u, half, interpolation=cv2.INTER_AREA)),
        as_bytes(cv2.resize(v, half, interpolation=cv2.INTER_AREA)),
    )


def rgb_of(planes: Planes) -> Bytes:
    """Convert to rgb24; for looking at, since each way back and forth loses a little."""
    size = (planes.width, planes.height)
    u, v = (
        cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR) for plane in (planes.u, planes.v)
    )
    return as_bytes(cv2.transform(cv2.merge((planes.y, u, v)), _TO_RGB))


def as_bytes(array: npt.ArrayLike) -> Bytes:
    """Tell the type checker what OpenCV's signatures leave open; copies nothing."""
    return np.asarray(array, np.uint8)
