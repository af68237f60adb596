"""Every error that troubleshooting.md shows is what the program prints, word by word."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.cli.conftest import FAST
from tests.support.answers import (
    Cut,
    Stall,
    error,
    html,
    json_answer,
    ok,
    sse,
    text_event,
)
from tests.support.cli import run_cli
from tests.support.endpoints import POLL, RUN, SESSION, STATE, SUBMIT, TOKEN
from tests.support.media import write_jpeg
from tests.support.pages import DOCS, missing_lines, read_blocks
from tests.support.scripted_cloud import ScriptedCloud

PAGE = DOCS / "troubleshooting.md"
SHOWN = {block.case: block.text for block in read_blocks(PAGE) if block.case}

CONVERT = ("convert", "beach.jpg", "--out", "trip.mp4")


def as_always(cloud: ScriptedCloud) -> None:
    """Change nothing."""


def as_registered(cloud: ScriptedCloud) -> None:
    """Let the user be a registered one without credits."""
    ids = {"task_id": "task_1", "session_id": "session_1", "user_id": "user_1"}
    cloud.on(*SESSION, ok(ids)).always(*RUN, error(2001))


@dataclass(frozen=True)
class Case:
    """A command that fails, in a folder with beach.jpg and some files that are no use."""

    args: tuple[str, ...]
    exit_code: int
    prepare: Callable[[ScriptedCloud], object] = as_always
    env: dict[str, str] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    """A command that goes well, before it."""


CASES = {
    "missing-file": Case(("convert", "beech.jpg"), 2),
    "existing-output": Case(("convert", "beach.jpg", "--out", "old.mp4"), 2),
    "empty-timeline": Case(("export",), 2, before=("session", "new")),
    "wrong-option": Case(("convert", "beach.jpg", "--lenght", "5"), 2),
    "wrong-setting": Case(("config", "set", "bakend", "local"), 2),
    "nothing-to-resume": Case(("resume",), 2),
    "token": Case(
        CONVERT, 3, lambda cloud: cloud.always(*SESSION, error(1001)), {"NEMO_TOKEN": "nmv_usr_x"}
    ),
    "no-session": Case(("status",), 4),
    "lost-session": Case(
        ("chat", "make it square"),
        4,
        lambda cloud: cloud.always(*STATE, error(1002)),
        before=("session", "new"),
    ),
    "no-credits": Case(CONVERT, 5, lambda cloud: cloud.always(*RUN, error(2001))),
    "no-credits-registered": Case(CONVERT, 5, as_registered, {"NEMO_TOKEN": "nmv_usr_x"}),
    "wrong-kind": Case(("convert", "notes.txt"), 6),
    "not-what-it-says": Case(("convert", "page.jpg"), 6),
    "empty-file": Case(("convert", "empty.jpg"), 6),
    "too-large": Case(("convert", "huge.mp4"), 6),
    "plan": Case(CONVERT, 7, lambda cloud: cloud.always(*SUBMIT, error(402))),
    "rate-limit": Case(CONVERT, 8, lambda cloud: cloud.always(*TOKEN, json_answer({}, 429))),
    "unreachable": Case(CONVERT, 9, env={"NEMO_API_URL": "http://127.0.0.1:9"}),
    "web-page": Case(CONVERT, 9, lambda cloud: cloud.always(*SESSION, html())),
    "agent": Case(
        CONVERT,
        9,
        lambda cloud: cloud.always(*RUN, sse(text_event("I encountered a temporary issue."))),
    ),
    "dropped-stream": Case(
        CONVERT,
        9,
        lambda cloud: cloud.always(*RUN, sse(text_event("Work"), Cut())),
        {"NEMO_RECOVER_TRIES": "2"},
    ),
    "render-failed": Case(
        CONVERT, 10, lambda cloud: cloud.always(*POLL, ok({"id": "x", "status": "failed"}))
    ),
    "render-timeout": Case(
        CONVERT,
        10,
        lambda cloud: cloud.always(*POLL, ok({"id": "x", "status": "processing"})),
        {"NEMO_RENDER_TIMEOUT": "0.1"},
    ),
}


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedCloud]:
    """The cloud that the commands talk to."""
    with ScriptedCloud() as scripted:
        for name, value in {**FAST, "NEMO_API_URL": scripted.url}.items():
            monkeypatch.setenv(name, value)
        yield scripted


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a photo and with files of which each is wrong in its own way."""
    folder = tmp_path / "reader"
    folder.mkdir()
    write_jpeg(folder / "beach.jpg")
    (folder / "old.mp4").write_bytes(b"an older video")
    (folder / "notes.txt").write_text("buy film")
    (folder / "page.jpg").write_text("<!doctype html><title>Not found</title>")
    (folder / "empty.jpg").touch()
    with (folder / "huge.mp4").open("wb") as huge:
        huge.truncate(230 * 2**20)
    return folder


def said(stderr: str) -> list[str]:
    """Return the error and the hint, as the program prints them last."""
    return [line for line in stderr.splitlines() if line.startswith(("error:", "hint:"))]


def test_page_shows_every_case_and_no_other() -> None:
    assert set(SHOWN) == {*CASES, "interrupted", "port-taken"}


@pytest.mark.parametrize("name", CASES)
def test_error_is_that_of_the_page(name: str, cloud: ScriptedCloud, folder: Path) -> None:
    case = CASES[name]
    if case.before:
        run_cli(*case.before, cwd=folder)
    case.prepare(cloud)
    result = run_cli(*case.args, cwd=folder, env=case.env, expect=case.exit_code)
    assert_shown(name, result.stderr)


def test_port_that_is_taken_is_told_as_on_the_page(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        result = run_cli("serve", "--port", str(port), cwd=folder, expect=2)
    assert_shown("port-taken", result.stderr.replace(str(port), "8765"))


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C can't be sent to one process")
def test_ctrl_c_tells_how_to_go_on_as_on_the_page(cloud: ScriptedCloud, folder: Path) -> None:
    cloud.always(*RUN, sse({"type": "heartbeat"}, Stall()))
    process = subprocess.Popen(
        [sys.executable, "-m", "nemovideo", *CONVERT], cwd=folder, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 30
    while not cloud.count(*RUN):
        assert time.monotonic() < deadline, "the message never came"
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=30)
    assert process.returncode == 130
    assert_shown("interrupted", stderr)


def assert_shown(name: str, stderr: str) -> None:
    lines = said(stderr)
    shown = SHOWN.get(name, "").splitlines()
    assert missing_lines(SHOWN.get(name, ""), "\n".join(lines)) == [], json.dumps(lines, indent=1)
    assert len(shown) == len(lines)
