"""Colours of clips brought to those of the film: BT.709, for a screen with a gamma of 2.4.

HDR clips are told by their transfer (HLG, PQ of ITU-R BT.2100), others by their primaries (BT.2020,
Display P3). The way is that of ITU-R BT.2408 and BT.2446 method C: what the clip wants shown is
computed as light, 203 cd/m² of it (the reference white of BT.2408) is the white of the film, and
what is brighter is rolled off by a line that goes over into a logarithm. Skin lies on the line and
keeps its value. Hues are kept: all three channels are scaled by what the brightest one needs.

Everything here is arithmetic on arrays whose last axis is red, green and blue.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

Light = npt.NDArray[np.float64]
"""Linear light; 1.0 is the reference white."""

REFERENCE_WHITE = 203.0
"""In cd/m²; ITU-R BT.2408, table 1: 75 % of HLG, 58 % of PQ."""
_HLG_PEAK = 1000.0
"""In cd/m²; the nominal screen of BT.2100, for which the gamma of HLG's screens is 1.2."""
_PQ_PEAK = 4000.0
"""In cd/m²; films are mastered for no more. What is brighter is as bright."""
_SCREEN_GAMMA = 2.4
_KNEE = 0.75
"""Up to here light stays as it is; with it the reference white becomes 236 to 238 of 255."""

HLG, PQ = 18, 16
"""Transfer characteristics, by the numbers of ITU-T H.273."""
BT709, BT2020, DISPLAY_P3 = 1, 9, 12
"""Colour primaries, by the same."""

_WHITE = (0.3127, 0.3290)
_CHROMATICITIES = {
    BT709: ((0.640, 0.330), (0.300, 0.600), (0.150, 0.060)),
    BT2020: ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046)),
    DISPLAY_P3: ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),
}
"""x and y of red, green and blue; the white of all is D65."""


@dataclass(frozen=True)
class Colours:
    """In which colours a clip is kept."""

    transfer: int
    primaries: int

    @property
    def are_the_films(self) -> bool:
        """Whether there is nothing to do."""
        return self.transfer not in (HLG, PQ) and self.primaries not in (BT2020, DISPLAY_P3)


def to_film(signal: Light, colours: Colours) -> Light:
    """Return the film's signal (0 to 1) for a clip's."""
    to_light, peak = _TRANSFERS.get(colours.transfer, (_screen_light, 1.0))
    is_hdr = peak > 1
    is_named = colours.primaries in _CHROMATICITIES
    primaries = colours.primaries if is_named else BT2020 if is_hdr else BT709
    light = to_light(np.clip(signal, 0.0, 1.0))
    light = _into_gamut(light @ _between(primaries, BT709).T)
    light = _rolled_off(light, peak) if is_hdr else _below_white(light)
    return np.asarray(np.clip(light, 0.0, 1.0) ** (1 / _SCREEN_GAMMA))


def hlg_light(signal: Light) -> Light:
    """Return what a screen of 1,000 cd/m² shows: the inverse OETF and the OOTF of BT.2100."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - c) / a) + b) / 12)
    luminance = scene @ _between(BT2020, None)[1]
    return np.asarray(_HLG_PEAK / REFERENCE_WHITE * luminance[..., None] ** 0.2 * scene)


def pq_light(signal: Light) -> Light:
    """Return what PQ stands for: the EOTF of BT.2100 (SMPTE ST 2084)."""
    m1, m2 = 2610 / 16384, 2523 / 4096 * 128
    c1, c2, c3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32
    root = signal ** (1 / m2)
    light = (np.maximum(root - c1, 0) / (c2 - c3 * root)) ** (1 / m1)
    return np.asarray(10_000 / REFERENCE_WHITE * light)


def _screen_light(signal: Light) -> Light:
    return np.asarray(signal**_SCREEN_GAMMA)


_TRANSFERS: dict[int, tuple[Callable[[Light], Light], float]] = {
    HLG: (hlg_light, _HLG_PEAK / REFERENCE_WHITE),
    PQ: (pq_light, _PQ_PEAK / REFERENCE_WHITE),
}
"""Light for a signal, and the brightest that is told apart."""


def _rolled_off(light: Light, peak: float) -> Light:
    brightest = np.maximum(light.max(axis=-1, keepdims=True), 1e-9)
    bend = _bend(peak)
    over = np.maximum(brightest / _KNEE - 1, 0)
    shown = np.minimum(brightest, _KNEE) + _KNEE * bend * np.log1p(over / bend)
    return np.asarray(light * (np.minimum(shown, 1.0) / brightest))


@cache
def _bend(peak: float) -> float:
    """Return how sharply the line bends at the knee so that the peak becomes 1; by halving."""
    low, high = 1e-6, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        reached = _KNEE * (1 + middle * math.log1p((peak / _KNEE - 1) / middle))
        low, high = (middle, high) if reached < 1 else (low, middle)
    return low


def _into_gamut(light: Light) -> Light:
    """Mix colours that BT.709 has not with grey of their luminance, as little as is needed."""
    luminance = np.maximum(light @ _between(BT709, None)[1], 0)[..., None]
    lowest = light.min(axis=-1, keepdims=True)
    kept = np.where(lowest < 0, luminance / np.maximum(luminance - lowest, 1e-9), 1.0)
    return np.asarray(luminance + (light - luminance) * kept)


def _below_white(light: Light) -> Light:
    """Do the same for colours that are too bright."""
    luminance = np.minimum(light @ _between(BT709, None)[1], 1.0)[..., None]
    highest = light.max(axis=-1, keepdims=True)
    kept = np.where(highest > 1, (1 - luminance) / np.maximum(highest - luminance, 1e-9), 1.0)
    return np.asarray(luminance + (light - luminance) * kept)


@cache
def _between(primaries: int, others: int | None) -> npt.NDArray[np.float64]:
    """Return the matrix from linear RGB to that of other primaries, or to XYZ (SMPTE RP 177)."""
    columns = np.array([(x / y, 1.0, (1 - x - y) / y) for x, y in _CHROMATICITIES[primaries]]).T
    x, y = _WHITE
    white = np.array((x / y, 1.0, (1 - x - y) / y))
    to_xyz = columns * np.linalg.solve(columns, white)
    return to_xyz if others is None else np.linalg.solve(_between(others, None), to_xyz)
