from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.broken_runs import BrokenRun, StrictCloud
from tests.support.media import write_jpeg
from tests.support.scripted_cloud import ScriptedCloud

FAST = {
    "NEMO_POLL_INTERVAL": "0.02",
    "NEMO_RETRY_WAIT": "0.05",
    "NEMO_RECOVER_WAIT": "0.05",
    "NEMO_RECOVER_INTERVAL": "0.05",
}
"""The waits of CLI.md, short enough for a test."""


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    """Take back what a command that runs in this process makes of the logs."""
    loggers = [logging.getLogger(name) for name in ("nemovideo", "asyncio")]
    before = [(one.propagate, one.level, one.handlers) for one in loggers]
    yield
    for logger, (propagate, level, handlers) in zip(loggers, before, strict=True):
        logger.propagate, logger.handlers = propagate, handlers
        logger.setLevel(level)


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedCloud]:
    """A scripted cloud that the command line talks to."""
    with ScriptedCloud() as scripted:
        monkeypatch.setenv("NEMO_API_URL", scripted.url)
        for name, value in FAST.items():
            monkeypatch.setenv(name, value)
        yield scripted


@pytest.fixture
def strict(cloud: ScriptedCloud) -> Iterator[StrictCloud]:
    """A cloud that goes on with what it was asked to do, whoever waits; it holds runs at will."""
    strict = StrictCloud(cloud)
    yield strict
    strict.release()


@pytest.fixture
def run(strict: StrictCloud, tmp_path: Path) -> BrokenRun:
    """A conversion to break off."""
    folder = tmp_path / "work"
    folder.mkdir()
    return BrokenRun(strict, folder)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """One small photo."""
    return write_jpeg(tmp_path / "beach.jpg")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where a video is to go."""
    return tmp_path / "video.mp4"
