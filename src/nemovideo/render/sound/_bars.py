"""How many beats of a song make a bar, which of them begin one, and where the song has begun.

What begins a bar is heard in the bass, and chords change there: the beats that stand out in both,
every third or every fourth of them, are the bar lines.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
_Values = npt.NDArray[np.floating[Any]]

_LEAST = {4: 1.8, 3: 2.5}
"""So far, in standard errors, must the first beats of bars stand out; those of four are usual."""
_CLEARER = 1.5
"""So much further than with bars of another length."""
_BASS_HZ, _CHORDS_HZ = (30, 150), (80, 2000)
_BEFORE_S, _AFTER_S = 0.02, 0.1
"""Around a beat, where its bass is listened to."""
_QUIET = 0.5
"""Beats with less than this share of the usual level lead in or die away: -6 dB."""


def find_bars(
    sound: Floats, rate: int, first_s: float, step_s: float
) -> tuple[int, int, float, float]:
    """Return beats in a bar (0: unsure), the first that begins one, from when to when it is loud.

    The sound is one channel; the first beat, and the step from one to the next, are in seconds.
    """
    count = int((len(sound) / rate - first_s) / step_s)
    edges = ((first_s + step_s * np.arange(count + 1)) * rate).astype(int)
    beats = [sound[edges[n] : edges[n + 1]] for n in range(count)]
    level = np.array([np.sqrt(np.mean(beat**2)) for beat in beats])
    loud = np.flatnonzero(level >= _QUIET * np.median(level))
    begin_s, end_s = (first_s + step_s * int(place) for place in (loud[0], loud[-1] + 1))
    before, after = int(_BEFORE_S * rate), int(_AFTER_S * rate)
    bass = [_bass(sound[max(0, at - before) : at + after], rate) for at in edges[:-1]]
    chords = np.array([_chord(beat, rate) for beat in beats])
    changes = 1 - (chords * np.roll(chords, 1, axis=0)).sum(axis=1)
    changes[0] = changes.mean()
    bar, line = _bar(_standard(np.array(bass)) + _standard(changes))
    return bar, line, begin_s, end_s


def _bar(stress: _Values) -> tuple[int, int]:
    """Return how many beats make a bar, 0 when unsure, and the first that begins one."""
    stress = _standard(stress)
    found = []
    for bar in _LEAST:
        lines = [float(stress[at::bar].mean()) for at in range(bar)]
        best = int(np.argmax(lines))
        found.append((lines[best] * len(stress[best::bar]) ** 0.5, bar, best))
    (clear, bar, line), (other, *_) = sorted(found, reverse=True)
    return (bar, line) if clear >= max(_LEAST[bar], _CLEARER * other) else (0, 0)


def _bass(sound: Floats, rate: int) -> float:
    strength, frequencies = _spectrum(sound, rate, 4096)
    low, high = _BASS_HZ
    inside = (frequencies > low) & (frequencies < high)
    return float(np.log1p(100 * strength[inside].sum() / max(1, len(sound))))


def _chord(sound: Floats, rate: int) -> _Values:
    """Return how strong each of the twelve tones is, together 1 long."""
    strength, frequencies = _spectrum(sound, rate, 1 << 15)
    low, high = _CHORDS_HZ
    inside = (frequencies > low) & (frequencies < high)
    tones = np.rint(12 * np.log2(frequencies[inside] / 440)).astype(int) % 12
    chord = np.bincount(tones, strength[inside], minlength=12)
    return chord / max(float(np.linalg.norm(chord)), 1e-9)


def _spectrum(sound: Floats, rate: int, size: int) -> tuple[_Values, _Values]:
    windowed = sound[:size] * np.hanning(min(len(sound), size))
    return np.abs(np.fft.rfft(windowed, size)), np.fft.rfftfreq(size, 1 / rate)


def _standard(values: _Values) -> _Values:
    standard: _Values = (values - values.mean()) / max(float(values.std()), 1e-9)
    return standard
