"""Pictures brought to the frame's shape without distortion: cut, or whole on a blurred copy."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from nemovideo.render._planes import Bytes, as_bytes
from nemovideo.render.motion import Window, largest_cut

MAX_CUT = 0.4
"""A picture that filling the frame would cut by more stands whole on a blurred copy."""

_BLUR_SIDE = 96
"""Pixels of the longer side at which the surround is blurred."""
_BLUR_SIGMA = 3.5
_SURROUND_LIGHT = 0.62
"""The surround's brightness; darker than the picture, so that the picture stands out."""
_SHADOW = 0.35
_SHADOW_REACH = 0.012
"""Of the frame's longer side."""


def picks_blur(size: tuple[int, int], shape: float) -> bool:
    """Tell whether filling a frame of a shape would cut away too much of a picture."""
    width, height = largest_cut(size[0], size[1], shape)
    return 1 - width * height / (size[0] * size[1]) > MAX_CUT


def stand_on_blur(picture: Bytes, width: int, height: int) -> tuple[Bytes, Window]:
    """Put a picture whole into a frame, on a blurred and darkened copy of itself.

    Returns:
        The frame as rgb24, and where the picture lies in it.
    """
    scale = min(width / picture.shape[1], height / picture.shape[0])
    inner = (
        min(width, max(1, round(picture.shape[1] * scale))),
        min(height, max(1, round(picture.shape[0] * scale))),
    )
    left, top = (width - inner[0]) // 2, (height - inner[1]) // 2
    place = Window(left, top, *inner)
    frame = _surround(picture, place, width, height)
    frame[top : top + inner[1], left : left + inner[0]] = resized(picture, inner)
    return frame, place


def cut_to(picture: Bytes, width: int, height: int) -> Bytes:
    """Return the middle of a picture, filling a frame."""
    return resized(_middle(picture, width / height), (width, height))


def resized(picture: Bytes, size: tuple[int, int]) -> Bytes:
    """Scale rgb24, well in both directions."""
    if (picture.shape[1], picture.shape[0]) == size:
        return picture
    reduces = picture.shape[1] > size[0]
    way = cv2.INTER_AREA if reduces else cv2.INTER_CUBIC
    return as_bytes(cv2.resize(picture, size, interpolation=way))


def _middle(picture: Bytes, shape: float) -> Bytes:
    height, width = picture.shape[:2]
    cut_width, cut_height = (max(1, round(side)) for side in largest_cut(width, height, shape))
    left, top = (width - cut_width) // 2, (height - cut_height) // 2
    return picture[top : top + cut_height, left : left + cut_width]


def _surround(picture: Bytes, place: Window, width: int, height: int) -> Bytes:
    scale = _BLUR_SIDE / max(width, height)
    small = (max(2, round(width * scale)), max(2, round(height * scale)))
    tiny = cv2.resize(_middle(picture, width / height), small, interpolation=cv2.INTER_AREA).astype(
        np.float32
    )
    blurred = cv2.GaussianBlur(tiny, (0, 0), _BLUR_SIGMA) * _SURROUND_LIGHT
    large = np.asarray(
        cv2.resize(blurred, (width, height), interpolation=cv2.INTER_CUBIC), np.float32
    )
    reach = _SHADOW_REACH * max(width, height)
    if place.width < width:
        large *= _shadow(width, place.left, place.right, reach)[None, :, None]
    else:
        large *= _shadow(height, place.top, place.bottom, reach)[:, None, None]
    return as_bytes(cv2.convertScaleAbs(large))


def _shadow(length: int, begin: float, end: float, reach: float) -> npt.NDArray[np.float32]:
    """Return the light along one side: darker close to the picture that lies on it."""
    places = np.arange(length) + 0.5
    distance = np.maximum(0, np.maximum(begin - places, places - end))
    return np.asarray(1 - _SHADOW * np.exp(-distance / reach), np.float32)
