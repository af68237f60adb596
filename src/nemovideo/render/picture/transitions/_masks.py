"""Transitions in which a soft edge runs over the first picture and leaves the second behind it.

Each says when the edge reaches a pixel: its `field`, 0 for the first pixels and 1 for the last.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from nemovideo.render.picture.motion import ease
from nemovideo.render.picture.planes import Bytes, Planes, as_bytes

Places = npt.NDArray[np.float64]
_ROWS = 64


@dataclass(frozen=True, kw_only=True)
class Mask(ABC):
    """What all of them do."""

    edge: float
    """The width of the soft edge, as a share of its whole way."""

    @abstractmethod
    def field(self, x: Places, y: Places, shape: float) -> Places:
        """Return when the edge reaches pixels, 0 to 1.

        A row and a column of places go from 0 to 1; the shape is the frame's width by its height.
        """

    def shares(self, reached: Places, progress: float) -> Places:
        """Return how much of the second picture is seen where the edge comes at some times."""
        return _smooth((progress * (1 + self.edge) - reached) / self.edge)

    def draw(self, before: Planes, after: Planes, progress: float, out: Planes) -> None:
        """Write the frame at a progress."""
        table = self.shares(np.arange(256) / 255, ease(progress))
        levels = np.rint(255 * table).astype(np.uint8)
        for first, second, target in zip(before, after, out, strict=True):
            shares = as_bytes(cv2.LUT(_field(self, target.shape), levels))
            cv2.multiply(second, shares, dst=target, scale=1 / 255)
            rest = cv2.multiply(first, cv2.bitwise_not(shares), scale=1 / 255)
            cv2.add(target, rest, dst=target)


@dataclass(frozen=True, kw_only=True)
class Wipe(Mask):
    """A straight edge runs over the frame."""

    x: int
    """1: to the right, -1: to the left."""
    y: int
    """The same, downwards and upwards."""
    edge: float = 0.08

    def field(self, x: Places, y: Places, shape: float) -> Places:
        """Return when the edge reaches pixels."""
        del shape
        place, direction = (x, self.x) if self.x else (y, self.y)
        return place if direction > 0 else 1 - place


@dataclass(frozen=True, kw_only=True)
class Doors(Mask):
    """Two edges run from the middle to both sides, or from there to the middle."""

    is_upright: bool
    """Whether the edges stand upright and run to the left and right."""
    opens: bool
    edge: float = 0.16

    def field(self, x: Places, y: Places, shape: float) -> Places:
        """Return when the edges reach pixels."""
        del shape
        distance = np.abs(2 * (x if self.is_upright else y) - 1)
        return distance if self.opens else 1 - distance


@dataclass(frozen=True, kw_only=True)
class Diagonal(Mask):
    """An edge runs from one corner to the opposite one."""

    x: int
    """1: to the right, -1: to the left."""
    y: int
    """1: down, -1: up."""
    edge: float = 0.2

    def field(self, x: Places, y: Places, shape: float) -> Places:
        """Return when the edge reaches pixels."""
        del shape
        return ((x if self.x > 0 else 1 - x) + (y if self.y > 0 else 1 - y)) / 2


@dataclass(frozen=True, kw_only=True)
class Circle(Mask):
    """A circle of the second picture grows, or one of the first shrinks."""

    opens: bool
    edge: float = 0.12

    def field(self, x: Places, y: Places, shape: float) -> Places:
        """Return when the edge reaches pixels."""
        distance = np.hypot((2 * x - 1) * shape, 2 * y - 1) / math.hypot(shape, 1)
        return distance if self.opens else 1 - distance


@dataclass(frozen=True, kw_only=True)
class Clock(Mask):
    """A hand runs round the middle, as on a clock; what it has passed is soft at both ends."""

    edge: float = 0.06

    def field(self, x: Places, y: Places, shape: float) -> Places:
        """Return when the edge reaches pixels."""
        return np.arctan2((2 * x - 1) * shape, 1 - 2 * y) / (2 * math.pi) % 1

    def shares(self, reached: Places, progress: float) -> Places:
        """Return how much of the second picture is seen.

        Twelve o'clock is both the first place and the last: the sector between there and the hand
        is blurred along the circle.
        """
        seen = np.zeros_like(reached)
        for turn in (-1, 0, 1):
            here = (reached + turn) / self.edge
            seen += _smooth(progress / self.edge - here + 0.5) - _smooth(0.5 - here)
        return seen


@lru_cache(maxsize=4)
def _field(mask: Mask, shape: tuple[int, int]) -> Bytes:
    """Return a mask's field in 255ths.

    A little noise keeps the steps between them from being seen.
    """
    height, width = shape
    x, y = ((np.arange(length) + 0.5) / length for length in (width, height))
    chance = np.random.default_rng(1)
    field = np.empty(shape, np.uint8)
    for top in range(0, height, _ROWS):  # all at once would take 40 times the memory
        rows = y[top : top + _ROWS, None]
        reached = mask.field(x[None, :], rows, width / height) * 255
        noise = chance.random((len(rows), width), np.float32)
        np.clip(reached + noise, 0, 255, out=field[top : top + _ROWS], casting="unsafe")
    return field


def _smooth(part: Places) -> Places:
    """Return a ramp from 0 to 1 that is level at both ends."""
    ramp = np.clip(part, 0, 1)
    return ramp * ramp * (3 - 2 * ramp)
