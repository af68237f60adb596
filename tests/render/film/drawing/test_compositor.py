from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nemovideo.render.film.drawing.compositor import compositor_of
from nemovideo.render.film.drawing.sources import Files
from nemovideo.render.film.plan import Plan, make_plan
from nemovideo.render.picture.planes import Planes
from tests.support.media import write_jpeg, write_truncated_jpeg
from tests.support.samples.films import HEIGHT, WIDTH, make_timeline, picture_segment


def many_shots(path: Path, count: int) -> tuple[Plan, list[Files]]:
    segments = [
        picture_segment(path.name, number * 100, 150, transition={"name": "wipeleft", "d": 50})
        for number in range(count)
    ]
    return make_plan(make_timeline(*segments)), [(path,)] * count


def test_only_the_pictures_near_the_screen_are_in_memory(tmp_path: Path) -> None:
    plan, paths = many_shots(write_jpeg(tmp_path / "a.jpg"), 30)
    out = Planes.blank(WIDTH, HEIGHT)
    with compositor_of(plan, paths) as compositor:
        loaded = []
        for frame in range(plan.frame_count):
            compositor.draw(frame, out)
            loaded.append(len(compositor.loaded))
    assert max(loaded) <= 4


def test_composer_stops_its_thread(tmp_path: Path) -> None:
    plan, paths = many_shots(write_jpeg(tmp_path / "a.jpg"), 5)
    before = threading.active_count()
    with compositor_of(plan, paths) as compositor:
        compositor.draw(0, Planes.blank(WIDTH, HEIGHT))
    assert threading.active_count() == before


def test_picture_that_is_never_reached_does_no_harm(tmp_path: Path) -> None:
    write_jpeg(tmp_path / "a.jpg")
    write_truncated_jpeg(tmp_path / "half.jpg")
    plan = make_plan(
        make_timeline(picture_segment("a.jpg", 0, 500), picture_segment("half.jpg", 500, 500))
    )
    with compositor_of(plan, [(tmp_path / "a.jpg",), (tmp_path / "half.jpg",)]) as compositor:
        out = Planes.blank(WIDTH, HEIGHT)
        for frame in range(15):
            compositor.draw(frame, out)
    assert np.ptp(out.y) > 50


@pytest.mark.parametrize("layers", [2, 3])
def test_several_shots_may_come_in_at_once(tmp_path: Path, layers: int) -> None:
    path = write_jpeg(tmp_path / "a.jpg", WIDTH, HEIGHT)
    fade = {"name": "crossfade", "d": 1000}
    segments = [picture_segment("a.jpg", 0, 2000)] + [
        picture_segment("a.jpg", 100 * number, 2000, transition=fade)
        for number in range(1, layers + 1)
    ]
    plan = make_plan(make_timeline(*segments))
    first, later = Planes.blank(WIDTH, HEIGHT), Planes.blank(WIDTH, HEIGHT)
    with compositor_of(plan, [(path,)] * (layers + 1)) as compositor:
        compositor.draw(0, first)
        compositor.draw(15, later)
    for before, after in zip(first, later, strict=True):
        assert np.abs(before.astype(int) - after).max() <= 2


def bright_rows(folder: Path, *texts: dict[str, object]) -> tuple[np.ndarray, tuple[str, ...]]:
    """Which rows of a black frame are bright with texts on it, and what is said of them."""
    Image.new("RGB", (WIDTH, HEIGHT)).save(folder / "black.png")
    segments = tuple({"st": 0, "d": 1000, "m": {**text, "fade_in": 0}} for text in texts)
    plan = make_plan(make_timeline(picture_segment("black.png", 0, 1000), texts=segments))
    out = Planes.blank(WIDTH, HEIGHT)
    with compositor_of(plan, [(folder / "black.png",)]) as compositor:
        compositor.draw(5, out)
        return np.nonzero((out.y > 150).any(axis=1))[0], tuple(compositor.notes)


def test_text_stands_where_the_timeline_says(tmp_path: Path) -> None:
    rows, notes = bright_rows(tmp_path, {"text": "HILL", "position": "top"})
    assert rows[-1] < HEIGHT / 3
    assert notes == ()


def test_texts_of_one_place_stand_one_above_the_other(tmp_path: Path) -> None:
    alone, _ = bright_rows(tmp_path, {"text": "HILL", "position": "bottom"})
    rows, _ = bright_rows(
        tmp_path,
        {"text": "HILL", "position": "bottom"},
        {"text": "HILL", "style": "caption", "position": "bottom"},
    )
    above = rows[rows < alone[0]]
    assert len(above)
    assert (np.diff(rows) > 1).any()  # a gap is between them
    assert set(alone) <= set(rows)


def test_composer_says_what_of_a_text_is_not_shown(tmp_path: Path) -> None:
    _, notes = bright_rows(tmp_path, {"text": "Hi \U00013000", "style": "title"})
    assert notes == ("No font here can show \U00013000: it is left out.",)
