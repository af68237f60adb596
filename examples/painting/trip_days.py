"""The pictures of the trip by day: a bay at sunrise, a pass in the clouds, dunes."""

from __future__ import annotations

import numpy as np

from examples.painting.figures import grid, lay, outline
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


def sunrise_bay(width: int, height: int) -> Picture:
    """Islands and ranges in morning haze, the sun just above them, and its road on the water."""
    camera = Camera(width, height, horizon=0.56, focal=0.95)
    sun = Sun(right=0.07, up=0.155)
    picture = _sunrise_sky(camera, sun)

    ridges = mountains(2048, 6, seed=11)
    canopy = spectral(1024, 0.7, 13)
    scale = 10.4

    def height_at(x: Plane, z: Plane) -> Plane:
        rough = sample(ridges, x * scale + 260, z * scale + 130)
        aside = np.abs(x / z - 0.055 + 0.10 * np.sin(z / 23))
        bay = smoothstep(0.0, 0.55, aside) * smoothstep(16, 60, z)
        behind = smoothstep(120, 300, z) * 0.45
        trees = 0.10 * sample(canopy, x * 26, z * 9) * smoothstep(150, 30, z)
        return np.asarray(
            (rough - 0.36 + 0.02 * trees) * np.maximum(bay, behind) * (7 + 0.17 * z) + trees - 0.3
        )

    depth = camera.cast(height_at, 8, 420)
    lit, steep = shade(ridges, 130, (0.35, 0.42, 0.8))
    ground = np.isfinite(depth) & (depth < 415)
    far = np.where(ground, depth, 415).astype(np.float32)
    u, v = camera.right * far * scale + 260, far * scale + 130
    sunlight, cliff = sample(lit, u, v), sample(steep, u, v)
    forest = mix(colour("#1d2a2a"), colour("#4a4550"), smoothstep(0.35, 0.7, cliff))
    stone = forest * (0.35 + 2.2 * sunlight[..., None] * colour("#ffb27a"))
    towards = smoothstep(0.90, 1.0, sun.closeness(camera))
    haze = mix(colour("#8d8fb8", 0.75), colour("#ffc38a", 1.25), towards)
    low = np.exp(-np.maximum(camera.up + 0 * far, 0) * far / 5.5)
    veil = 1 - np.exp(-far / 125 * (0.55 + 0.9 * low))
    land = mix(stone, haze, np.clip(veil, 0, 0.97))
    picture = np.where(ground[..., None], land, picture)
    picture = picture + (sun.glow(camera, 0.16) * 0.55)[..., None] * colour("#ff9a4d")
    waves = spectral(1024, 1.35, 3, low_cut=5)
    picture = water(camera, picture, waves, scale=46, height=0.03, deep=colour("#16303f"))
    glints = spectral(1024, 0.9, 4, low_cut=26)
    picture += _sun_road(camera, sun, glints)[..., None] * colour("#ffdca0", 2.4)
    _sail(camera, picture, (0.335, 0.598), 0.040)
    return picture


def _sun_road(camera: Camera, sun: Sun, glints: Plane) -> Plane:
    """Return the glints under the sun: small far out, long and sparse near the eye."""
    x, _ = grid((camera.width, camera.height))
    down = np.clip(-camera.up + 0 * x, 1e-4, None)
    middle = (0.5 + sun.right * camera.focal) * camera.width
    aside = (x - middle) / camera.width
    spark = sample(glints, aside / (0.012 + down) * 58, 150 * np.log(0.012 + down))
    flash = smoothstep(0.5, 2.4, spark - 1.2 * down)
    road = np.exp(-((aside / (0.014 + 0.20 * down)) ** 2))
    shore = smoothstep(0.0, 0.004, -camera.up + 0 * x)
    return np.asarray(flash * road * shore * np.exp(-down / 0.3), np.float32)


def _sail(camera: Camera, picture: Picture, foot: tuple[float, float], tall: float) -> None:
    """Set a small sailing boat on the water, with its broken mirror image."""
    x0, y0 = foot[0] * camera.width, foot[1] * camera.height
    unit = tall * camera.width
    hull = [(-0.34, -0.06), (0.36, -0.07), (0.26, 0.02), (-0.26, 0.02)]
    jib = [(0.06, -0.9), (0.06, -0.1), (0.3, -0.1)]
    sails = [[(0.02, -1.0), (0.02, -0.12), (-0.36, -0.12)], jib]
    shadow = mix(colour("#2d2f45"), colour("#8c7390"), 0.25)
    for mirrored in (True, False):
        for shape in (hull, *sails):
            flip = -0.9 if mirrored else 1.0
            points = [(x0 + px * unit, y0 + flip * py * unit) for px, py in shape]
            mask = outline((camera.width, camera.height), points)
            lay(picture, shadow, 0.38 * _rippled(mask, unit) if mirrored else mask)


def _rippled(mask: Plane, unit: float) -> Plane:
    """Shift the rows of a mask to and fro, as small waves do with a mirror image."""
    rows = np.arange(mask.shape[0])[:, None]
    shift = (np.sin(rows * 0.9) * 0.02 + np.sin(rows * 0.37) * 0.03) * unit
    columns = (np.arange(mask.shape[1])[None, :] + np.round(shift).astype(int)) % mask.shape[1]
    return np.take_along_axis(mask, columns, axis=1)


def _sunrise_sky(camera: Camera, sun: Sun) -> Picture:
    stops = [
        (0.0, "#ffd09a"),
        (0.07, "#fcb98c"),
        (0.16, "#e3a3a0"),
        (0.28, "#a794b8"),
        (0.45, "#5f7bb0"),
        (0.7, "#3a5c98"),
    ]
    sky = ramp(camera.up + 0 * camera.right, stops)
    sky += (sun.glow(camera, 0.22) * 0.9)[..., None] * colour("#ffb565")
    sky += (sun.glow(camera, 0.05) * 1.6)[..., None] * colour("#ffd9a0")
    thick, light = clouds(camera, spectral(1024, 1.75, 21, low_cut=2), 34, 0.1, sun, soft=1.5)
    near_sun = sun.glow(camera, 0.42)
    lining = mix(colour("#7f80ab", 0.9), colour("#ffb27d", 1.9), near_sun)
    shown = lining * (0.45 + 1.0 * light[..., None])
    sky = mix(sky, shown, thick * 0.85)
    sky += (sun.disc(camera, 0.0125) * 16)[..., None] * colour("#fff0c8")
    return sky


def cloud_pass(width: int, height: int) -> Picture:
    """Snowy peaks over a sea of clouds, very wide."""
    camera = Camera(width, height, horizon=0.60, focal=0.62, eye=7.5)
    sun = Sun(right=-0.9, up=0.55)
    sky = ramp(
        camera.up + 0 * camera.right,
        [(0, "#dfe9f2"), (0.08, "#b7d0ea"), (0.22, "#7fb0e2"), (0.42, "#4a86c9")],
    )
    thick, light = clouds(camera, spectral(1024, 1.8, 8, low_cut=2), 30, 0.55, sun, soft=1.8)
    picture = mix(sky, colour("#ffffff") * (0.6 + 0.6 * light[..., None]), thick * 0.8)

    ridges = mountains(2048, 6, seed=4)
    scale = 9.0

    def height_at(x: Plane, z: Plane) -> Plane:
        rough = sample(ridges, x * scale + 700, z * scale + 90)
        return (rough - 0.34) * (9 + 0.22 * z) * smoothstep(8, 60, z)

    depth = camera.cast(height_at, 10, 330)
    lit, steep = shade(ridges, 260, (-0.85, 0.42, 0.05))
    ground = np.isfinite(depth) & (depth < 326)
    far = np.where(ground, depth, 326).astype(np.float32)
    u, v = camera.right * far * scale + 700, far * scale + 90
    sunlight, cliff = sample(lit, u, v), sample(steep, u, v)
    grain = sample(spectral(1024, 1.1, 5), u * 7, v * 7)
    rise = height_at(camera.right * far, far)
    snow = smoothstep(0.50, 0.30, cliff + 0.06 * grain) * smoothstep(1.5, 6.0, rise + 1.2 * grain)
    rock = mix(colour("#4c4640"), colour("#7c7062"), smoothstep(-1, 1, grain))
    base = mix(rock, colour("#f4f6fb"), snow)
    sunny = sunlight[..., None] * colour("#ffe6c4", 1.75) + colour("#6f92cc", 0.42)
    blue = mix(colour("#9cbde4"), colour("#e6eef6"), smoothstep(0.9, 0.3, camera.right + 0.6))
    land = mix(base * sunny, blue, 1 - np.exp(-far / 260))
    puffs = spectral(1024, 1.6, 15)
    u, v = camera.right * far * 1.9, far * 1.9
    billow, (bright, _) = sample(puffs, u, v), shade(puffs, 5, (-0.85, 0.6, 0.25))
    puff = sample(bright, u, v)
    sea = smoothstep(3.4, -0.6, rise - 1.5 * billow)
    foam = colour("#fff0dc", 0.42) * puff[..., None] + colour("#dfe8f6", 0.74)
    foam = mix(foam, blue, 1 - np.exp(-far / 420))
    return np.where(ground[..., None], mix(land, foam, sea), picture)


def dunes(width: int, height: int) -> Picture:
    """Dunes in low sun, crest behind crest."""
    camera = Camera(width, height, horizon=0.34, focal=0.95, eye=7.5)
    sun = Sun(right=-1.4, up=0.32)
    sky = ramp(
        camera.up + 0 * camera.right,
        [(0, "#f6d3a8"), (0.06, "#e9c6b0"), (0.16, "#a9b8d0"), (0.34, "#5f8fc4")],
    )
    thick, light = clouds(camera, spectral(1024, 2.0, 2, low_cut=2), 16, 0.5, sun, soft=2.2)
    picture = mix(sky, colour("#ffe6cf") * (0.5 + 0.7 * light[..., None]), thick * 0.55)

    size, scale = 2048, 12.0
    heights = _dune_map(size)

    def height_at(x: Plane, z: Plane) -> Plane:
        return sample(heights, x * scale + 340, z * scale + 380) * (1 + 0.003 * z)

    depth = camera.cast(height_at, 1.5, 260)
    lit, _ = shade(heights, scale * 1.4, (-0.92, 0.30, 0.25))
    ground = np.isfinite(depth) & (depth < 256)
    far = np.where(ground, depth, 256).astype(np.float32)
    x = camera.right * far
    sunlight = sample(lit, x * scale + 340, far * scale + 380)
    bend = sample(spectral(1024, 2.2, 31), x * 24, far * 24)
    ripple = np.sin((x * 0.8 + far * 0.62) * 30 + bend * 5.0) / (1 + (far / 11) ** 2)
    grain = sample(spectral(1024, 0.6, 6), x * 220, far * 220) / (1 + (far / 5) ** 2)
    sunlight = np.clip(sunlight * (1 + 0.30 * ripple + 0.10 * grain), 0, 1)
    sand = mix(colour("#d98f4a"), colour("#efb877"), smoothstep(-1.5, 1.5, bend))
    warm = sunlight[..., None] * colour("#ffd9a6", 2.5) + colour("#6d78c4", 0.55)
    cool = (0.07 * (1 - sunlight))[..., None] * colour("#6a78d8")
    land = mix(sand * warm + cool, colour("#f1c9a2", 0.95), 1 - np.exp(-((far / 190) ** 1.3)))
    return np.where(ground[..., None], land, picture)


def _dune_map(size: int) -> Plane:
    """Long ridges, gentle to the wind and steep behind, sharp at the crest."""
    rows, columns = np.mgrid[0:size, 0:size].astype(np.float32)
    bend = spectral(size, 3.1, 41)
    tall = smoothstep(-3.2, 3.2, spectral(size, 3.6, 43, low_cut=3))
    phase = (columns * 6 - rows * 3) / size + 0.42 * bend
    part = phase - np.floor(phase)
    wind = np.where(part < 0.7, part / 0.7, (1 - part) / 0.3)
    crest = wind**1.25 * (0.1 + 1.1 * tall)
    return np.asarray(crest * 5.2 + 0.7 * bend, np.float32)
