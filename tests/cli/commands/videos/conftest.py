"""Fixtures of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.media import write_jpeg


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three photos of different sizes."""
    folder = tmp_path / "trip"
    folder.mkdir()
    for number in (1, 2, 10):
        write_jpeg(folder / f"{number}.jpg", 64 + number, 48)
    return folder
