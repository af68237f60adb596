from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from nemovideo._files import natural_key
from nemovideo.errors import FileTooLargeError, InputNotFoundError, UnsupportedFileError
from nemovideo.projects.inputs.expansion import collect_inputs
from nemovideo.projects.inputs.made import Films
from nemovideo.protocol.media_types import MAX_UPLOAD_BYTES

JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 60
MP4 = b"\0\0\0\x18ftypisom" + b"\0" * 60
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 60
WAV = b"RIFF\0\0\0\0WAVE" + b"\0" * 60


def put(folder: Path, name: str, content: bytes = JPEG) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def names(paths: list[Path] | tuple[Path, ...]) -> list[str]:
    return [path.name for path in paths]


def collected(*given: Path | str) -> list[str]:
    return [file.path.name for file in collect_inputs([str(name) for name in given]).files]


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


def phone_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "phone"
    put(folder, "a.jpg")
    for name in ("notes.txt", "more.txt", "scan.pdf", "README"):
        put(folder, name, b"hello")
    put(folder, ".DS_Store")
    put(folder, "empty.jpg", b"")
    put(folder, "day 2/b.jpg")
    put(folder, "day 2/deeper/c.jpg")
    (folder / "day 2" / "back").symlink_to(folder, target_is_directory=True)
    return folder


def test_what_a_folder_holds_besides_is_counted_with_the_reasons(tmp_path: Path) -> None:
    folder = phone_folder(tmp_path)
    assert collect_inputs([str(folder)]).notes == (
        f"Left out of {folder}: 4 files of other kinds (2 .txt, .pdf, without an ending), "
        f"1 hidden file, 1 subfolder (add --recursive), "
        f"{folder / 'empty.jpg'} is empty (0 bytes).",
    )


def test_recursive_takes_in_folders_within_folders_each_once(tmp_path: Path) -> None:
    folder = phone_folder(tmp_path)
    found = collect_inputs([str(folder)], is_recursive=True)
    assert [file.name for file in found.files] == ["a.jpg", "b.jpg", "c.jpg"]
    assert "subfolder" not in found.notes[0]


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few users make links")
def test_links_to_a_file_that_is_there_are_left_out_and_noted(tmp_path: Path) -> None:
    put(tmp_path, "photos/b.jpg")
    for name in ("a.jpg", "c.jpg"):
        (tmp_path / "photos" / name).symlink_to("b.jpg")
    for given in ("photos", "photos/*.jpg"):
        found = collect_inputs([str(tmp_path / given)])
        assert [file.name for file in found.files] == ["a.jpg"]
        assert found.notes[0].endswith(": 2 links to files that are there already.")


def test_nothing_left_out_is_nothing_said(tmp_path: Path) -> None:
    put(tmp_path, "photos/a.jpg")
    assert collect_inputs([str(tmp_path / "photos")]).notes == ()


def test_a_pattern_says_what_it_does_not_take(tmp_path: Path) -> None:
    folder = phone_folder(tmp_path)
    (folder / "empty.jpg").unlink()
    (note,) = collect_inputs([str(folder / "*")]).notes
    assert "4 files of other kinds" in note
    assert "1 subfolder" in note


@pytest.mark.parametrize("is_pattern", [True, False], ids=["pattern", "names"])
def test_all_bad_files_are_named_at_once(tmp_path: Path, is_pattern: bool) -> None:
    put(tmp_path, "good.jpg")
    bad = {"empty.jpg": b"", "page.png": b"<html>", "text.mp4": b"not a film at all"}
    paths = [put(tmp_path, name, content) for name, content in bad.items()]
    given = [str(tmp_path / "*")] if is_pattern else [str(path) for path in paths]
    with pytest.raises(UnsupportedFileError, match="3 files can't be used") as caught:
        collect_inputs(given)
    assert all(name in caught.value.message for name in bad)


def test_a_folder_of_bad_files_alone_is_refused_with_their_names(tmp_path: Path) -> None:
    put(tmp_path, "empty.jpg", b"")
    with pytest.raises(UnsupportedFileError, match=r"empty\.jpg"):
        collect_inputs([str(tmp_path)])


def test_links_keep_their_place_among_the_files(tmp_path: Path) -> None:
    first, last = put(tmp_path, "1.jpg"), put(tmp_path, "2.jpg")
    link = "https://example.org/pictures/my%20beach.JPG?size=large"
    found = collect_inputs([str(first), link, str(last)])
    assert [item.name for item in found.items] == ["1.jpg", "my beach.JPG", "2.jpg"]
    assert [item.kind for item in found.items] == ["image"] * 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.png")
    with pytest.raises(UnsupportedFileError, match="no file"):
        collect_inputs([str(tmp_path / "a.png")])


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
        pytest.param("a.heic", HEIC, "image", id="heic"),
        pytest.param("a.jpg", HEIC, "image", id="heic-named-jpg"),
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
    (file,) = collect_inputs([str(put(tmp_path, name, content))]).files
    assert file.kind == kind


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        pytest.param("a.txt", b"hello", "not a photo, clip or sound", id="text"),
        pytest.param("a", JPEG, "has no ending", id="no-extension"),
        pytest.param("a.dng", b"II*\0" + bytes(60), "is a camera RAW file", id="raw"),
        pytest.param("a.jpg", b"II*\0" + bytes(60), "is a TIFF picture", id="tiff-named-photo"),
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
        assert [file.path for file in collect_inputs(given, folder=folder).files] == paths


def test_a_file_that_is_named_twice_is_taken_twice(tmp_path: Path) -> None:
    a, b = put(tmp_path, "a.jpg"), put(tmp_path, "b.jpg")
    assert collected(a, b, a) == ["a.jpg", "b.jpg", "a.jpg"]
    assert collected(tmp_path, a, a) == ["a.jpg", "b.jpg", "a.jpg"]
    assert collected(tmp_path, tmp_path, str(tmp_path / "*.jpg")) == ["a.jpg", "b.jpg"]


@pytest.mark.skipif(os.name == "nt", reason="there are no such files on Windows")
def test_a_pipe_among_the_files_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.png")
    with pytest.raises(UnsupportedFileError, match=r"a\.png is no file"):
        collected(tmp_path / "a.png")


def test_nemos_own_films_are_left_out_of_folders_and_patterns_and_noted(tmp_path: Path) -> None:
    for name in ("a.jpg", "film.mp4", "nemo-20260504-120001.mp4", "nemo-20260504-120001-2.mp4"):
        put(tmp_path, name, MP4 if name.endswith("mp4") else JPEG)
    film = tmp_path / "film.mp4"

    for given in (tmp_path, tmp_path / "*"):
        inputs = collect_inputs([str(given)], made=Films([film]))
        assert [item.name for item in inputs.items] == ["a.jpg"]
        assert "3 films that nemo made" in inputs.notes[0]
        assert "film.mp4" in inputs.notes[0]
    named = collect_inputs([str(tmp_path), str(film)], made=Films([film]))
    assert [item.name for item in named.items] == ["a.jpg", "film.mp4"]


@pytest.mark.parametrize(("on_disk", "typed"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_name_is_found_in_the_other_unicode_form(
    tmp_path: Path, on_disk: Literal["NFC", "NFD"], typed: Literal["NFC", "NFD"]
) -> None:
    name = "Café d'été"
    folder = tmp_path / unicodedata.normalize(on_disk, name)
    path = put(folder, unicodedata.normalize(on_disk, f"{name} 1.jpg"))

    for pattern in (f"{name}/{name} 1.jpg", f"{name}", f"{name}/{name}*.jpg"):
        given = f"{tmp_path}/{unicodedata.normalize(typed, pattern)}"
        (file,) = collect_inputs([given]).files
        assert file.path.samefile(path)
