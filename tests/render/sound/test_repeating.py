"""A song that is played again: at its bar lines nobody hears where."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from nemovideo.render.clip.sound import SAMPLE_RATE, Samples, SoundFindings
from nemovideo.render.sound._feed import Feed
from nemovideo.render.sound._repeating import looped, repeated
from nemovideo.render.sound.beats import find_beat
from nemovideo.render.sound.composer import compose
from nemovideo.render.sound.soundtrack import Soundtrack
from nemovideo.timeline.beat import Beat
from nemovideo.timeline.model import Timeline
from nemovideo.timeline.music import pick
from tests.render.sound.mixing import Sound, segment, sounds
from tests.support.samples.clips import write_float_wav

SECONDS = 30
MUSIC = pick("upbeat", 3)


@pytest.fixture(scope="module")
def piece() -> Sound:
    return compose(MUSIC, SECONDS * SAMPLE_RATE)


@pytest.fixture(scope="module")
def path(piece: Sound, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_float_wav(tmp_path_factory.mktemp("songs") / "song.wav", piece)


@pytest.fixture(scope="module")
def beat(path: Path) -> Beat:
    found = find_beat(path)
    assert found is not None
    assert found.bar == 4
    return found


def heard(blocks: Iterator[Samples], seconds: float) -> Sound:
    return Feed(blocks).take(round(seconds * SAMPLE_RATE))


def test_a_song_goes_on_in_time_over_its_seams(path: Path, beat: Beat, tmp_path: Path) -> None:
    loop = beat.loop()
    assert loop is not None
    assert (loop[1] - loop[0]) / (4 * 60_000 / MUSIC["tempo"]) == pytest.approx(8, abs=0.01)
    sound = heard(looped(path, Fraction(0), loop, SoundFindings())(), 75)
    again = find_beat(write_float_wav(tmp_path / "long.wav", sound))
    assert again is not None
    assert again.step_ms == pytest.approx(beat.step_ms, rel=0.001)
    assert again.bar == 4
    bars = (again.first_ms - beat.first_ms) / beat.bar_ms
    assert abs(bars - round(bars)) * beat.bar_ms < 15


def test_a_seam_crosses_over_and_does_not_click(path: Path, piece: Sound) -> None:
    sound = heard(looped(path, Fraction(0), (2500, 12_500), SoundFindings())(), 20)
    seam = round(12.49 * SAMPLE_RATE)
    assert np.array_equal(sound[: seam - 1920], piece[: seam - 1920])
    assert np.array_equal(sound[seam : seam + 9600], piece[seam - 480_000 :][:9600])
    assert np.abs(np.diff(sound, axis=0)).max() < 1.2 * np.abs(np.diff(piece, axis=0)).max()


@pytest.mark.parametrize(
    ("begin_ms", "loop"),
    [(0, (0, 600)), (11_000, (0, 11_010)), (3000, (2000, 90_000))],
    ids=["the shortest", "begun in a seam", "beyond the end"],
)
def test_a_loop_may_be_anywhere(path: Path, begin_ms: int, loop: tuple[int, int]) -> None:
    blocks = looped(path, Fraction(begin_ms, 1000), loop, SoundFindings())()
    sound = heard(blocks, 3)
    assert np.isfinite(sound).all()
    assert np.abs(sound[-SAMPLE_RATE:]).max() > 0.05


def test_a_song_that_begins_again_where_it_ends_is_told(path: Path) -> None:
    found = SoundFindings()
    sound = heard(repeated(path, Fraction(28), found)(), 4)
    assert np.abs(sound[2 * SAMPLE_RATE :]).max() > 0.05
    assert "begins again" in (found.note("song.wav") or "")


@pytest.mark.parametrize(
    ("more", "notes"), [({}, 1), ({"loop": [2500, 22_500]}, 0)], ids=["its end", "its bars"]
)
def test_a_draft_says_where_a_song_is_repeated(
    path: Path, more: dict[str, list[int]], notes: int
) -> None:
    draft = {"t": [sounds(segment(0, 40_000, media="s", **more))]}
    track = Soundtrack.of(Timeline.from_draft(draft), {"s": path}, Fraction(40))
    for _ in track.blocks(48_000):
        pass
    assert len(track.notes) == notes
