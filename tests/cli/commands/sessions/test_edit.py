"""`nemo edit`: exact edits from a file or stdin, all or none, and what it says of wrong ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from nemovideo.cli._app import make_app
from nemovideo.editing import EDITS
from tests.support.media import write_jpeg
from tests.support.scripted_cloud import ScriptedCloud

APP = make_app()
SEPIA = {"do": "look", "clips": 1, "name": "sepia"}


def nemo(*args: str | Path, input: str = "", expect: int = 0) -> Result:
    result = CliRunner().invoke(APP, [str(arg) for arg in args], input=input)
    assert result.exit_code == expect, result.output
    return result


@pytest.fixture
def session(tmp_path: Path) -> None:
    """A timeline of two photos on this machine."""
    photos = [tmp_path / "a.jpg", tmp_path / "b.jpg"]
    for number, photo in enumerate(photos):
        write_jpeg(photo, 320 + number, 240)
    nemo("convert", *photos, "--local", "--no-export", "--quiet")


def looks() -> list[list[str]]:
    document = json.loads(nemo("status", "--json").stdout)
    (track,) = (track for track in document["tracks"] if track["type"] == "video")
    return [[look["name"] for look in segment["look"]] for segment in track["segments"]]


@pytest.mark.usefixtures("session")
def test_edit_takes_an_object_a_line_and_is_one_step_of_undo() -> None:
    lines = f'{json.dumps(SEPIA)}\n\n{{"do": "look", "clips": "b.jpg", "name": "warm"}}\n'
    document = json.loads(nemo("edit", "--json", input=lines).stdout)
    assert len(document["changes"]) == 2
    assert looks() == [["sepia"], ["warm"]]
    nemo("undo")
    assert looks() == [[], []]


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ({"do": "look", "clips": 3, "name": "warm"}, "clip number 3"),
        ({"do": "look", "name": "purple"}, "edit 2"),
        ({"do": "dance"}, "edit 2"),
        ({"do": "reverse", "loudly": True}, "loudly"),
    ],
    ids=["no such clip", "no such look", "no such edit", "no such field"],
)
def test_edit_makes_all_or_none(second: dict[str, object], reason: str) -> None:
    result = nemo("edit", "--json", input=json.dumps([SEPIA, second]), expect=2)
    error = json.loads(result.stderr.splitlines()[-1])["error"]
    assert error["kind"] == "input"
    assert reason in error["message"]
    assert looks() == [[], []]


@pytest.mark.parametrize(
    ("given", "reason"),
    [('{"do": "reverse"}\nreverse\n', "line 2 is no JSON"), ("[]", "there are no edits")],
    ids=["words", "nothing"],
)
@pytest.mark.usefixtures("session")
def test_edit_says_what_is_no_edit(given: str, reason: str) -> None:
    assert reason in nemo("edit", input=given, expect=2).stderr


def test_edit_of_a_session_in_the_cloud_names_the_way_in_words(cloud: ScriptedCloud) -> None:
    nemo("session", "new", "trip")
    result = nemo("edit", "--json", input=json.dumps(SEPIA), expect=2)
    error = json.loads(result.stderr.splitlines()[-1])["error"]
    assert (error["kind"], "nemo chat" in error["hint"]) == ("usage", True)


def test_schema_has_every_edit() -> None:
    schema = json.loads(nemo("edit", "--schema").stdout)
    named = {
        kind["properties"]["do"]["const"]
        for kind in schema["$defs"].values()
        if "properties" in kind
    }
    assert named == {kind.model_fields["do"].default for kind in EDITS}
