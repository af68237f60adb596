"""Animated GIF, PNG, WebP and AVIF as films without sound that begin again at their end."""

from __future__ import annotations

import math
from bisect import bisect_right
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from PIL import Image

from nemovideo.render.picture.files._colour import colour_profile
from nemovideo.render.picture.files._load import (
    ground_of,
    on_ground,
    to_array,
    to_plain_mode,
    upright,
)
from nemovideo.render.picture.files._open import PILLOW_ERRORS, OpenPicture, opened, translated

SHORTEST_S = Fraction(3)
"""An animation counts as so long at least; a shorter one is shown several times."""

MAX_ANIMATED_PIXELS = 6_000_000_000
"""Pixels of all pictures together; what is beyond stands still."""

_FORMATS = ("GIF", "PNG", "WEBP", "AVIF")
_DEFAULT_MS = 100
_SHORTEST_DELAY_MS = 10
"""Browsers take delays up to this for ones that nobody meant, and wait `_DEFAULT_MS`."""


@dataclass(frozen=True)
class Animation:
    """When each picture of an animation shows."""

    first: int
    """The number of the first picture that belongs to it."""
    ends_ms: tuple[int, ...]
    """When each one ends, from the beginning."""
    is_cut: bool = False
    """Whether the file has more pictures than can be decoded."""

    @property
    def period_s(self) -> Fraction:
        """How long it takes once, in seconds."""
        return Fraction(self.ends_ms[-1], 1000)

    @property
    def duration_s(self) -> Fraction:
        """How long it is to be shown: whole rounds, `SHORTEST_S` at least."""
        return self.period_s * max(1, math.ceil(SHORTEST_S / self.period_s))

    @property
    def fps(self) -> float:
        """Pictures a second on average."""
        return float(len(self.ends_ms) / self.period_s)


def is_animated(image: Image.Image) -> bool:
    """Return whether a file that was opened holds an animation, however long."""
    moving: Any = image
    return image.format in _FORMATS and getattr(moving, "n_frames", 1) > 1


def is_playable(image: Image.Image) -> bool:
    """Return whether an animation is small enough to be played."""
    moving: Any = image
    return bool(image.width * image.height * moving.n_frames <= MAX_ANIMATED_PIXELS)


def read_animation(image: Image.Image) -> Animation:
    """Decode all pictures once and return when each shows.

    Damage after the first picture ends the animation early. Raises as Pillow raises for a first
    picture that is broken does.
    """
    moving: Any = image
    first = 1 if getattr(moving, "default_image", False) else 0
    delays: list[int] = []
    is_cut = False
    for number in range(first, moving.n_frames):
        try:
            moving.seek(number)
            moving.load()
        except PILLOW_ERRORS:
            if not delays:
                raise
            is_cut = True
            break
        delays.append(_delay_ms(moving.info.get("duration")))
    moving.seek(0)
    return Animation(first, tuple(accumulate(delays)), is_cut)


class AnimationReader:
    """The pictures of an animation by time, for ever; a context manager.

    Time 0 of `frame_at` lies at `start_s`.

    Raises:
        UnsupportedFileError: The file is broken.
    """

    width: int
    """Pixels of the upright picture."""
    height: int

    def __init__(self, path: Path, *, start_s: Fraction = Fraction(0)) -> None:
        self._path = path
        self._start = max(Fraction(0), start_s)
        with ExitStack() as stack:
            picture: OpenPicture = stack.enter_context(opened(path, path.name))
            self._icc = colour_profile(picture.image, path)
            self._animation = read_animation(picture.image)
            self._stack = stack.pop_all()
        self._image: Any = picture.image
        self._orientation = picture.orientation
        self.width, self.height = picture.upright_size
        self._ground: tuple[int, int, int] | None = None
        self._number = -1
        self._pixels: npt.NDArray[np.uint8] | None = None

    def frame_at(self, t: Fraction) -> npt.NDArray[np.uint8]:
        """Return what shows so many seconds after `start_s`, as rgb24 (height, width, 3).

        The array is the same object while the picture is the same: don't write into it.
        """
        moment = (self._start + t) % self._animation.period_s
        index = bisect_right(self._animation.ends_ms, moment * 1000)
        number = self._animation.first + index
        if self._pixels is None or number != self._number:
            with translated(self._path.name):
                self._pixels = self._decoded(number)
            self._number = number
        return self._pixels

    def close(self) -> None:
        """Close the file."""
        self._stack.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _decoded(self, number: int) -> npt.NDArray[np.uint8]:
        self._image.seek(number)
        image = upright(to_plain_mode(self._image), self._icc, self._orientation)
        # One ground for all pictures: it must not flicker.
        self._ground = self._ground or ground_of(image)
        return to_array(on_ground(image, self._ground))


def open_animation(path: Path, *, start_s: Fraction = Fraction(0)) -> AnimationReader | None:
    """Open an animation; None for a still picture, or one too large to be played.

    Raises:
        UnsupportedFileError: The file is broken.
    """
    with opened(path, path.name) as picture:
        if not is_animated(picture.image) or not is_playable(picture.image):
            return None
    return AnimationReader(path, start_s=start_s)


def _delay_ms(value: object) -> int:
    if not isinstance(value, int | float) or value <= _SHORTEST_DELAY_MS:
        return _DEFAULT_MS
    return round(value)
