from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from nemovideo.render.clip.sound import SAMPLE_RATE
from nemovideo.render.sound._stretch import Samples, stretched

BEEPS_S = (0.5, 1.33, 2.51, 3.27)
BEEP_S = 0.08


def beeping() -> Samples:
    """Four seconds with a beep at each of `BEEPS_S`, of different pitches."""
    sound = np.zeros((4 * SAMPLE_RATE, 2), np.float32)
    times = np.arange(int(BEEP_S * SAMPLE_RATE)) / SAMPLE_RATE
    for number, start in enumerate(BEEPS_S):
        beep = 0.8 * np.sin(2 * np.pi * (440 + 130 * number) * times)
        first = int(start * SAMPLE_RATE)
        sound[first : first + len(beep)] += beep.astype(np.float32)[:, None]
    return sound


def heard_s(sound: Samples) -> list[float]:
    """Return where beeps begin, in s."""
    loud = np.flatnonzero(np.abs(sound[:, 0]) > 0.2)
    begins = [0, *(np.flatnonzero(np.diff(loud) > SAMPLE_RATE // 20) + 1)]
    return [float(place) / SAMPLE_RATE for place in loud[begins]]


@pytest.mark.parametrize("speed", [Fraction(1, 2), Fraction(3, 4), Fraction(3, 2), Fraction(2)])
def test_sound_at_another_speed_stays_in_step(speed: Fraction) -> None:
    sound = beeping()
    blocks = [sound[start : start + 1000] for start in range(0, len(sound), 1000)]
    changed = np.concatenate(list(stretched(blocks, speed)))
    assert len(changed) == pytest.approx(len(sound) / speed, abs=0.04 * SAMPLE_RATE)
    assert heard_s(changed) == pytest.approx([start / speed for start in BEEPS_S], abs=0.02)


@pytest.mark.parametrize("speed", [Fraction(1, 2), Fraction(2)])
@pytest.mark.parametrize("pitch", [60, 220, 1000])
def test_sound_at_another_speed_keeps_its_pitch(speed: Fraction, pitch: int) -> None:
    times = np.arange(3 * SAMPLE_RATE) / SAMPLE_RATE
    tone = np.sin(2 * np.pi * pitch * times).astype(np.float32)
    changed = np.concatenate(list(stretched([np.stack([tone, tone], 1)], speed)))
    middle = changed[len(changed) // 4 : len(changed) // 4 + SAMPLE_RATE // 2, 0]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    assert np.argmax(spectrum) * 2 == pytest.approx(pitch, abs=2)
    assert np.sort(spectrum)[:-8].max() < 0.05 * spectrum.max()
