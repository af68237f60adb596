"""Where the beats of a song are, when it keeps time.

Onset strength from the flux of the spectrum, the tempo from its autocorrelation with a leaning
towards 120, the beats by dynamic programming: D. Ellis, "Beat Tracking by Dynamic Programming",
Journal of New Music Research 36 (2007). A line through the beats that are found tells whether the
song keeps one tempo; a grid that does not fit is not used.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from nemovideo.errors import NemoError
from nemovideo.render.clip.sound import SAMPLE_RATE, read_audio
from nemovideo.render.sound._bars import find_bars
from nemovideo.timeline.beat import Beat

Floats = npt.NDArray[np.float32]

_RATE = SAMPLE_RATE // 2
_FRAME, _HOP = 1024, 256
_FRAMES_A_SECOND = _RATE / _HOP
_LONGEST_S = 150
"""So much of a song is listened to."""
_SHORTEST_S = 6
_SLOWEST, _FASTEST, _USUAL = 50, 210, 120
"""Beats a minute."""
_LEANING = 0.9
"""In octaves: how far tempos may be from the usual one."""
_TIGHTNESS = 400.0
"""How much an uneven step costs, as in Ellis's paper."""
_MOST_OFF = 0.08
"""So far, in beats, may the found ones be from an even grid on average."""
_LEAST_CONTRAST = 1.8
"""So much stronger than usual must what begins on the beats be."""
_LEAST_ON_GRID = 0.6
"""Such a share of what begins most clearly must be on a beat, or in the middle between two."""
_NEAR = 0.06
"""How near, in beats, that is."""


def find_beat(path: Path) -> Beat | None:
    """Return where the beats and bars of a song are; None when that can't be told."""
    try:
        sound = _mono(path)
    except NemoError:
        return None
    if len(sound) < _SHORTEST_S * _RATE:
        return None
    strength = onset_strength(sound)
    if not strength.any():
        return None
    grid = _even_grid(strength, _track(strength, _period(strength)))
    return None if grid is None else _with_bars(sound, *grid)


def _with_bars(sound: Floats, first_s: float, step_s: float) -> Beat:
    bar, line, begin_s, end_s = find_bars(sound, _RATE, first_s, step_s)
    is_whole = len(sound) < _LONGEST_S * _RATE
    return Beat(
        round((first_s + line * step_s) * 1000, 2),
        round(step_s * 1000, 3),
        bar,
        round(begin_s * 1000, 2),
        round(end_s * 1000, 2) if is_whole else 0,
    )


def onset_strength(sound: Floats) -> Floats:
    """Return how much begins in each 256 samples at 24 kHz, beyond what is usual around."""
    frames = np.lib.stride_tricks.sliding_window_view(sound, _FRAME)[::_HOP]
    window = np.hanning(_FRAME).astype(np.float32)
    flux = np.zeros(len(frames), np.float32)
    last: Floats | None = None
    for start in range(0, len(frames), 2048):
        block = np.log1p(100 * np.abs(np.fft.rfft(frames[start : start + 2048] * window, axis=1)))
        before = block[:1] if last is None else last
        rises = np.diff(np.concatenate([before, block]), axis=0)
        flux[start : start + 2048] = np.maximum(rises, 0).sum(axis=1)
        last = block[-1:]
    around = np.ones(int(_FRAMES_A_SECOND), np.float32)
    usual = np.convolve(flux, around / len(around), "same")
    strength: Floats = np.maximum(flux - usual, 0).astype(np.float32)
    deviation = float(strength.std())
    if deviation:
        strength /= deviation
    return strength


def _mono(path: Path) -> Floats:
    blocks, count = [], 0
    for block in read_audio(path):
        blocks.append(block.mean(axis=1))
        count += len(block)
        if count > _LONGEST_S * SAMPLE_RATE:
            break
    sound = np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
    halved: Floats = sound[: len(sound) // 2 * 2].reshape(-1, 2).mean(axis=1).astype(np.float32)
    return halved


def _period(strength: Floats) -> float:
    """Return the likeliest time between two beats, in frames."""
    size = 1 << (2 * len(strength) - 1).bit_length()
    spectrum = np.fft.rfft(strength, size)
    alike = np.fft.irfft(np.abs(spectrum) ** 2, size)[: len(strength)]
    lags = np.arange(
        int(60 / _FASTEST * _FRAMES_A_SECOND), int(60 / _SLOWEST * _FRAMES_A_SECOND) + 1
    )
    usual = 60 / _USUAL * _FRAMES_A_SECOND
    leaning = np.exp(-0.5 * (np.log2(lags / usual) / _LEANING) ** 2)
    return float(lags[int(np.argmax(alike[lags] * leaning))])


def _track(strength: Floats, period: float) -> npt.NDArray[np.int64]:
    """Return the frames of the beats: the path that is strong and even."""
    lags = np.arange(-round(2 * period), -round(period / 2) + 1)
    cost = -_TIGHTNESS * np.log(-lags / period) ** 2
    score = strength.astype(np.float64).copy()
    before = np.full(len(strength), -1)
    for at in range(int(-lags[0]), len(strength)):
        reached = score[at + lags] + cost
        best = int(np.argmax(reached))
        if reached[best] > 0:
            score[at] += reached[best]
            before[at] = at + lags[best]
    tail = max(len(score) - round(2 * period), 0)
    at = tail + int(np.argmax(score[tail:]))
    beats = [at]
    while before[at] >= 0:
        at = int(before[at])
        beats.append(at)
    return np.array(beats[::-1])


def _even_grid(strength: Floats, beats: npt.NDArray[np.int64]) -> tuple[float, float] | None:
    """Return the first beat and the time between two, in s; None when no even grid fits."""
    if len(beats) < 8:
        return None
    step = float(np.median(np.diff(beats)))
    numbers = np.concatenate([[0], np.cumsum(np.rint(np.diff(beats) / step))])
    step, first = np.polyfit(numbers, beats, 1)
    off = float(np.sqrt(np.mean((beats - first - step * numbers) ** 2))) / step
    near = np.maximum(np.maximum(strength, np.roll(strength, 1)), np.roll(strength, -1))
    contrast = float(near[beats].mean()) / max(float(near.mean()), 1e-9)
    if off > _MOST_OFF or contrast < _LEAST_CONTRAST:
        return None
    if _share_on_grid(strength, first, step, len(beats)) < _LEAST_ON_GRID:
        return None
    middle = _FRAME / 2 / _HOP  # what begins shows in the frame whose middle it passes
    first_s = (first + middle) / _FRAMES_A_SECOND % (step / _FRAMES_A_SECOND)
    return float(first_s), float(step) / _FRAMES_A_SECOND


def _share_on_grid(strength: Floats, first: float, step: float, count: int) -> float:
    """Return which share of the clearest beginnings is on a beat or half-way to the next."""
    inner = strength[1:-1]
    peaks = np.flatnonzero((inner > strength[:-2]) & (inner >= strength[2:]) & (inner > 0)) + 1
    clearest = peaks[np.argsort(strength[peaks])[-count:]]
    halves = (clearest - first) / step * 2
    near = np.abs(halves - np.rint(halves)) / 2 <= _NEAR
    return float(near.mean()) if len(near) else 0.0
