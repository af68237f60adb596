"""`nemo batch` on a terminal: the live table, the question, Ctrl-C."""

from __future__ import annotations

import json
import os
import re
import threading
import time
from pathlib import Path

import pytest

from tests.support.answers import Answer, Await
from tests.support.cli import run_cli
from tests.support.endpoints import RUN
from tests.support.scripted_cloud import Request, ScriptedCloud

if os.name == "nt":
    pytest.skip("pseudo-terminals are for Unix", allow_module_level=True)

from tests.support.processes.terminal import Terminal


@pytest.fixture
def file(photo: Path, tmp_path: Path) -> Path:
    """Three jobs with one photo."""
    path = tmp_path / "jobs.jsonl"
    names = ("one", "two", "three")
    lines = [json.dumps({"files": photo.name, "out": f"{name}.mp4"}) for name in names]
    path.write_text("\n".join(lines), "utf-8")
    return path


@pytest.fixture
def gate(cloud: ScriptedCloud) -> threading.Event:
    """Lets the agent answer; until it is set, jobs wait in their edit."""
    gate = threading.Event()

    def answer(request: Request) -> Answer:
        good = cloud.good_day.answer(cloud.url, request)
        return Answer(
            good.status, good.headers, [Await(gate), *good.steps], is_chunked=good.is_chunked
        )

    cloud.always(*RUN, answer)
    return gate


def wait_for_rows(terminal: Terminal, *names: str) -> str:
    """Wait until each job has a row that says that it edits, with a clock that runs."""
    deadline = time.monotonic() + 60
    patterns = [rf"{name}\.mp4 +Editing .* 0:0\d:0?[1-9]" for name in names]
    while not all(re.search(pattern, terminal.text) for pattern in patterns):
        assert time.monotonic() < deadline, terminal.text
        time.sleep(0.05)
    return terminal.text


def test_a_row_a_job_under_way_is_redrawn_and_a_table_remains(
    file: Path, gate: threading.Event
) -> None:
    with Terminal("batch", file.name, "--jobs", "2", cwd=file.parent) as terminal:
        text = wait_for_rows(terminal, "one", "two")
        assert "All jobs" in text
        assert "three.mp4" not in text
        gate.set()
        assert terminal.wait_for_exit() == 0
        text = terminal.text
    for name in ("one", "two", "three"):
        assert f"✓ {name}.mp4: done (" in text
        assert f"done    {name}.mp4" in text
    assert "Editing" not in text
    assert "All jobs" not in text.partition("STATUS")[2]
    assert text.splitlines()[-1] == "3 done"


def test_a_file_in_the_way_is_asked_about(
    cloud: ScriptedCloud, file: Path, gate: threading.Event
) -> None:
    gate.set()
    (file.parent / "two.mp4").write_bytes(b"old")
    with Terminal("batch", file.name, cwd=file.parent) as terminal:
        terminal.wait_for("two.mp4 exists already. Replace it? [y/N]")
        assert cloud.requests == []
        terminal.say("y")
        assert terminal.wait_for_exit() == 0
    assert (file.parent / "two.mp4").read_bytes() == cloud.good_day.video


def test_ctrl_c_leaves_a_clean_screen_and_the_next_run_goes_on(
    cloud: ScriptedCloud, file: Path, gate: threading.Event
) -> None:
    with Terminal("batch", file.name, "--jobs", "3", cwd=file.parent) as terminal:
        wait_for_rows(terminal, "one", "two", "three")
        terminal.type("\x03")
        assert terminal.wait_for_exit() == 130
        lines = terminal.text.splitlines()
    assert "interrupted: 0 of 3 jobs are done, 3 were under way" in lines[-2]
    assert lines[-1].startswith("hint: Run the same command again")
    assert not any("Editing" in line for line in lines)
    gate.set()
    document = run_cli("batch", file, "--json").document
    assert [job["status"] for job in document["jobs"]] == ["done"] * 3
    assert cloud.count(*RUN) == 3
