"""What part of a picture is seen, as a function of time; pure arithmetic on frozen values.

A `View` is where a camera looks (centre and zoom), a `Window` is the rectangle of pixels that
follows from it. Windows are moved in fractions of a pixel, and only as a mixture of two windows
that lie inside the picture, so that no frame between them can leave it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from nemovideo.timeline.model import View

MAX_ZOOM = 20.0
"""Beyond it there is nothing to see but single pixels."""


@dataclass(frozen=True)
class Move:
    """A camera's way from one view to another, eased at both ends."""

    start: View
    end: View

    @property
    def is_still(self) -> bool:
        """Whether nothing moves."""
        return self.start == self.end

    @property
    def zoom_range(self) -> tuple[float, float]:
        """The smallest and the largest zoom on the way."""
        zooms = (self.start.zoom, self.end.zoom)
        return min(zooms), max(zooms)


@dataclass(frozen=True)
class Window:
    """A rectangle in pixels, with fractions; a pixel's centre lies at a half."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The edge at the right."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The edge at the bottom."""
        return self.top + self.height

    def scaled(self, by_x: float, by_y: float) -> Window:
        """Return the same rectangle in pixels of another size."""
        return Window(self.left * by_x, self.top * by_y, self.width * by_x, self.height * by_y)

    def moved(self, by_x: float, by_y: float) -> Window:
        """Return the same rectangle, measured from another origin."""
        return Window(self.left + by_x, self.top + by_y, self.width, self.height)


def ease(progress: float) -> float:
    """Start and stop gently: half a cosine from 0 to 1."""
    return 0.5 - 0.5 * math.cos(math.pi * min(1.0, max(0.0, progress)))


def largest_cut(width: float, height: float, shape: float) -> tuple[float, float]:
    """Return the size of the largest rectangle of a shape (width / height) inside another."""
    if width > height * shape:
        return height * shape, height
    return width, width / shape


def window_of(view: View, bounds: Window, picture: Window, shape: float) -> Window:
    """Return what a view shows.

    Args:
        view: The centre, as fractions of the picture, and the zoom.
        bounds: The window never leaves this rectangle, whatever the centre.
        picture: Where the picture lies; the same as `bounds`, or inside it.
        shape: Width divided by height of the frame.
    """
    full_width, full_height = largest_cut(bounds.width, bounds.height, shape)
    width, height = full_width / view.zoom, full_height / view.zoom
    left = picture.left + view.x * picture.width - width / 2
    top = picture.top + view.y * picture.height - height / 2
    return Window(
        min(max(left, bounds.left), bounds.right - width),
        min(max(top, bounds.top), bounds.bottom - height),
        width,
        height,
    )


def window_between(start: Window, end: Window, progress: float) -> Window:
    """Return the window at a progress of 0 to 1 between two, eased."""
    part = ease(progress)
    return Window(
        start.left + (end.left - start.left) * part,
        start.top + (end.top - start.top) * part,
        start.width + (end.width - start.width) * part,
        start.height + (end.height - start.height) * part,
    )
