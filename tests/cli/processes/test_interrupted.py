"""Ctrl-C at every step: a prompt and clean end that says what goes on, and `nemo resume` after."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer

from nemovideo.cli._exit import NemoGroup
from nemovideo.errors import CancelledError
from tests.support.answers import Answer, Await
from tests.support.broken_runs import MOMENTS, BrokenRun, Gate, StrictCloud
from tests.support.cli import run_cli
from tests.support.media import write_jpeg
from tests.support.scripted_cloud import ScriptedCloud

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="Windows sends Ctrl-C to all processes of a console"
)

HIDE_CURSOR, SHOW_CURSOR = b"\x1b[?25l", b"\x1b[?25h"
GOES_ON = {
    "token": "Nothing was uploaded yet.",
    "session": "Nothing was uploaded yet.",
    "first-upload": "What was uploaded is kept.",
    "second-upload": "What was uploaded is kept.",
    "state-before": "What was uploaded is kept.",
    "message": "The agent goes on with the edit in the cloud.",
    "stream": "The agent goes on with the edit in the cloud.",
    "state-after": "The agent goes on with the edit in the cloud.",
    "state-for-export": "The timeline is kept.",
    "submit": "The render goes on in the cloud.",
    "first-poll": "The render goes on in the cloud.",
    "last-poll": "The render goes on in the cloud.",
    "file": "The video is rendered and only has to be fetched.",
    "within-the-file": "The video is rendered and only has to be fetched.",
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_an_interrupted_run_says_what_goes_on_and_is_finished_by_resume(
    strict: StrictCloud, run: BrokenRun, moment: str
) -> None:
    strict.moment = MOMENTS[moment]
    run.start()
    strict.wait_until_reached()
    result = run.interrupt()
    run.check_unfinished()
    last = result.stderr.splitlines()[-2:]
    assert last[0] == "error: interrupted"
    assert last[1].startswith(f"hint: {GOES_ON[moment]}")
    command = re.search(r"`nemo resume (run_\d+)` takes it up\.", last[1])
    assert command is not None
    strict.release()
    run.resume(command[1])
    run.check_finished()


def test_an_upload_that_the_server_does_not_read_can_be_interrupted(
    cloud: ScriptedCloud, tmp_path: Path
) -> None:
    sound = tmp_path / "long.mp3"
    sound.write_bytes(b"ID3\x04" + bytes(20_000_000))
    gate = Gate()
    unread = Answer(steps=[Await(gate)], is_raw=True, before_body=True)
    cloud.always("POST", "/api/upload-video/*", unread)
    run = BrokenRun(StrictCloud(cloud), tmp_path)
    run.start("upload", str(sound))
    assert gate.reached.wait(30)
    result = run.interrupt()
    gate.set()
    assert "Run the command again for the rest." in result.stderr


def test_ctrl_c_on_a_terminal_gives_the_cursor_back(strict: StrictCloud, run: BrokenRun) -> None:
    from tests.support.processes.terminal import CTRL_C, Terminal  # there is none on Windows

    strict.moment = MOMENTS["first-poll"]
    with Terminal("convert", *run.photos, "--out", run.out) as terminal:
        terminal.wait_for("Rendering")
        strict.wait_until_reached()
        assert HIDE_CURSOR in terminal.raw
        terminal.type(CTRL_C)
        assert terminal.wait_for_exit() == 130
        assert "hint: The render goes on in the cloud." in terminal.text
        assert "Rendering" not in terminal.text
        assert terminal.raw.rfind(SHOW_CURSOR) > terminal.raw.rfind(HIDE_CURSOR)
    run.check_unfinished()


def test_an_interrupted_export_names_its_render(
    strict: StrictCloud, run: BrokenRun, tmp_path: Path
) -> None:
    run_cli("convert", write_jpeg(tmp_path / "a.jpg"), "--no-export")
    strict.moment = MOMENTS["first-poll"]
    run.start("export", "--out", str(run.out))
    strict.wait_until_reached()
    result = run.interrupt()
    run.check_unfinished()
    command = re.search(r"`nemo export --resume (render_\d+)` takes it up", result.stderr)
    assert command is not None
    strict.release()
    run_cli("export", "--resume", command[1])
    assert run.out.read_bytes() == strict.cloud.good_day.video
    assert sum(strict.submitted.values()) == 1


def test_an_interrupted_chat_tells_how_to_learn_what_came_of_it(
    strict: StrictCloud, run: BrokenRun
) -> None:
    run_cli("session", "new")
    strict.moment = MOMENTS["stream"]
    run.start("chat", "add a title")
    strict.wait_until_reached()
    result = run.interrupt()
    command = re.search(r"`nemo resume (session_\d+)` tells what came of it", result.stderr)
    assert command is not None
    strict.release()
    assert "Title added" in run_cli("resume", command[1]).stdout
    assert strict.cloud.count("POST", "/run_sse") == 1


def test_an_interruption_before_a_message_left_says_that_it_was_not_sent(
    strict: StrictCloud, run: BrokenRun
) -> None:
    run_cli("session", "new")
    strict.moment = MOMENTS["state-before"]
    run.start("chat", "add a title")
    strict.wait_until_reached()
    assert "The message was not sent." in run.interrupt().stderr
    assert strict.cloud.count("POST", "/run_sse") == 0


@pytest.mark.parametrize("pause_s", [0.02, 0.15], ids=str)
def test_ctrl_c_may_be_pressed_again_while_a_render_here_ends(
    tmp_path: Path, pause_s: float
) -> None:
    photo = write_jpeg(tmp_path / "a.jpg", 640, 480)
    command = ["convert", photo, "-d", "60", "--local", "--progress", "json"]
    with subprocess.Popen(
        [sys.executable, "-m", "nemovideo", *map(str, command), "--out", str(tmp_path / "a.mp4")],
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        next(line for line in process.stderr if '"render"' in line)
        for _ in range(3):
            process.send_signal(signal.SIGINT)
            time.sleep(pause_s)
        said = process.stderr.read()
    assert process.returncode == 130
    assert "Traceback" not in said
    assert "terminate" not in said


def test_another_ctrl_c_does_not_keep_what_goes_on_from_being_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    app = typer.Typer(cls=NemoGroup, pretty_exceptions_enable=False)

    @app.callback()
    def _root() -> None:
        """Make it a group."""

    @app.command()
    def convert() -> None:
        try:
            raise CancelledError(hint="`nemo resume run_1` takes it up.")
        finally:
            raise KeyboardInterrupt

    with pytest.raises(SystemExit) as ended:
        app(["convert"])
    assert ended.value.code == 130
    assert "hint: `nemo resume run_1` takes it up." in capsys.readouterr().err
