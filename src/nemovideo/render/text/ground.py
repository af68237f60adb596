"""What lies beneath a text, and what of a backing its letters need there to be read. Pure.

Contrast is that of WCAG 2.2, its success criterion 1.4.3 says how much of it texts need:
https://www.w3.org/TR/WCAG22/#contrast-minimum
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nemovideo.render.picture.planes import Bytes
from nemovideo.render.text.style import Rgb, contrast, luminance, ratio
from nemovideo.timeline.names import Backing

BLACK, WHITE = (0, 0, 0), (255, 255, 255)
_ENOUGH, _ENOUGH_FOR_LARGE = 4.5, 3.0
_WEIGHTS = np.array([0.2126, 0.7152, 0.0722])
_LARGE = 0.07
"""Letters of so many of the frame's shorter sides are large: they are read sooner."""
_PARTS = 20
_DISREGARDED = 1
"""How many of these parts of a ground, the worst ones, may be as they are: specks of light."""
_ANYTHING = tuple((part / _PARTS) ** 2.2 for part in range(_PARTS + 1))
"""The luminances of a ground that is not known."""
_UNRESTFUL = 6.0
"""So much two neighbours differ in a ground that is busy, on average, of 255."""
_FAINT, _MORE_ON_BUSY = 0.3, 0.2
_MOST_SHADOW = 0.6
"""A shadow that has to be more opaque than this looks like dirt around small letters."""
_MOST_GLOW = 0.88
"""The same of large ones."""


@dataclass(frozen=True)
class Ground:
    """The pixels beneath a text at some moments."""

    luminances: tuple[tuple[float, ...], ...]
    """Of each moment, from the darkest to the brightest, in `_PARTS` equal steps."""
    unrest: float
    """How much neighbours differ, of 255, at the busiest moment."""


@dataclass(frozen=True)
class Shade:
    """What is laid between letters and their ground."""

    kind: Backing
    color: Rgb
    opacity: float


def ground_of(pictures: Sequence[Bytes]) -> Ground:
    """Measure a part of the frame, given as rgb24 at some moments."""
    places = np.linspace(0, 1, _PARTS + 1)
    moments, unrest = [], 0.0
    for picture in pictures:
        if picture.size:
            parts = picture / 255
            linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
            moments.append(tuple(map(float, np.quantile(linear @ _WEIGHTS, places))))
            luma = picture @ _WEIGHTS
            steps = [np.abs(np.diff(luma, axis=axis)) for axis in (0, 1)]
            unrest = max(unrest, *(float(step.mean()) for step in steps if step.size), 0.0)
    return Ground(tuple(moments), unrest)


def shade_for(
    color: Rgb, backing: Backing | None, ground: Ground | None, sizes: tuple[float, float]
) -> Shade:
    """Return the least that letters need to be read.

    What was asked for is as opaque as every ground needs; the ground is the worst there is if None.
    The sizes of the smallest and largest letters are in the frame's shorter sides.
    """
    behind = BLACK if contrast(color, BLACK) >= contrast(color, WHITE) else WHITE
    if backing is not None:
        return Shade(backing, behind, _needed(color, behind, None, _ENOUGH))
    smallest, largest = sizes
    enough = _ENOUGH_FOR_LARGE if smallest >= _LARGE and ground is not None else _ENOUGH
    needed = _needed(color, behind, ground, enough)
    is_busy = ground is None or ground.unrest >= _UNRESTFUL
    shadow = max(needed, _FAINT) + (_MORE_ON_BUSY if is_busy else 0)
    is_large = largest >= _LARGE
    if shadow <= (_MOST_GLOW if is_large else _MOST_SHADOW):
        return Shade("shadow", behind, shadow)
    return Shade("outline" if is_large else "plate", behind, needed)


def _needed(color: Rgb, behind: Rgb, ground: Ground | None, enough: float) -> float:
    """Return how opaque a shade must be for letters to stand out from what shines through it."""
    moments = ground.luminances if ground is not None else (_ANYTHING,)
    own, shade, disregarded = luminance(color), behind[0], 0 if ground is None else _DISREGARDED
    for percent in range(0, 100, 5):
        opacity = percent / 100
        if all(
            sorted(ratio(own, _shaded(part, shade, opacity)) for part in moment)[disregarded]
            >= enough
            for moment in moments
        ):
            return opacity
    return 1.0


def _shaded(ground: float, shade: int, opacity: float) -> float:
    """Return the luminance of a grey with a shade over it; 8-bit values are what is mixed."""
    value = 12.92 * ground if ground <= 0.0031308 else 1.055 * ground ** (1 / 2.4) - 0.055
    mixed = round(255 * value * (1 - opacity) + shade * opacity)
    return luminance((mixed, mixed, mixed))
