"""How a text is to look and where it stands: names, their defaults, and boxes in a frame. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from nemovideo.timeline.names import Backing

Rgb = tuple[int, int, int]
Align = Literal["left", "center", "right"]
WHITE = "#ffffff"

_TALL = 1.3
"""Frames this much higher than wide are for phones: buttons and names of apps cover the bottom."""

_BETWEEN = 0.01
"""Between two texts at least, as a part of the frame's shorter side."""


@dataclass(frozen=True)
class TextStyle:
    """How a text looks; what is None is as its style has it.

    The names are those of docs/draft.md. A name that is not known counts as None, a style that is
    not known as ``title``, so that any draft can be drawn.
    """

    style: str | None = None
    """``title``, ``caption`` or ``subtitle``."""
    position: str | None = None
    """``center top bottom left right`` or a corner, ``top-left`` and so on."""
    size: str | None = None
    """``small``, ``medium`` or ``large``, for a text of its style."""
    color: str | None = None
    """``#rrggbb``; white if None."""
    backing: Backing | None = None
    """What keeps it legible; None: as much as it needs on what lies beneath it."""


@dataclass(frozen=True)
class Box:
    """A rectangle in a frame, in pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column after it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.y + self.height

    def overlaps(self, other: Box) -> bool:
        """Return whether the two share a pixel."""
        beside = self.right <= other.x or other.right <= self.x
        return not beside and self.y < other.bottom and other.y < self.bottom


@dataclass(frozen=True)
class Manner:
    """What a style means; sizes are parts of the frame's shorter side, heights of its height."""

    sizes: Mapping[str, float]
    """Of the letters, at most."""
    position: str
    size: str
    tallest: float
    """The most height that it takes while it is large."""
    smallest: float
    """Letters are never smaller: they could not be read."""
    most_lines: int | None = None
    """However long it is."""
    further_lines: float = 1.0
    """How large what follows the first line break is, beside what stands before it."""
    bottom_middle: float | None = None
    """Where the middle of a short text at the bottom is; None puts its end at the edge."""


MANNERS: Mapping[str, Manner] = {
    "title": Manner(
        sizes={"small": 0.06, "medium": 0.085, "large": 0.115},
        position="center",
        size="large",
        tallest=0.6,
        smallest=0.03,
        further_lines=0.5,
    ),
    "caption": Manner(
        sizes={"small": 0.044, "medium": 0.058, "large": 0.082},
        position="bottom",
        size="medium",
        tallest=0.3,
        smallest=0.03,
        bottom_middle=0.845,
    ),
    "subtitle": Manner(
        sizes={"small": 0.038, "medium": 0.046, "large": 0.06},
        position="bottom",
        size="medium",
        tallest=0.25,
        smallest=0.03,
        most_lines=2,
    ),
}
_ROWS, _SIDES = ("top", "bottom"), ("left", "right")
_POSITIONS = frozenset(
    ("center", *_ROWS, *_SIDES, *(f"{row}-{side}" for row in _ROWS for side in _SIDES))
)


def manner_of(style: TextStyle) -> Manner:
    """Return what a style means, with the size and place that were asked for as its own."""
    manner = MANNERS.get(style.style or "title", MANNERS["title"])
    return replace(
        manner,
        position=_known(style.position, _POSITIONS, manner.position),
        size=_known(style.size, manner.sizes, manner.size),
    )


def _known(name: str | None, names: Container[str], default: str) -> str:
    return name if name is not None and name in names else default


def align_of(position: str) -> Align:
    """Return to which side the lines of a text at a position stand."""
    if position.endswith("left"):
        return "left"
    return "right" if position.endswith("right") else "center"


def safe_area(frame: tuple[int, int]) -> Box:
    """Return where text may stand: away from the edges, and from what apps lay over tall films."""
    width, height = frame
    if height >= _TALL * width:
        left, top, bottom = round(0.07 * width), round(0.1 * height), round(0.16 * height)
    else:
        left = round(0.07 * width)
        top = bottom = round(0.065 * min(frame))
    return Box(left, top, width - 2 * left, height - top - bottom)


def room_width(position: str, frame: tuple[int, int]) -> int:
    """Return how wide a text at a position may be: at a side of a wide frame, half of it."""
    room = safe_area(frame).width
    is_aside = align_of(position) != "center" and frame[0] > frame[1]
    return round(room * 0.55) if is_aside else room


def place(size: tuple[int, int], manner: Manner, frame: tuple[int, int]) -> Box:
    """Return where a block of a size stands in a frame."""
    safe, (width, height) = safe_area(frame), size
    x = {
        "left": safe.x,
        "center": round((frame[0] - width) / 2),
        "right": safe.right - width,
    }[align_of(manner.position)]
    y = round((frame[1] - height) / 2)
    if manner.position.startswith("top"):
        y = safe.y
    elif manner.position.startswith("bottom"):
        y = safe.bottom - height
        if manner.bottom_middle is not None:
            y = min(y, round(manner.bottom_middle * frame[1] - height / 2))
    return Box(x, max(min(safe.y, y), y, 0), width, height)


def clear_of(box: Box, others: Iterable[Box], frame: tuple[int, int]) -> Box:
    """Move a box up or down by as little as it takes to lie over none of the others.

    Returns the box in its new place, within the safe area; as it was when there is no room for it.
    """
    gap = round(_BETWEEN * min(frame))
    taken = [replace(it, y=it.y - gap, height=it.height + 2 * gap) for it in others]
    if not any(box.overlaps(other) for other in taken):
        return box
    safe = safe_area(frame)
    edges = [other.bottom for other in taken] + [other.y - box.height for other in taken]
    free = [
        moved
        for y in edges
        if safe.y <= y <= safe.bottom - box.height
        and not any((moved := replace(box, y=y)).overlaps(other) for other in taken)
    ]
    return min(free, key=lambda moved: abs(moved.y - box.y), default=box)


def rgb_of(color: str | None) -> Rgb:
    """Return the red, green and blue of ``#rrggbb``; white for anything else."""
    digits = (color or WHITE).removeprefix("#")
    try:
        red, green, blue = bytes.fromhex(digits)
    except ValueError:
        return (255, 255, 255)
    return (red, green, blue)


def luminance(rgb: Rgb) -> float:
    """Return how bright a colour is, 0 to 1, as WCAG 2 defines it."""
    parts = [part / 255 for part in rgb]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """Return how well two colours stand apart, 1 to 21, as WCAG 2 defines it."""
    return ratio(luminance(one), luminance(other))


def ratio(one: float, other: float) -> float:
    """Return how well two luminances stand apart."""
    dark, bright = sorted((one, other))
    return (bright + 0.05) / (dark + 0.05)
