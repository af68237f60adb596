"""The photo lab: bloom, rays, tone curve, grain, and a JPEG of a given size."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image

from examples.painting.noise import Plane
from examples.painting.scenery import Picture

ORIENTATION_TAG = 0x0112


def resize(plane: Plane, size: tuple[int, int], method: Image.Resampling) -> Plane:
    """Scale one plane to (width, height)."""
    return np.asarray(Image.fromarray(plane.astype(np.float32)).resize(size, method), np.float32)


def blur(picture: Picture, radius: float) -> Picture:
    """Blur by shrinking and growing again; the radius is a share of the width."""
    height, width = picture.shape[:2]
    small_width = max(8, round(1 / radius))
    small = (small_width, max(6, round(small_width * height / width)))
    return np.stack(
        [
            resize(
                resize(picture[..., c], small, Image.Resampling.BOX),
                (width, height),
                Image.Resampling.BICUBIC,
            )
            for c in range(picture.shape[2])
        ],
        axis=-1,
    )


def bloom(picture: Picture, strength: float) -> Picture:
    """Let bright places shine over their edges, as a lens does."""
    bright = np.minimum(np.maximum(picture - 0.7, 0), 6)
    glow = sum(blur(bright, radius) for radius in (0.004, 0.012, 0.035, 0.09))
    return (picture + strength * glow).astype(np.float32)


def rays(light: Plane, centre: tuple[float, float], reach: float = 0.85, steps: int = 72) -> Plane:
    """Smear light away from a centre (x and y as shares of the picture): shafts in mist."""
    height, width = light.shape
    small = resize(light, (width // 4, height // 4), Image.Resampling.BOX)
    rows, columns = np.mgrid[0 : small.shape[0], 0 : small.shape[1]].astype(np.float32)
    x0, y0 = centre[0] * small.shape[1], centre[1] * small.shape[0]
    total = np.zeros_like(small)
    for step in range(steps):
        part = 1 - reach * (step + 0.5) / steps
        x = np.clip(x0 + (columns - x0) * part, 0, small.shape[1] - 1).astype(np.int64)
        y = np.clip(y0 + (rows - y0) * part, 0, small.shape[0] - 1).astype(np.int64)
        total += small[y, x] * (0.3 + 0.7 * part)
    return resize(total / steps, (width, height), Image.Resampling.BICUBIC)


def develop(
    picture: Picture, size: tuple[int, int], *, exposure: float, seed: int, grain: float = 0.007
) -> Image.Image:
    """Turn linear light into a photograph of (width, height) with a film's curve and grain."""
    light = np.maximum(picture * exposure, 0)
    curve = light * (2.51 * light + 0.03) / (light * (2.43 * light + 0.59) + 0.14)
    film = np.clip(curve, 0, 1) ** (1 / 2.2)
    film = np.stack([resize(film[..., c], size, Image.Resampling.LANCZOS) for c in range(3)], -1)
    film = _split_tone(film) * _vignette(size)
    noise = np.random.default_rng(seed).standard_normal((size[1], size[0])).astype(np.float32)
    noise = 0.5 * noise + 0.5 * np.roll(noise, 1, 0) + 0.5 * np.roll(noise, 1, 1)
    shown = film + (grain * (1 - 0.6 * film.mean(-1)) * noise)[..., None]
    shown += _colour_grain(size, seed)
    return Image.fromarray((np.clip(shown, 0, 1) * 255 + 0.5).astype(np.uint8))


def _colour_grain(size: tuple[int, int], seed: int) -> Picture:
    """Make coarse, hardly visible colour noise: it keeps a JPEG's colour blocks from banding."""
    rng = np.random.default_rng(seed + 1)
    coarse = rng.standard_normal((3, size[1] // 10, size[0] // 10)).astype(np.float32)
    return 0.002 * np.stack([resize(c, size, Image.Resampling.BICUBIC) for c in coarse], -1)


def _split_tone(film: Picture) -> Picture:
    """Cool the shadows and warm the lights a little."""
    tone = film.mean(-1, keepdims=True)
    cool, warm = np.array([-0.010, 0.0, 0.016]), np.array([0.014, 0.004, -0.012])
    return np.asarray(np.clip(film + cool * (1 - tone) ** 2 + warm * tone, 0, 1), np.float32)


def _vignette(size: tuple[int, int]) -> Picture:
    x = np.linspace(-1, 1, size[0], dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, size[1], dtype=np.float32)[:, None]
    return (1 - 0.09 * (x * x + y * y))[..., None]


def save(photo: Image.Image, path: Path, *, turned: bool, limit: int = 295_000) -> None:
    """Write the best JPEG that stays below a size in bytes.

    Args:
        photo: The picture, upright.
        path: Where it goes.
        turned: Store it lying on its side, with the EXIF note that says so, as phones do.
        limit: The size.
    """
    exif = Image.Exif()
    if turned:
        photo = photo.transpose(Image.Transpose.ROTATE_90)
        exif[ORIENTATION_TAG] = 6
    for quality in range(93, 40, -2):
        buffer = io.BytesIO()
        photo.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True, exif=exif)
        if buffer.tell() <= limit:
            break
    path.write_bytes(buffer.getvalue())
