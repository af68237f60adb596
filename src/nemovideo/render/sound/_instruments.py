"""The instruments of composed music: one note or drum stroke as samples, made by arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from nemovideo.render.clip.sound import SAMPLE_RATE

Stereo = npt.NDArray[np.float32]
"""Samples as float32 (n, 2)."""
Mono = npt.NDArray[np.float32]

LONGEST_S = 4.0
"""No note sounds longer than this after it was let go."""

_TABLE = 16_384


def play(voice: str, pitch: int, count: int) -> Stereo:
    """Return one note at full velocity; it rings beyond `count` as its instrument does.

    The pitch is a MIDI number; it is held for so many samples, which changes nothing of what is
    struck.
    """
    return _played(voice, 0 if voice in _NOISES else pitch, count if voice in _HELD else 0)


@lru_cache(maxsize=128)
def _played(voice: str, pitch: int, count: int) -> Stereo:
    frequency = 440.0 * 2 ** ((pitch - 69) / 12)
    if voice in _HELD:
        sound = _HELD[voice](frequency, count)
    else:
        sound = _STRUCK[voice](frequency) if voice in _STRUCK else _NOISES[voice]()
    return sound if sound.ndim == 2 else np.repeat(sound[:, None], 2, axis=1)


def noise(count: int, seed: int) -> npt.NDArray[np.float64]:
    """Return white noise between -1 and 1, always the same for a seed."""
    return np.random.Generator(np.random.PCG64(seed)).random(count) * 2 - 1


def _seconds(count: int) -> npt.NDArray[np.float64]:
    return np.arange(count) / SAMPLE_RATE


def _envelope(count: int, attack_s: float, release_s: float) -> npt.NDArray[np.float64]:
    """Return a rise, a level of 1 while the note is held, and a smooth end after it."""
    release = int(release_s * SAMPLE_RATE)
    attack = min(int(attack_s * SAMPLE_RATE), count + release)
    levels = np.ones(count + release)
    levels[:attack] *= np.sin(np.linspace(0, np.pi / 2, attack, endpoint=False)) ** 2
    levels[-release:] *= np.cos(np.linspace(0, np.pi / 2, release)) ** 2
    return levels


def _soft_ends(sound: npt.NDArray[np.float64], attack_s: float, end_s: float = 0.05) -> Mono:
    attack, end = int(attack_s * SAMPLE_RATE), int(end_s * SAMPLE_RATE)
    sound[:attack] *= np.linspace(0, 1, attack, endpoint=False)
    sound[-end:] *= np.linspace(1, 0, end)
    return sound.astype(np.float32)


@lru_cache(maxsize=64)
def _wave(harmonics: int, slope: float) -> Mono:
    """Return one period of a tone whose harmonics fall off with their number to a power."""
    turn = np.arange(_TABLE) * (2 * np.pi / _TABLE)
    # Phases that are not all equal keep the peaks low.
    total = sum(np.sin(k * turn + k * k * 0.7) / k**slope for k in range(1, harmonics + 1))
    wave = np.asarray(total)
    table: Mono = (wave / np.abs(wave).max()).astype(np.float32)
    return table


def _oscillate(frequency: float, count: int, slope: float, phase: float = 0.0) -> Mono:
    wave = _wave(max(1, min(16, int(5000 / frequency))), slope)
    steps = np.arange(count) * (frequency * _TABLE / SAMPLE_RATE) + phase * _TABLE
    tone: Mono = wave[steps.astype(np.int64) & (_TABLE - 1)]
    return tone


def _ensemble(frequency: float, count: int, slope: float, cents: float) -> Stereo:
    """Return two slightly different tones on each side, which makes one wide one."""
    sides = []
    for side in (-1, 1):
        near = _oscillate(frequency * 2 ** (side * cents / 1200), count, slope, 0.31 + 0.2 * side)
        far = _oscillate(frequency * 2 ** (-side * cents / 2800), count, slope, 0.77 * (side > 0))
        sides.append(0.5 * (near + far))
    return np.stack(sides, axis=1)


def _pad(frequency: float, count: int) -> Stereo:
    levels = _envelope(count, 0.35, 0.7).astype(np.float32)
    return _ensemble(frequency, len(levels), 1.9, 7.0) * levels[:, None]


def _strings(frequency: float, count: int) -> Stereo:
    levels = _envelope(count, 0.03, 0.18)
    levels *= 0.55 + 0.45 * np.exp(-_seconds(len(levels)) / 0.12)
    return _ensemble(frequency, len(levels), 1.25, 9.0) * levels.astype(np.float32)[:, None]


def _horn(frequency: float, count: int) -> Stereo:
    levels = _envelope(count, 0.12, 0.4)
    levels *= 1 + 0.06 * np.sin(2 * np.pi * 4.8 * _seconds(len(levels)))
    return _ensemble(frequency, len(levels), 1.5, 4.0) * levels.astype(np.float32)[:, None]


def _struck(
    frequency: float, seconds: float, partials: int, slope: float, ring_s: float, damping: float
) -> npt.NDArray[np.float64]:
    """Return a string or bar that was struck: high partials die sooner than low ones."""
    time = _seconds(int(seconds * SAMPLE_RATE))
    sound = np.zeros(len(time))
    for k in range(1, max(2, min(partials, int(9000 / frequency)) + 1)):
        decay = np.exp(-time * ((1 + damping * (k - 1)) / ring_s))
        sound += np.sin(2 * np.pi * frequency * k * time + 0.4 * k) * decay / k**slope
    return sound


def _pluck(frequency: float) -> Mono:
    return _soft_ends(0.6 * _struck(frequency, 1.5, 8, 1.1, 0.42, 0.75), 0.003)


def _piano(frequency: float) -> Mono:
    ring = 1.1 * (220 / frequency) ** 0.35
    return _soft_ends(0.5 * _struck(frequency, 3.4, 9, 1.35, ring, 0.45), 0.005, 0.3)


def _bell(frequency: float) -> Mono:
    time = _seconds(int(2.2 * SAMPLE_RATE))
    sound = np.sin(2 * np.pi * frequency * time) * np.exp(-time / 0.55)
    sound += 0.35 * np.sin(4 * np.pi * frequency * time) * np.exp(-time / 0.25)
    sound += 0.12 * np.sin(8 * np.pi * frequency * time) * np.exp(-time / 0.09)
    return _soft_ends(0.7 * sound, 0.004, 0.2)


def _keys(frequency: float, count: int) -> Mono:
    """An electric piano: one tone bends the other while it is fresh."""
    time = _seconds(count + int(0.4 * SAMPLE_RATE))
    bend = 1.3 * np.exp(-time / 0.35) * np.sin(2 * np.pi * frequency * time)
    sound = np.sin(2 * np.pi * frequency * time + bend) * np.exp(-time / 1.6)
    sound += 0.12 * np.sin(8 * np.pi * frequency * time) * np.exp(-time / 0.06)
    return _soft_ends(0.6 * sound * (1 + 0.12 * np.sin(2 * np.pi * 5.1 * time)), 0.006, 0.4)


def _bass(frequency: float, count: int) -> Mono:
    levels = _envelope(count, 0.012, 0.09)
    time = _seconds(len(levels))
    turn = 2 * np.pi * frequency * time
    # The overtones let small loudspeakers tell the pitch.
    sound = np.sin(turn) + 0.5 * np.sin(2 * turn) + 0.22 * np.sin(3 * turn) * np.exp(-time / 0.3)
    return (0.6 * sound * levels * (0.7 + 0.3 * np.exp(-time / 0.5))).astype(np.float32)


def _guitar(frequency: float) -> Mono:
    """A plucked string of nylon: the pick's noise, a bright start, a long warm end."""
    ring = 0.9 * (200 / frequency) ** 0.3
    sound = _struck(frequency, 2.6, 11, 1.2, ring, 0.4)
    # Plucked a fifth from the bridge, a string has no fifth partial.
    time = _seconds(len(sound))
    sound -= 0.12 * np.sin(10 * np.pi * frequency * time + 2.0) * np.exp(-time / (ring / 2.6))
    sound += 0.25 * _filtered(noise(len(sound), 23), 900, 4000) * np.exp(-time / 0.008)
    return _soft_ends(0.55 * sound, 0.003, 0.3)


def _saw(frequency: float, count: int) -> Mono:
    """A bass whose filter closes after each stroke."""
    levels = _envelope(count, 0.006, 0.06)
    time = _seconds(len(levels))
    opened = 0.15 + 0.75 * np.exp(-time / 0.09)
    bright, dark = (_oscillate(frequency, len(levels), slope) for slope in (1.2, 2.4))
    sound = (opened * bright + (1 - opened) * dark) * levels
    return np.asarray(0.9 * sound, np.float32)


def _arp(frequency: float, count: int) -> Stereo:
    """Two saw waves a little apart, through a filter that closes at once."""
    levels = _envelope(count, 0.004, 0.22)
    time = _seconds(len(levels))
    levels *= 0.35 + 0.65 * np.exp(-time / 0.16)
    opened = np.exp(-time / 0.09).astype(np.float32)[:, None]
    bright = _ensemble(frequency, len(levels), 1.0, 8.0)
    dark = _ensemble(frequency, len(levels), 2.1, 8.0)
    sound = opened * bright + (1 - opened) * dark
    return np.asarray(sound * levels.astype(np.float32)[:, None], np.float32)


def _square(frequency: float, count: int) -> Mono:
    """Odd harmonics alone, hollow, with a slow vibrato."""
    levels = _envelope(count, 0.02, 0.25)
    time = _seconds(len(levels))
    turn = 2 * np.pi * frequency * time + 0.35 * np.sin(2 * np.pi * 5.2 * time)
    harmonics = [k for k in (1, 3, 5, 7, 9) if k * frequency < 9000]
    sound = sum(np.sin(k * turn) / k**1.25 for k in harmonics) * levels
    return np.asarray(0.6 * sound, np.float32)


def _kick(frequency: float) -> Mono:
    return _thud(frequency, 0.32, 0.09, 1.6)


def _drum(frequency: float) -> Mono:
    low = _thud(frequency * 2, 1.1, 0.28, 0.6).astype(np.float64)
    skin = _filtered(noise(len(low), 5), 80, 900) * np.exp(-_seconds(len(low)) / 0.06)
    return _soft_ends(low + 0.5 * skin, 0.002, 0.2)


def _thud(frequency: float, seconds: float, ring_s: float, drop: float) -> Mono:
    time = _seconds(int(seconds * SAMPLE_RATE))
    turns = frequency * (time + drop * 0.03 * (1 - np.exp(-time / 0.03)))
    return _soft_ends(np.sin(2 * np.pi * turns) * np.exp(-time / ring_s), 0.002)


def _snap() -> Mono:
    return _hiss(0.22, 0.045, 1100, 5200, 11)


def _snare() -> Mono:
    time = _seconds(int(0.25 * SAMPLE_RATE))
    body = 0.4 * np.sin(2 * np.pi * 185 * time) * np.exp(-time / 0.04)
    return (_hiss(0.25, 0.06, 500, 4200, 13) + body * np.minimum(1, time / 0.002)).astype(
        np.float32
    )


def _brush() -> Mono:
    return _hiss(0.34, 0.09, 1500, 7000, 29, attack_s=0.03)


def _shaker() -> Mono:
    return _hiss(0.12, 0.03, 4500, 11_000, 17, attack_s=0.012)


def _hat() -> Mono:
    return _hiss(0.08, 0.018, 6000, 12_000, 19)


def _hiss(
    seconds: float, ring_s: float, low: float, high: float, seed: int, attack_s: float = 0.002
) -> Mono:
    count = int(seconds * SAMPLE_RATE)
    sound = _filtered(noise(count, seed), low, high) * np.exp(-_seconds(count) / ring_s)
    return _soft_ends(sound / np.abs(sound).max(), attack_s)


def _filtered(sound: npt.NDArray[np.float64], low: float, high: float) -> npt.NDArray[np.float64]:
    """Keep the frequencies between two, with gentle slopes."""
    spectrum = np.fft.rfft(sound)
    frequencies = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE)
    rise = 1 / (1 + (low / np.maximum(frequencies, 1)) ** 4)
    fall = 1 / (1 + (frequencies / high) ** 4)
    return np.fft.irfft(spectrum * rise * fall, len(sound))


_HELD: dict[str, Callable[[float, int], npt.NDArray[np.float32]]] = {
    "pad": _pad,
    "strings": _strings,
    "horn": _horn,
    "keys": _keys,
    "bass": _bass,
    "saw": _saw,
    "arp": _arp,
    "square": _square,
}
"""Instruments that sound as long as a note is held: frequency in Hz, samples."""

_STRUCK: dict[str, Callable[[float], Mono]] = {
    "pluck": _pluck,
    "piano": _piano,
    "guitar": _guitar,
    "bell": _bell,
    "kick": _kick,
    "drum": _drum,
}
"""Instruments that ring as long as they will: frequency in Hz."""

_NOISES: dict[str, Callable[[], Mono]] = {
    "snap": _snap,
    "snare": _snare,
    "brush": _brush,
    "shaker": _shaker,
    "hat": _hat,
}

VOICES = frozenset([*_HELD, *_STRUCK, *_NOISES])
"""The names of all instruments."""
