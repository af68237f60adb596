"""Fixtures of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.media import write_sound


@pytest.fixture
def song(tmp_path: Path) -> dict[str, Path]:
    return {"f1": write_sound(tmp_path / "song.wav", seconds=1, frequency=440, rate=48_000)}
