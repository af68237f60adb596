"""Fixtures of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.client.download.films import VIDEO
from tests.support.scripted_cloud import ScriptedCloud


@pytest.fixture
def cloud(cloud: ScriptedCloud) -> ScriptedCloud:
    cloud.good_day.video = VIDEO
    return cloud


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "videos"
    folder.mkdir()
    return folder / "trip 海滩.mp4"
