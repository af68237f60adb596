from __future__ import annotations

from pathlib import Path
from urllib.request import pathname2url

import pytest

from nemovideo.projects.inputs.mentions import by_names, mentions_in, paths_in
from tests.support.media import write_jpeg


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return write_jpeg(tmp_path / "the beach.jpg")


def test_dropped_path_is_found_however_it_is_written(photo: Path) -> None:
    escaped = str(photo).replace(" ", "\\ ")
    for text in (
        str(photo),
        f"'{photo}'",
        f'"{photo}"',
        escaped,
        f"file://{pathname2url(str(photo))}",
    ):
        assert paths_in(text) == [str(photo)], text


def test_several_dropped_paths_are_all_found(photo: Path, tmp_path: Path) -> None:
    other = write_jpeg(tmp_path / "b.jpg")
    assert paths_in(f"'{photo}'\n{other} ") == [str(photo), str(other)]


def test_links_and_folders_count_as_media(tmp_path: Path) -> None:
    assert paths_in(f"upload https://example.com/a.mp4 {tmp_path}/") == [
        "https://example.com/a.mp4",
        f"{tmp_path}/",
    ]


def test_message_that_names_a_file_by_its_path_mentions_it(photo: Path) -> None:
    text = f'put "{photo}" at the end'
    (mention,) = mentions_in(text)
    assert mention.path == str(photo)
    assert by_names(text, [mention]) == "put the beach.jpg at the end"


def test_message_that_names_a_file_alone_means_the_sessions_own(
    photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(photo.parent)
    assert mentions_in("put 'the beach.jpg' at the end") == []


def test_message_that_names_no_file_of_this_machine_mentions_none(tmp_path: Path) -> None:
    assert mentions_in(f"put {tmp_path}/gone.jpg first, then https://example.com/a.jpg") == []
