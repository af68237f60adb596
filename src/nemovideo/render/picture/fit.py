"""Pictures brought to the frame's shape without distortion: cut, or whole on a background."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from nemovideo.render.picture.looks import paint_looks
from nemovideo.render.picture.motion import Window, largest_cut
from nemovideo.render.picture.planes import (
    BLACK,
    TO_YUV,
    Bytes,
    Planes,
    as_bytes,
    colour_of,
    planes_of,
)
from nemovideo.timeline.model import Clip
from nemovideo.timeline.names import BLUR

_BLUR_SIDE = 96
"""Pixels of the longer side at which the surround is blurred."""
_BLUR_SIGMA = 3.5
_SURROUND_LIGHT = 0.62
"""The surround's brightness; darker than the picture, so that the picture stands out."""
_SHADOW = 0.35
_SHADOW_REACH = 0.012
"""Of the frame's longer side."""


def place_whole(size: tuple[int, int], width: int, height: int) -> Window:
    """Return where a picture of a size lies in a frame that shows all of it: on even pixels."""
    scale = min(width / size[0], height / size[1])
    inner_width = min(width, max(2, round(size[0] * scale / 2) * 2))
    inner_height = min(height, max(2, round(size[1] * scale / 2) * 2))
    left, top = (width - inner_width) // 4 * 2, (height - inner_height) // 4 * 2
    return Window(left, top, inner_width, inner_height)


def stand_whole(picture: Bytes, clip: Clip, out: Planes) -> Window:
    """Write a picture (rgb24) whole into a frame, on its background, and return where it lies."""
    place = place_whole((picture.shape[1], picture.shape[0]), out.width, out.height)
    left, top = int(place.left), int(place.top)
    right, bottom = int(place.right), int(place.bottom)
    looks, reach = clip.looks or (), max(out.width, out.height) / 1000
    if (right - left, bottom - top) != (out.width, out.height):
        if clip.background is None or clip.background == BLUR:
            _surround(picture, place, out)
            paint_looks(out, looks, reach)
        else:
            out.fill(colour_of(clip.background))
    inner = planes_of(cut_to(picture, right - left, bottom - top))  # no more than a pixel's edge
    paint_looks(inner, looks, reach)
    out.region(left, top, right, bottom).copy_from(inner)
    return place


def fill(picture: Bytes, clip: Clip, out: Planes) -> None:
    """Fill a frame with a picture, cut around its focus, in its looks."""
    centre = clip.focus or (0.5, 0.5)
    out.copy_from(planes_of(cut_to(picture, out.width, out.height, centre)))
    paint_looks(out, clip.looks or (), max(out.width, out.height) / 1000)


def cut_to(
    picture: Bytes, width: int, height: int, centre: tuple[float, float] = (0.5, 0.5)
) -> Bytes:
    """Return what of a picture fills a frame, around a place in it."""
    return resized(_cut(picture, width / height, centre), (width, height))


def resized(picture: Bytes, size: tuple[int, int]) -> Bytes:
    """Scale rgb24, well in both directions."""
    if (picture.shape[1], picture.shape[0]) == size:
        return picture
    reduces = picture.shape[1] > size[0]
    way = cv2.INTER_AREA if reduces else cv2.INTER_CUBIC
    return as_bytes(cv2.resize(picture, size, interpolation=way))


def _cut(picture: Bytes, shape: float, centre: tuple[float, float]) -> Bytes:
    height, width = picture.shape[:2]
    cut_width, cut_height = (max(1, round(side)) for side in largest_cut(width, height, shape))
    left, top = (
        round(min(max(place * length - cut / 2, 0), length - cut))
        for place, length, cut in zip(centre, (width, height), (cut_width, cut_height), strict=True)
    )
    return picture[top : top + cut_height, left : left + cut_width]


def _surround(picture: Bytes, place: Window, out: Planes) -> None:
    """Write the blurred copy: made small, for that is all that is left of it."""
    scale = _BLUR_SIDE / max(out.width, out.height)
    small = (max(2, round(out.width * scale)), max(2, round(out.height * scale)))
    tiny = cv2.resize(
        _cut(picture, out.width / out.height, (0.5, 0.5)), small, interpolation=cv2.INTER_AREA
    ).astype(np.float32)
    blurred = cv2.GaussianBlur(tiny, (0, 0), _BLUR_SIGMA) * _SURROUND_LIGHT
    reach = _SHADOW_REACH * max(out.width, out.height)
    channels = cv2.split(cv2.transform(blurred, TO_YUV))
    for channel, black, target in zip(channels, BLACK, out, strict=True):
        height, width = target.shape
        large: npt.NDArray[np.float32] = np.asarray(
            cv2.resize(channel - black, (width, height), interpolation=cv2.INTER_CUBIC), np.float32
        )
        ratio = width / out.width
        if place.width < out.width:
            large *= _shadow(width, place.left * ratio, place.right * ratio, reach * ratio)
        else:
            shadow = _shadow(height, place.top * ratio, place.bottom * ratio, reach * ratio)
            large *= shadow[:, None]
        np.rint(large, out=large)
        np.add(large, black, out=target, casting="unsafe")


def _shadow(length: int, begin: float, end: float, reach: float) -> npt.NDArray[np.float32]:
    """Return the light along one side: darker close to the picture that lies on it."""
    places = np.arange(length) + 0.5
    distance = np.maximum(0, np.maximum(begin - places, places - end))
    return np.asarray(1 - _SHADOW * np.exp(-distance / reach), np.float32)
