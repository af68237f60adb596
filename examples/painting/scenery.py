"""Where things stand: a camera, ground that it sees, skies, water, light.

Colours are linear light, height × width × 3; the photo lab makes them fit for a screen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from examples.painting.noise import Plane, sample, smoothstep

Picture = NDArray[Any]
"""Linear red, green and blue, height × width × 3."""


def colour(code: str, strength: float = 1.0) -> Picture:
    """Turn a colour as screens name it (``#rrggbb``) into linear light."""
    values = np.array([int(code[i : i + 2], 16) for i in (1, 3, 5)], np.float32) / 255
    return (values**2.2 * strength).astype(np.float32)


def mix(first: Picture, second: Picture, amount: Plane | float) -> Picture:
    """Blend two pictures or colours; amount 1 is the second."""
    weight = np.asarray(amount, np.float32)[..., None]
    return (first * (1 - weight) + second * weight).astype(np.float32)


def ramp(position: Plane, stops: list[tuple[float, str]]) -> Picture:
    """Colour a plane by a gradient of (position, colour) stops, softly."""
    places = [place for place, _ in stops]
    colours = np.stack([colour(code) for _, code in stops])
    return np.stack(
        [np.interp(position, places, colours[:, channel]) for channel in range(3)], axis=-1
    ).astype(np.float32)


@dataclass(frozen=True)
class Camera:
    """Stands at height ``eye`` and looks level; ``horizon`` is where, 0 top to 1 bottom."""

    width: int
    height: int
    horizon: float
    focal: float
    """In picture widths."""
    eye: float = 1.0

    @property
    def right(self) -> Plane:
        """How far each column looks to the right of the middle, as a tangent."""
        columns = np.arange(self.width, dtype=np.float32) + 0.5
        return ((columns / self.width - 0.5) / self.focal)[None, :]

    @property
    def up(self) -> Plane:
        """How far each row looks above the horizon, as a tangent."""
        rows = np.arange(self.height, dtype=np.float32) + 0.5
        return (self.horizon * self.height - rows)[:, None] / (self.focal * self.width)

    def cast(
        self, height_at: Callable[[Plane, Plane], Plane], near: float, far: float, steps: int = 2600
    ) -> Plane:
        """Return how far away the ground is at each pixel; infinite where the sky is."""
        spread = np.linspace(0, 1, steps, dtype=np.float32) ** 1.7
        depths = near + (far - near) * spread
        ground = height_at(self.right * depths[:, None], depths[:, None] + 0 * self.right)
        seen = (ground - self.eye) / depths[:, None]
        skyline = np.maximum.accumulate(seen, axis=0)
        rising = self.up[::-1, 0]
        first = np.stack(
            [np.searchsorted(skyline[:, x], rising) for x in range(self.width)], axis=1
        )[::-1]
        after, before = np.clip(first, 1, steps - 1), np.clip(first - 1, 0, steps - 2)
        columns = np.arange(self.width)[None, :]
        low, high = seen[before, columns], seen[after, columns]
        part = np.clip((self.up - low) / np.maximum(high - low, 1e-9), 0, 1)
        depth = depths[before] * (1 - part) + depths[after] * part
        return np.where(first >= steps, np.inf, depth).astype(np.float32)


@dataclass(frozen=True)
class Sun:
    """Where the light comes from: tangents to the right and above the horizon, as seen."""

    right: float
    up: float

    def closeness(self, camera: Camera) -> Plane:
        """The cosine of the angle between each pixel's view and the light."""
        length = np.sqrt(1 + camera.right**2 + camera.up**2)
        own = np.sqrt(1 + self.right**2 + self.up**2)
        cosine = (1 + camera.right * self.right + camera.up * self.up) / (length * own)
        return np.asarray(cosine, np.float32)

    def glow(self, camera: Camera, radius: float) -> Plane:
        """A soft light around the sun, 1 in its middle; the radius is a tangent."""
        away = np.hypot(camera.right - self.right, camera.up - self.up)
        return np.exp(-((away / radius) ** 1.3)).astype(np.float32)

    def disc(self, camera: Camera, radius: float) -> Plane:
        """The sun itself, with an edge two pixels soft."""
        away = np.hypot(camera.right - self.right, camera.up - self.up)
        pixel = 1 / (camera.focal * camera.width)
        return smoothstep(radius + 1.5 * pixel, radius - 1.5 * pixel, away)


def clouds(
    camera: Camera, texture: Plane, scale: float, cover: float, sun: Sun, *, soft: float = 1.2
) -> tuple[Plane, Plane]:
    """Lay a flat layer of clouds over the sky.

    Returns:
        How thick they are (0–1) and how much light comes through to the eye (0–1).
    """
    up = np.maximum(camera.up, 0.012)
    u = (camera.right / up) * scale + 37
    v = (1 / up) * scale + 0 * camera.right
    thick = sample(texture, u, v)
    toward_sun = 0.9 * scale
    ahead = sample(texture, u + sun.right / max(sun.up, 0.05) * toward_sun, v + toward_sun)
    density = smoothstep(cover, cover + soft, thick) * smoothstep(0.0, 0.06, camera.up + 0 * u)
    light = np.clip(0.55 + 0.35 * (thick - ahead) - 0.25 * density, 0, 1)
    return density, light.astype(np.float32)


def shade(heights: Plane, steepness: float, sun: tuple[float, float, float]) -> tuple[Plane, Plane]:
    """Light a height map: how much sun each place gets (0–1), and how steep it is.

    Args:
        heights: The map; rows run away from the camera.
        steepness: Height of 1 in map pixels.
        sun: Direction to the light: right, up, away.
    """
    along, across = np.gradient(heights * steepness)
    length = np.sqrt(1 + along**2 + across**2)
    right, up, away = np.array(sun) / np.linalg.norm(sun)
    facing = np.clip((up - across * right - along * away) / length, 0, 1)
    return (facing * _lit(heights * steepness, sun)).astype(np.float32), (1 - 1 / length).astype(
        np.float32
    )


def _lit(heights: Plane, sun: tuple[float, float, float], steps: int = 90) -> Plane:
    """Return 1 where the sun reaches the map and 0 where a hill stands before it, softly."""
    right, up, away = sun
    flat = np.hypot(right, away)
    lit = np.ones_like(heights)
    for step in np.geomspace(1.5, 220, steps):
        shift = (-round(away / flat * step), -round(right / flat * step))
        above = np.roll(heights, shift, (0, 1)) - heights - up / flat * step
        lit = np.minimum(lit, np.clip(1 - above / (0.06 * step + 0.5), 0, 1))
    return lit


def water(
    camera: Camera, above: Picture, waves: Plane, *, scale: float, height: float, deep: Picture
) -> Picture:
    """Cover everything below the horizon with water that mirrors what stands above it.

    Args:
        camera: The camera.
        above: The scene without water.
        waves: A tiling texture of wave heights.
        scale: Texture pixels per unit of distance.
        height: How rough the water is; 0 is a mirror.
        deep: Its own colour.
    """
    horizon = int(np.ceil(camera.horizon * camera.height))
    below = np.maximum(-camera.up[horizon:], 0.25 / camera.width)
    distance = camera.eye / below
    u = camera.right * distance * scale
    v = distance * scale + 0 * u
    slope_v, slope_u = np.gradient(waves)
    # One pixel covers ever more waves toward the horizon: what is left of their slopes fades.
    fade = 1 / (1 + (distance * distance / camera.eye * scale / (camera.focal * camera.width)))
    rough = height * fade * camera.focal * camera.width
    row, column = np.arange(below.shape[0])[:, None], np.arange(camera.width)[None, :]
    # Waves too far to tell apart still scatter the light: the road of the sun is made of them.
    size = 2700 / camera.width
    glints = sample(slope_v, column * 0.16 * size, row * 0.9 * size)
    scatter = glints * height * (1 - fade) * smoothstep(0, 0.12, below) * 2.4
    rough = rough + 0 * v
    rise = sample(slope_v, u, v) * rough * 1.6 + scatter * camera.focal * camera.width
    rows = horizon - 1 - (row + rise)
    rows = np.where(rows > horizon - 1, 2 * (horizon - 1) - rows, rows)
    columns = column + sample(slope_u, u, v) * rough * 0.5
    y = np.clip(rows, 0, horizon - 1).astype(np.int64)
    x = np.clip(columns, 0, camera.width - 1).astype(np.int64)
    tilt = np.clip(below * 1.1 + 0.6 * height * sample(slope_v, u, v) * fade * 20, 0, 1)
    mirror = np.clip(0.10 + 0.80 * (1 - tilt) ** 4, 0, 1)
    picture = above.copy()
    picture[horizon:] = mix(deep, above[y, x], mirror)
    return picture
