"""What is named on the command line and how: folders with all they hold, links, bad files."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.support.answers import error
from tests.support.cli import run_cli
from tests.support.media import write_jpeg, write_truncated_jpeg
from tests.support.scripted_cloud import ScriptedCloud


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two photos, one of them in a folder within, and what else phones leave behind."""
    folder = tmp_path / "phone"
    (folder / "day 2").mkdir(parents=True)
    write_jpeg(folder / "a.jpg", 64, 48)
    write_jpeg(folder / "day 2" / "b.jpg", 64, 48)
    (folder / "notes.txt").write_text("hello")
    (folder / "empty.jpg").touch()
    return folder


LEFT_OUT = "1 file of another kind (.txt), 1 subfolder (add --recursive), "


def test_convert_says_what_of_a_folder_it_leaves_out(folder: Path) -> None:
    given = ("convert", folder, "--local", "-d", "1", "--no-export", "--json")
    result = run_cli(*given)
    (note,) = result.document["notes"]
    assert LEFT_OUT in note
    assert "empty.jpg is empty" in note
    assert result.stderr.splitlines().count(note) == 1
    whole = run_cli(*given, "--recursive").document
    assert "subfolder" not in whole["notes"][0]
    assert [s["name"] for s in whole["timeline"]["tracks"][0]["segments"]] == ["a.jpg", "b.jpg"]


@pytest.mark.parametrize("how", ["--no-export", "--dry-run"])
def test_a_broken_file_of_a_folder_is_left_out_and_said(folder: Path, how: str) -> None:
    write_truncated_jpeg(folder / "broken.jpg")
    result = run_cli("convert", folder, "--local", "-d", "1", how, "--json")
    (note,) = (note for note in result.document["notes"] if "broken.jpg" in note)
    assert note.startswith("Left out: broken.jpg")
    assert result.stderr.splitlines().count(note) <= 1
    files = result.document.get("files") or result.document["timeline"]["tracks"][0]["segments"]
    assert [Path(file.get("name") or file["path"]).name for file in files] == ["a.jpg"]
    if how == "--no-export":
        assert result.stderr.splitlines().count(note) == 1
        assert "Uploaded: 1 photo," in result.stderr


def test_a_folder_of_broken_files_alone_is_refused(tmp_path: Path) -> None:
    write_truncated_jpeg(tmp_path / "broken.jpg")
    for how in ("--no-export", "--dry-run"):
        assert "broken.jpg" in run_cli("convert", tmp_path, "--local", how, expect=6).stderr


def test_what_the_cloud_refuses_of_a_folder_is_left_out(cloud: ScriptedCloud, folder: Path) -> None:
    write_jpeg(folder / "b.jpg", 32, 24)
    cloud.on("POST", "/api/upload-video/*", error(4001, "a.jpg is broken"))
    document = run_cli("upload", folder, "--json").document
    assert [file["filename"] for file in document["files"]] == ["b.jpg"]
    assert any("a.jpg is broken" in note for note in document["notes"])


def test_what_no_font_shows_is_said_once_before_the_render(tmp_path: Path) -> None:
    write_jpeg(tmp_path / "a.jpg", 64, 48)
    given = ("convert", tmp_path / "a.jpg", "--local", "-d", "1", "--title", "Hi \U00013000")
    result = run_cli(*given, "--music", "none", "--out", tmp_path / "v.mp4", "--json")
    note = "No font here can show \U00013000: it is left out."
    assert note in result.document["notes"]
    lines = result.stderr.splitlines()
    assert lines.count(note) == 1
    assert lines.index(note) < lines.index("Rendering…")


@pytest.mark.parametrize("command", [("upload",), ("chat",)], ids=["upload", "chat"])
def test_an_upload_says_what_it_leaves_out(
    cloud: ScriptedCloud, folder: Path, command: tuple[str, ...]
) -> None:
    said = f"upload {folder}/" if command == ("chat",) else folder
    result = run_cli(*command, said, "--json")
    assert [file["filename"] for file in result.document["files"]] == ["a.jpg"]
    (note,) = result.document["notes"]
    assert LEFT_OUT in note
    assert note in result.stderr


def test_all_bad_files_are_named_before_anything_is_sent(
    cloud: ScriptedCloud, folder: Path
) -> None:
    (folder / "page.png").write_text("<html>")
    names = ["notes.txt", "empty.jpg", "page.png"]
    result = run_cli("convert", *(folder / name for name in names), "--json", expect=6)
    assert all(name in result.error["message"] for name in names)
    assert cloud.requests == []


@pytest.fixture
def site(folder: Path) -> Iterator[str]:
    """The folder on the web."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_convert_takes_links_among_files(folder: Path, site: str, tmp_path: Path) -> None:
    first, last = (write_jpeg(tmp_path / f"{name}.jpg", 64, 48) for name in ("first", "last"))
    given = (first, f"{site}/day%202/b.jpg", last)
    result = run_cli("convert", *given, "--local", "-d", "3", "--no-export", "--json")
    segments = result.document["timeline"]["tracks"][0]["segments"]
    assert [segment["name"] for segment in segments] == ["first.jpg", "b.jpg", "last.jpg"]


def test_convert_lets_the_cloud_fetch_links(cloud: ScriptedCloud) -> None:
    url = "https://example.org/a.jpg"
    run_cli("convert", url, "--no-export", "--json")
    (call,) = cloud.calls("POST", "/api/upload-video/*")
    assert call.json == {"urls": [url], "source_type": "url"}
    (turn,) = cloud.calls("POST", "/run_sse")
    said = turn.json["new_message"]["parts"][0]["text"]
    assert said.startswith("Turn this photo into a ")
