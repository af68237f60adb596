"""The main job on the local engine, as a user types it."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import av
import pytest

from tests.support.cli import run_cli
from tests.support.media import write_clip, write_jpeg, write_sound, write_truncated_jpeg

SILENT = ("--local", "-d", "1", "--music", "none")
"""The quickest film: composing its music takes as long as all else."""


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("1.jpg", "2.jpg", "10.jpg"):
        write_jpeg(folder / name, 320, 240)
    return folder


def video_facts(path: Path) -> tuple[int, int, int]:
    """Width, height, number of frames."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        return stream.width, stream.height, sum(1 for _ in container.decode(stream))


def test_convert_makes_a_video_and_prints_its_path(photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "trip.mp4"
    result = run_cli("convert", photos, "--local", "--duration", "1", "--out", out)
    assert result.stdout == f"{out}\n"
    assert video_facts(out) == (1920, 1080, 30)
    assert list(out.parent.iterdir()) == [out]


def test_convert_tells_its_progress_on_stderr_in_plain_lines(photos: Path, tmp_path: Path) -> None:
    result = run_cli("convert", photos, *SILENT, "-o", tmp_path / "a.mp4")
    lines = result.stderr.splitlines()
    assert lines[0] == "Setting things up…"
    assert "Uploading 3 photos…" in lines
    assert any(line.startswith("Timeline (") for line in lines)
    assert "\x1b" not in result.stderr


def test_convert_quiet_writes_the_path_alone(photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.mp4"
    result = run_cli("convert", photos, *SILENT, "-o", out, "-q")
    assert (result.stdout, result.stderr) == (f"{out}\n", "")


def test_convert_json_is_one_document(photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.mp4"
    result = run_cli(
        *("convert", photos, "--local", "-d", "1", "--title", "天堂岛", "-o", out, "--json")
    )
    document = result.document
    assert document["output"] == str(out)
    assert document["bytes"] == out.stat().st_size
    assert document["duration_ms"] == 1000
    assert document["render_id"].startswith("render_")
    assert document["timeline"]["ready"] is True
    assert '"天堂岛"' in document["timeline"]["summary"]
    assert document["workspace_url"].startswith("https://")
    names = [segment["name"] for segment in document["timeline"]["tracks"][0]["segments"]]
    assert names == ["1.jpg", "2.jpg", "10.jpg"]


def test_convert_writes_the_video_to_stdout(photos: Path, tmp_path: Path) -> None:
    result = run_cli("convert", photos, *SILENT, "-o", "-")
    (tmp_path / "a.mp4").write_bytes(result.stdout_bytes)
    assert video_facts(tmp_path / "a.mp4")[2] == 30


@pytest.mark.parametrize(
    ("aspect", "size"),
    [("9:16", (1080, 1920)), ("1:1", (1080, 1080)), ("4:5", (1080, 1350))],
    ids=["upright", "square", "portrait"],
)
def test_convert_makes_the_shape_that_is_asked_for(
    photos: Path, tmp_path: Path, aspect: str, size: tuple[int, int]
) -> None:
    out = tmp_path / "a.mp4"
    run_cli("convert", photos / "1.jpg", *SILENT, "--aspect", aspect, "-o", out)
    assert video_facts(out)[:2] == size


def test_convert_takes_a_clip_and_a_music_file(photos: Path, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.mp4", seconds=1)
    song = write_sound(tmp_path / "song.wav", seconds=1)
    out = tmp_path / "a.mp4"
    result = run_cli(
        *("convert", photos, clip, "--music", song, "--local", "-d", "3", "-o", out, "--json")
    )
    kinds = {track["type"]: track for track in result.document["timeline"]["tracks"]}
    assert kinds["audio"]["name"] == "song.wav"
    assert "clip.mp4" in json.dumps(kinds["video"])
    assert video_facts(out)[2] == 90


def test_convert_without_music_has_no_audio_track(photos: Path, tmp_path: Path) -> None:
    result = run_cli("convert", photos, *SILENT, "--no-export", "--json")
    types = [track["type"] for track in result.document["timeline"]["tracks"]]
    assert types == ["video"]
    assert result.document["output"] is None


def test_convert_dates_the_file_in_the_output_folder(photos: Path, tmp_path: Path) -> None:
    env = {"NEMO_OUTPUT_DIR": str(tmp_path / "videos")}
    result = run_cli("convert", photos, *SILENT, env=env)
    assert re.fullmatch(r"nemo-\d{8}-\d{6}\.mp4", Path(result.stdout.strip()).name)
    assert Path(result.stdout.strip()).parent == tmp_path / "videos"


def test_convert_replaces_only_by_force(photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.mp4"
    out.write_bytes(b"precious")
    result = run_cli("convert", photos, "--local", "-o", out, "--json", expect=2)
    assert result.error["kind"] == "input"
    assert out.read_bytes() == b"precious"
    run_cli("convert", photos, *SILENT, "-o", out, "--force")
    assert video_facts(out)[2] == 30


@pytest.mark.parametrize(
    ("name", "content", "code", "kind"),
    [
        pytest.param("gone.jpg", None, 2, "input", id="missing"),
        pytest.param("notes.txt", b"hello", 6, "file", id="text"),
        pytest.param("empty.jpg", b"", 6, "file", id="empty"),
        pytest.param("page.jpg", b"<html>", 6, "file", id="text-named-photo"),
    ],
)
def test_convert_refuses_bad_input_before_anything_is_made(
    tmp_path: Path, data_dir: Path, name: str, content: bytes | None, code: int, kind: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    result = run_cli("convert", tmp_path / name, "--local", "--json", expect=code)
    assert result.stdout == ""
    assert result.error["kind"] == kind
    assert name in result.error["message"]
    assert not data_dir.exists()


def test_convert_refuses_a_broken_photo_by_name(photos: Path, tmp_path: Path) -> None:
    write_truncated_jpeg(photos / "broken.jpg")
    out = tmp_path / "a.mp4"
    named = sorted(photos.iterdir())
    result = run_cli("convert", *named, "--local", "-o", out, "--json", expect=6)
    assert "broken.jpg" in result.error["message"]
    assert result.error["code"] == 4001
    assert not out.exists()


def test_convert_says_that_a_folder_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run_cli("convert", tmp_path / "empty", "--local", expect=2)
    assert result.stderr.startswith("error: the folder")
    assert "hint: " in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows folders know no write permission")
def test_convert_says_that_it_cannot_write(photos: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = run_cli("convert", photos, "--local", "-o", tmp_path / "file" / "a.mp4", expect=2)
    assert "can't be written" in result.stderr


@pytest.mark.parametrize(
    "args",
    [
        ("--duration", "0"),
        ("--duration", "x"),
        ("--aspect", "7:3"),
        ("--prompt", " "),
        ("--local", "--api-url", "http://127.0.0.1:1"),
        ("--colour", "red"),
    ],
    ids=["too-short", "no-number", "unknown-shape", "empty-prompt", "two-places", "no-option"],
)
def test_convert_says_what_is_wrong_with_an_option(photos: Path, args: tuple[str, ...]) -> None:
    result = run_cli("convert", photos, *args, "--json", expect=2)
    assert result.stdout == ""
    assert result.error["kind"] == "usage"
    assert args[0] in result.error["message"] or "--api-url" in result.error["message"]
