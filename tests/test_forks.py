"""A run that is forked is like one that is started anew; the other tests rely on it."""

from __future__ import annotations

import os
import socket
import sys
import time
from pathlib import Path

import pytest

from tests.support.processes.forks import Start
from tests.support.processes.nemo import SERVER, Nemo

pytestmark = pytest.mark.skipif(SERVER not in os.environ, reason="runs start anew here")


def outcomes(folder: Path) -> list[tuple[int, bytes, bytes]]:
    """What two runs say: of their variables and their folder, and of their stdin."""
    (folder / "nemo.toml").write_text('language = "de"')
    runs = [
        Nemo("config", "list", "--json", cwd=folder, env={"NEMO_RETRY_WAIT": "7"}),
        Nemo("auth", "login", "--with-token", input=b"a-token\n"),
    ]
    return [run.output() for run in runs]


def test_forks_do_what_new_processes_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forked = outcomes(tmp_path)
    monkeypatch.delenv(SERVER)
    assert outcomes(tmp_path) == forked


def test_fork_ends_when_nobody_waits_for_it_any_more() -> None:
    if sys.platform != "linux":
        pytest.skip("there are forks on Linux only")
    read, write = os.pipe()
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(os.environ[SERVER])
        Start(["serve", "--port", "0"], dict(os.environ), str(Path.cwd())).send(
            connection, (read, write, write)
        )
        pid = int(connection.recv(16))
        os.close(write)
        assert os.read(read, 1)  # it is up
    deadline = time.monotonic() + 30
    while Path(f"/proc/{pid}").exists():
        assert time.monotonic() < deadline, "it goes on"
        time.sleep(0.02)
    os.close(read)
