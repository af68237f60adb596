"""Random textures that repeat without a seam, and ways to look things up in them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[Any]
"""One number a pixel, height × width."""


def spectral(size: int, slope: float, seed: int, *, low_cut: float = 0.0) -> Plane:
    """Make fractal noise with mean 0 and deviation 1 that tiles.

    Args:
        size: Edge length in pixels, a power of two.
        slope: How fast the amplitude falls with the frequency: 1 is rough, 2.5 is soft.
        seed: Which noise.
        low_cut: Waves longer than ``size / low_cut`` are left out.
    """
    rng = np.random.default_rng(seed)
    spectrum = np.fft.rfft2(rng.standard_normal((size, size)).astype(np.float32))
    rows = np.fft.fftfreq(size, 1 / size)[:, None]
    columns = np.fft.rfftfreq(size, 1 / size)[None, :]
    frequency = np.hypot(rows, columns)
    frequency[0, 0] = 1
    weight = frequency**-slope * (frequency >= low_cut)
    weight[0, 0] = 0
    field = np.fft.irfft2(spectrum * weight, (size, size))
    return np.asarray(field / field.std(), np.float32)


def sample(texture: Plane, u: Plane, v: Plane) -> Plane:
    """Look a tiling texture up between its pixels; ``u`` runs along rows, ``v`` down."""
    size = texture.shape[0]
    left, top = np.floor(u), np.floor(v)
    du, dv = (u - left).astype(np.float32), (v - top).astype(np.float32)
    x0, y0 = left.astype(np.int64) & (size - 1), top.astype(np.int64) & (size - 1)
    x1, y1 = (x0 + 1) & (size - 1), (y0 + 1) & (size - 1)
    upper = texture[y0, x0] * (1 - du) + texture[y0, x1] * du
    lower = texture[y1, x0] * (1 - du) + texture[y1, x1] * du
    return np.asarray(upper * (1 - dv) + lower * dv)


def smoothstep(low: float, high: float, value: Plane) -> Plane:
    """Rise from 0 at ``low`` to 1 at ``high`` without corners."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return (t * t * (3 - 2 * t)).astype(np.float32)


def mountains(size: int, cells: int, seed: int, octaves: int = 9) -> Plane:
    """Make a height map of worn ridges, about 0 to 1, that tiles.

    Fine waves are held back where the coarse ones are steep, as scree lies on flat ground.
    """
    height = np.zeros((size, size), np.float32)
    slope_x, slope_y = np.zeros_like(height), np.zeros_like(height)
    rng = np.random.default_rng(seed)
    amplitude, count = 1.0, cells
    for step in range(octaves):
        if count > size // 4:
            break
        octave = _value_noise(size, count, rng)
        if step < 3:
            octave = 0.8 - 1.5 * np.sqrt(octave**2 + 0.012)
        dy, dx = np.gradient(octave, cells / size)
        slope_x += dx * amplitude
        slope_y += dy * amplitude
        height += amplitude * octave / (1 + 0.06 * (slope_x**2 + slope_y**2))
        amplitude *= 0.5
        count *= 2
    height -= height.min()
    return np.asarray(height / height.max())


def _value_noise(size: int, cells: int, rng: np.random.Generator) -> Plane:
    """Smooth noise of a given cell count, -1 to 1, by Fourier interpolation of a random grid."""
    grid = rng.uniform(-1.6, 1.6, (cells, cells))
    small = np.fft.fft2(grid)
    frequency = np.abs(np.fft.fftfreq(cells, 1 / cells))
    window = np.exp(-((frequency / (0.42 * cells)) ** 2))
    small *= window[:, None] * window[None, :]
    full = np.zeros((size, size), np.complex128)
    half = cells // 2
    spans = (slice(0, half), slice(half - cells, None))
    for rows in spans:
        for columns in spans:
            full[rows, columns] = small[rows, columns]
    return (np.fft.ifft2(full).real * (size / cells) ** 2).astype(np.float32)
