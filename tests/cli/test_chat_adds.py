"""`nemo chat` with files to add: uploaded, and put on the timeline."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli import run_cli
from tests.support.media import write_jpeg
from tests.support.scripted_cloud import ScriptedCloud


@pytest.fixture
def more(tmp_path: Path) -> Path:
    """A folder with two more photos, beside the one where the user is."""
    (tmp_path / "here").mkdir()
    (tmp_path / "more").mkdir()
    for number, name in enumerate(("b.jpg", "c.jpg"), 1):
        write_jpeg(tmp_path / "more" / name, 64 * number, 48)
    return tmp_path / "here"


def names(document: dict[str, list[dict[str, str]]]) -> list[str]:
    return [file["filename"] for file in document["files"]]


def test_photos_of_a_folder_are_uploaded_and_added(more: Path) -> None:
    photo = write_jpeg(more / "a.jpg", 32, 48)
    run_cli("convert", photo, "--local", "-d", "3", "--no-export", "--json")
    result = run_cli("chat", "add photos from ../more", "--json", cwd=more)
    assert names(result.document) == ["b.jpg", "c.jpg"]
    assert result.document["changes"] != []
    segments = result.document["timeline"]["tracks"][0]["segments"]
    assert [segment["name"] for segment in segments] == ["a.jpg", "b.jpg", "c.jpg"]


def test_the_cloud_is_asked_to_add_them(cloud: ScriptedCloud, more: Path) -> None:
    run_cli("chat", "make a video")
    result = run_cli("chat", "add the photos from ../more", "--json", cwd=more)
    said = cloud.calls("POST", "/run_sse")[-1].json["new_message"]["parts"][0]["text"]
    assert said == "Add b.jpg, c.jpg to the video."
    assert "nothing was added" in result.document["notes"][-1]


def test_an_upload_is_an_upload(cloud: ScriptedCloud, more: Path) -> None:
    run_cli("chat", "make a video")
    run_cli("chat", "upload ../more", "--json", cwd=more)
    assert cloud.count("POST", "/run_sse") == 1


def test_a_folder_within_a_wish_is_uploaded_and_named(cloud: ScriptedCloud, more: Path) -> None:
    run_cli("chat", "please add the pictures in ../more at the end", cwd=more)
    (turn,) = cloud.calls("POST", "/run_sse")
    said = turn.json["new_message"]["parts"][0]["text"]
    assert said == "please add the pictures in b.jpg, c.jpg at the end"


def test_a_path_that_leads_nowhere_is_named(cloud: ScriptedCloud) -> None:
    result = run_cli("chat", "add photos from ../gone", expect=2)
    assert "no such file: ../gone" in result.stderr
