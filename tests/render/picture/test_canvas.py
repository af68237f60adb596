from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from nemovideo.render.film.plan import Shot
from nemovideo.render.picture.canvas import Canvas, load_canvas
from nemovideo.render.picture.motion import ease
from nemovideo.render.picture.planes import Planes, rgb_of
from nemovideo.timeline.model import Clip, Motion, View
from nemovideo.timeline.names import Fit
from tests.support.media import QUADRANTS, corners, is_like, write_jpeg

WIDTH, HEIGHT = 320, 180


def way(start: View, end: View) -> Motion:
    return Motion("custom", start=start, end=end)


STILL = way(View(), View())
ZOOM = way(View(0.5, 0.5, 1), View(0.45, 0.55, 1.3))


def shot(motion: Motion = STILL, fit: Fit | None = None, **more: Any) -> Shot:
    return Shot(0, 30, Clip(name="p", motion=motion, fit=fit, **more))


def save(path: Path, picture: npt.NDArray[np.uint8]) -> Path:
    Image.fromarray(picture).save(path)
    return path


def disc_photo(path: Path, width: int, height: int, radius: float) -> Path:
    """A white disc in the middle of a dark picture."""
    y, x = np.mgrid[0:height, 0:width] + 0.5
    inside = np.clip(radius - np.hypot(x - width / 2, y - height / 2) + 0.5, 0, 1)
    return save(path, np.dstack([np.rint(40 + 200 * inside).astype(np.uint8)] * 3))


def filmed(canvas: Canvas | Planes, progress: float = 0) -> Planes:
    if isinstance(canvas, Planes):
        return canvas
    out = Planes.blank(WIDTH, HEIGHT)
    canvas.draw(progress, out)
    return out


def spread(luma: npt.NDArray[np.uint8]) -> tuple[float, float]:
    """How far what is bright reaches across and down; the blurred surround never is."""
    rows, columns = np.nonzero(luma > 150)
    return float(columns.std()), float(rows.std())


def centre(luma: npt.NDArray[np.uint8]) -> tuple[float, float]:
    weight = np.clip(luma.astype(float) - 80, 0, None)
    places = [np.arange(length) + 0.5 for length in luma.shape]
    total = weight.sum()
    return (
        float((weight.sum(axis=0) * places[1]).sum() / total),
        float((weight.sum(axis=1) * places[0]).sum() / total),
    )


@pytest.mark.parametrize(
    ("size", "fit"),
    [
        pytest.param((800, 600), "fill", id="larger, cut"),
        pytest.param((400, 225), "fill", id="as the frame"),
        pytest.param((97, 61), "fill", id="smaller, odd"),
        pytest.param((600, 800), "fill", id="upright, cut"),
        pytest.param((600, 800), "whole", id="upright, whole"),
        pytest.param((1501, 203), "whole", id="panorama, whole"),
    ],
)
@pytest.mark.parametrize("motion", [STILL, ZOOM], ids=["still", "moving"])
def test_circle_stays_a_circle(
    tmp_path: Path, size: tuple[int, int], fit: Fit, motion: Motion
) -> None:
    photo = disc_photo(tmp_path / "p.png", *size, radius=min(size) / 5)
    frame = filmed(load_canvas(photo, shot(motion, fit), WIDTH, HEIGHT))
    across, down = spread(frame.y)
    assert across > 4
    assert across == pytest.approx(down, rel=0.03)


@pytest.mark.parametrize("motion", [STILL, ZOOM], ids=["still", "moving"])
def test_picture_at_rest_has_its_middle_in_the_middle(tmp_path: Path, motion: Motion) -> None:
    photo = disc_photo(tmp_path / "p.png", 801, 605, radius=100)
    frame = filmed(load_canvas(photo, shot(motion, "fill"), WIDTH, HEIGHT))
    assert centre(frame.y) == pytest.approx((WIDTH / 2, HEIGHT / 2), abs=0.51)


def test_fill_leaves_no_border(tmp_path: Path) -> None:
    photo = save(tmp_path / "p.png", np.full((333, 501, 3), 200, np.uint8))
    for progress in (0, 0.5, 1):
        frame = filmed(load_canvas(photo, shot(ZOOM, "fill"), WIDTH, HEIGHT), progress)
        assert np.ptp(frame.y) <= 1


def test_blur_stands_whole_on_a_darker_copy(tmp_path: Path) -> None:
    photo = save(tmp_path / "p.png", np.full((600, 200, 3), 200, np.uint8))
    luma = filmed(load_canvas(photo, shot(STILL, "whole"), WIDTH, HEIGHT)).y
    middle = luma[:, WIDTH // 2 - 28 : WIDTH // 2 + 28]
    assert np.ptp(middle) <= 1
    assert 60 < int(luma[90, 10]) < int(middle[0, 0]) - 40
    assert int(luma[90, 10]) > int(luma[90, WIDTH // 2 - 32])


@pytest.mark.parametrize(
    ("size", "is_whole"),
    [
        pytest.param((400, 300), False, id="4:3"),
        pytest.param((450, 300), False, id="3:2"),
        pytest.param((300, 300), True, id="square"),
        pytest.param((600, 200), True, id="3:1"),
        pytest.param((300, 400), True, id="upright"),
        pytest.param((1200, 300), True, id="panorama"),
    ],
)
def test_fit_is_chosen_by_what_would_be_cut_away(
    tmp_path: Path, size: tuple[int, int], is_whole: bool
) -> None:
    width, height = size
    framed = np.full((height, width, 3), 255, np.uint8)
    framed[height // 20 : -height // 20, width // 20 : -width // 20] = 0
    luma = filmed(load_canvas(save(tmp_path / "p.png", framed), shot(), WIDTH, HEIGHT)).y
    white = luma > 225
    has_four_sides = all(
        half.any(axis=axis).sum() > 20
        for axis in (0, 1)
        for half in (white[: HEIGHT // 2, : WIDTH // 2], white[HEIGHT // 2 :, WIDTH // 2 :])
    )
    assert has_four_sides == is_whole


def test_view_shows_the_part_that_it_names(tmp_path: Path) -> None:
    picture = np.zeros((900, 1600, 3), np.uint8)
    picture[:450, 800:] = (255, 0, 0)
    corner = View(1, 0, 2)
    photo = save(tmp_path / "p.png", picture)
    frame = filmed(load_canvas(photo, shot(way(corner, corner)), WIDTH, HEIGHT))
    assert [int(plane.mean()) for plane in frame] == pytest.approx([63, 102, 240], abs=2)


@pytest.mark.parametrize("motion", [STILL, ZOOM], ids=["still", "moving"])
def test_colours_lie_where_h264_means_them(tmp_path: Path, motion: Motion) -> None:
    picture = np.full((360, 640, 3), 100, np.uint8)
    picture[..., 0] = np.rint(np.interp(np.arange(640) + 0.5, (248, 392), (40, 240)))
    frame = filmed(load_canvas(save(tmp_path / "p.png", picture), shot(motion), WIDTH, HEIGHT))
    # Chroma samples lie on the even columns: number k at 2 k + 0.5.
    places = 2 * np.arange(64, 96) + 0.5
    red = np.interp(places, (124, 196), (40, 240))
    ideal = 128 + (red - 100) * (1 - 0.2126) / 1.5748 * 224 / 255
    # A pixel to the side would be 1.2 levels; rounding alone is up to a third.
    assert float((frame.v[:, 64:96] - ideal).mean()) == pytest.approx(0, abs=0.4)


def test_zoom_moves_by_fractions_of_a_pixel(tmp_path: Path) -> None:
    width, height, frames = 640, 360, 60
    photo = disc_photo(tmp_path / "p.png", 1920, 1080, radius=60)
    motion = way(View(0.5, 0.5, 1), View(0.44, 0.56, 1.25))
    canvas = load_canvas(photo, shot(motion), width, height)
    assert isinstance(canvas, Canvas)
    misses = []
    out = Planes.blank(width, height)
    for number in range(frames):
        canvas.draw(number / (frames - 1), out)
        part = ease(number / (frames - 1))
        seen = 1 + (0.8 - 1) * part
        left, top = 0.04 * part, 0.16 * part
        x, y = centre(out.y)
        misses.append((x - (0.5 - left) / seen * width, y - (0.5 - top) / seen * height))
    assert math.sqrt(np.square(misses).sum(axis=1).mean()) < 0.03


def test_detail_survives_in_a_still_picture(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    picture = rng.integers(0, 255, (HEIGHT, WIDTH, 1), np.uint8).repeat(3, axis=2)
    frame = filmed(load_canvas(save(tmp_path / "p.png", picture), shot(), WIDTH, HEIGHT))
    ideal = 16 + picture[..., 0] * (219 / 255)
    assert np.abs(frame.y - ideal).max() <= 1


def test_pan_over_a_panorama_keeps_only_what_is_seen(tmp_path: Path) -> None:
    photo = save(tmp_path / "p.png", np.zeros((300, 6000, 3), np.uint8))
    pan = way(View(0.1, 0.5, 1), View(0.2, 0.5, 1))
    canvas = load_canvas(photo, shot(pan, "fill"), WIDTH, HEIGHT)
    assert isinstance(canvas, Canvas)
    assert canvas.planes.width < 2000


@pytest.mark.parametrize("moves", [False, True], ids=["still", "moving"])
@pytest.mark.parametrize("fit", ["fill", "whole"])
@pytest.mark.parametrize(
    ("turn", "order"),
    [
        pytest.param({"rotation": 90}, (2, 0, 3, 1), id="a quarter"),
        pytest.param({"rotation": 180}, (3, 2, 1, 0), id="a half"),
        pytest.param({"rotation": 270}, (1, 3, 0, 2), id="three quarters"),
        pytest.param({"flip": "horizontal"}, (1, 0, 3, 2), id="left and right"),
        pytest.param({"flip": "vertical"}, (2, 3, 0, 1), id="up and down"),
        pytest.param({"rotation": 90, "flip": "horizontal"}, (0, 2, 1, 3), id="both"),
    ],
)
def test_picture_is_turned_clockwise_and_then_mirrored(
    tmp_path: Path, turn: Any, order: tuple[int, ...], fit: Fit, moves: bool
) -> None:
    # Stored turned: what the clip asks for comes on top of the file's own orientation.
    photo = write_jpeg(tmp_path / "p.jpg", 240, 240, orientation=6)
    canvas = load_canvas(photo, shot(ZOOM if moves else STILL, fit, **turn), WIDTH, HEIGHT)
    middle = rgb_of(filmed(canvas).region(70, 0, 250, 180))
    assert is_like(corners(middle), tuple(QUADRANTS[place] for place in order))


@pytest.mark.parametrize("moves", [False, True], ids=["still", "moving"])
def test_whole_picture_stands_on_a_colour(tmp_path: Path, moves: bool) -> None:
    photo = write_jpeg(tmp_path / "p.jpg", 240, 240)
    filled = shot(ZOOM if moves else STILL, "whole", background="#3264c8")
    frame = rgb_of(filmed(load_canvas(photo, filled, WIDTH, HEIGHT)))
    for columns in (frame[:, :64], frame[:, -64:]):
        assert np.abs(columns.astype(int) - (0x32, 0x64, 0xC8)).max() <= 2
    assert is_like(corners(frame[:, 70:-70]))


def test_cut_is_placed_around_the_focus(tmp_path: Path) -> None:
    picture = np.zeros((900, 400, 3), np.uint8)
    picture[:60] = 255
    photo = save(tmp_path / "p.png", picture)
    still = Shot(0, 30, Clip(fit="fill", focus=(0.5, 0.02)))
    assert filmed(load_canvas(photo, still, WIDTH, HEIGHT)).y[10].min() > 200
