"""Dry runs: what would be done is told, and nothing is sent or written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli import run_cli
from tests.support.media import write_jpeg, write_truncated_jpeg
from tests.support.samples.phones import write_heic
from tests.support.scripted_cloud import ScriptedCloud


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("1.jpg", "2.jpg", "10.jpg"):
        write_jpeg(folder / name, 64, 48)
    (folder / "notes.txt").touch()
    return folder


def names(document: dict[str, list[dict[str, str]]]) -> list[str]:
    return [file["filename"] for file in document["files"]]


def test_convert_here_tells_what_the_film_will_be(
    photos: Path, tmp_path: Path, data_dir: Path
) -> None:
    given = ("convert", photos, "--local", "-d", "6", "-o", tmp_path / "new" / "a.mp4")
    planned = run_cli(*given, "--dry-run", "--json").document
    assert names(planned) == ["1.jpg", "2.jpg", "10.jpg"]
    assert (planned["backend"], planned["output"]) == ("local", str(tmp_path / "new" / "a.mp4"))
    assert planned["cost"].startswith("nothing")
    assert "1 file of another kind" in planned["notes"][0]
    assert not (tmp_path / "new").exists()
    assert not data_dir.exists()
    made = run_cli(*given[:-2], "--no-export", "--json").document
    segments = made["timeline"]["tracks"][0]["segments"]
    lengths = [(s["name"], s["duration_ms"]) for s in segments]
    assert [(f["filename"], f["duration_ms"]) for f in planned["files"]] == lengths
    assert planned["duration_ms"] == made["duration_ms"] == 6000


def test_convert_in_the_cloud_sends_nothing_and_calls_its_lengths_an_estimate(
    cloud: ScriptedCloud, photos: Path, data_dir: Path
) -> None:
    result = run_cli("convert", photos, "-d", "30", "--dry-run", "--no-export", "--json")
    assert result.document["estimate"] is True
    assert [file["duration_ms"] for file in result.document["files"]] == [10_000] * 3
    assert "credits" in result.document["cost"]
    assert cloud.requests == []
    assert not data_dir.exists()


def test_convert_in_the_cloud_tells_what_can_not_be_read_and_what_is_called_otherwise(
    cloud: ScriptedCloud, photos: Path, data_dir: Path
) -> None:
    write_heic(photos / "4.HEIC")
    write_truncated_jpeg(photos / "5.jpg")
    broken = write_heic(photos / "6.HEIC")
    broken.write_bytes(broken.read_bytes()[:-200])
    given = ("convert", photos, "--dry-run", "--no-export", "--json")
    document = run_cli(*given, env={"NEMO_UPLOAD_CONCURRENCY": "2"}).document
    assert names(document) == ["1.jpg", "2.jpg", "4.HEIC", "5.jpg", "10.jpg"]
    assert "Keep this order: 1.jpg, 2.jpg, 4.jpg, 5.jpg, 10.jpg." in document["prompt"]
    said = " ".join(document["notes"])
    assert "The cloud may refuse what can't be read here: 5.jpg" in said
    assert "Left out: 6.HEIC" in said
    run_cli("convert", broken, "--dry-run", "--no-export", expect=6)
    assert cloud.requests == []


def test_people_read_a_line_a_file_and_the_sums(photos: Path) -> None:
    result = run_cli("convert", photos, "--local", "-d", "6", "--dry-run", "--no-export")
    lines = result.stdout.splitlines()
    assert lines[0].split("\t")[:3] == ["1", "1.jpg", "image"]
    assert lines[3].startswith("length: 6 s, 1920x1080")
    assert "Nothing was sent or written." in result.stderr


def test_strict_and_wrong_options_are_told_by_a_dry_run(photos: Path) -> None:
    given = ("convert", photos, "--local", "--dry-run")
    run_cli(*given, "--transition", "spin", expect=2)
    error = run_cli(
        *given, "-p", "make a video, sprinkle stardust", "--strict", "--json", expect=2
    ).error
    assert error["kind"] == "input"


@pytest.mark.parametrize("end", ["\n", "\0"], ids=["lines", "nul"])
@pytest.mark.parametrize("how", [("-",), ("--files-from", "-")], ids=["dash", "files-from"])
def test_names_come_from_stdin(photos: Path, end: str, how: tuple[str, ...]) -> None:
    listed = end.join(str(photos / name) for name in ("2.jpg", "1.jpg")) + end
    result = run_cli(
        *("convert", *how, "--local", "--dry-run", "--no-export", "--json"), input=listed
    )
    assert names(result.document) == ["2.jpg", "1.jpg"]


def test_names_of_a_list_come_behind_those_that_are_given(photos: Path) -> None:
    listed = photos / "list.txt"
    listed.write_text(f"{photos / '2.jpg'}\n\n{photos / '1.jpg'}\n")
    result = run_cli(
        *("convert", photos / "10.jpg", "--files-from", listed),
        *("--local", "--dry-run", "--no-export", "--json"),
    )
    assert names(result.document) == ["10.jpg", "2.jpg", "1.jpg"]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("-",), "names no files"),
        (("-", "--files-from", "-"), "only once"),
        (("-", "--prompt", "-"), "only once"),
        (("--files-from", "gone.txt"), "no such file"),
        ((), "no files were named"),
    ],
    ids=str,
)
def test_a_list_that_is_none_is_refused(args: tuple[str, ...], words: str) -> None:
    assert words in run_cli("convert", *args, expect=2).stderr


@pytest.fixture
def albums(tmp_path: Path) -> Path:
    """Two albums, a folder without pictures, and a photo beside them."""
    folder = tmp_path / "albums"
    for name in ("day 2", "day 10", "papers"):
        (folder / name).mkdir(parents=True)
    for name in ("day 2/a.jpg", "day 10/a.jpg", "day 10/b.jpg", "loose.jpg"):
        write_jpeg(folder / name, 64, 48)
    (folder / "papers" / "notes.txt").touch()
    return folder


def test_a_batch_of_folders_is_told_by_a_dry_run(
    albums: Path, tmp_path: Path, data_dir: Path
) -> None:
    result = run_cli("batch", albums, "--local", "--dry-run", "--json", cwd=tmp_path)
    told = {job["out"]: [f["filename"] for f in job["files"]] for job in result.document["jobs"]}
    assert told == {
        "day 2.mp4": ["a.jpg"],
        "day 10.mp4": ["a.jpg", "b.jpg"],
        "albums.mp4": ["loose.jpg"],
    }
    assert {job["status"] for job in result.document["jobs"]} == {"planned"}
    assert not data_dir.exists()
    assert list(tmp_path.glob("*.mp4")) == []


def test_a_batch_of_folders_makes_a_video_each_once(cloud: ScriptedCloud, albums: Path) -> None:
    first = run_cli("batch", albums, "--json", cwd=albums)
    assert [job["status"] for job in first.document["jobs"]] == ["done"] * 3
    again = run_cli("batch", albums, "--json", cwd=albums)
    assert [job["status"] for job in again.document["jobs"]] == ["skipped"] * 3


def test_a_folder_without_pictures_is_no_batch(albums: Path) -> None:
    assert "holds photos or clips" in run_cli("batch", albums / "papers", expect=2).stderr
