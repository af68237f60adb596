"""`nemo mcp` as a process: an older client's words on plain pipes, its end, a missing package."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.mcp.conftest import FAST
from tests.support.broken_runs import MOMENTS, StrictCloud
from tests.support.cli import run_cli

INITIALIZE = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "test", "version": "1"},
}


class Pipes:
    """A server, and what a client of 2025 says to it."""

    def __init__(self, folder: Path, *args: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "nemovideo", "mcp", *args],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
        )
        self.greeting = self.ask("initialize", INITIALIZE)["result"]
        self.say({"method": "notifications/initialized"})

    def say(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n")
        self.process.stdin.flush()

    def ask(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        self.say({"id": 1, "method": method, "params": params})
        assert self.process.stdout is not None
        answer = json.loads(self.process.stdout.readline())
        assert isinstance(answer, dict)
        return answer

    def end(self) -> tuple[int, str]:
        """Close stdin, as a client does that goes; return the exit code and stderr."""
        _, stderr = self.process.communicate(timeout=20)
        return self.process.returncode, stderr.decode()


@pytest.fixture
def pipes(strict: StrictCloud, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pipes]:
    for name, value in FAST.items():
        monkeypatch.setenv(name, value)
    pipes = Pipes(folder, "--api-url", strict.cloud.url)
    yield pipes
    pipes.process.kill()
    pipes.process.communicate()


def test_an_older_client_is_greeted_in_its_version(pipes: Pipes) -> None:
    assert pipes.greeting["protocolVersion"] == "2025-06-18"
    assert pipes.greeting["serverInfo"]["name"] == "nemo"


def test_an_older_client_gets_answers(pipes: Pipes) -> None:
    answer = pipes.ask("tools/call", {"name": "status", "arguments": {}})
    assert answer["result"]["isError"] is True
    assert answer["result"]["structuredContent"]["error"]["kind"] == "session"


def test_the_server_ends_with_its_client(pipes: Pipes) -> None:
    assert pipes.end() == (0, "")


def test_the_server_ends_with_its_client_in_the_middle_of_a_render(
    pipes: Pipes, strict: StrictCloud
) -> None:
    strict.moment = MOMENTS["last-poll"]
    arguments = {"paths": ["a.jpg"], "out": "film.mp4"}
    pipes.say(
        {"id": 2, "method": "tools/call", "params": {"name": "convert", "arguments": arguments}}
    )
    strict.wait_until_reached()
    assert pipes.process.stdin is not None
    pipes.process.stdin.close()
    pipes.process.stdin = None
    strict.release()
    code, stderr = pipes.end()
    assert (code, stderr) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="there Ctrl-C goes to whole consoles")
def test_ctrl_c_ends_the_server_at_once(pipes: Pipes) -> None:
    pipes.process.send_signal(signal.SIGINT)
    assert pipes.process.wait(5) == -signal.SIGINT


def test_a_line_that_is_no_message_does_not_end_the_server(pipes: Pipes) -> None:
    assert pipes.process.stdin is not None
    pipes.process.stdin.write(b"hello?\n")
    assert "result" in pipes.ask("tools/list", {})


@pytest.mark.skipif(os.name == "nt", reason="there are no pseudo terminals")
def test_somebody_who_starts_it_by_hand_is_told_what_it_is() -> None:
    ours, its = os.openpty()
    server = subprocess.Popen(
        [sys.executable, "-m", "nemovideo", "mcp"], stdin=its, stderr=subprocess.PIPE
    )
    try:
        assert server.stderr is not None
        assert b"waits for an AI agent's program" in server.stderr.readline()
    finally:
        server.kill()
        server.communicate()
        os.close(ours)
        os.close(its)


def test_a_missing_package_is_named_with_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "mcp.py").write_text("raise ModuleNotFoundError(name='mcp')\n")
    result = run_cli("mcp", env={"PYTHONPATH": str(tmp_path)}, expect=2)
    assert "the MCP server is not installed" in result.stderr
    assert "[mcp]'" in result.stderr
    assert result.stdout == ""


def test_wrong_settings_are_told_at_the_start() -> None:
    result = run_cli("mcp", env={"NEMO_POLL_INTERVAL": "soon"}, expect=2)
    assert "NEMO_POLL_INTERVAL" in result.stderr
    assert result.stdout == ""
