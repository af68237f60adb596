"""`nemo chat TEXT`: routing, actions, questions, files to add, and where the text comes from."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from nemovideo.config import resolve_settings
from nemovideo.projects.journal import Journal
from tests.support.answers import Await, Cut, sse, text_event
from tests.support.cli import CliResult, run_cli
from tests.support.media import write_jpeg
from tests.support.scripted_cloud import ScriptedCloud

DRAG = "Drag the title to the end of the timeline."


def say(text: str, *options: str | Path, **more: Any) -> CliResult:
    return run_cli("chat", text, *options, **more)


def said(cloud: ScriptedCloud) -> list[str]:
    return [
        call.json["new_message"]["parts"][0]["text"] for call in cloud.calls("POST", "/run_sse")
    ]


def renders(cloud: ScriptedCloud) -> int:
    return cloud.count("POST", "/api/render/proxy/lambda")


@pytest.mark.parametrize(
    ("words", "kind", "line"),
    [
        ("Done. Preview in timeline.", "timeline", "Timeline (3 tracks)"),
        ("Done. Open the media panel.", "state", "Timeline (3 tracks)"),
        ("Done. Check your account balance in billing.", "credits", "100 credits available"),
    ],
    ids=["timeline", "state", "credits"],
)
def test_reading_action_is_done_at_once(
    cloud: ScriptedCloud, words: str, kind: str, line: str
) -> None:
    cloud.good_day.reply = words
    document = say("make a film", "--json").document
    assert [(a["kind"], a["done"]) for a in document["actions"]] == [(kind, True)]
    assert document["reply"].startswith("Done.\n")
    assert line in document["reply"]


def test_export_action_off_a_terminal_is_named_as_a_hint(cloud: ScriptedCloud) -> None:
    cloud.good_day.reply = "All set! Click Export to download."
    result = say("make a film")
    assert "nemo export" in result.stderr
    assert "Click" not in result.stdout
    assert renders(cloud) == 0


def test_export_action_is_done_with_yes(cloud: ScriptedCloud, out: Path) -> None:
    cloud.good_day.reply = "All set! Click Export to download."
    document = say("make a film", "--yes", "--json", "--out", out).document
    assert [action["done"] for action in document["actions"]] == [True]
    assert document["export"]["output"] == str(out)
    assert renders(cloud) == 1


def test_edit_action_is_followed_up_once(cloud: ScriptedCloud) -> None:
    cloud.always("POST", "/run_sse", sse(text_event(f"Done. {DRAG} Drag the music to the start.")))
    document = say("make a film", "--yes", "--json").document
    assert [action["done"] for action in document["actions"]] == [True, False]
    assert said(cloud) == ["make a film", DRAG.rstrip(".")]


def test_edit_action_off_a_terminal_is_left_to_the_user(cloud: ScriptedCloud) -> None:
    cloud.good_day.reply = f"Done. {DRAG}"
    result = say("make a film")
    assert "suggested edit: Drag the title" in result.stderr
    assert len(said(cloud)) == 1


def test_question_ends_the_turn_with_a_mark_of_its_own(cloud: ScriptedCloud) -> None:
    cloud.on("POST", "/run_sse", sse(text_event("Gladly. Which style do you prefer?")))
    document = say("make a film", "--json").document
    assert document["question"] == "Which style do you prefer?"
    assert document["changes"] == []


def test_question_is_named_for_people(cloud: ScriptedCloud) -> None:
    cloud.on("POST", "/run_sse", sse(text_event("Which style do you prefer?")))
    result = say("make a film")
    assert result.stdout == "Which style do you prefer?\n"
    assert "waits for an answer" in result.stderr


def test_question_comes_before_everything_that_depends_on_it(cloud: ScriptedCloud) -> None:
    cloud.on("POST", "/run_sse", sse(text_event(f"{DRAG} Click Export. Which style first?")))
    document = say("make a film", "--json", "--yes").document
    assert {action["done"] for action in document["actions"]} == {False}
    assert (len(said(cloud)), renders(cloud)) == (1, 0)


def test_answer_without_a_question_has_none(cloud: ScriptedCloud) -> None:
    assert say("make a film", "--json").document["question"] is None


def test_text_comes_through_a_pipe_while_the_agent_still_speaks(cloud: ScriptedCloud) -> None:
    goes_on = threading.Event()
    answer = sse(text_event("The title is in. "), Await(goes_on), text_event("Now the music.\n\n"))
    cloud.on("POST", "/run_sse", answer)
    command = [sys.executable, "-m", "nemovideo", "chat", "make a film"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        first = os.read(process.stdout.fileno(), 1000)
        goes_on.set()
        rest = process.stdout.read()
    assert (first, rest) == (b"The title is in.", b" Now the music.\n")


@pytest.mark.skipif(os.name == "nt", reason="pipes break otherwise there")
def test_a_reader_that_goes_away_does_not_end_the_turn(cloud: ScriptedCloud) -> None:
    goes_on = threading.Event()
    answer = sse(text_event("One. "), Await(goes_on), text_event("Two. "), text_event("Three."))
    cloud.on("POST", "/run_sse", answer)
    command = [sys.executable, "-m", "nemovideo", "chat", "make a film"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        os.read(process.stdout.fileno(), 1000)
        process.stdout.close()
        goes_on.set()
        assert process.wait(30) == 141
    with Journal(resolve_settings().data_dir) as journal:
        [turn] = journal.turns.of(journal.sessions.all()[0].session_id)
    assert turn.status == "answered"


def test_text_of_a_follow_up_stands_in_lines_of_its_own(cloud: ScriptedCloud) -> None:
    cloud.on("POST", "/run_sse", sse(text_event(f"Done. {DRAG}")), sse(text_event("Moved it.")))
    assert say("make a film", "--yes").stdout.startswith("Done.\nMoved it.\n")


def test_text_before_a_failure_is_not_lost_for_programs(cloud: ScriptedCloud) -> None:
    cloud.on("POST", "/run_sse", sse(text_event("One moment, the fi"), Cut()))
    result = say("make a film", "--json", expect=9, env={"NEMO_RECOVER_TRIES": "1"})
    assert result.stdout == ""
    assert "The agent said before that: One moment, the fi\n" in result.stderr
    assert result.error["kind"] == "timeout"


def test_message_uploads_the_files_that_it_names(cloud: ScriptedCloud, photo: Path) -> None:
    document = say(f"put '{photo}' at the end", "--json").document
    assert [file["filename"] for file in document["files"]] == ["beach.jpg"]
    assert said(cloud) == ["put beach.jpg at the end"]
    calls = [call.path for call in cloud.requests if call.method == "POST"]
    assert calls.index("/run_sse") > next(i for i, p in enumerate(calls) if "upload" in p)


def test_text_comes_from_a_file(cloud: ScriptedCloud, tmp_path: Path) -> None:
    (tmp_path / "wish.txt").write_text("make a film\nof the sea\n")
    say("@wish.txt", cwd=tmp_path)
    assert said(cloud) == ["make a film\nof the sea"]


@pytest.mark.parametrize("arguments", [["-"], []], ids=["dash", "nothing"])
def test_text_comes_from_stdin(cloud: ScriptedCloud, arguments: list[str]) -> None:
    run_cli("chat", *arguments, input="make a film\n")
    assert said(cloud) == ["make a film"]


@pytest.mark.parametrize("options", [[], ["--json"], ["--no-input"]], ids=str)
def test_nothing_said_is_wrong_use(cloud: ScriptedCloud, options: list[str]) -> None:
    assert "nothing was said" in run_cli("chat", *options, expect=2).stderr
    assert cloud.requests == []


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
