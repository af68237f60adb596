"""What a server or a file name says is data: it steers no terminal."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.answers import (
    error,
    ok,
)
from tests.support.cli import run_cli
from tests.support.endpoints import UPLOAD
from tests.support.media import write_jpeg
from tests.support.scripted_cloud import ScriptedCloud

HOSTILE = "\x1b[31mred\x1b[0m [bold]x[/] \u202eevil\x07\x9b2J"


def test_text_from_the_server_cannot_steer_the_terminal(cloud: ScriptedCloud) -> None:
    cloud.good_day.reply = "\x1b[2J\x1b]0;owned\x07[bold red]Hi\u202e there[/]\x07"
    result = run_cli("chat", "hello")
    assert result.stdout.splitlines()[0] == "[bold red]Hi there[/]"
    assert "\x1b" not in result.stdout + result.stderr


def test_words_of_an_error_are_shown_as_data(cloud: ScriptedCloud) -> None:
    cloud.always("GET", "/api/credits/*", error(7777, HOSTILE))
    result = run_cli("credits", expect=9)
    assert "[bold]x[/]" in result.stderr
    for sign in ("\x1b", "\x07", "\x9b", "\u202e"):
        assert sign not in result.stderr


def test_names_of_the_servers_files_are_shown_as_data(cloud: ScriptedCloud, photo: Path) -> None:
    file = {"filename": HOSTILE, "file_type": "image", "cdn_url": "u"}
    cloud.always(*UPLOAD, ok({"files": [file]}))
    result = run_cli("upload", photo)
    assert "[bold]x[/]" in result.stdout
    for sign in ("\x1b", "\x07", "\x9b", "\u202e"):
        assert sign not in result.stdout + result.stderr


def test_json_holds_what_the_server_said_without_steering_a_terminal(
    cloud: ScriptedCloud, photo: Path
) -> None:
    file = {"filename": HOSTILE, "file_type": "image", "cdn_url": "u"}
    cloud.always(*UPLOAD, ok({"files": [file]}))
    result = run_cli("upload", photo, "--json")
    assert result.document["files"][0]["filename"] == HOSTILE
    for sign in ("\x1b", "\x07", "\x9b", "\u202e"):
        assert sign not in result.stdout


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")
def test_names_of_local_files_are_shown_as_data(cloud: ScriptedCloud, tmp_path: Path) -> None:
    photo = write_jpeg(tmp_path / "a\x1b[31m[bold]\u202e.jpg")
    result = run_cli("upload", photo, "--verbose")
    assert "[bold]" in result.stdout
    assert "\x1b" not in result.stdout + result.stderr
    assert "\u202e" not in result.stdout + result.stderr
