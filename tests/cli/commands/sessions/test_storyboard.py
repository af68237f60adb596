"""Pictures of the timeline: real frames, files of the cloud's, and what can't be shown."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.cli.results.documents import Storyboard
from tests.support.answers import body, error
from tests.support.cli import run_cli
from tests.support.media import write_jpeg
from tests.support.scripted_cloud import ScriptedCloud

RED = (220, 20, 20)


@pytest.fixture
def session_id(tmp_path: Path) -> str:
    """A local session with a three-second timeline of two photos, the first all red."""
    Image.new("RGB", (320, 180), RED).save(tmp_path / "red.png")
    photo = write_jpeg(tmp_path / "b.jpg", 320, 240)
    result = run_cli(
        *("convert", tmp_path / "red.png", photo, "--local", "-d", "4", "--title", "Hello"),
        *("--no-export", "--json"),
    )
    return str(result.document["session_id"])


def test_storyboard_of_a_local_session_shows_real_frames(session_id: str, tmp_path: Path) -> None:
    board = tmp_path / "new" / "board.png"
    document = run_cli("storyboard", "--out", board, "--json").document
    Storyboard.model_validate(document)
    assert document["session_id"] == session_id
    assert document["output"] == str(board)
    first, second = document["frames"]
    assert (first["name"], first["title"], first["transition"]) == ("red.png", "Hello", None)
    assert (second["name"], second["shown"]) == ("b.jpg", True)
    assert document["notes"] == []
    with Image.open(board) as picture:
        assert picture.width > 640
        red, _, blue = picture.convert("RGB").getpixel((30, 30))  # type: ignore[misc]
    assert red > 180 > 60 > blue


def test_storyboard_of_a_pair_shows_both_until_it_is_undone(
    session_id: str, tmp_path: Path
) -> None:
    made = run_cli("chat", "show photos 1 and 2 side by side", "--session", session_id, "--json")
    assert made.document["changes"] == ["Side by side now: red.png and b.jpg"]
    board = tmp_path / "board.png"
    (only,) = run_cli("storyboard", "--out", board, "--json").document["frames"]
    assert (only["name"], only["beside"], only["shown"]) == ("red.png", "b.jpg", True)
    with Image.open(board) as picture:
        left, right = (picture.convert("RGB").getpixel((x, 110)) for x in (98, 262))
    assert left[0] > 180 > 60 > left[2]  # type: ignore[index]
    assert not right[0] > 180 > 60 > right[2]  # type: ignore[index]
    run_cli("undo", "--session", session_id)
    (video,) = run_cli("status", "--session", session_id, "--json").document["tracks"][:1]
    assert [segment["beside"] for segment in video["segments"]] == [None, None]


def test_storyboard_goes_to_stdout(session_id: str) -> None:
    png = run_cli("storyboard", "--out", "-").stdout_bytes
    assert Image.open(io.BytesIO(png)).format == "PNG"


def test_storyboard_off_a_terminal_is_a_file_with_a_dated_name(
    session_id: str, tmp_path: Path
) -> None:
    folder = tmp_path / "boards"
    result = run_cli("storyboard", env={"NEMO_OUTPUT_DIR": str(folder)})
    (board,) = folder.glob("nemo-*.png")
    assert result.stdout == f"{board}\n"


def test_storyboard_replaces_no_file_unasked(session_id: str, tmp_path: Path) -> None:
    (tmp_path / "board.png").write_text("mine")
    result = run_cli("storyboard", "--out", tmp_path / "board.png", "--json", expect=2)
    assert result.error["kind"] == "input"
    assert (tmp_path / "board.png").read_text() == "mine"


def test_storyboard_fetches_files_that_moved(session_id: str, tmp_path: Path) -> None:
    (tmp_path / "red.png").unlink()
    write_jpeg(tmp_path / "b.jpg", 100, 100)
    document = run_cli("storyboard", "--out", tmp_path / "board.png", "--json").document
    assert [frame["shown"] for frame in document["frames"]] == [True, True]
    assert document["notes"] == []


def test_storyboard_of_nothing_says_so(tmp_path: Path) -> None:
    run_cli("session", "new", "--local")
    result = run_cli("storyboard", "--out", tmp_path / "board.png", "--json", expect=2)
    assert "nothing on the timeline" in result.error["message"]


def cloud_frames(tmp_path: Path) -> tuple[list[dict[str, Any]], str]:
    document = run_cli("storyboard", "--out", tmp_path / "board.png", "--json").document
    return document["frames"], "\n".join(document["notes"])


def test_storyboard_of_a_cloud_session_shows_its_files(
    cloud: ScriptedCloud, photo: Path, tmp_path: Path
) -> None:
    run_cli("upload", photo)
    run_cli("chat", "make a film")
    frames, notes = cloud_frames(tmp_path)
    assert [(frame["name"], frame["shown"]) for frame in frames] == [
        ("beach", True),
        ("harbour", False),
    ]
    assert frames[0]["title"] == "Urban Dreams"
    assert "made in the cloud" in notes
    assert "no picture for “harbour”" in notes


def test_storyboard_fetches_the_clouds_files_without_the_token(
    cloud: ScriptedCloud, photo: Path, tmp_path: Path
) -> None:
    content = photo.read_bytes()
    photo.unlink()
    with ScriptedCloud() as elsewhere:
        elsewhere.always("GET", "/beach.jpg", body(content, "image/jpeg"))
        info = {"filename": "beach.jpg", "cdn_url": f"{elsewhere.url}/beach.jpg"}
        cloud.good_day.video_infos = [info]
        run_cli("chat", "make a film")
        frames, _ = cloud_frames(tmp_path)
        assert [frame["shown"] for frame in frames] == [True, False]
        (request,) = elsewhere.calls("GET", "/beach.jpg")
    assert request.token is None
    assert "x-skill-source" not in request.headers


def test_storyboard_says_what_could_not_be_fetched(cloud: ScriptedCloud, tmp_path: Path) -> None:
    cloud.always("GET", "/beach.jpg", error(404, status=404))
    cloud.good_day.video_infos = [
        {"filename": "beach.jpg", "cdn_url": f"{cloud.url}/beach.jpg"},
        {"filename": "harbour.mp4", "cdn_url": "file:///etc/passwd"},
        "nonsense",
    ]
    run_cli("chat", "make a film")
    frames, notes = cloud_frames(tmp_path)
    assert [frame["shown"] for frame in frames] == [False, False]
    assert "“beach”" in notes
    assert "“harbour”" in notes


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals there")
def test_storyboard_on_a_terminal_draws_pictures_with_words_below(session_id: str) -> None:
    from tests.support.processes.terminal import Terminal

    with Terminal("storyboard", columns=80) as terminal:
        assert terminal.wait_for_exit() == 0
        assert b"\x1b[38;2;" in terminal.raw or b"\x1b[38;5;" in terminal.raw
        lines = terminal.text.splitlines()
    words = next(line for line in lines if "red.png" in line)
    assert "b.jpg" in words
    assert "▀" * 30 in lines[lines.index(words) - 1]
    assert any('"Hello"' in line for line in lines)


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals there")
def test_storyboard_without_colours_has_words_alone(session_id: str) -> None:
    from tests.support.processes.terminal import Terminal

    with Terminal("storyboard", env={"NO_COLOR": "1"}) as terminal:
        assert terminal.wait_for_exit() == 0
        assert "red.png" in terminal.text
        assert "▀" not in terminal.text


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals there")
@pytest.mark.parametrize(
    ("term", "columns", "rows"),
    [("dumb", 80, 50), ("xterm", 0, 0), ("xterm", 4, 50)],
    ids=["dumb", "no-size", "narrow"],
)
def test_storyboard_on_a_terminal_that_shows_no_pictures_has_words_alone(
    session_id: str, term: str, columns: int, rows: int
) -> None:
    from tests.support.processes.terminal import Terminal

    with Terminal("storyboard", env={"TERM": term}, columns=columns, rows=rows) as terminal:
        assert terminal.wait_for_exit() == 0
    said = terminal.raw.decode()
    assert "shows no" in " ".join(said.split())
    assert "▀" not in said
