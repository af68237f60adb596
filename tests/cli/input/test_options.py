"""Options that don't exist, and formats that can't be made: refused before anything starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli import run_cli
from tests.support.media import write_jpeg, write_sound
from tests.support.scripted_cloud import ScriptedCloud


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return write_jpeg(tmp_path / "a.jpg", 64, 48)


@pytest.mark.parametrize(
    "options",
    [
        ("--transition", "spin"),
        ("--music", "jazz"),
        ("--quality", "bogus"),
        ("--duration", "soon"),
        ("--out", "v.mkv"),
        ("--out", "v.avi"),
    ],
    ids=" ".join,
)
def test_convert_here_refuses_what_does_not_exist(
    photo: Path, data_dir: Path, options: tuple[str, str]
) -> None:
    result = run_cli("convert", photo, "--local", *options, "--json", expect=2)
    assert result.error["kind"] == "usage"
    assert options[1].removeprefix("v.") in result.error["message"]
    assert not (data_dir / "engine").exists()


def test_the_cloud_takes_music_in_any_words(cloud: ScriptedCloud, photo: Path) -> None:
    run_cli("convert", photo, "--music", "jazz", "--duration", "1m30s", "--no-export", "--json")
    (turn,) = cloud.calls("POST", "/run_sse")
    said = turn.json["new_message"]["parts"][0]["text"]
    assert "Background music: jazz." in said
    assert "90-second" in said


def test_the_cloud_is_asked_for_the_format_of_the_name(
    cloud: ScriptedCloud, photo: Path, tmp_path: Path
) -> None:
    run_cli("convert", photo, "-o", tmp_path / "v.mov", "--quality", "low")
    (render,) = cloud.calls("POST", "/api/render/proxy/lambda")
    assert render.json["output"] == {"format": "mov", "quality": "low"}


def test_a_name_without_an_ending_gets_one_and_that_is_said(
    cloud: ScriptedCloud, photo: Path, tmp_path: Path
) -> None:
    result = run_cli("convert", photo, "-o", tmp_path / "v", "--json")
    assert result.document["output"] == str(tmp_path / "v.mp4")
    assert "The file is called v.mp4." in result.stderr
    assert (tmp_path / "v.mp4").is_file()


def test_a_batch_tells_all_such_jobs_at_once(photo: Path, tmp_path: Path) -> None:
    jobs = tmp_path / "jobs.toml"
    wrong = ('transition = "spin"', 'music = "jazz"', 'duration = "soon"', 'out = "v.mkv"')
    jobs.write_text("".join(f'[[job]]\nfiles = "a.jpg"\n{line}\n' for line in wrong))
    error = run_cli("batch", jobs, "--local", "--json", expect=2).error
    assert error["message"].startswith("4 of 4 jobs can't be done")
    assert all(f"job {number}: " in error["message"] for number in range(1, 5))


@pytest.mark.parametrize(
    "asked", [("--music", "any"), ("--prompt", "Keep it warm, with one of my songs.")], ids=str
)
def test_one_of_ones_own_songs_is_taken_by_the_option_and_by_the_prompt(
    cloud: ScriptedCloud, photo: Path, tmp_path: Path, asked: tuple[str, str]
) -> None:
    songs = tmp_path / "songs"
    songs.mkdir()
    write_sound(songs / "evening.m4a")
    run_cli("config", "set", "music_dir", songs)
    run_cli("convert", photo, *asked, "--no-export", "--json")
    (turn,) = cloud.calls("POST", "/run_sse")
    said = turn.json["new_message"]["parts"][0]["text"]
    assert "evening.m4a" in said
    assert "one of my songs" not in said
