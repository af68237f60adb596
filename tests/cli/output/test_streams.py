"""Closed, broken and full streams, and encodings that lack letters: never a traceback."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from nemovideo.config import resolve_settings
from nemovideo.projects.backends import Backend
from nemovideo.projects.journal import Journal
from tests.support.answers import mp4
from tests.support.cli import run_cli
from tests.support.scripted_cloud import ScriptedCloud

pytestmark = pytest.mark.skipif(os.name == "nt", reason="descriptors are closed by a shell")

NEMO = f"{sys.executable} -m nemovideo"


def shell(command: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which NEMO is the program."""
    return subprocess.run(
        ["sh", "-c", command.replace("NEMO", NEMO)],
        capture_output=True,
        text=True,
        env={**os.environ, **env},
        timeout=60,
        check=False,
    )


@pytest.fixture
def session_named() -> str:
    """The name of a session that `session list` shows."""
    with Journal(resolve_settings().data_dir) as journal:
        journal.sessions.save("s1", Backend("local"), name="Übung 中")
    return "Übung 中"


@pytest.mark.parametrize("command", ["config path", "--version", "--help", "convert --help", ""])
def test_a_closed_stdout_is_one_error(command: str) -> None:
    done = shell(f"NEMO {command} >&-")

    assert done.returncode == 2
    assert done.stderr.startswith("error: stdout can't be written: ")
    assert "Traceback" not in done.stderr


def test_a_full_disk_behind_stdout_is_one_error(tmp_path: Path) -> None:
    done = shell(f"ulimit -f 0; NEMO config path > {tmp_path / 'out'}")

    assert done.returncode == 2
    assert done.stderr.startswith("error: stdout can't be written: ")


def test_a_closed_stderr_keeps_nothing_from_being_done() -> None:
    done = shell("NEMO config path 2>&-")

    assert done.returncode == 0
    assert done.stdout.strip().endswith("config.toml")
    assert shell("NEMO config get nonsense 2>&-").returncode == 2
    assert shell("NEMO config path >&- 2>&- <&-").returncode == 2


def test_a_closed_stdin_is_an_empty_one() -> None:
    done = shell("NEMO chat <&-")

    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "error: nothing was said")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", ["config list --json", "--help", "--version", "skill show"])
def test_a_reader_that_has_gone_ends_it_quietly(command: str, unbuffered: str) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as stdout:
        done = subprocess.run(
            [*NEMO.split(), *command.split()],
            stdout=stdout,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            timeout=60,
            check=False,
        )

    assert (done.returncode, done.stderr) == (141, b"")


def test_a_reader_of_remarks_that_has_gone_keeps_nothing_from_being_done() -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as stderr:
        done = subprocess.run(
            [*NEMO.split(), "config", "get", "language", "-v"],
            stdout=subprocess.PIPE,
            stderr=stderr,
            timeout=60,
            check=False,
        )

    assert (done.returncode, done.stdout) == (0, b"en\n")


@pytest.mark.parametrize("encoding", ["ascii", "ascii:replace", "latin-1", "cp1252", "utf-8"])
def test_json_is_json_in_every_encoding(session_named: str, encoding: str) -> None:
    done = shell("NEMO session list --json", PYTHONIOENCODING=encoding)

    assert done.returncode == 0
    assert json.loads(done.stdout)[0]["name"] == session_named


def test_text_has_escapes_where_letters_are_lacking(session_named: str) -> None:
    done = shell("NEMO session list", PYTHONIOENCODING="ascii")

    assert done.returncode == 0
    assert "\\xdcbung \\u4e2d" in done.stdout


def test_a_film_goes_into_a_pipe_and_the_pipe_stays(
    cloud: ScriptedCloud, photo: Path, tmp_path: Path
) -> None:
    cloud.good_day.video = film = mp4(300_000)
    pipe = tmp_path / "p.mp4"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()

    run_cli("convert", photo, "--out", pipe, "--force")
    reader.join(30)

    assert read == [film]
    assert pipe.is_fifo()


def test_a_film_whose_reader_has_gone_ends_it_quietly_and_may_be_taken_up(
    cloud: ScriptedCloud, photo: Path, tmp_path: Path
) -> None:
    from tests.support.processes.terminal import Terminal

    cloud.good_day.video = mp4(3_000_000)
    command = shlex.join([*NEMO.split(), "convert", str(photo), "--out", "-"])

    done = shell(f"({command}; echo $? > {tmp_path / 'rc'}) | dd bs=10 count=1 2>{tmp_path / 'dd'}")

    assert (tmp_path / "rc").read_text() == "141\n"
    assert "error" not in done.stderr
    with Terminal("resume", columns=80) as terminal:
        assert terminal.wait_for_exit() == 2
        assert "would write the video to the terminal" in terminal.text
        assert b"ftyp" not in terminal.raw
    run_cli("resume", "--out", tmp_path / "film.mp4")
    assert (tmp_path / "film.mp4").read_bytes() == cloud.good_day.video
