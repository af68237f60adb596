"""Where the work is done, seen from outside: `auto`, the flags, and what is said of it."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.support.cli import run_cli


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every way out of this machine leads to a port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{port}")


def test_without_a_network_the_video_is_made_on_this_machine_and_that_is_said(
    no_network: None, photo: Path, out: Path
) -> None:
    result = run_cli("convert", photo, "-d", "1", "--quality", "low", "--out", out, "--json")
    [note] = [note for note in result.document["notes"] if "on this machine" in note]
    assert result.stderr.count(note) == 1
    assert out.stat().st_size > 1000
    assert run_cli("session", "list", "--json").document[0]["backend"] == "local"
    assert run_cli("session", "new", "--cloud", "--json", expect=9).error["kind"] == "network"


def test_doctor_says_that_the_engine_stands_in(no_network: None) -> None:
    document = run_cli("doctor", "--json").document
    [cloud] = [check for check in document["checks"] if check["name"] == "cloud"]
    assert document["ok"]
    assert not cloud["ok"]
    assert "on this machine" in cloud["hint"]
    assert not run_cli("doctor", "--cloud", "--json", expect=1).document["ok"]
