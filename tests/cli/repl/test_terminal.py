"""The conversation on a real terminal, from what is typed to what is seen."""

from __future__ import annotations

import re
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.answers import Await, error, sse, text_event
from tests.support.cli import run_cli
from tests.support.media import write_jpeg
from tests.support.scripted_cloud import ScriptedCloud

if sys.platform == "win32" and not TYPE_CHECKING:
    pytest.skip("no pseudo terminals here", allow_module_level=True)

from nemovideo.render.media_info import probe
from tests.cli.repl.saying import TOOL, said
from tests.support.processes.terminal import (
    ALT_ENTER,
    CTRL_D,
    ENTER,
    TAB,
    UP,
    Terminal,
    pasted,
)


def assert_in_order(text: str, *parts: str) -> None:
    place = 0
    for part in parts:
        found = text.find(part, place)
        assert found >= 0, f"not after the others: {part!r}\n{text}"
        place = found + len(part)


def test_whole_session_from_the_greeting_to_the_file(tmp_path: Path) -> None:
    beach = write_jpeg(tmp_path / "the beach.jpg", 320, 240)
    hills = write_jpeg(tmp_path / "hills.jpg", 300, 200)
    with Terminal("chat", "--local", cwd=tmp_path) as terminal:
        terminal.wait_for("photos and clips in", "Next: drop photos or clips here", "nemo>")
        terminal.type(pasted(f"'{beach}' {hills}") + ENTER)
        terminal.wait_for("Uploaded the beach.jpg, hills.jpg", "Next: make a 30-second video")
        terminal.wait_for_prompts(2)
        terminal.say("make a 2 second video with crossfades")
        terminal.wait_for("• 2 photos added: the beach.jpg, hills.jpg", "Next: add the title")
        terminal.wait_for_prompts(3)
        terminal.say('add the title "Hello"')
        terminal.wait_for('• Title added: "Hello"')
        terminal.wait_for_prompts(4)
        terminal.say("/undo")
        terminal.wait_for("Took the last change back.", '• Title removed: "Hello"')
        terminal.wait_for_prompts(5)
        terminal.say("/status")
        terminal.wait_for("Timeline (2 tracks): 1. Video: the beach.jpg +1 more (0-2s)")
        terminal.wait_for_prompts(6)
        terminal.say("/export film.mp4")
        terminal.wait_for("Rendered", "Done:")
        terminal.wait_for_prompts(7)
        terminal.type(CTRL_D)
        assert terminal.wait_for_exit() == 0
        assert_in_order(
            terminal.text, "Uploaded", "2 photos added", "Title added", "Title removed", "film.mp4"
        )
    assert probe(tmp_path / "film.mp4", "film.mp4").duration_s == pytest.approx(2, abs=0.05)


def test_live_line_shows_the_time_and_leaves_no_trace(
    cloud: ScriptedCloud, gate: threading.Event
) -> None:
    cloud.on("POST", "/run_sse", sse(TOOL, Await(gate), text_event("All done.")))
    with Terminal("chat") as terminal:
        terminal.wait_for("nemo>")
        terminal.say("make a film")
        text = terminal.wait_for("adding a transition…", "0:00:01")
        assert re.search(r"adding a transition… .* 0:00:01", text)
        gate.set()
        terminal.wait_for("All done.")
        assert "adding a transition" not in terminal.wait_for_prompts(2)


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        pytest.param(f"one{ALT_ENTER}two", "one\ntwo", id="alt-enter"),
        pytest.param(f"one\\{ENTER}two", "one\ntwo", id="backslash"),
        pytest.param(pasted("one\n\n  two\nthree"), "one\n\n  two\nthree", id="pasted"),
        pytest.param(
            pasted("标题写“你好”，\n用平静的音乐"), "标题写“你好”，\n用平静的音乐", id="chinese"
        ),
    ],
)
def test_several_lines_are_one_message(cloud: ScriptedCloud, keys: str, message: str) -> None:
    with Terminal("chat") as terminal:
        terminal.wait_for("nemo>")
        terminal.type(keys + ENTER)
        terminal.wait_for("Done: 10 seconds")
    assert said(cloud) == [message]


def test_history_outlives_the_session_and_is_private(cloud: ScriptedCloud, data_dir: Path) -> None:
    with Terminal("chat") as terminal:
        terminal.wait_for("nemo>")
        terminal.say("/credits")
        terminal.wait_for("100 credits available")
        terminal.wait_for_prompts(2)
        terminal.type(CTRL_D)
        assert terminal.wait_for_exit() == 0
    with Terminal("chat") as terminal:
        terminal.wait_for("nemo>")
        terminal.type(UP)
        terminal.wait_for("nemo> /credits")
    assert (data_dir / "chat_history").stat().st_mode & 0o777 == 0o600


def test_completion_finishes_commands_and_paths(cloud: ScriptedCloud, tmp_path: Path) -> None:
    write_jpeg(tmp_path / "the beach.jpg")
    (tmp_path / "the notes.txt").write_text("no media")
    with Terminal("chat", cwd=tmp_path) as terminal:
        terminal.wait_for("nemo>")
        terminal.type(f"/upl{TAB}")
        terminal.wait_for("nemo> /upload")
        terminal.type(f" the{TAB}")
        terminal.wait_for("nemo> /upload the\\ beach.jpg")
        terminal.type(ENTER)
        terminal.wait_for("Uploaded the beach.jpg")


def test_error_takes_a_line_and_the_conversation_goes_on(cloud: ScriptedCloud) -> None:
    cloud.on("POST", "/run_sse", error(2001))
    with Terminal("chat", columns=300) as terminal:
        terminal.wait_for("nemo>")
        terminal.say("make a film")
        terminal.wait_for("error: no credits are left")
        terminal.wait_for_prompts(2)
        terminal.say("make another film")
        terminal.wait_for("Done: 10 seconds")
        lines = [line for line in terminal.text.splitlines() if "no credits" in line]
    assert len(lines) == 1
    assert "bind=anon_1" in lines[0]


def test_lost_session_is_replaced_when_the_user_agrees(cloud: ScriptedCloud) -> None:
    cloud.on("POST", "/run_sse", error(1002))
    with Terminal("chat") as terminal:
        terminal.wait_for("nemo>")
        terminal.say("make a film")
        terminal.wait_for("error: the server does not know this session", "Start a new session?")
        terminal.say("y")
        terminal.wait_for("a new session with NemoVideo")
        terminal.wait_for_prompts(2)
        terminal.say("make a film")
        terminal.wait_for("Done: 10 seconds")
    first, second = (call.json["session_id"] for call in cloud.calls("POST", "/run_sse"))
    assert first != second


def test_dumb_terminal_gets_plain_lines(cloud: ScriptedCloud) -> None:
    with Terminal("chat", env={"TERM": "dumb"}) as terminal:
        terminal.wait_for("nemo>")
        terminal.say("one\\")
        terminal.wait_for("....>")
        terminal.say("two")
        terminal.wait_for("Done: 10 seconds")
        terminal.wait_for_prompts(2)
        terminal.type(CTRL_D)
        assert terminal.wait_for_exit() == 0
        assert b"\x1b" not in terminal.raw
    assert said(cloud) == ["one\ntwo"]


def test_terminal_without_utf8_gets_what_it_can_show(cloud: ScriptedCloud) -> None:
    cloud.good_day.reply = "Fertig: schöne Grüße – 你好."
    with Terminal("chat", env={"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}) as terminal:
        terminal.wait_for("nemo>")
        terminal.say("make a film")
        terminal.wait_for("Fertig: sch", "\\u4f60", "clips added")
        terminal.wait_for_prompts(2)
        assert "Traceback" not in terminal.text


def test_export_on_the_agents_word_asks_first(cloud: ScriptedCloud, tmp_path: Path) -> None:
    cloud.good_day.reply = "The film is ready. Click the Export button to download it."
    with Terminal("chat", cwd=tmp_path) as terminal:
        terminal.wait_for("nemo>")
        terminal.say("make a film")
        terminal.wait_for("Render the video and save it now? [y/N]")
        terminal.say("n")
        terminal.wait_for("to save the video: /export")
        terminal.wait_for_prompts(2)
    assert cloud.count("POST", "/api/render/proxy/lambda") == 0


def test_use_goes_to_another_session(cloud: ScriptedCloud) -> None:
    first = run_cli("session", "new", "one", "--json").document["session_id"]
    run_cli("session", "new", "two")
    with Terminal("chat") as terminal:
        terminal.wait_for("Session “two”")
        terminal.say("/sessions")
        terminal.wait_for("one  20", "* ")
        terminal.wait_for_prompts(2)
        terminal.say(f"/use {first}")
        terminal.wait_for("one: Timeline (0 tracks)")
        terminal.wait_for_prompts(3)
        terminal.say("make a film")
        terminal.wait_for("Done: 10 seconds")
    assert cloud.calls("POST", "/run_sse")[0].json["session_id"] == first


def test_live_line_comes_back_between_two_parts_of_an_answer(
    cloud: ScriptedCloud, gate: threading.Event
) -> None:
    first, second = text_event("I look at the photos. "), text_event("Now it is done.")
    cloud.on("POST", "/run_sse", sse(first, TOOL, Await(gate), second))
    with Terminal("chat") as terminal:
        terminal.wait_for("nemo>")
        terminal.say("make a film")
        terminal.wait_for("I look at the photos.", "adding a transition…")
        gate.set()
        terminal.wait_for("Now it is done.")
        lines = terminal.wait_for_prompts(2).splitlines()
    place = lines.index("I look at the photos.")
    assert lines[place + 1] == "Now it is done."
    assert "".join(lines).count("I look at") == 1
