"""How loud films are: as phones and video sites play them, unless somebody says otherwise."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from nemovideo.render.clip.sound import SAMPLE_RATE
from nemovideo.render.sound.loudness import Loudness, mastered, measure
from nemovideo.render.sound.soundtrack import Soundtrack
from nemovideo.timeline.model import Clip, Sound, Timeline
from nemovideo.timeline.music import pick
from tests.support.media import write_clip
from tests.support.samples.clips import write_float_wav

SECONDS = 12


def loudness(timeline: Timeline, media: dict[str, Path]) -> Loudness:
    track = mastered(Soundtrack.of(timeline, media, Fraction(SECONDS)))
    found = measure(track.blocks(SAMPLE_RATE))
    assert found is not None
    return found


def with_music(volume: float, *, style: str = "upbeat") -> Timeline:
    sound = Sound(duration_ms=SECONDS * 1000, music=pick(style, 1), volume=volume)
    return Timeline().with_sounds([sound])


def song(path: Path, amplitude: float) -> Path:
    """Write noise that swells and falls four times a second."""
    time = np.arange(SECONDS * SAMPLE_RATE) / SAMPLE_RATE
    noise = np.random.default_rng(1).normal(0, amplitude, (len(time), 2))
    swell = 0.3 + 0.7 * np.sin(4 * np.pi * time)[:, None] ** 2
    return write_float_wav(path, (noise * swell).astype(np.float32))


@pytest.mark.parametrize("style", ["upbeat", "ambient", "electronic"])
def test_composed_music_is_as_loud_as_films_are(style: str) -> None:
    found = loudness(with_music(0.6, style=style), {})
    assert found.integrated_lufs == pytest.approx(-14, abs=0.5)
    assert found.true_peak_dbtp <= -1


@pytest.mark.parametrize("amplitude", [0.02, 0.5], ids=["quiet", "loud"])
def test_a_song_is_as_loud_as_films_are(tmp_path: Path, amplitude: float) -> None:
    path = song(tmp_path / "a.wav", amplitude)
    sound = Sound(duration_ms=SECONDS * 1000, media="a", volume=0.8)
    found = loudness(Timeline().with_sounds([sound]), {"a": path})
    assert found.integrated_lufs == pytest.approx(-14, abs=0.5)
    assert found.true_peak_dbtp <= -1


def test_a_film_that_is_heard_is_as_loud_with_music_under_it(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", seconds=SECONDS, fps=5)
    clip = Clip(duration_ms=SECONDS * 1000, media="a", kind="video", volume=1.0)
    timeline = with_music(0.35).with_clips([clip])
    assert loudness(timeline, {"a": path}).integrated_lufs == pytest.approx(-14, abs=0.5)


def test_music_that_was_made_quieter_stays_quieter() -> None:
    usual, half = (loudness(with_music(volume), {}) for volume in (0.6, 0.3))
    assert usual.integrated_lufs - half.integrated_lufs == pytest.approx(6, abs=0.4)


def test_what_is_as_good_as_silent_is_not_made_loud(tmp_path: Path) -> None:
    path = song(tmp_path / "a.wav", 0.0001)
    sound = Sound(duration_ms=SECONDS * 1000, media="a", volume=0.8)
    track = Soundtrack.of(Timeline().with_sounds([sound]), {"a": path}, Fraction(SECONDS))
    assert mastered(track).gain == 1
