"""The pictures of the trip in low light: a forest in mist, a lighthouse at dusk, a starry camp."""

from __future__ import annotations

import numpy as np
from PIL import Image

from examples.painting.figures import fir, grid, lay, outline, place, stars
from examples.painting.lab import rays
from examples.painting.noise import Plane, mountains, sample, smoothstep, spectral
from examples.painting.scenery import (
    Camera,
    Picture,
    Sun,
    clouds,
    colour,
    mix,
    ramp,
    shade,
    water,
)


def misty_forest(width: int, height: int) -> Picture:
    """Firs behind firs up a hillside, and the sun in the mist between them."""
    x, y = grid((width, height))
    centre = (0.70, 0.17)
    away = np.hypot(x / width - centre[0], (y / height - centre[1]) * height / width)
    mist = ramp(
        np.clip(away, 0, 1.4),
        [(0, "#ffdd98"), (0.15, "#f3ac58"), (0.38, "#bd8350"), (0.75, "#5f7f80"), (1.4, "#284a58")],
    )
    picture = mist * (0.55 + 2.4 * np.exp(-((away / 0.10) ** 1.6)))[..., None]
    trees = [fir(seed) for seed in range(7)]
    rng = np.random.default_rng(5)
    texture = spectral(1024, 1.6, 12)
    open_sky = np.ones((height, width), np.float32)
    layers = 11
    for layer in range(layers):
        near = (layer + 1) / layers
        mask = _tree_row(trees, rng, (width, height), near)
        dark = mix(colour("#2c4236"), colour("#0b1511"), near)
        clear = 0.17 + 0.80 * near**1.35
        foot = smoothstep(-0.02, 0.26, (y - _hill(x / width, near) * height) / height + 0.10)
        drift = sample(texture, x / width * 300 + 90 * layer, y / width * 420)
        clear = clear * (1 - (0.60 - 0.30 * near) * foot * np.clip(0.8 + 0.35 * drift, 0, 1.4))
        lay(picture, mix(mist, dark, np.clip(clear, 0, 1)), mask)
        open_sky *= 1 - mask * min(1.0, 0.25 + near)
    light = open_sky * np.exp(-((away / 0.42) ** 2))
    around = [(centre[0] + 0.03 * side, centre[1] - 0.02) for side in (-1.0, -0.4, 0.3, 1.0)]
    shafts = sum(rays(light, middle) for middle in around) / len(around)
    picture = picture + (shafts**1.5 * 4.2)[..., None] * colour("#ffc878")
    return picture * (1.06 - 0.35 * (y / height) ** 2)[..., None]


def _hill(across: Plane | float, near: float) -> Plane:
    """Where a row of trees stands, as a share of the height; rows come down toward the eye."""
    slope = 0.13 * (across - 0.5) * (1 - near) * 2 + 0.07 * (across - 0.45) ** 2 * near * 4
    wave = 0.018 * np.sin(across * 5 + near * 17) + 0.010 * np.sin(across * 13 + near * 41)
    return np.asarray(0.34 + 0.72 * near**1.25 - slope * 0.9 + wave, np.float32)


def _tree_row(
    trees: list[Image.Image], rng: np.random.Generator, size: tuple[int, int], near: float
) -> Plane:
    width, height = size
    x, y = grid(size)
    mask = smoothstep(-2.0, 2.0, y - _hill(x / width, near) * height)
    count = int(60 * (1 - near) ** 1.2) + 9
    tall = (0.10 + 0.62 * near**1.6) * height
    for _ in range(count):
        across = rng.uniform(-0.08, 1.08)
        if near > 0.7 and 0.22 < across < 0.88:
            across = rng.choice([rng.uniform(-0.08, 0.20), rng.uniform(0.90, 1.08)])
        ground = float(_hill(across, near)) * height
        figure = trees[rng.integers(len(trees))]
        place(mask, figure, (across * width, ground + 0.03 * tall), tall * rng.uniform(0.62, 1.2))
    for across in np.linspace(-0.02, 1.02, int(30 + 60 * near)):
        bush = across + rng.uniform(-0.02, 0.02)
        ground = float(_hill(bush, near)) * height
        figure = trees[rng.integers(len(trees))]
        place(mask, figure, (bush * width, ground + 4), tall * rng.uniform(0.05, 0.24))
    return mask


def lighthouse(width: int, height: int) -> Picture:
    """A lighthouse on its rock, the last colour in the clouds, the first beam."""
    camera = Camera(width, height, horizon=0.66, focal=1.0, eye=1.2)
    sun = Sun(right=-0.42, up=0.02)
    wide = camera.up + 0 * camera.right
    sky = ramp(
        wide,
        [
            (0, "#ff9a5c"),
            (0.05, "#f58a6a"),
            (0.13, "#cf7a8c"),
            (0.25, "#7f6ba0"),
            (0.42, "#3f508f"),
            (0.66, "#1f2f66"),
        ],
    )
    sky += (sun.glow(camera, 0.30) * 0.8)[..., None] * colour("#ffb070")
    thick, light = clouds(camera, spectral(1024, 1.7, 33, low_cut=2), 21, 0.0, sun, soft=1.3)
    fire = mix(colour("#4a4a80", 0.8), colour("#ff8a66", 1.35), sun.glow(camera, 0.62))
    sky = mix(sky, fire * (0.35 + 1.15 * light[..., None]), thick * 0.9)
    picture = sky + stars((width, height), 500, 9) * smoothstep(0.30, 0.62, wide)[..., None] * 0.7
    lamp = _tower(camera, picture)
    picture = _headland(camera, picture)
    picture = picture + _beams(camera, lamp)
    waves = spectral(1024, 1.25, 7, low_cut=4)
    return water(camera, picture, waves, scale=40, height=0.05, deep=colour("#101c3a"))


def _headland(camera: Camera, sky: Picture) -> Picture:
    rock = mountains(2048, 14, seed=23)
    scale = 22.0

    def height_at(x: Plane, z: Plane) -> Plane:
        rough = sample(rock, x * scale + 40, z * scale + 500)
        inland = np.hypot((x - 9.5) / 8.6, (z - 27) / 7.0)
        return smoothstep(1.05, 0.30, inland + 0.38 * (0.5 - rough)) * (1.4 + 3.4 * rough) - 0.12

    depth = camera.cast(height_at, 6, 60)
    ground = np.isfinite(depth) & (depth < 59)
    far = np.where(ground, depth, 59).astype(np.float32)
    x = camera.right * far
    lit, _ = shade(rock, 150, (-0.8, 0.32, 0.3))
    sunlight = sample(lit, x * scale + 40, far * scale + 500)
    grain = sample(spectral(1024, 0.9, 3), x * 60, far * 60)
    stone = mix(colour("#2a2733"), colour("#4c4148"), smoothstep(-1.5, 1.5, grain))
    grass = smoothstep(2.2, 3.1, height_at(x, far) + 0.25 * grain)
    stone = mix(stone, colour("#28332c"), grass * 0.8)
    land = stone * (0.42 + 2.0 * sunlight[..., None] * colour("#ff9d72"))
    land = mix(land, colour("#a77a92", 0.6), 1 - np.exp(-far / 260))
    return np.where(ground[..., None], land, sky)


def _tower(camera: Camera, picture: Picture) -> tuple[float, float]:
    """Paint the lighthouse; return where its lamp is, in pixels."""
    width, height = camera.width, camera.height
    size = (width, height)
    x, y = grid(size)
    middle, foot, top = 0.735 * width, 0.592 * height, 0.285 * height
    low, high = 0.0290 * width, 0.0185 * width

    def ring(y0: float, y1: float, w0: float, w1: float) -> Plane:
        corners = [(middle - w0, y0), (middle - w1, y1), (middle + w1, y1), (middle + w0, y0)]
        return outline(size, corners)

    part = np.clip((foot - y) / (foot - top), 0, 1)
    around = np.clip((x - middle) / (low + (high - low) * part), -1, 1)
    facing = 0.55 * np.sqrt(1 - around**2) - 0.78 * around
    round_light = 0.10 + 1.0 * smoothstep(-0.15, 1.0, facing)
    band = smoothstep(-0.02, 0.02, np.sin(part * np.pi * 5 + 0.4 - 0.10 * (1 - around**2)))
    skin = mix(colour("#ede6dc"), colour("#9a2c28"), band)
    glow = colour("#ffb58c", 0.95) * round_light[..., None] + colour("#5a649c", 0.35)
    lay(picture, skin * glow, ring(foot + 0.02 * height, top, low, high))
    iron = colour("#1a1a22")
    gallery, roof = top - 0.004 * height, top - 0.052 * height
    lay(picture, iron, ring(top + 0.006 * height, gallery, high * 1.5, high * 1.5))
    lay(picture, colour("#fff0bf", 3.4), ring(gallery, roof, high * 0.72, high * 0.72))
    for post in np.linspace(-0.7, 0.7, 5):
        left = middle + post * high
        bar = [(left - 1.1, gallery), (left - 1.1, roof), (left + 1.1, roof), (left + 1.1, gallery)]
        lay(picture, iron, outline(size, bar))
    lay(picture, colour("#7a2320") * 0.6, ring(roof, roof - 0.028 * height, high * 1.0, 1.0))
    _cottage(picture, (0.795 * width, 0.592 * height), 0.030 * width)
    for row, side in ((0.30, -0.1), (0.62, -0.1)):
        window_y = foot - (foot - top) * row
        w = 0.0032 * width
        left = middle + side * low
        pane = [(left - w, window_y), (left - w, window_y - 3 * w)]
        pane += [(left + w, window_y - 3 * w), (left + w, window_y)]
        lay(picture, colour("#ffcf7d", 1.6), outline(size, pane))
    return middle, (gallery + roof) / 2


def _cottage(picture: Picture, foot: tuple[float, float], half: float) -> None:
    """Paint the keeper's house; the rock hides its foot."""
    size = (picture.shape[1], picture.shape[0])
    x, y = foot

    def corner(across: float, up: float) -> tuple[float, float]:
        return x + across * half, y - up * half

    front = [corner(-1, -1), corner(-1, 0.8), corner(0.35, 0.8), corner(0.35, -1)]
    gable = [corner(0.35, -1), corner(0.35, 0.8), corner(0.68, 1.3), corner(1, 0.8), corner(1, -1)]
    roof = [corner(-1.06, 0.76), corner(-0.72, 1.34), corner(0.69, 1.34), corner(0.38, 0.76)]
    lay(picture, colour("#c9a796", 0.85), outline(size, front))
    lay(picture, colour("#6a6188", 0.75), outline(size, gable))
    lay(picture, colour("#552a30", 0.8), outline(size, roof))
    for across in (-0.72, -0.18):
        pane = [corner(across, 0.2), corner(across, 0.55)]
        pane += [corner(across + 0.24, 0.55), corner(across + 0.24, 0.2)]
        lay(picture, colour("#ffd184", 1.7), outline(size, pane))


def _beams(camera: Camera, lamp: tuple[float, float]) -> Picture:
    x, y = grid((camera.width, camera.height))
    across, down = (x - lamp[0]) / camera.width, (y - lamp[1]) / camera.width
    away = np.hypot(across, down) + 1e-4
    light = 0.6 * np.exp(-((away / 0.028) ** 1.1))
    for angle, strength in ((np.radians(187), 0.42), (np.radians(7), 0.26)):
        along = across * np.cos(angle) + down * np.sin(angle)
        aside = np.abs(-across * np.sin(angle) + down * np.cos(angle))
        spread = 0.004 + 0.055 * np.maximum(along, 0)
        cone = np.exp(-((aside / spread) ** 2)) * (along > 0) * np.exp(-along / 0.45)
        light = light + strength * cone * 0.010 / (0.012 + 0.10 * spread + 0.5 * aside * 0)
    return light[..., None].astype(np.float32) * colour("#ffe2a6")


def starry_camp(width: int, height: int) -> Picture:
    """The Milky Way over a lake, and a tent with the lamp on."""
    camera = Camera(width, height, horizon=0.74, focal=0.62, eye=1.0)
    size = (width, height)
    picture = _night_sky(camera)
    ridges = mountains(1024, 6, seed=52)
    scale = 5.0

    def height_at(x: Plane, z: Plane) -> Plane:
        rough = sample(ridges, x * scale + 210, z * scale + 30)
        return (rough - 0.30) * (3 + 0.115 * z) * smoothstep(30, 110, z) - 0.05

    depth = camera.cast(height_at, 20, 260)
    ground = np.isfinite(depth) & (depth < 258)
    far = np.where(ground, depth, 258).astype(np.float32)
    lit, _ = shade(ridges, 40, (0.5, 0.6, 0.2))
    shine = sample(lit, camera.right * far * scale + 210, far * scale + 30)
    rock = colour("#33415e", 0.11) * (0.12 + 3.2 * shine[..., None])
    land = mix(rock, colour("#2c4a6e", 0.34), 1 - np.exp(-far / 330))
    picture = np.where(ground[..., None], land, picture)
    waves = spectral(1024, 1.5, 2, low_cut=5)
    picture = water(camera, picture, waves, scale=50, height=0.004, deep=colour("#060d18"))
    return _camp(picture, size)


def _night_sky(camera: Camera) -> Picture:
    size = (camera.width, camera.height)
    x, y = grid(size)
    across, down = x / camera.width, y / camera.width
    along = (across - 0.62) * np.cos(1.02) - (down - 0.20) * np.sin(1.02)
    aside = (across - 0.62) * np.sin(1.02) + (down - 0.20) * np.cos(1.02)
    soft, fine = spectral(1024, 1.5, 61), spectral(1024, 1.25, 62)
    drift = sample(soft, along * 620, aside * 620)
    wisps = sample(fine, along * 900 + 100, aside * 1300)
    core = np.exp(-((along / 0.42) ** 2))
    band = np.exp(-(((aside + 0.012 * drift) / (0.065 + 0.045 * core)) ** 2)) * (0.45 + 0.75 * core)
    dust = smoothstep(0.0, 1.3, 1.25 - np.abs(aside - 0.008 + 0.022 * drift) / 0.022 + 0.8 * wisps)
    river = (
        band * np.clip(0.95 + 0.30 * drift + 0.26 * wisps, 0.1, 2.4) * (1 - 0.66 * dust * core**0.4)
    )
    sky = ramp(
        camera.up + 0 * camera.right,
        [(0, "#37607a"), (0.10, "#24476a"), (0.32, "#132a4c"), (0.75, "#081630")],
    )
    milk = mix(colour("#7f9fe6"), colour("#ffcdbd"), np.clip(1.1 * core**2 * band, 0, 1))
    sky = sky * 0.42 + milk * (river * 0.34)[..., None]
    rose = np.exp(-(((along - 0.05) / 0.20) ** 2 + ((aside + 0.02) / 0.06) ** 2))
    sky += (0.06 * rose * np.clip(1 + wisps, 0, 3))[..., None] * colour("#ff7fa0")
    sky += stars(size, 5200, 71) * 0.55
    dim = np.clip(river * 0.95, 0.02, 1).astype(np.float32)
    return np.asarray(sky + stars(size, 52000, 72, dim) * 0.30, np.float32)


def _camp(picture: Picture, size: tuple[int, int]) -> Picture:
    """Set a meadow, a few firs and the tent before the lake."""
    width, height = size
    x, y = grid(size)
    turf = sample(spectral(1024, 0.9, 14), x / width * 2400, y / width * 900)
    rise = 0.885 - 0.06 * smoothstep(0.35, 0.0, x / width) - 0.012 * np.sin(x / width * 7)
    rise = rise - 0.0035 * np.abs(sample(spectral(1024, 0.4, 15), x / width * 3000, 0 * x))
    meadow = smoothstep(-1.0, 1.0, y - rise * height)
    tent = (0.30 * width, 0.905 * height)
    near = np.hypot((x - tent[0]) / width, 2.6 * (y - tent[1] - 0.01 * height) / width)
    pool = np.exp(-((near / 0.085) ** 1.1))
    grass = colour("#20301f", 0.10) * (1 + 0.35 * turf[..., None])
    grass = grass + colour("#d98a3a", 0.42) * (pool * np.clip(1 + 0.45 * turf, 0.1, 2))[..., None]
    trees = np.zeros((height, width), np.float32)
    rng = np.random.default_rng(3)
    for across, tall in ((0.03, 0.55), (0.085, 0.42), (0.135, 0.30), (-0.02, 0.48), (0.965, 0.36)):
        foot = (across * width, (0.87 + 0.03 * (across > 0.5)) * height)
        place(trees, fir(int(rng.integers(99))), foot, tall * height)
    lay(picture, colour("#0a121c", 0.35) + 0 * picture, trees)
    lay(picture, grass, meadow)
    _tent(picture, tent, 0.066 * width)
    return picture + (0.35 * np.exp(-((near / 0.10) ** 1.0)))[..., None] * colour("#ff9a45", 0.5)


def _tent(picture: Picture, foot: tuple[float, float], half: float) -> None:
    height, width = picture.shape[:2]
    size = (width, height)
    x, y = grid(size)
    peak = (foot[0], foot[1] - 1.15 * half)
    glow = np.exp(-((np.hypot(x - foot[0], y - (foot[1] - 0.35 * half)) / (0.75 * half)) ** 2))
    fabric = mix(colour("#c8551a", 0.75), colour("#ffb950", 1.75), glow)
    left, right = (foot[0] - half, foot[1]), (foot[0] + 0.62 * half, foot[1] + 0.06 * half)
    back = (foot[0] + 1.35 * half, foot[1] - 0.12 * half)
    ridge = (foot[0] + 0.75 * half, foot[1] - 1.02 * half)
    lay(picture, fabric * 0.55, outline(size, [peak, ridge, back, right]))
    lay(picture, fabric, outline(size, [peak, right, left]))
    seam = 0.012 * half
    door = [(foot[0] - 0.22 * half, foot[1] + 0.03 * half), peak]
    door += [(foot[0] + 0.20 * half, foot[1] + 0.05 * half)]
    lay(picture, colour("#ffe2a0", 2.2), outline(size, door) * 0.55)
    for start, end in ((peak, right), (peak, left), (peak, ridge)):
        line = [start, (start[0] + seam, start[1] + seam), (end[0] + seam, end[1] + seam), end]
        lay(picture, colour("#5a2208"), outline(size, line))
