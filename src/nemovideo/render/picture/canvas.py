"""A photo made ready to be filmed: fitted to the frame's shape, larger than the frame, in planes.

Preparing it costs once what would otherwise be paid for every frame: decoding, fitting, the blurred
surround, the conversion of colours, and most of the reduction to the frame's size. What is left for
a frame is one bilinear sampling.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from nemovideo.render.film.plan import Shot
from nemovideo.render.picture.camera import move_over, shows_whole
from nemovideo.render.picture.files import load_picture, picture_size
from nemovideo.render.picture.fit import stand_whole
from nemovideo.render.picture.looks import paint_looks
from nemovideo.render.picture.motion import Move, Window, window_between, window_of
from nemovideo.render.picture.orientation import Orientation
from nemovideo.render.picture.planes import Bytes, Planes, as_bytes, planes_of
from nemovideo.timeline.model import Clip, View

_PAD = 320
"""Pixels added at the left and the top, room for `_lattice_start`."""
_TAIL = 4
_STEPS = np.arange(128)
_TOLERANCES = (1 / 64, 1 / 24)
"""How far a sample may lie from where it should, in the canvas's pixels: of luma a hundredth of a
pixel of the frame, of chroma two."""

_MOVING_DETAIL = 1.5
"""Canvas pixels per frame pixel of a picture that moves, at its widest view."""
_CLOSE_DETAIL = 1.25
"""The same at the closest view, ..."""
_MAX_DETAIL = 2.5
"""... as long as the widest stays below this: beyond it bilinear sampling flickers."""
_MAX_CANVAS_SIDE = 32000
"""OpenCV's samplers count in 16 bits."""


@dataclass(frozen=True)
class Canvas:
    """A prepared photo and the way of the camera over it."""

    planes: Planes
    """Padded by `_PAD` at the left and top and by `_TAIL` at the right and bottom."""
    start: Window
    end: Window
    """What is seen first and last, in canvas pixels without the padding."""

    def draw(self, progress: float, out: Planes) -> None:
        """Write what is seen at a progress of 0 to 1."""
        window = window_between(self.start, self.end, progress)
        step_x, step_y = window.width / out.width, window.height / out.height
        _sample(
            self.planes.y, (window.left, window.top), (step_x, step_y), _PAD, out.y, _TOLERANCES[0]
        )
        # A chroma sample of the frame lies on the left of its two columns and between its two
        # rows; one of the canvas lies in the middle of both.
        origin = (window.left / 2 - step_x / 4, window.top / 2)
        for plane, target in ((self.planes.u, out.u), (self.planes.v, out.v)):
            _sample(plane, origin, (step_x, step_y), _PAD // 2, target, _TOLERANCES[1])


@dataclass(frozen=True)
class _Photo:
    """A photo's file, turned as its clip asks for; reduced while it is decoded."""

    path: Path
    orientation: Orientation
    size: tuple[int, int]
    """Width and height as it is shown."""

    @classmethod
    def open(cls, path: Path, clip: Clip) -> _Photo:
        """Read its size."""
        orientation = Orientation.of(clip)
        return cls(path, orientation, orientation.size_of(picture_size(path)))

    def load(self, scale: float) -> Bytes:
        """Read it at a scale of its size, or larger."""
        width, height = (max(1, math.ceil(side * scale)) for side in self.size)
        max_width, max_height = self.orientation.size_of((width, height))
        loaded = load_picture(self.path, max_width=max_width, max_height=max_height)
        return self.orientation.apply(loaded)


def load_canvas(path: Path, shot: Shot, width: int, height: int) -> Canvas | Planes:
    """Read a photo and prepare it for a shot in a frame of a size; one frame if it stands still.

    Raises:
        NemoError: The photo can't be read.
    """
    photo = _Photo.open(path, shot.clip)
    shape, seconds = width / height, Fraction(shot.frames, shot.fps)
    move = move_over(shot.clip, photo.size, shape, seconds)
    is_whole = shows_whole(shot.clip, photo.size, shape)
    if move.is_still and (move.start.zoom == 1 or not is_whole):
        return _still(photo, shot.clip, move.start, (width, height), is_whole=is_whole)
    if is_whole:
        canvas = _whole_canvas(photo, shot.clip, move, (width, height), _detail(move))
    else:
        canvas = _filled_canvas(photo, shot.clip, move, (width, height), _detail(move))
    return _first_frame(canvas, width, height) if move.is_still else canvas


def _still(
    photo: _Photo, clip: Clip, view: View, frame: tuple[int, int], *, is_whole: bool
) -> Planes:
    """Resample once, straight to the frame's pixels."""
    width, height = frame
    if is_whole:
        planes = Planes.blank(width, height)
        picture = photo.load(min(width / photo.size[0], height / photo.size[1]))
        stand_whole(picture, clip, planes)
    else:
        picture = photo.load(view.zoom * max(width / photo.size[0], height / photo.size[1]))
        planes = planes_of(_cut(picture, view, frame))
        paint_looks(planes, clip.looks or (), max(frame) / 1000)
    whole = Window(0, 0, width, height)
    return _first_frame(Canvas(_padded(planes), whole, whole), width, height)


def _cut(picture: Bytes, view: View, frame: tuple[int, int]) -> Bytes:
    width, height = frame
    bounds = Window(0, 0, picture.shape[1], picture.shape[0])
    seen = window_of(view, bounds, bounds, width / height)
    if round(seen.width, 3) == width and round(seen.height, 3) == height:
        left, top = math.floor(seen.left), math.floor(seen.top)
        return picture[top : top + height, left : left + width]
    box = (seen.left, seen.top, seen.right, seen.bottom)
    image = Image.fromarray(picture)
    return np.asarray(image.resize(frame, Image.Resampling.BICUBIC, box=box))


def _first_frame(canvas: Canvas, width: int, height: int) -> Planes:
    out = Planes.blank(width, height)
    canvas.draw(0, out)
    return out


def _detail(move: Move) -> float:
    low, high = move.zoom_range
    return max(_MOVING_DETAIL * low, min(_CLOSE_DETAIL * high, _MAX_DETAIL * low))


def _filled_canvas(
    photo: _Photo, clip: Clip, move: Move, frame: tuple[int, int], detail: float
) -> Canvas:
    shape, size = frame[0] / frame[1], photo.size
    scale = detail * max(frame[0] / size[0], frame[1] / size[1])
    # A reduction to less than a half is left to the decoder; a smaller one is cheaper done here,
    # after cutting off what is never seen.
    picture = photo.load(scale if scale <= 0.5 else 1.0)
    height, width = picture.shape[:2]
    bounds = Window(0, 0, width, height)
    start, end = (window_of(view, bounds, bounds, shape) for view in (move.start, move.end))
    left, top = math.floor(min(start.left, end.left)), math.floor(min(start.top, end.top))
    right = min(width, math.ceil(max(start.right, end.right)))
    bottom = min(height, math.ceil(max(start.bottom, end.bottom)))
    seen = right - left, bottom - top
    resize = min(scale * size[0] / width, _MAX_CANVAS_SIDE / max(seen))
    rgb = picture[top:bottom, left:right]
    if not 0.999 < resize < 1.001:
        rgb = _resized(rgb, (_even(seen[0] * resize), _even(seen[1] * resize)))
    scales = rgb.shape[1] / seen[0], rgb.shape[0] / seen[1]
    planes = planes_of(_with_even_sides(rgb))
    paint_looks(planes, clip.looks or (), detail * max(frame) / 1000)
    return Canvas(
        _padded(planes),
        start.moved(-left, -top).scaled(*scales),
        end.moved(-left, -top).scaled(*scales),
    )


def _whole_canvas(
    photo: _Photo, clip: Clip, move: Move, frame: tuple[int, int], detail: float
) -> Canvas:
    planes = Planes.blank(_even(frame[0] * detail), _even(frame[1] * detail))
    picture = photo.load(min(planes.width / photo.size[0], planes.height / photo.size[1]))
    place = stand_whole(picture, clip, planes)
    bounds = Window(0, 0, planes.width, planes.height)
    start, end = (
        window_of(view, bounds, place, frame[0] / frame[1]) for view in (move.start, move.end)
    )
    return Canvas(_padded(planes), start, end)


def _resized(picture: Bytes, size: tuple[int, int]) -> Bytes:
    return as_bytes(cv2.resize(picture, size, interpolation=cv2.INTER_CUBIC))


def _with_even_sides(picture: Bytes) -> Bytes:
    height, width = picture.shape[:2]
    if height % 2 == 0 and width % 2 == 0:
        return picture
    return np.asarray(
        cv2.copyMakeBorder(picture, 0, height % 2, 0, width % 2, cv2.BORDER_REPLICATE), np.uint8
    )


def _even(length: float) -> int:
    return max(2, round(length / 2) * 2)


def _padded(planes: Planes) -> Planes:
    y, u, v = (
        as_bytes(cv2.copyMakeBorder(plane, pad, _TAIL, pad, _TAIL, cv2.BORDER_REPLICATE))
        for plane, pad in zip(planes, (_PAD, _PAD // 2, _PAD // 2), strict=True)
    )
    return Planes(y, u, v)


def _sample(
    plane: Bytes,
    origin: tuple[float, float],
    steps: tuple[float, float],
    pad: int,
    out: Bytes,
    tolerance: float,
) -> None:
    """Sample a plane bilinearly: pixel j of `out` lies at ``origin + (j + 0.5) * step``.

    `cv2.resize` does that at less than half of `cv2.warpAffine`'s cost, but begins at a whole
    pixel. Begun some samples earlier it meets the wanted places nearly always; where it does not
    (steps that are almost a simple fraction), the slow way is taken. Both give the same pixels.
    """
    ways = [
        _lattice_start(start, step, pad, tolerance)
        for start, step in zip(origin, steps, strict=True)
    ]
    if ways[0] is None or ways[1] is None:
        _warp(plane, origin, steps, pad, out)
        return
    (left, skip_x), (top, skip_y) = ways[0], ways[1]
    height, width = out.shape
    right = left + math.ceil((width + skip_x) * steps[0]) + 1
    bottom = top + math.ceil((height + skip_y) * steps[1]) + 1
    source = plane[top:bottom, left:right]
    scaled = cv2.resize(
        source, None, fx=1 / steps[0], fy=1 / steps[1], interpolation=cv2.INTER_LINEAR
    )
    np.copyto(out, scaled[skip_y : skip_y + height, skip_x : skip_x + width])


def _lattice_start(
    origin: float, step: float, pad: int, tolerance: float
) -> tuple[int, int] | None:
    """Return a whole pixel of the padded plane to begin at, and how many samples to skip then."""
    begins = origin + pad - _STEPS * step
    misses = np.abs(begins - np.rint(begins))
    near = np.flatnonzero((misses < tolerance) & (begins > 0))
    if not near.size:
        return None
    skip = int(near[0])
    return round(float(begins[skip])), skip


def _warp(
    plane: Bytes, origin: tuple[float, float], steps: tuple[float, float], pad: int, out: Bytes
) -> None:
    # OpenCV's coordinates are those of pixel centres, hence the halves.
    matrix = np.array(
        [
            [steps[0], 0, origin[0] + pad + steps[0] / 2 - 0.5],
            [0, steps[1], origin[1] + pad + steps[1] / 2 - 0.5],
        ]
    )
    height, width = out.shape
    cv2.warpAffine(
        plane,
        matrix,
        (width, height),
        dst=out,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
