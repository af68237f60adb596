"""Conversions of a few files, and where they go."""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo.projects.convert.plan import ConvertPlan, make_plan
from nemovideo.projects.convert.prompts import VideoWishes
from nemovideo.projects.exports.outputs import OutputTarget
from nemovideo.projects.inputs.checking import check_file
from nemovideo.projects.inputs.expansion import Inputs
from tests.support.media import write_jpeg


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where the video is to go."""
    return tmp_path / "film.mp4"


@pytest.fixture
def plan(tmp_path: Path, out: Path) -> ConvertPlan:
    """A conversion of one photo."""
    photo = check_file(write_jpeg(tmp_path / "beach.jpg"))
    return make_plan(
        Inputs((photo,)),
        VideoWishes(),
        OutputTarget(out),
        prompt="make a video",
        is_order_named=False,
    )


@pytest.fixture
def again(tmp_path: Path) -> ConvertPlan:
    """A conversion of three files, the last of which is the first once more."""
    first, second = (check_file(write_jpeg(tmp_path / name, 32, 24)) for name in ("a.jpg", "b.jpg"))
    return make_plan(
        Inputs((first, second, first)), VideoWishes(), None, prompt=None, is_order_named=False
    )
