"""Where the two pictures of a pair stand in the frame: side by side, or one above the other. Pure.

Wide frames have them side by side, upright ones one above the other. In one that is about square
it is as the pictures are: upright ones side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

CLEAR = 1.2
"""So many times as long as the other side is clearly the longer one, of frames and of pictures."""
_GAP = 1 / 160
"""Of the frame's longer side: what is left between the two, about."""


class Place(NamedTuple):
    """A rectangle of the frame, in pixels; all four numbers are even."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.right - self.left, self.bottom - self.top


def are_side_by_side(frame: tuple[int, int], shapes: Sequence[float | None]) -> bool:
    """Return whether two pictures stand side by side, not one above the other.

    Args:
        frame: Width and height.
        shapes: The pictures' widths divided by their heights, as they are shown; None where that
            is not known.
    """
    shape = frame[0] / frame[1]
    if not 1 / CLEAR < shape < CLEAR:
        return shape > 1
    area = 1.0
    for known in shapes:
        area *= known or 1.0
    return area <= 1


def halves(frame: tuple[int, int], shapes: Sequence[float | None]) -> tuple[Place, Place]:
    """Return where the first picture of a pair stands, and the second.

    Args:
        frame: Width and height, both even.
        shapes: As for `are_side_by_side`.
    """
    width, height = frame
    gap = max(frame) * _GAP
    if are_side_by_side(frame, shapes):
        half = _half(width, gap)
        return Place(0, 0, half, height), Place(width - half, 0, width, height)
    half = _half(height, gap)
    return Place(0, 0, width, half), Place(0, height - half, width, height)


def _half(length: int, gap: float) -> int:
    """Return what each of two gets of a length, an even number."""
    return max(int((length - gap) / 4) * 2, 2)
