"""Ctrl-C in a conversation: what it stops, what it keeps, what it says."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.answers import Await, ok, sse, text_event
from tests.support.good_day import DRAFT
from tests.support.scripted_cloud import ScriptedCloud

if sys.platform == "win32" and not TYPE_CHECKING:
    pytest.skip("no pseudo terminals here", allow_module_level=True)

from tests.cli.repl.saying import TOOL, said
from tests.support.processes.terminal import (
    CTRL_C,
    CTRL_D,
    Terminal,
)


def test_ctrl_c_stops_an_answer_and_keeps_the_session(
    cloud: ScriptedCloud, gate: threading.Event
) -> None:
    cloud.on("POST", "/run_sse", sse(text_event("I begin with the photos. Then "), Await(gate)))
    with Terminal("chat") as terminal:
        terminal.wait_for("nemo>")
        terminal.say("make a film")
        terminal.wait_for("I begin with the photos.")
        terminal.type(CTRL_C)
        terminal.wait_for("Stopped; nothing has changed so far. The message was not sent again")
        terminal.wait_for_prompts(2)
        terminal.say("/credits")
        terminal.wait_for("100 credits available")
        terminal.wait_for_prompts(3)
        terminal.type(CTRL_D)
        assert terminal.wait_for_exit() == 0
        assert "Traceback" not in terminal.text
    assert said(cloud) == ["make a film"]
    assert cloud.count("POST", "/api/tasks/me/with-session/nemo_agent") == 1


def test_ctrl_c_tells_what_was_done_by_then(cloud: ScriptedCloud, gate: threading.Event) -> None:
    cloud.on("POST", "/run_sse", sse(TOOL, Await(gate)))
    state = "/api/state/nemo_agent/me/*/latest"
    with Terminal("chat") as terminal:
        terminal.wait_for("nemo>")
        terminal.say("make a film")
        terminal.wait_for("adding a transition…")
        cloud.always("GET", state, ok({"session_id": "s", "state": {"draft": DRAFT}}))
        terminal.type(CTRL_C)
        text = terminal.wait_for("Stopped; this was done by then", "• 2 clips added")
        assert "adding a transition" not in text
    assert said(cloud) == ["make a film"]


def test_ctrl_c_at_the_prompt_clears_what_was_typed(cloud: ScriptedCloud) -> None:
    with Terminal("chat") as terminal:
        terminal.wait_for("nemo>")
        terminal.type("not this")
        terminal.wait_for("not this")
        terminal.type(CTRL_C)
        terminal.wait_for_prompts(2)
        terminal.say("but this")
        terminal.wait_for("Done: 10 seconds")
    assert said(cloud) == ["but this"]


def test_ctrl_c_in_one_turn_ends_the_program_and_says_what_is_known(
    cloud: ScriptedCloud, gate: threading.Event
) -> None:
    cloud.on("POST", "/run_sse", sse(TOOL, Await(gate)))
    with Terminal("chat", "make", "a", "film") as terminal:
        terminal.wait_for("adding a transition…")
        terminal.type(CTRL_C)
        assert terminal.wait_for_exit() == 130
        assert "nemo resume session_" in terminal.text
        assert "adding a transition" not in terminal.text
    assert said(cloud) == ["make a film"]


def test_ctrl_c_while_rendering_keeps_the_session(cloud: ScriptedCloud, tmp_path: Path) -> None:
    pending = ok({"id": "r", "status": "processing", "progress": 40})
    cloud.always("GET", "/api/render/proxy/lambda/*", pending)
    with Terminal("chat", cwd=tmp_path) as terminal:
        terminal.wait_for("nemo>")
        terminal.say("make a film")
        terminal.wait_for_prompts(2)
        terminal.say("/export film.mp4")
        terminal.wait_for("Rendering…", "40%")
        terminal.type(CTRL_C)
        terminal.wait_for("Stopped. The render goes on in the cloud", "`/resume render_")
        terminal.wait_for_prompts(3)
    assert list(tmp_path.glob("*.mp4")) == []
