"""The first time that files leave for a cloud: said once for each data folder, and not in vain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nemovideo.config import Settings
from nemovideo.projects.inputs.checking import check_file
from nemovideo.projects.session.uploads import upload_files
from nemovideo.projects.workspace import Workspace
from tests.support.media import write_jpeg
from tests.support.notices import Notices
from tests.support.scripted_cloud import ScriptedCloud


@pytest.fixture
def settings(config_dir: Path, data_dir: Path) -> Iterator[Settings]:
    """Settings with a cloud on a good day."""
    with ScriptedCloud() as cloud:
        yield Settings(config_dir, data_dir, api_url=cloud.url)


def upload(settings: Settings, photo: Path, *, is_heard: bool = True) -> list[str]:
    """Upload a photo into a new session and return what was told of where it goes."""
    hearer = Notices()
    with Workspace(settings, on_progress=hearer, is_heard=is_heard) as workspace:
        upload_files(workspace.create(), [check_file(photo)])
    return [note for note in hearer.told if "are sent to" in note]


def test_files_that_leave_are_said_to_once_to_somebody(settings: Settings, tmp_path: Path) -> None:
    photo = write_jpeg(tmp_path / "beach.jpg")
    assert upload(replace(settings, backend="local"), photo) == []
    assert upload(settings, photo, is_heard=False) == []
    [note] = upload(settings, photo)
    assert settings.api_url in note
    assert "--local" in note
    assert "nemo config set backend local" in note
    assert upload(settings, photo) == []
