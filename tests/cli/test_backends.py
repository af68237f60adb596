"""Where the work is done: `auto`, the flags, a session that lives elsewhere. Never in silence."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import av
import pytest

from tests.support.cli import run_cli
from tests.support.media import write_jpeg
from tests.support.scripted_cloud import ScriptedCloud

TIMELINE: dict[str, Any] = {
    "t": [{"tt": 0, "sg": [{"st": 0, "d": 500, "m": {"name": "red.jpg"}}]}],
    "d": 500,
    "m": {"title": "Red", "width": 160, "height": 90},
}


def size_of(path: Path) -> tuple[int, int]:
    with av.open(str(path)) as film:
        return film.streams.video[0].width, film.streams.video[0].height


def new_id(*args: str | Path) -> str:
    return str(run_cli(*args, "--json").document["session_id"])


@pytest.fixture
def local_id(tmp_path: Path) -> str:
    """A session on this machine, of another photo."""
    photo = write_jpeg(tmp_path / "blue.jpg", 64, 36)
    return new_id("convert", photo, "--local", "-d", "1", "--no-export")


@pytest.fixture
def cloud_id(cloud: ScriptedCloud, local_id: str, tmp_path: Path) -> str:
    """A session in the cloud, made after the local one and so the current one."""
    cloud.good_day.draft = TIMELINE
    photo = write_jpeg(tmp_path / "red.jpg", 160, 90)
    return new_id("convert", photo, "--no-export", "--name", "Red")


def test_export_local_renders_the_current_session_of_the_cloud_here(
    cloud: ScriptedCloud, cloud_id: str, tmp_path: Path
) -> None:
    out = tmp_path / "a.mp4"
    document = run_cli("export", "--local", "-o", out, "--json").document
    assert document["session_id"] == cloud_id
    assert size_of(out) == (160, 90)
    assert cloud.count("POST", "/api/render/proxy/lambda") == 0
    assert [s["name"] for s in run_cli("session", "list", "--json").document] == ["Red", "blue"]
    assert len(run_cli("renders", "list", "--local", "--json").document) == 1
    assert run_cli("renders", "list", "--cloud", "--json").document == []
    here = run_cli("session", "list", "--local", "--json").document
    assert [s["name"] for s in here] == ["blue"]
    assert run_cli("status", "--json").document["session_id"] == cloud_id


def test_a_setting_counts_as_the_flag(cloud_id: str, tmp_path: Path) -> None:
    out = tmp_path / "a.mp4"
    run_cli("export", "-o", out, "--json", env={"NEMO_BACKEND": "local"})
    assert size_of(out) == (160, 90)


def test_no_wait_can_not_be_had_here(cloud: ScriptedCloud, cloud_id: str) -> None:
    assert "--no-wait" in run_cli("export", "--local", "--no-wait", expect=2).stderr
    assert cloud.count("POST", "/api/render/proxy/lambda") == 0


@pytest.mark.parametrize("command", [("status",), ("session", "show")], ids=" ".join)
def test_what_reads_shows_the_current_session_and_says_where_it_lives(
    cloud_id: str, command: tuple[str, ...]
) -> None:
    result = run_cli(*command, "--local", "--json")
    assert result.document["session_id"] == cloud_id
    assert f"“Red” ({cloud_id}) is used where it lives: NemoVideo." in result.stderr


def test_chat_begins_a_session_of_its_own_and_says_so(
    cloud: ScriptedCloud, cloud_id: str, local_id: str
) -> None:
    turns = cloud.count("POST", "/run_sse")
    result = run_cli("chat", "make it square", "--local", "--json")
    assert result.document["session_id"] not in (cloud_id, local_id)
    assert f"“Red” ({cloud_id}), lives with NemoVideo; it is left alone" in result.stderr
    assert cloud.count("POST", "/run_sse") == turns


def test_what_needs_a_timeline_there_is_refused(cloud: ScriptedCloud, local_id: str) -> None:
    result = run_cli("export", "--cloud", "--json", expect=4)
    assert result.error["kind"] == "session"
    assert local_id in result.error["message"]
    assert cloud.requests == []


def test_another_server_never_gets_the_token_of_this_one(
    cloud: ScriptedCloud, cloud_id: str
) -> None:
    before = len(cloud.requests)
    with ScriptedCloud() as other:
        run_cli("status", "--api-url", other.url, env={"NEMO_TOKEN": "nmv_usr_mine00001"}, expect=4)
        assert other.requests == []
    assert len(cloud.requests) == before


def test_a_session_that_is_named_is_used_where_it_lives(cloud_id: str, local_id: str) -> None:
    result = run_cli("status", "--session", local_id, "--cloud", "--json")
    assert result.document["session_id"] == local_id
    assert "the local engine" in result.stderr


def test_the_cloud_can_be_asked_for_against_the_settings(cloud: ScriptedCloud) -> None:
    run_cli("session", "new", "--cloud", env={"NEMO_BACKEND": "local"})
    assert cloud.count("POST", "/api/tasks/*") == 1
    assert "exclude each other" in run_cli("status", "--cloud", "--local", expect=2).stderr


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
