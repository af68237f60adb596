"""The soundtrack as a whole: its length, its mix, what it can't play, whatever its length."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nemovideo.errors import RenderError, UnsupportedFileError
from nemovideo.render.clip.sound import SAMPLE_RATE
from nemovideo.render.sound.soundtrack import Soundtrack
from nemovideo.timeline.model import Timeline
from tests.render.sound.mixing import MUSIC, level, mix, segment, sounds
from tests.support.media import tone, write_clip, write_jpeg, write_sound
from tests.support.samples.clips import write_float_wav


@pytest.mark.parametrize(
    ("seconds", "block"),
    [(1.0, 1600), (1.0, 1024), (2.5, 48_000), (Fraction(1, 3), 7), (0, 1600)],
    ids=["frames", "aac", "seconds", "odd", "nothing"],
)
def test_soundtrack_has_exactly_the_samples_of_the_video(
    song: dict[str, Path], seconds: Fraction | float, block: int
) -> None:
    draft = Timeline.from_draft({"t": [sounds(segment(0, 5000, media="f1"))]})
    track = Soundtrack.of(draft, song, Fraction(seconds))
    lengths = [len(part) for part in track.blocks(block)]
    assert sum(lengths) == track.sample_count == round(seconds * SAMPLE_RATE)
    assert set(lengths[:-1]) <= {block}


def test_soundtrack_without_sound_is_silence() -> None:
    sound = mix({"tt": 7, "sg": [segment(0, 1000, text="Hi")]})
    assert sound.shape == (SAMPLE_RATE, 2)
    assert not sound.any()


def test_soundtrack_can_be_heard_twice(song: dict[str, Path]) -> None:
    draft = Timeline.from_draft({"t": [sounds(segment(0, 1000, media="f1"))]})
    track = Soundtrack.of(draft, song, Fraction(1))
    first, second = (np.concatenate(list(track.blocks(4096))) for _ in range(2))
    assert np.array_equal(first, second)


def test_tracks_are_mixed(tmp_path: Path, song: dict[str, Path]) -> None:
    other = write_sound(tmp_path / "b.wav", frequency=1000, amplitude=0.2, rate=48_000)
    sound = mix(
        sounds(segment(0, 1000, media="f1")),
        sounds(segment(0, 1000, media="b", volume=0.5)),
        media={**song, "b": other},
    )
    middle = sound[4800:43_200, 0]
    wanted = tone(1, 440, 0.5)[4800:43_200] + tone(1, 1000, 0.1)[4800:43_200]
    assert np.abs(middle - wanted).max() < 0.01


def silent_wav(path: Path, value: float) -> Path:
    return write_float_wav(path, np.full((48_000, 2), value, np.float32))


def damaged_wav(path: Path) -> Path:
    samples = np.full((48_000, 2), 0.25, np.float32)
    samples[20_000:20_100] = np.inf
    return write_float_wav(path, samples)


@pytest.mark.parametrize(
    ("write", "note"),
    [
        (lambda path: silent_wav(path, 0), "song will not be heard: it is silent"),
        (
            lambda path: silent_wav(path, np.inf),
            "song will not be heard: its sound is damaged throughout",
        ),
        (damaged_wav, "the sound of song is damaged: silence stands for what is no sound"),
        (write_jpeg, "song will not be heard: there is no sound in it"),
        (
            lambda path: write_clip(path.with_suffix(".mp4"), frequency=None),
            "song will not be heard: there is no sound in it",
        ),
        (write_sound, None),
    ],
    ids=["zeros", "infinite", "damaged", "photo", "clip without sound", "song"],
)
def test_music_that_is_not_heard_is_told(
    tmp_path: Path, write: Callable[[Path], Path], note: str | None
) -> None:
    media = {"s": write(tmp_path / "a.wav")}
    timeline = Timeline.from_draft({"t": [sounds(segment(0, 1000, media="s", name="song"))]})
    track = Soundtrack.of(timeline, media, Fraction(1))
    assert np.isfinite(np.concatenate([*track.blocks(1600)])).all()
    assert track.notes == ((note,) if note else ())


@pytest.mark.parametrize(
    ("metadata", "named"),
    [
        ({"media": "f9", "name": "song.mp3"}, r"^song\.mp3 is not among"),
        ({"name": "Lo-fi"}, "^Lo-fi is not among"),
        ({"media": "f9"}, "^f9 is not among"),
        ({"media": 7, "music": 5}, "^a segment without a name is not among"),
    ],
    ids=["id and name", "name", "id", "nothing that can be read"],
)
def test_soundtrack_names_what_is_missing(metadata: dict[str, Any], named: str) -> None:
    draft = Timeline.from_draft({"t": [sounds(segment(0, 1000, **metadata))]})
    with pytest.raises(RenderError, match=named):
        Soundtrack.of(draft, {}, Fraction(1))


def test_soundtrack_names_a_file_that_is_gone(tmp_path: Path) -> None:
    draft = Timeline.from_draft({"t": [sounds(segment(0, 1000, media="a", name="song.mp3"))]})
    with pytest.raises(RenderError, match=r"the file of song\.mp3 is gone"):
        Soundtrack.of(draft, {"a": tmp_path / "a"}, Fraction(1))


def test_soundtrack_names_a_file_that_is_broken(tmp_path: Path) -> None:
    (tmp_path / "song.mp3").write_bytes(b"ID3" + bytes(999))
    with pytest.raises(UnsupportedFileError, match=r"song\.mp3 is broken"):
        mix(sounds(segment(0, 1000, media="a")), media={"a": tmp_path / "song.mp3"})


@pytest.mark.parametrize(
    "metadata",
    [
        {"fade_in": "slow", "fade_out": None},
        {"fade_in": float("nan"), "fade_out": float("inf")},
        {"fade_in": -5, "fade_out": True},
        {"volume": {"left": 1}},
        {"music": [1]},
        {"source_start": "x"},
    ],
    ids=["text", "no numbers", "negative", "volume", "music", "source"],
)
def test_sound_with_values_that_make_no_sense_plays(
    song: dict[str, Path], metadata: dict[str, Any]
) -> None:
    sound = mix(sounds(segment(0, 1000, media="f1", **metadata)), media=song)
    assert level(sound, 0.1, 0.9) == pytest.approx(0.5, rel=0.02)


def test_music_that_makes_no_sense_still_plays() -> None:
    sound = mix(sounds(segment(0, 2000, music={"style": 5, "tempo": "x"})), seconds=2)
    assert level(sound, 0.5, 1.5) > 0.01


def test_long_music_is_streamed() -> None:
    draft = Timeline.from_draft({"t": [sounds(segment(0, 3_600_000, music=MUSIC))]})
    blocks = Soundtrack.of(draft, {}, Fraction(3600)).blocks(SAMPLE_RATE)
    next(blocks)
    tracemalloc.start()
    for _ in range(12):
        next(blocks)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 120_000_000  # the hour itself would be 1.4 GB
