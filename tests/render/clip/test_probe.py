"""What clips and sounds hold, and how long they really are."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from nemovideo.errors import UnsupportedFileError
from nemovideo.render.clip.reader import ClipReader
from nemovideo.render.media_info import MediaInfo, probe
from tests.support.media import frame_index, write_clip, write_sound, write_sound_with_cover
from tests.support.samples.clips import clip_frame, write_covered_mp4, write_float_wav, write_frames

CLIPS = ["mp4", "mov", "mkv", "webm", "avi"]
SOUNDS = ["wav", "mp3", "m4a", "aac", "mp4"]


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


def test_probe_gives_a_turned_clips_upright_size(tmp_path: Path) -> None:
    info = probe(write_clip(tmp_path / "a.mov", 64, 48, rotation=90))
    assert (info.width, info.height) == (48, 64)


def test_probe_refuses_sound_of_an_unknown_kind(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.m4a")
    path.write_bytes(path.read_bytes().replace(b"mp4a", b"zzzz").replace(b"esds", b"zzzz"))
    with pytest.raises(UnsupportedFileError, match=r"^a\.m4a is broken: the sound in it can't"):
        probe(path)


def test_probe_passes_by_the_cover_of_a_record(tmp_path: Path) -> None:
    path = write_sound_with_cover(tmp_path / "a.mp3")
    info = probe(path)
    assert (info.kind, info.width, info.has_audio) == ("audio", None, True)


def test_probe_tells_of_a_song_of_silence(tmp_path: Path) -> None:
    info = probe(write_float_wav(tmp_path / "a.wav", np.zeros((4800, 2), np.float32)), "song.wav")
    assert info.notes == ("song.wav will not be heard: it is silent",)


def test_probe_tells_of_a_song_without_numbers(tmp_path: Path) -> None:
    samples = np.full((4800, 2), np.inf, np.float32)
    info = probe(write_float_wav(tmp_path / "a.wav", samples), "song.wav")
    assert info.notes == ("song.wav will not be heard: its sound is damaged throughout",)


def test_probe_has_nothing_to_tell_of_ordinary_files(tmp_path: Path) -> None:
    assert probe(write_sound(tmp_path / "a.wav")).notes == ()
    assert probe(write_clip(tmp_path / "a.mp4", frequency=None)).notes == ()


def test_probe_takes_a_heif_sequence_without_a_still_picture_for_a_film(tmp_path: Path) -> None:
    content = bytearray(write_clip(tmp_path / "a.mp4", frequency=None).read_bytes())
    content[8:12] = b"msf1"
    content[16:32] = b"msf1hevcmsf1hevc"
    (tmp_path / "burst.heic").write_bytes(content)
    info = probe(tmp_path / "burst.heic")
    assert (info.kind, info.duration_s, info.notes) == ("video", 1, ())


def test_probe_takes_an_mp4_without_pictures_for_sound(tmp_path: Path) -> None:
    info = probe(write_sound(tmp_path / "a.mp4"))
    assert (info.kind, info.width, info.has_audio) == ("audio", None, True)


def test_probe_takes_an_mp4_with_a_cover_for_sound(tmp_path: Path) -> None:
    info = probe(write_covered_mp4(tmp_path / "a.mp4"))
    assert (info.kind, info.width, info.has_audio) == ("audio", None, True)


@pytest.mark.parametrize("form", ["faststart", "fragments", "mkv"])
def test_probe_measures_what_there_is_of_a_download(tmp_path: Path, form: str) -> None:
    path = tmp_path / ("a.mkv" if form == "mkv" else "a.mp4")
    frames = [clip_frame(number) for number in range(40)]
    flags = {"faststart": "+faststart", "fragments": "+frag_keyframe+empty_moov"}
    muxer = {"movflags": flags[form]} if form in flags else {}
    write_frames(path, frames, options={"crf": "1", "g": "5", "bf": "0"}, muxer=muxer)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])
    info = probe(path)
    duration = info.duration_s
    assert duration is not None
    assert 1.2 < duration < 3.2
    told = f"a.mp4 breaks off before its end; its first {duration:.1f} s are used"
    assert info.notes == (() if form == "mkv" else (told,))
    with ClipReader(path) as reader:
        last = frame_index(reader.frame_at(Fraction(100)))
    assert last == pytest.approx(duration * 10 - 1, abs=1)


def test_probe_measures_a_recording_that_claims_no_length(tmp_path: Path) -> None:
    frames = [clip_frame(number) for number in range(20)]
    path = write_frames(tmp_path / "a.webm", frames, codec="libvpx", muxer={"live": "1"})
    assert probe(path).duration_s == pytest.approx(2.0, abs=0.01)


def test_probe_measures_an_mp3_whose_header_lies(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.mp3", seconds=2)
    data = bytearray(path.read_bytes())
    place = data.index(b"Xing") if b"Xing" in data else data.index(b"Info")
    data[place + 8 : place + 12] = (1_000_000).to_bytes(4, "big")  # frames: seven hours
    path.write_bytes(data)
    assert probe(path).duration_s == pytest.approx(2.0, abs=0.1)
