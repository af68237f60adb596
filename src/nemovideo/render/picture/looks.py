"""Looks: changes of colour and sharpness, each a frozen value that paints over a picture's planes.

A photo gets its look once, when it is made ready; a film frame by frame. So everything here is a
table of 256 values, or a sum of planes. The tables know luma as 16 to 235.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import cv2
import numpy as np
import numpy.typing as npt

from nemovideo.render.picture.planes import BLACK, Bytes, Planes, as_bytes
from nemovideo.timeline.model import Look

Tint = tuple[float, float]
"""What is added to Cb and to Cr."""
_Curve = npt.NDArray[np.float32] | npt.NDArray[np.float64]

_LUMA = np.clip((np.arange(256) - 16) / 219, 0, 1)
_CHROMA = np.arange(256) - 128.0


class Effect(Protocol):
    """What every look does."""

    def paint(self, planes: Planes, amount: float, reach: float) -> None:
        """Change a picture.

        Args:
            planes: The picture; its chroma may be smaller than its luma.
            amount: 0 leaves it as it is, 1 is all of the look.
            reach: Pixels of the planes for each thousandth of the frame's longer side.
        """
        ...


@dataclass(frozen=True)
class Grade:
    """Another tone curve, more or less colour, and a tint for each brightness."""

    lift: float = 0.0
    """What black becomes, 0 to 1."""
    gain: float = 1.0
    """What white becomes."""
    gamma: float = 1.0
    """Below 1 the middle tones grow brighter."""
    contrast: float = 0.0
    """How much the middle tones are spread, 0 to 1."""
    saturation: float = 1.0
    shadows: Tint = (0.0, 0.0)
    middle: Tint = (0.0, 0.0)
    lights: Tint = (0.0, 0.0)
    vignette: float = 0.0
    """How much darker the corners are, 0 to 1."""

    def paint(self, planes: Planes, amount: float, reach: float) -> None:
        """Change a picture."""
        del reach
        luma, chroma, *tints = _tables(self, amount)
        if tints:
            size = planes.u.shape[1], planes.u.shape[0]
            brightness = cv2.resize(planes.y, size, interpolation=cv2.INTER_AREA)
        for number, plane in enumerate((planes.u, planes.v)):
            cv2.LUT(plane, chroma, dst=plane)
            if tints:
                tint = cv2.LUT(brightness, tints[number])
                cv2.addWeighted(plane, 1, tint, 1, -128, dst=plane)
        cv2.LUT(planes.y, luma, dst=planes.y)
        if self.vignette:
            _darken_corners(planes.y, self.vignette * amount)


@dataclass(frozen=True)
class Glow:
    """Fine detail melts, and light spreads from what is bright."""

    spread: float = 7.0
    """In thousandths of the frame's longer side."""
    share: float = 0.6

    def paint(self, planes: Planes, amount: float, reach: float) -> None:
        """Change a picture."""
        blurred = _blurred(planes.y, self.spread * reach)
        brighter = cv2.LUT(blurred, _luma_table(Grade(gamma=0.88)))
        share = self.share * amount
        cv2.addWeighted(planes.y, 1 - share, brighter, share, 0, dst=planes.y)


@dataclass(frozen=True)
class Sharpness:
    """Edges stand out."""

    spread: float = 0.9
    """In thousandths of the frame's longer side."""
    strength: float = 0.9

    def paint(self, planes: Planes, amount: float, reach: float) -> None:
        """Change a picture."""
        blurred = cv2.GaussianBlur(planes.y, (0, 0), max(0.5, self.spread * reach))
        strength = self.strength * amount
        cv2.addWeighted(planes.y, 1 + strength, blurred, -strength, 0, dst=planes.y)


LOOKS: Mapping[str, Effect] = {
    "grayscale": Grade(contrast=0.12, saturation=0.0),
    "sepia": Grade(
        lift=0.03, contrast=0.1, saturation=0.0, middle=(-25.0, 21.0), lights=(-12.0, 8.0)
    ),
    "warm": Grade(gamma=0.97, middle=(-11.0, 6.0), lights=(-18.0, 9.0)),
    "cool": Grade(gamma=0.98, middle=(11.0, -9.0), lights=(16.0, -12.0)),
    "vivid": Grade(contrast=0.35, saturation=1.5),
    "vintage": Grade(
        lift=0.09,
        gain=0.94,
        contrast=0.15,
        saturation=0.68,
        shadows=(7.0, -4.0),
        middle=(-9.0, 5.0),
        lights=(-16.0, 7.0),
        vignette=0.4,
    ),
    "bright": Grade(gamma=0.72, saturation=1.12),
    "dark": Grade(gain=0.93, gamma=1.4, saturation=0.95, vignette=0.25),
    "soft": Glow(),
    "sharp": Sharpness(),
}
"""By the names of `nemovideo.timeline.names.LOOKS`."""


def paint_looks(planes: Planes, looks: Iterable[Look], reach: float) -> None:
    """Change a picture by looks; `reach` is as of `Effect`."""
    for look in looks:
        effect = LOOKS.get(look.name)
        if effect is not None and look.amount > 0:
            effect.paint(planes, look.amount, reach)


@lru_cache(maxsize=32)
def _tables(grade: Grade, amount: float) -> tuple[Bytes, ...]:
    """Return the tables for luma and chroma, and those of the two tints if there are any."""
    luma = _luma_table(grade, amount)
    saturation = 1 + (grade.saturation - 1) * amount
    # What is colourful already gets less of what is added.
    room = np.maximum(0, 1 - np.abs(_CHROMA) / 128) if saturation > 1 else 1.0
    chroma = _rounded(128 + _CHROMA * (1 + (saturation - 1) * room))
    if not any((*grade.shadows, *grade.middle, *grade.lights)):
        return luma, chroma
    weights = (1 - _LUMA) ** 2, 2 * _LUMA * (1 - _LUMA), _LUMA**2
    tints = [
        sum(weight * tint[axis] for weight, tint in zip(weights, parts, strict=True))
        for parts in [(grade.shadows, grade.middle, grade.lights)]
        for axis in (0, 1)
    ]
    return luma, chroma, *(_rounded(128 + amount * np.asarray(tint)) for tint in tints)


def _luma_table(grade: Grade, amount: float = 1.0) -> Bytes:
    curve = _LUMA**grade.gamma
    curve = curve + grade.contrast * curve * (1 - curve) * (2 * curve - 1) * 2
    curve = grade.lift + (grade.gain - grade.lift) * curve
    return _rounded(16 + 219 * (_LUMA + amount * (curve - _LUMA)))


def _rounded(table: _Curve) -> Bytes:
    return as_bytes(np.clip(np.rint(table), 0, 255).astype(np.uint8))


def _blurred(plane: Bytes, sigma: float) -> Bytes:
    """Blur widely, at a size where that costs little."""
    height, width = plane.shape
    factor = max(1, int(sigma / 2))
    small = (max(1, width // factor), max(1, height // factor))
    tiny = cv2.resize(plane, small, interpolation=cv2.INTER_AREA)
    tiny = cv2.GaussianBlur(tiny, (0, 0), max(0.3, sigma / factor))
    return as_bytes(cv2.resize(tiny, (width, height), interpolation=cv2.INTER_LINEAR))


def _darken_corners(luma: Bytes, strength: float) -> None:
    height, width = luma.shape
    light = _corners(width, height, round(strength, 3))
    # Black stays black: what lies above it is multiplied.
    above = cv2.addWeighted(luma, 1, luma, 0, -BLACK[0])
    cv2.multiply(above, light, dst=above, scale=1 / 255)
    cv2.addWeighted(above, 1, above, 0, BLACK[0], dst=luma)


@lru_cache(maxsize=4)
def _corners(width: int, height: int, strength: float) -> Bytes:
    """Return the share of light, in 255ths, that is left at each pixel."""
    x = (np.arange(width) + 0.5) / width * 2 - 1
    y = (np.arange(height) + 0.5) / height * 2 - 1
    distance = np.sqrt((x[None, :] ** 2 + y[:, None] ** 2) / 2)
    fall = np.clip((distance - 0.45) / 0.55, 0, 1)
    return _rounded(255 * (1 - strength * fall * fall * (3 - 2 * fall)))
