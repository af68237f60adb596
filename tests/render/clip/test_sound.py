"""Sound is whole, at its level, at its time."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from nemovideo.errors import UnsupportedFileError
from nemovideo.render.clip.reader import ClipReader
from nemovideo.render.clip.sound import SAMPLE_RATE, SoundFindings, read_audio
from nemovideo.render.media_info import probe
from tests.support.media import frame_index, loudest_frequency, tone, write_clip, write_sound
from tests.support.samples.clips import shifted, write_float_wav

SOUNDS = ["wav", "mp3", "m4a", "aac", "mp4"]


def sound_of(path: Path, start_s: Fraction = Fraction(0)) -> np.ndarray[tuple[int, int]]:
    blocks = list(read_audio(path, start_s=start_s))
    return np.concatenate(blocks) if blocks else np.zeros((0, 2), np.float32)


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


@pytest.mark.parametrize("channel", range(6), ids=["FL", "FR", "FC", "LFE", "SL", "SR"])
def test_read_audio_mixes_six_channels(tmp_path: Path, channel: int) -> None:
    samples = np.zeros((4800, 6), np.float32)
    samples[:, channel] = 0.5
    sound = sound_of(write_float_wav(tmp_path / "a.wav", samples))
    sides = [(1, 0), (0, 1), (0.707, 0.707), (0, 0), (0.707, 0), (0, 0.707)]
    assert sound[2400] == pytest.approx(np.array(sides[channel]) * 0.5, abs=0.002)


def test_read_audio_takes_the_first_two_of_channels_without_a_place(tmp_path: Path) -> None:
    samples = np.tile(np.arange(1, 10) / 20, (4800, 1)).astype(np.float32)
    sound = sound_of(write_float_wav(tmp_path / "a.wav", samples))
    assert sound[2400] == pytest.approx([0.05, 0.1], abs=0.001)


def test_read_audio_takes_the_sound_of_a_telephone(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav", rate=8000, layout="mono", frequency=440)
    sound = sound_of(path)
    assert len(sound) == pytest.approx(SAMPLE_RATE, abs=50)
    assert loudest_frequency(sound) == pytest.approx(440, abs=2)
    assert np.abs(sound).max() == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("rate", [48_000, 44_100], ids=["as it is", "resampled"])
def test_read_audio_puts_silence_for_what_is_no_number(tmp_path: Path, rate: int) -> None:
    samples = np.full((rate, 2), 0.25, np.float32)
    samples[1000:1100] = np.nan
    samples[2000:2010, 0], samples[3000:3010, 1], samples[4000:4001] = np.inf, -np.inf, 1e30
    heard = SoundFindings()
    path = write_float_wav(tmp_path / "a.wav", samples, rate=rate)
    sound = np.concatenate([*read_audio(path, heard=heard)])
    assert np.isfinite(sound).all()
    assert np.abs(sound).max() < 0.35
    assert np.abs(sound[10_000:] - 0.25).max() < 0.01
    assert (heard.damaged_count, heard.is_silent) == (222, False)


def test_read_audio_tells_of_silence(tmp_path: Path) -> None:
    heard = SoundFindings()
    path = write_float_wav(tmp_path / "a.wav", np.zeros((48_000, 2), np.float32))
    assert len(np.concatenate([*read_audio(path, heard=heard)])) == SAMPLE_RATE
    assert heard.is_silent


@pytest.mark.parametrize("extension", ["mp4", "mov", "mkv"])
@pytest.mark.parametrize(
    ("video_s", "audio_s"),
    [(0, 0.5), (0.5, 0), (-0.7, -0.7), (0, -0.5)],
    ids=["sound late", "pictures late", "cut", "sound cut"],
)
def test_sound_stays_in_step_with_the_pictures(
    tmp_path: Path, extension: str, video_s: float, audio_s: float
) -> None:
    samples = tone(2, 440)
    samples[57_600:58_600] = -0.9  # 1.2 s on, when frame 12 shows
    clip = write_clip(tmp_path / "a.mp4", seconds=2, samples=samples)
    path = shifted(clip, tmp_path / f"b.{extension}", video_s=video_s, audio_s=audio_s)
    sound = sound_of(path)
    knock = int(np.flatnonzero(sound[:, 0] < -0.7)[0]) / SAMPLE_RATE
    with ClipReader(path) as reader:
        times = [Fraction(n, 100) for n in range(200)]
        frame_12 = next(t for t in times if frame_index(reader.frame_at(t)) == 12)
    assert knock - float(frame_12) == pytest.approx(audio_s - video_s, abs=0.012)
    late = sound_of(path, Fraction(knock) - Fraction(1, 4))
    assert int(np.flatnonzero(late[:, 0] < -0.7)[0]) == pytest.approx(SAMPLE_RATE / 4, abs=2)


def test_read_audio_of_a_silent_clip_is_nothing(tmp_path: Path) -> None:
    assert len(sound_of(write_clip(tmp_path / "a.mp4", frequency=None))) == 0


def test_read_audio_after_the_end_is_nothing(tmp_path: Path) -> None:
    assert len(sound_of(write_sound(tmp_path / "a.wav", seconds=1), Fraction(5))) == 0


def test_read_audio_refuses_a_broken_file(tmp_path: Path) -> None:
    path = tmp_path / "song.mp3"
    path.write_bytes(b"ID3" + bytes(1000))
    with pytest.raises(UnsupportedFileError, match=r"song\.mp3 is broken"):
        sound_of(path)
