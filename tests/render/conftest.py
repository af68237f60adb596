"""Fixtures of this folder."""

from __future__ import annotations

import pytest

from tests.render.drafts import MOTION, flat
from tests.support.media import (
    BLUE,
    write_jpeg,
    write_sound,
)
from tests.support.samples.films import Film, make_draft, picture_segment, render_film


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    """Two photos with a crossfade, motion, a title and a sound; 2.5 s."""
    folder = tmp_path_factory.mktemp("film")
    write_jpeg(folder / "a.jpg", 640, 360)
    flat(folder / "b.png", BLUE)
    write_sound(folder / "c.wav", seconds=1)
    draft = make_draft(
        picture_segment("a.jpg", 0, 1500),
        picture_segment(
            "b.png", 1000, 1500, motion=MOTION, transition={"name": "crossfade", "d": 500}
        ),
        texts=({"st": 1700, "d": 800, "m": {"text": "Hello", "fade_in": 0, "fade_out": 0}},),
        sounds=({"st": 0, "d": 2500, "m": {"name": "c.wav"}},),
    )
    return render_film(draft, folder)
