from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.broken_runs import StrictCloud
from tests.support.media import write_jpeg
from tests.support.processes.agents import Agent
from tests.support.scripted_cloud import ScriptedCloud

FAST = {
    "NEMO_POLL_INTERVAL": "0.02",
    "NEMO_RETRY_WAIT": "0.05",
    "NEMO_RECOVER_WAIT": "0.05",
    "NEMO_RECOVER_INTERVAL": "0.05",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The server's working folder, with two photos."""
    folder = tmp_path / "work"
    folder.mkdir()
    for number, name in enumerate(("a.jpg", "b.jpg")):
        write_jpeg(folder / name, 64 + number, 48)
    return folder


@pytest.fixture
def cloud() -> Iterator[ScriptedCloud]:
    """A scripted cloud."""
    with ScriptedCloud() as scripted:
        yield scripted


@pytest.fixture
def strict(cloud: ScriptedCloud) -> Iterator[StrictCloud]:
    """A cloud that holds runs at a moment."""
    strict = StrictCloud(cloud)
    yield strict
    strict.release()


@pytest.fixture
def agent(cloud: ScriptedCloud, folder: Path, clean_environ: None) -> Iterator[Agent]:
    """An agent that works with the scripted cloud."""
    env = {name: value for name, value in os.environ.items() if name.startswith("NEMO_")}
    with Agent(folder, ("--api-url", cloud.url), {**env, **FAST}) as agent:
        yield agent
