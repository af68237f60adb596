"""The limiter: loud sound is held, quiet sound left alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nemovideo.render.clip.sound import SAMPLE_RATE
from nemovideo.render.sound._limiter import CEILING, CHUNK, limited
from nemovideo.render.sound.loudness import measure
from tests.render.sound.mixing import level, mix, segment, sounds
from tests.support.media import write_sound


def test_loud_tracks_are_limited_not_clipped(tmp_path: Path) -> None:
    loud = write_sound(tmp_path / "a.wav", seconds=2, amplitude=0.9, rate=48_000)
    track = sounds(segment(0, 2000, media="a"))
    sound = mix(track, track, track, media={"a": loud}, seconds=2)
    assert np.abs(sound).max() <= CEILING + 1e-6
    assert level(sound, 0.2, 1.8) > 0.8
    middle = sound[9600:86_400, 0].astype(np.float64)
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    harmonics = spectrum[round(1320 * len(middle) / SAMPLE_RATE)]
    assert harmonics < spectrum.max() / 300  # a clipped sine would have a strong third


def test_limiter_leaves_quiet_sound_alone() -> None:
    quiet = np.random.default_rng(3).uniform(-0.4, 0.4, (CHUNK * 2 + 77, 2)).astype(np.float32)
    chunks = [quiet[start : start + CHUNK] for start in range(0, len(quiet), CHUNK)]
    assert np.array_equal(np.concatenate(list(limited(iter(chunks)))), quiet)


@pytest.mark.parametrize("at", [0, 10, CHUNK - 1, CHUNK, CHUNK + 5, 3 * CHUNK + 76])
def test_limiter_holds_at_a_single_peak(at: int) -> None:
    sound = np.full((CHUNK * 3 + 77, 2), 0.4, np.float32)
    sound[at] = (3.0, -5.0)
    chunks = [sound[start : start + CHUNK] for start in range(0, len(sound), CHUNK)]
    result = np.concatenate(list(limited(iter(chunks))))
    assert len(result) == len(sound)
    assert np.abs(result).max() <= CEILING + 1e-6
    far = np.abs(np.arange(len(sound)) - at) > 4000
    assert np.abs(result[far] - 0.4).max() < 1e-6


def test_limiter_holds_for_random_bursts() -> None:
    chance = np.random.default_rng(5)
    sound = (chance.normal(0, 1, (CHUNK * 9, 2)) ** 3).astype(np.float32)
    chunks = [sound[start : start + CHUNK] for start in range(0, len(sound), CHUNK)]
    result = np.concatenate(list(limited(iter(chunks))))
    assert np.abs(result).max() <= CEILING + 1e-6
    assert np.array_equal(np.sign(result), np.sign(sound))


def test_limiter_holds_between_the_samples() -> None:
    """Clicks of noise: halfway between two samples they are up to 3 dB higher."""
    chance = np.random.default_rng(7)
    sound = chance.uniform(-0.95, 0.95, (CHUNK * 40, 2)).astype(np.float32)
    sound *= np.exp(-(np.arange(len(sound)) % 24_000) / 1200, dtype=np.float32)[:, None]
    chunks = [sound[start : start + CHUNK] for start in range(0, len(sound), CHUNK)]
    before, after = measure(chunks), measure(limited(iter(chunks)))
    assert before is not None
    assert after is not None
    assert after.true_peak_dbtp < -1.3 < 0 < before.true_peak_dbtp
