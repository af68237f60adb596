from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo.errors import UsageError
from nemovideo.projects.inputs.songs import any_song, asks_for_any_song, song_called, with_song


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


def test_any_song_is_the_same_for_the_same_files(songs: Path) -> None:
    found = {any_song(songs, [f"{n}.jpg"]) for n in range(30)}
    assert {song.name for song in found} == {"Summer.mp3", "Summer of Love.m4a", "Blue Train.wav"}
    assert any_song(songs, ["a.jpg"]) == any_song(songs, ["a.jpg"])


def test_any_song_is_another_than_what_plays(songs: Path) -> None:
    now = any_song(songs, ["a.jpg"])
    assert any_song(songs, ["a.jpg"], but={now.name}) != now


def test_any_song_of_no_folder_or_an_empty_one_is_refused(tmp_path: Path) -> None:
    for folder in (None, tmp_path, tmp_path / "missing"):
        with pytest.raises(UsageError, match="no song of yours"):
            any_song(folder, ["a.jpg"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("use one of my songs", 'use "/s/a.mp3"'),
        ("Music from my folder, please", '"/s/a.mp3" , please'),
        ("pon una de mis canciones", 'pon "/s/a.mp3"'),
        ("用我文件夹里的音乐", '用 "/s/a.mp3"'),
    ],
)
def test_a_wish_for_any_song_names_one(text: str, said: str) -> None:
    assert asks_for_any_song(text)
    assert with_song(text, Path("/s/a.mp3")) == said


@pytest.mark.parametrize("text", ["use song.mp3", "remove one of my photos", "other music"])
def test_other_wishes_are_left_alone(text: str) -> None:
    assert not asks_for_any_song(text)
