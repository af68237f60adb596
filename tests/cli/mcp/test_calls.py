"""Calls without a server: bugs, calls that are given up, settings that change."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from nemovideo.cli._context import CommonOptions
from nemovideo.cli.mcp._calls import run_call
from nemovideo.projects.cancellation import Cancellation
from tests.support.media import write_jpeg
from tests.support.scripted_cloud import ScriptedCloud

SECRET = "nmv_usr_a_secret_that_is_in_the_way"


@pytest.fixture(autouse=True)
def same_log() -> Iterator[None]:
    """Leave the program's log to other tests as it was; a call sets it up for a process."""
    logger = logging.getLogger("nemovideo")
    before = logger.propagate, logger.level, logger.handlers
    yield
    logger.propagate, logger.level, logger.handlers = before


def tell_nobody(progress: float, total: float | None, text: str) -> None:
    """Take progress and do nothing with it."""


def test_a_bug_becomes_an_error_without_traceback_and_token(
    cloud: ScriptedCloud, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def break_down(progress: float, total: float | None, text: str) -> None:
        raise RuntimeError(f"broken by {SECRET}")

    outcome = run_call(
        CommonOptions(api_url=cloud.url),
        "convert",
        {"paths": [str(folder / "a.jpg")], "out": str(folder / "film.mp4")},
        tell=break_down,
    )
    assert outcome.is_error
    assert outcome.document["error"]["kind"] == "unexpected"
    assert outcome.document["error"]["message"] == "RuntimeError: broken by nmv_usr_***"
    assert "Traceback" not in outcome.text
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Traceback" in printed.err
    assert SECRET not in printed.err


def test_a_call_that_is_given_up_before_it_begins_asks_for_nothing(
    cloud: ScriptedCloud, folder: Path
) -> None:
    given_up = Cancellation()
    given_up.cancel()
    outcome = run_call(
        CommonOptions(api_url=cloud.url),
        "convert",
        {"paths": [str(folder / "a.jpg")], "out": str(folder / "film.mp4")},
        tell=tell_nobody,
        cancellation=given_up,
    )
    assert outcome.document["error"]["kind"] == "interrupted"
    assert "nemo resume" in outcome.document["error"]["hint"]
    assert cloud.requests == []


def test_local_in_a_call_leaves_the_cloud_out(cloud: ScriptedCloud, folder: Path) -> None:
    outcome = run_call(
        CommonOptions(api_url=cloud.url),
        "convert",
        {"paths": [str(folder / "a.jpg")], "duration": 1, "export": False, "local": True},
        tell=tell_nobody,
    )
    assert outcome.document["timeline"]["ready"] is True
    assert cloud.requests == []


def test_settings_that_change_hold_from_the_next_call_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask() -> str:
        outcome = run_call(CommonOptions(local=True), "status", {}, tell=tell_nobody)
        return str(outcome.document["error"]["message"])

    assert ask() == "there is no session yet"
    monkeypatch.setenv("NEMO_POLL_INTERVAL", "soon")
    assert "NEMO_POLL_INTERVAL" in ask()


def test_a_dry_run_of_convert_sends_nothing(cloud: ScriptedCloud, tmp_path: Path) -> None:
    photo = write_jpeg(tmp_path / "a.jpg", 64, 48)
    outcome = run_call(
        CommonOptions(),
        "convert",
        {"paths": [str(photo)], "dry_run": True, "out": str(tmp_path / "a.mp4")},
        tell=tell_nobody,
    )
    assert outcome.document["files"][0]["filename"] == "a.jpg"
    assert outcome.document["output"] == str(tmp_path / "a.mp4")
    assert cloud.requests == []
