"""Words are drawn for what lies beneath them while they show, the same in every piece of a film."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from nemovideo.render.film.drawing.compositor import compositor_of
from nemovideo.render.film.plan import make_plan
from nemovideo.render.frames import render_frames
from nemovideo.render.picture.planes import Bytes, Planes
from nemovideo.render.text.style import contrast
from nemovideo.timeline.model import Timeline
from tests.support.samples.films import make_timeline, picture_segment

ROOT = Path(__file__).parents[4]
SNOW, NIGHT = (ROOT / "examples/photos" / n for n in ("03-cloud-pass.jpg", "06-starry-camp.jpg"))
FACE = ROOT / "tests/data/pictures/astronaut.jpg"
SIZE = (1280, 720)
WHITE = (255, 255, 255)


def timeline_of(*paths: Path, text: dict[str, Any] | None) -> Timeline:
    """Photos of a second each, filling the frame, and a text over all of them."""
    pictures = [
        picture_segment(path.name, 1000 * place, 1000, fit="fill")
        for place, path in enumerate(paths)
    ]
    texts = [{"st": 0, "d": 1000 * len(paths), "m": {**text, "fade_in": 0}}] if text else []
    return make_timeline(*pictures, texts=tuple(texts), size=SIZE)


def drawn(*paths: Path, text: dict[str, Any] | None, at_ms: float = 500) -> Bytes:
    timeline = timeline_of(*paths, text=text)
    media = {path.name: path for path in paths}
    return next(render_frames(timeline, media, [at_ms], longest_side=SIZE[0]))


def around_letters(frame: Bytes, plain: Bytes) -> list[tuple[int, int, int]]:
    """The pixels close to what is white only with a text."""
    letters = ((frame.min(axis=2) > 245) & (plain.min(axis=2) < 235)).astype(np.uint8)
    assert letters.sum() > 100
    wide, narrow = (cv2.dilate(letters, np.ones((side, side), np.uint8)) for side in (7, 5))
    near = wide - narrow
    return [(int(r), int(g), int(b)) for r, g, b in frame[near > 0]]


@pytest.mark.parametrize("photo", [SNOW, NIGHT, FACE], ids=["light", "dark", "busy"])
@pytest.mark.parametrize(("style", "enough"), [("title", 3), ("caption", 4.5)])
def test_words_can_be_read_on_a_photo(photo: Path, style: str, enough: float) -> None:
    plain = drawn(photo, text=None)
    frame = drawn(photo, text={"text": "HELLO THERE", "style": style})
    ratios = [contrast(WHITE, pixel) for pixel in around_letters(frame, plain)]
    assert np.median(ratios) >= enough


def test_a_dark_photo_stays_as_it_is_around_the_words() -> None:
    caption = {"text": "HELLO", "style": "subtitle", "position": "top"}
    plain, measured, plate = (
        drawn(NIGHT, text=text) for text in (None, caption, {**caption, "backing": "plate"})
    )

    def changed(frame: Bytes) -> int:
        return int((np.abs(frame.astype(int) - plain).max(axis=2) > 12).sum())

    assert changed(measured) < 0.6 * changed(plate)


def test_words_do_not_change_their_backing_on_the_way(tmp_path: Path) -> None:
    """Over a dark photo they have already what the white one after it asks for."""
    paths = [tmp_path / name for name in ("dark.png", "white.png")]
    for path, value in zip(paths, (30, 255), strict=True):
        Image.new("RGB", SIZE, (value,) * 3).save(path)
    text = {"text": "HELLO", "style": "caption"}
    alone, both = drawn(paths[0], text=text), drawn(*paths, text=text)
    assert both.min() < alone.min() - 5


def test_a_small_film_measures_what_a_large_one_does() -> None:
    """A storyboard shows the backing that the film has."""
    text = {"text": "HELLO THERE", "style": "caption"}
    timeline = timeline_of(FACE, text=text)
    media = {FACE.name: FACE}
    small, large = (
        next(render_frames(timeline, media, [500], longest_side=side)) for side in (320, 1280)
    )
    reduced = cv2.resize(large, (320, 180), interpolation=cv2.INTER_AREA)
    assert np.abs(small.astype(int) - reduced).mean() < 3


def test_words_over_nothing_are_drawn(tmp_path: Path) -> None:
    """A gap in the pictures is black."""
    Image.new("RGB", SIZE, WHITE).save(tmp_path / "a.png")
    text = {"st": 1200, "d": 500, "m": {"text": "HELLO", "fade_in": 0, "fade_out": 0}}
    segments = (picture_segment("a.png", 0, 1000), picture_segment("a.png", 2000, 1000))
    plan = make_plan(make_timeline(*segments, texts=(text,), size=SIZE))
    out = Planes.blank(*SIZE)
    with compositor_of(plan, [(tmp_path / "a.png",)] * 2) as compositor:
        compositor.draw(45, out)
    assert out.y.max() == 235
    assert out.y[0, 0] == 16
