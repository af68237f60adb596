from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo.errors import UsageError
from nemovideo.projects.inputs.songs import song_called


@pytest.fixture
def songs(tmp_path: Path) -> Path:
    (tmp_path / "Jazz").mkdir()
    for name in ("Summer.mp3", "Jazz/Summer of Love.m4a", "Jazz/Blue Train.wav", "Summer.jpg"):
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        pytest.param("summer", "Summer.mp3", id="whole name"),
        pytest.param("Summer.mp3", "Summer.mp3", id="with its ending"),
        pytest.param("love summer", "Summer of Love.m4a", id="words in any order"),
        pytest.param("TRAIN", "Blue Train.wav", id="a word, case aside"),
    ],
)
def test_a_song_is_found_by_its_name(songs: Path, name: str, wanted: str) -> None:
    found = song_called(name, songs)
    assert found is not None
    assert found.name == wanted


def test_what_no_song_is_called_finds_none(songs: Path) -> None:
    assert song_called("winter", songs) is None
    assert song_called("summer", songs / "missing") is None


def test_a_name_that_several_share_is_asked_back(songs: Path) -> None:
    (songs / "Blue Sky.mp3").touch()
    with pytest.raises(UsageError, match=r"Blue Sky\.mp3, Blue Train\.wav"):
        song_called("blue", songs)
