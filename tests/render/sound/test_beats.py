"""The beat of a song: found where there is one, and not where there is none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nemovideo.render.clip.sound import SAMPLE_RATE
from nemovideo.render.sound.beats import find_beat
from nemovideo.render.sound.composer import compose
from nemovideo.timeline.music import pick
from tests.support.samples.clips import write_float_wav


def clicks(path: Path, times: np.ndarray) -> Path:
    """Write short bursts of noise at some times, in seconds."""
    chance = np.random.default_rng(1)
    sound = np.zeros((int((times[-1] + 1) * SAMPLE_RATE), 2), np.float32)
    for time in times:
        at = int(time * SAMPLE_RATE)
        sound[at : at + 400] = chance.normal(0, 0.3, (400, 1))
    return write_float_wav(path, sound)


@pytest.mark.parametrize("step_s", [0.4, 0.53, 0.81], ids=str)
def test_find_beat_finds_the_grid_of_a_steady_song(tmp_path: Path, step_s: float) -> None:
    beat = find_beat(clicks(tmp_path / "a.wav", 0.3 + step_s * np.arange(int(20 / step_s))))
    assert beat is not None
    first_ms, step_ms, *_ = beat
    ratio = step_s * 1000 / step_ms
    assert ratio == pytest.approx(round(ratio), abs=0.005)  # a half beat is a grid, too
    off = (300 - first_ms) / step_ms
    assert abs(off - round(off)) * step_ms < 25


def test_find_beat_agrees_with_what_was_composed(tmp_path: Path) -> None:
    music = pick("upbeat", 1)
    beat = find_beat(write_float_wav(tmp_path / "a.wav", compose(music, 20 * SAMPLE_RATE)))
    assert beat is not None
    assert beat[1] == pytest.approx(60_000 / music["tempo"], rel=0.005)


def test_find_beat_trusts_no_song_that_keeps_no_time(tmp_path: Path) -> None:
    steps = np.random.default_rng(3).uniform(0.25, 0.9, 40)
    assert find_beat(clicks(tmp_path / "a.wav", 0.2 + np.cumsum(steps))) is None


@pytest.mark.parametrize("seconds", [0, 0.01, 0.5, 1, 5], ids=str)
def test_find_beat_finds_none_in_what_is_too_short(tmp_path: Path, seconds: float) -> None:
    samples = np.ones((int(seconds * SAMPLE_RATE), 2), np.float32)
    assert find_beat(write_float_wav(tmp_path / "a.wav", samples)) is None


def test_find_beat_finds_none_in_noise_or_silence(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).normal(0, 0.1, (12 * SAMPLE_RATE, 2)).astype(np.float32)
    assert find_beat(write_float_wav(tmp_path / "a.wav", noise)) is None
    assert find_beat(write_float_wav(tmp_path / "b.wav", noise * 0)) is None
