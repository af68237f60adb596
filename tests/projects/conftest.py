"""A workspace and a session at a scripted cloud."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nemovideo.config import Settings
from nemovideo.projects.session import Session
from nemovideo.projects.workspace import Workspace
from tests.support.notices import Notices
from tests.support.scripted_cloud import ScriptedCloud


@pytest.fixture
def cloud() -> Iterator[ScriptedCloud]:
    """A cloud on a good day, until the test scripts something."""
    with ScriptedCloud() as cloud:
        yield cloud


@pytest.fixture
def naps() -> list[float]:
    """What was slept."""
    return []


@pytest.fixture
def workspace(
    cloud: ScriptedCloud, config_dir: Path, data_dir: Path, naps: list[float]
) -> Iterator[Workspace]:
    """A workspace at the scripted cloud; its waits take no time."""
    settings = Settings(config_dir, data_dir, api_url=cloud.url, token="nmv_usr_mine123")
    with Workspace(settings, sleep=naps.append) as workspace:
        yield workspace


@pytest.fixture
def session(workspace: Workspace) -> Session:
    """A session in the cloud."""
    return workspace.create()


@pytest.fixture
def notices() -> Notices:
    """What people are told in `later`."""
    return Notices()


@pytest.fixture
def later(workspace: Workspace, notices: Notices) -> Iterator[Workspace]:
    """The workspace of a process that comes later."""
    with Workspace(workspace.settings, on_progress=notices, sleep=lambda _: None) as later:
        yield later
