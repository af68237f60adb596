"""Things with outlines: fir trees, a lighthouse, a tent; drawn large, set into a scene small."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from examples.painting.noise import Plane
from examples.painting.scenery import Picture

Points = list[tuple[float, float]]


def fir(seed: int, height: int = 1000) -> Image.Image:
    """Draw the outline of a fir: branches that droop, thinner toward the top."""
    rng = np.random.default_rng(seed)
    width = height // 2
    image = Image.new("L", (width, height), 0)
    pen = ImageDraw.Draw(image)
    middle = width / 2
    trunk = [(middle - 9, height), (middle - 1, 10), (middle + 1, 10), (middle + 9, height)]
    pen.polygon(trunk, fill=255)
    spread = rng.uniform(0.27, 0.35) * width
    y = 14.0
    while y < height * 0.95:
        part = y / height
        for side in (-1, 1):
            reach = spread * part**1.02 * rng.uniform(0.5, 1.2) + 2
            _branch(pen, rng, (middle, y), side * reach, 0.30 + 0.28 * part)
        y += 3.5 + 9 * part * rng.uniform(0.6, 1.4)
    return image


def _branch(
    pen: ImageDraw.ImageDraw,
    rng: np.random.Generator,
    start: tuple[float, float],
    reach: float,
    droop: float,
) -> None:
    steps = max(4, int(abs(reach) / 3.5))
    part = np.linspace(0, 1, steps)
    x = start[0] + reach * part
    y = start[1] + abs(reach) * (droop * part**1.6 - 0.10 * np.sin(part * 3.1))
    thick = max(2, round(abs(reach) / 34))
    pen.line(list(zip(x.tolist(), y.tolist(), strict=True)), fill=255, width=thick)
    for here, down, along in zip(x, y, part, strict=True):
        length = (0.17 * abs(reach) * (1 - 0.7 * along) + 5) * rng.uniform(0.4, 1.3)
        lean = reach / abs(reach) * length * rng.uniform(0.1, 0.9)
        pen.line([(here, down), (here + lean, down + length)], fill=255, width=max(1, thick))
        pen.line([(here, down), (here + lean, down - 0.3 * length)], fill=235, width=2)


def place(mask: Plane, figure: Image.Image, foot: tuple[float, float], height: float) -> None:
    """Add a figure to a coverage mask, its foot at (x, y), both in pixels."""
    size = (max(2, round(figure.width * height / figure.height)), max(3, round(height)))
    stamp = np.asarray(figure.resize(size, Image.Resampling.LANCZOS), np.float32) / 255
    left, top = round(foot[0] - size[0] / 2), round(foot[1] - size[1])
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + size[0], mask.shape[1]), min(top + size[1], mask.shape[0])
    if x0 < x1 and y0 < y1:
        part = stamp[y0 - top : y1 - top, x0 - left : x1 - left]
        mask[y0:y1, x0:x1] = np.maximum(mask[y0:y1, x0:x1], part)


def outline(size: tuple[int, int], points: Points, fine: int = 4) -> Plane:
    """Return how much of each pixel a polygon covers; points in pixels, size (width, height)."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top = int(min(xs)) - 2, int(min(ys)) - 2
    box = (int(max(xs)) + 3 - left, int(max(ys)) + 3 - top)
    image = Image.new("L", (box[0] * fine, box[1] * fine), 0)
    moved = [((x - left) * fine, (y - top) * fine) for x, y in points]
    ImageDraw.Draw(image).polygon(moved, fill=255)
    canvas = Image.new("L", size, 0)
    canvas.paste(image.resize(box, Image.Resampling.BOX), (left, top))
    return np.asarray(canvas, np.float32) / 255


def lay(picture: Picture, paint: Picture, mask: Plane) -> None:
    """Paint over a picture where a mask covers it."""
    weight = mask[..., None]
    picture *= 1 - weight
    picture += paint * weight


def stars(size: tuple[int, int], count: int, seed: int, density: Plane | None = None) -> Picture:
    """Scatter stars of many magnitudes and a few colours over a sky of (width, height)."""
    rng = np.random.default_rng(seed)
    width, height = size
    sky = np.zeros((height, width, 3), np.float32)
    x, y = rng.uniform(3, width - 4, count), rng.uniform(3, height - 4, count)
    if density is not None:
        keep = rng.uniform(0, 1, count) < density[y.astype(int), x.astype(int)]
        x, y = x[keep], y[keep]
    bright = np.minimum(0.05 * rng.pareto(1.25, x.size) + 0.03, 6.0)
    warmth = rng.normal(0, 0.16, x.size)
    tint = np.stack([1 + warmth, np.ones(x.size), 1.08 - warmth], axis=1)
    sharp = 0.62 + 0.17 * np.sqrt(bright)
    for dy in range(-3, 4):
        for dx in range(-3, 4):
            px, py = np.floor(x).astype(int) + dx, np.floor(y).astype(int) + dy
            away = (px + 0.5 - x) ** 2 + (py + 0.5 - y) ** 2
            light = bright * np.exp(-away / (2 * (sharp * width / 2400) ** 2))
            np.add.at(sky, (py, px), (light[:, None] * tint).astype(np.float32))
    return sky


def grid(size: tuple[int, int]) -> tuple[Plane, Plane]:
    """Return the x and y of every pixel's middle; size is (width, height)."""
    rows: NDArray[np.float32] = np.arange(size[1], dtype=np.float32)[:, None] + 0.5
    columns: NDArray[np.float32] = np.arange(size[0], dtype=np.float32)[None, :] + 0.5
    return columns + 0 * rows, rows + 0 * columns
