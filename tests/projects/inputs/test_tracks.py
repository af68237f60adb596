"""Containers for clips that hold sound alone are told by their content."""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo.projects.inputs.checking import check_file
from nemovideo.projects.inputs.tracks import holds_sound_alone
from tests.support.media import write_clip, write_jpeg, write_sound
from tests.support.samples.clips import write_covered_mp4


@pytest.mark.parametrize("extension", ["mp4", "mov", "mkv", "webm"])
def test_sound_alone_is_told_from_clips(tmp_path: Path, extension: str) -> None:
    clip = write_clip(tmp_path / f"clip.{extension}")
    silent = write_clip(tmp_path / f"silent.{extension}", frequency=None)
    sound = write_sound(tmp_path / f"sound.{extension}", rate=48_000)
    assert [holds_sound_alone(path) for path in (clip, silent, sound)] == [False, False, True]
    assert [check_file(path).kind for path in (clip, sound)] == ["video", "audio"]


def test_what_has_no_index_stays_what_its_name_says(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.mp4")
    path.write_bytes(path.read_bytes()[:200])
    assert not holds_sound_alone(path)
    assert not holds_sound_alone(write_jpeg(tmp_path / "a.jpg"))


@pytest.mark.parametrize("size", [0, 2, 8, 0xFFFFFFFF], ids=str)
def test_a_box_of_an_impossible_size_ends_the_search(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"\0\0\0\x10ftypisom\0\0\0\0" + size.to_bytes(4, "big") + b"moov" + bytes(64))
    assert not holds_sound_alone(path)


def test_the_cover_of_a_record_is_no_clip(tmp_path: Path) -> None:
    assert holds_sound_alone(write_covered_mp4(tmp_path / "a.mp4"))
