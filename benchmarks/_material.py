"""What the benchmarks film: photos, a dot grid and a sound, the same on every machine."""

from __future__ import annotations

import wave
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

Rgb = npt.NDArray[np.uint8]

SAMPLE_RATE = 48_000


def write_photos(folder: Path, count: int, width: int = 4000, height: int = 3000) -> list[Path]:
    """Write JPEG photos of 12 megapixels: hills, sky, trees, grass with detail at every scale."""
    paths = []
    for number in range(count):
        path = folder / f"photo-{number + 1}.jpg"
        picture = _landscape(np.random.default_rng(number), width, height)
        cv2.imwrite(str(path), picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 90])
        paths.append(path)
    return paths


def write_dots(path: Path, width: int = 3840, height: int = 2160) -> list[tuple[float, float]]:
    """Write a picture of bright discs with smooth rims on grey.

    Returns:
        The discs' centres as fractions of the picture.
    """
    picture = np.full((height, width), 60, np.float32)
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    centres = []
    for row in range(5):
        for column in range(7):
            x = (0.26 + 0.08 * column) * width
            y = (0.26 + 0.12 * row) * height
            near = np.s_[int(y) - 60 : int(y) + 60, int(x) - 60 : int(x) + 60]
            distance = np.hypot(columns[near] + 0.5 - x, rows[near] + 0.5 - y)
            picture[near] += 150 * np.clip((20 - distance) / 2 + 0.5, 0, 1)
            centres.append((x / width, y / height))
    grey = np.clip(np.rint(picture), 0, 255).astype(np.uint8)
    cv2.imwrite(str(path), np.dstack([grey] * 3), [cv2.IMWRITE_PNG_COMPRESSION, 1])
    return centres


def write_sound(path: Path, seconds: float) -> None:
    """Write a WAV of a slow chord."""
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    chord = sum(np.sin(2 * np.pi * pitch * time) for pitch in (220.0, 277.2, 329.6, 440.0))
    swell = 0.12 * (0.6 + 0.4 * np.sin(2 * np.pi * 0.5 * time))
    samples = np.rint(np.repeat((chord * swell)[:, None], 2, axis=1) * 32767)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(samples.astype("<i2").tobytes())


def _landscape(rng: np.random.Generator, width: int, height: int) -> Rgb:
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    sky = np.array([[[90, 140, 210]]], np.float32) * (1 - down) + down * rng.uniform(170, 250, 3)
    picture = (sky + 28 * _noise(rng, width, height, 5, 0.55)[..., None]).astype(np.float32)
    for layer in range(4):
        horizon = (0.42 + 0.14 * layer) * height
        ridge = horizon + 0.09 * height * _noise(rng, width, 1, 6, 0.5)[0]
        colour = np.array([70, 100, 60]) * (1.15 - 0.2 * layer) + rng.uniform(-25, 25, 3)
        texture = _noise(rng, width, height, 8, 0.72)[..., None] * (14 + 8 * layer)
        ground = np.arange(height, dtype=np.float32)[:, None] - ridge[None, :]
        cover = np.clip(ground / 1.5, 0, 1)[..., None]
        picture += cover * (colour.astype(np.float32) + texture - picture)
    for _ in range(40):
        centre = (int(rng.integers(width)), int(rng.integers(height // 2, height)))
        shade = tuple(float(value) for value in rng.uniform(30, 230, 3))
        cv2.circle(picture, centre, int(rng.integers(8, 90)), shade, -1, cv2.LINE_AA)
    return np.clip(picture, 0, 255).astype(np.uint8)


def _noise(
    rng: np.random.Generator, width: int, height: int, octaves: int, persistence: float
) -> npt.NDArray[np.float32]:
    """Return noise of about -1 to 1 with detail at several scales."""
    total = np.zeros((height, width), np.float32)
    for octave in range(octaves):
        columns = 5 * 2**octave
        rows = max(2, columns * height // width)
        grid = rng.uniform(-1, 1, (rows, columns)).astype(np.float32)
        total += persistence**octave * cv2.resize(
            grid, (width, height), interpolation=cv2.INTER_CUBIC
        )
    return total
