"""Clips give the right picture for each time, upright and in the right colours; sound is whole."""

from __future__ import annotations

import errno
import inspect
from fractions import Fraction
from pathlib import Path

import av.error
import numpy as np
import pytest

from nemovideo.errors import NemoError, RenderError, UnsupportedFileError
from nemovideo.render._decode import SAMPLE_RATE, ClipReader, read_audio, to_nemo_error
from nemovideo.render.media_info import MediaInfo, probe
from tests.support.media import (
    QUADRANTS,
    corners,
    frame_index,
    is_like,
    loudest_frequency,
    write_clip,
    write_sound,
    write_sound_with_cover,
)

CLIPS = ["mp4", "mov", "mkv", "webm", "avi"]
SOUNDS = ["wav", "mp3", "m4a", "aac", "mp4"]


def sound_of(path: Path, start_s: Fraction = Fraction(0)) -> np.ndarray[tuple[int, int]]:
    blocks = list(read_audio(path, start_s=start_s))
    return np.concatenate(blocks) if blocks else np.zeros((0, 2), np.float32)


@pytest.mark.parametrize("extension", CLIPS)
def test_probe_reads_a_silent_clip(tmp_path: Path, extension: str) -> None:
    path = write_clip(tmp_path / f"a.{extension}", 64, 48, fps=10, frequency=None)
    assert probe(path) == MediaInfo("video", 64, 48, 1.0, 10.0, has_audio=False)


@pytest.mark.parametrize("extension", CLIPS)
def test_probe_hears_a_clips_sound(tmp_path: Path, extension: str) -> None:
    assert probe(write_clip(tmp_path / f"a.{extension}")).has_audio


@pytest.mark.parametrize("extension", SOUNDS)
def test_probe_reads_sound(tmp_path: Path, extension: str) -> None:
    info = probe(write_sound(tmp_path / f"a.{extension}", seconds=2))
    assert (info.kind, info.width, info.height, info.has_audio) == ("audio", None, None, True)
    assert info.duration_s == pytest.approx(2, abs=0.06)


def test_probe_measures_a_clip_that_broke_off(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mkv", seconds=4, frequency=None)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    duration = probe(path).duration_s
    assert duration is not None
    assert 1 < duration < 3


@pytest.mark.parametrize("extension", CLIPS)
def test_probe_refuses_a_clip_without_a_picture_to_decode(tmp_path: Path, extension: str) -> None:
    path = write_clip(tmp_path / f"a.{extension}")
    path.write_bytes(path.read_bytes()[:400])
    with pytest.raises(UnsupportedFileError, match=f"^party.{extension} is broken"):
        probe(path, f"party.{extension}")


@pytest.mark.parametrize("start", [b"ID3", b"RIFF\x00\x01\x00\x00WAVEfmt "], ids=["mp3", "wav"])
def test_probe_refuses_broken_sound(tmp_path: Path, start: bytes) -> None:
    path = tmp_path / "song"
    path.write_bytes(start + bytes(2000))
    with pytest.raises(UnsupportedFileError, match=r"^song is broken"):
        probe(path)


@pytest.mark.parametrize("extension", CLIPS)
def test_clip_reader_shows_each_frame_at_its_time(tmp_path: Path, extension: str) -> None:
    path = write_clip(tmp_path / f"a.{extension}", seconds=2, fps=10, frequency=None)
    with ClipReader(path) as reader:
        shown = [frame_index(reader.frame_at(Fraction(n, 30))) for n in range(60)]
    assert shown == [n // 3 for n in range(60)]


@pytest.mark.parametrize("extension", CLIPS)
@pytest.mark.parametrize("start", [Fraction(1, 5), Fraction(13, 10)], ids=["0.2s", "1.3s"])
def test_clip_reader_starts_within_the_clip(
    tmp_path: Path, extension: str, start: Fraction
) -> None:
    path = write_clip(tmp_path / f"a.{extension}", seconds=2, fps=10, frequency=None)
    with ClipReader(path, start_s=start) as reader:
        assert frame_index(reader.frame_at(Fraction(0))) == start * 10
        assert frame_index(reader.frame_at(Fraction(2, 10))) == start * 10 + 2


@pytest.mark.parametrize("extension", CLIPS)
def test_clip_reader_holds_the_last_frame(tmp_path: Path, extension: str) -> None:
    path = write_clip(tmp_path / f"a.{extension}", seconds=1, fps=10, frequency=None)
    with ClipReader(path) as reader:
        assert frame_index(reader.frame_at(Fraction(100))) == 9


@pytest.mark.parametrize("extension", CLIPS)
def test_clip_reader_that_starts_after_the_end_shows_the_last(
    tmp_path: Path, extension: str
) -> None:
    path = write_clip(tmp_path / f"a.{extension}", seconds=1, fps=10, frequency=None)
    with ClipReader(path, start_s=Fraction(60)) as reader:
        assert frame_index(reader.frame_at(Fraction(0))) == 9


def test_clip_reader_follows_a_variable_frame_rate(tmp_path: Path) -> None:
    times = [Fraction(n, 1000) for n in (0, 40, 500, 540, 1500)]
    path = write_clip(tmp_path / "a.mkv", frequency=None, times=times)
    with ClipReader(path) as reader:
        asked = [Fraction(n, 1000) for n in (0, 30, 100, 490, 510, 1000, 1600)]
        assert [frame_index(reader.frame_at(t)) for t in asked] == [0, 0, 1, 1, 2, 3, 4]


def test_clip_reader_converts_a_frame_only_once(tmp_path: Path) -> None:
    with ClipReader(write_clip(tmp_path / "a.mp4", fps=10)) as reader:
        assert reader.frame_at(Fraction(1, 30)) is reader.frame_at(Fraction(2, 30))


@pytest.mark.parametrize(
    ("rotation", "wanted"),
    [(90, (1, 3, 0, 2)), (180, (3, 2, 1, 0)), (270, (2, 0, 3, 1))],
    ids=["90", "180", "270"],
)
def test_clip_reader_turns_upright(tmp_path: Path, rotation: int, wanted: tuple[int, ...]) -> None:
    path = write_clip(tmp_path / "a.mp4", 64, 48, rotation=rotation)
    with ClipReader(path) as reader:
        picture = reader.frame_at(Fraction(0))
        assert picture.shape == (reader.height, reader.width, 3)
    assert is_like(corners(picture), tuple(QUADRANTS[number] for number in wanted))


def test_probe_gives_a_turned_clips_upright_size(tmp_path: Path) -> None:
    info = probe(write_clip(tmp_path / "a.mov", 64, 48, rotation=90))
    assert (info.width, info.height) == (48, 64)


@pytest.mark.parametrize(
    ("aspect", "size"),
    [(Fraction(2), (128, 48)), (Fraction(1, 2), (64, 96))],
    ids=["wide pixels", "tall pixels"],
)
def test_clip_reader_makes_pixels_square(
    tmp_path: Path, aspect: Fraction, size: tuple[int, int]
) -> None:
    path = write_clip(tmp_path / "a.mp4", 64, 48, aspect=aspect)
    info = probe(path)
    with ClipReader(path) as reader:
        shape = reader.frame_at(Fraction(0)).shape
        assert (reader.width, reader.height) == (info.width, info.height) == size
    assert shape == (size[1], size[0], 3)


@pytest.mark.parametrize("matrix", [1, 5], ids=["bt709", "bt601"])
def test_clip_reader_honours_the_colour_matrix(tmp_path: Path, matrix: int) -> None:
    path = write_clip(tmp_path / "a.mp4", 64, 48, matrix=matrix)
    with ClipReader(path) as reader:
        assert is_like(corners(reader.frame_at(Fraction(0))), by=5)


def test_clip_reader_refuses_a_file_without_pictures(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "song.m4a")
    with pytest.raises(UnsupportedFileError, match=r"song\.m4a has no pictures in it"):
        ClipReader(path)


def test_clip_reader_refuses_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFileError, match=r"gone\.mp4 can't be read"):
        ClipReader(tmp_path / "gone.mp4")


def test_clip_reader_shows_what_is_left_of_a_damaged_clip(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mkv", seconds=2, fps=10, frequency=None)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])
    with ClipReader(path) as reader:
        assert frame_index(reader.frame_at(Fraction(1, 2))) == 5
        assert 5 <= frame_index(reader.frame_at(Fraction(5))) < 19


@pytest.mark.parametrize("extension", SOUNDS)
def test_read_audio_resamples_to_stereo(tmp_path: Path, extension: str) -> None:
    path = write_sound(tmp_path / f"a.{extension}", seconds=1, frequency=440, rate=44_100)
    sound = sound_of(path)
    assert sound.dtype == np.float32
    assert len(sound) == pytest.approx(SAMPLE_RATE, rel=0.05)
    assert loudest_frequency(sound[4800:43_200]) == pytest.approx(440, abs=2)


@pytest.mark.parametrize("layout", ["mono", "stereo"])
def test_read_audio_keeps_the_level(tmp_path: Path, layout: str) -> None:
    path = write_sound(tmp_path / "a.wav", amplitude=0.5, layout=layout)
    assert np.abs(sound_of(path)).max(axis=0) == pytest.approx([0.5, 0.5], abs=0.01)


@pytest.mark.parametrize("extension", ["wav", "m4a", "mp3"])
def test_read_audio_starts_within_the_file(tmp_path: Path, extension: str) -> None:
    path = write_sound(tmp_path / f"a.{extension}", seconds=2)
    whole, later = sound_of(path), sound_of(path, Fraction(3, 4))
    assert len(whole) - len(later) == pytest.approx(SAMPLE_RATE * 3 // 4, abs=2)
    middle = slice(9600, 19_200)
    assert np.abs(later[middle] - whole[SAMPLE_RATE * 3 // 4 :][middle]).max() < 0.05


def test_read_audio_follows_a_change_of_form(tmp_path: Path) -> None:
    first = write_sound(tmp_path / "a.aac", frequency=440, rate=44_100)
    second = write_sound(tmp_path / "b.aac", frequency=880, rate=48_000, layout="mono")
    both = tmp_path / "c.aac"
    both.write_bytes(first.read_bytes() + second.read_bytes())
    sound = sound_of(both)
    assert len(sound) == pytest.approx(2 * SAMPLE_RATE, rel=0.06)
    assert loudest_frequency(sound[9600:43_200]) == pytest.approx(440, abs=2)
    assert loudest_frequency(sound[57_600:91_200]) == pytest.approx(880, abs=2)


def test_a_track_of_unknown_sound_is_passed_by(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mkv")
    path.write_bytes(path.read_bytes().replace(b"A_AAC", b"A_ZZZ"))
    assert not probe(path).has_audio
    assert len(sound_of(path)) == 0


def test_probe_refuses_sound_of_an_unknown_kind(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.m4a")
    path.write_bytes(path.read_bytes().replace(b"mp4a", b"zzzz").replace(b"esds", b"zzzz"))
    with pytest.raises(UnsupportedFileError, match=r"a\.m4a is broken: there is no sound"):
        probe(path)


def test_probe_passes_by_the_cover_of_a_record(tmp_path: Path) -> None:
    path = write_sound_with_cover(tmp_path / "a.mp3")
    info = probe(path)
    assert (info.kind, info.width, info.has_audio) == ("audio", None, True)


def test_read_audio_of_a_silent_clip_is_nothing(tmp_path: Path) -> None:
    assert len(sound_of(write_clip(tmp_path / "a.mp4", frequency=None))) == 0


def test_read_audio_after_the_end_is_nothing(tmp_path: Path) -> None:
    assert len(sound_of(write_sound(tmp_path / "a.wav", seconds=1), Fraction(5))) == 0


def test_read_audio_refuses_a_broken_file(tmp_path: Path) -> None:
    path = tmp_path / "song.mp3"
    path.write_bytes(b"ID3" + bytes(1000))
    with pytest.raises(UnsupportedFileError, match=r"song\.mp3 is broken"):
        sound_of(path)


def _av_errors() -> list[type[Exception]]:
    classes = [cls for _, cls in inspect.getmembers(av.error, inspect.isclass)]
    return [cls for cls in classes if issubclass(cls, av.error.FFmpegError)]


@pytest.mark.parametrize("error", _av_errors(), ids=lambda cls: cls.__name__)
def test_every_error_of_pyav_becomes_one_of_ours(error: type[Exception]) -> None:
    ours = to_nemo_error(error(errno.EINVAL, "text"), "beach.mp4")
    assert isinstance(ours, NemoError)
    assert "beach.mp4" in ours.message


def test_a_lack_of_memory_is_not_the_files_fault() -> None:
    assert isinstance(to_nemo_error(MemoryError(), "beach.mp4"), RenderError)
