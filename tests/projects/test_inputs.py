from __future__ import annotations

import os
from pathlib import Path

import pytest

from nemovideo.errors import FileTooLargeError, InputNotFoundError, UnsupportedFileError
from nemovideo.projects.inputs import collect_inputs, natural_key
from nemovideo.protocol.media_types import MAX_UPLOAD_BYTES

JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 60
MP4 = b"\0\0\0\x18ftypisom" + b"\0" * 60
WAV = b"RIFF\0\0\0\0WAVE" + b"\0" * 60


def put(folder: Path, name: str, content: bytes = JPEG) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def names(paths: list[Path] | tuple[Path, ...]) -> list[str]:
    return [path.name for path in paths]


def collected(*given: Path | str) -> list[str]:
    return [file.path.name for file in collect_inputs([str(name) for name in given])]


def test_collect_inputs_keeps_the_given_order_of_names(tmp_path: Path) -> None:
    second, first = put(tmp_path, "b.jpg"), put(tmp_path, "a.jpg")
    assert collected(second, first) == ["b.jpg", "a.jpg"]


def test_collect_inputs_reads_a_folder_in_natural_order(tmp_path: Path) -> None:
    for name in ("img10.jpg", "img2.jpg", "IMG1.jpg"):
        put(tmp_path, name)
    assert collected(tmp_path) == ["IMG1.jpg", "img2.jpg", "img10.jpg"]


def test_collect_inputs_leaves_out_what_is_no_media_in_a_folder(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg")
    put(tmp_path, "notes.txt", b"hello")
    put(tmp_path, ".hidden.jpg")
    (tmp_path / "sub.jpg").mkdir()
    assert collected(tmp_path) == ["a.jpg"]


def test_collect_inputs_expands_patterns_itself(tmp_path: Path) -> None:
    for name in ("b10.jpg", "b9.jpg", "c.png"):
        put(tmp_path, name)
    assert collected(str(tmp_path / "b*.jpg")) == ["b9.jpg", "b10.jpg"]


def test_collect_inputs_reads_double_star_through_folders(tmp_path: Path) -> None:
    put(tmp_path, "x/one.jpg")
    put(tmp_path, "x/y/two.jpg")
    assert collected(str(tmp_path / "**" / "*.jpg")) == ["one.jpg", "two.jpg"]


def test_collect_inputs_takes_an_existing_name_before_reading_it_as_a_pattern(
    tmp_path: Path,
) -> None:
    put(tmp_path, "photo[1].jpg")
    put(tmp_path, "photo1.jpg")
    assert collected(tmp_path / "photo[1].jpg") == ["photo[1].jpg"]


def test_collect_inputs_takes_a_file_named_twice_once(tmp_path: Path) -> None:
    photo = put(tmp_path, "a.jpg")
    put(tmp_path, "b.jpg")
    assert collected(photo, tmp_path) == ["a.jpg", "b.jpg"]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        pytest.param("a.jpg", JPEG, "image", id="photo"),
        pytest.param("a.mp4", MP4, "video", id="clip"),
        pytest.param("a.wav", WAV, "audio", id="sound"),
        pytest.param("a.m4a", MP4, "audio", id="sound-in-a-film-container"),
        pytest.param("a.mp3", b"\0\0\0\0" * 20, "audio", id="sound-without-a-signature"),
        pytest.param("a.png", JPEG, "image", id="another-image-than-named"),
    ],
)
def test_collect_inputs_tells_the_kind(
    tmp_path: Path, name: str, content: bytes, kind: str
) -> None:
    (file,) = collect_inputs([str(put(tmp_path, name, content))])
    assert file.kind == kind


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        pytest.param("a.txt", b"hello", "not accepted", id="text"),
        pytest.param("a", JPEG, "not accepted", id="no-extension"),
        pytest.param("a.jpg", b"", "empty", id="empty"),
        pytest.param("a.jpg", b"<html>", "does not hold", id="text-named-photo"),
        pytest.param("a.mp4", b"not a film at all", "does not hold", id="text-named-clip"),
    ],
)
def test_collect_inputs_refuses_a_file_by_name(
    tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    path = put(tmp_path, name, content)
    with pytest.raises(UnsupportedFileError, match=why) as caught:
        collect_inputs([str(path)])
    assert str(path) in caught.value.message


def test_collect_inputs_refuses_more_than_200_mb(tmp_path: Path) -> None:
    path = put(tmp_path, "long.mp4", MP4)
    os.truncate(path, MAX_UPLOAD_BYTES)
    assert collected(path) == ["long.mp4"]
    os.truncate(path, MAX_UPLOAD_BYTES + 1)
    with pytest.raises(FileTooLargeError, match=r"long\.mp4"):
        collect_inputs([str(path)])


@pytest.mark.parametrize("name", ["gone.jpg", "*.jpg", "."], ids=["name", "pattern", "folder"])
def test_collect_inputs_says_what_is_missing(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputNotFoundError):
        collect_inputs([name])


def test_natural_key_sorts_numbers_by_value() -> None:
    given = ["v1.10", "v1.9", "10", "9", "a"]
    assert sorted(given, key=natural_key) == ["9", "10", "a", "v1.9", "v1.10"]


def test_relative_names_start_at_the_folder_that_is_given(tmp_path: Path) -> None:
    folder = tmp_path / "[2026] *trip"
    folder.mkdir()
    for name in ("2.jpg", "10.jpg"):
        put(folder, name)
    paths = [folder / "2.jpg", folder / "10.jpg"]
    for given in (["*.jpg"], ["2.jpg", "10.jpg"], ["."], [str(paths[0]), "10.jpg"]):
        assert [file.path for file in collect_inputs(given, folder=folder)] == paths
