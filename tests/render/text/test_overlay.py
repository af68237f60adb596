from __future__ import annotations

import numpy as np
import pytest

from nemovideo.render.picture.planes import BLACK, Bytes, Planes
from nemovideo.render.text.overlay import Overlay, make_overlay

WIDTH, HEIGHT = 32, 24


def sheet(width: int, height: int, rgba: tuple[int, int, int, int]) -> Bytes:
    return np.full((height, width, 4), rgba, np.uint8)


def overlay_of(rgba: Bytes, x: int, y: int) -> Overlay:
    overlay = make_overlay(rgba, x, y, WIDTH, HEIGHT)
    assert overlay is not None
    return overlay


def painted(rgba: Bytes, x: int, y: int, opacity: float = 1) -> Planes:
    frame = Planes.blank(WIDTH, HEIGHT, BLACK)
    overlay_of(rgba, x, y).draw(opacity, frame)
    return frame


def test_overlay_lands_where_it_belongs() -> None:
    frame = painted(sheet(5, 3, (255, 255, 255, 255)), 7, 9)
    ys, xs = np.nonzero(frame.y > 100)
    assert (xs.min(), xs.max(), ys.min(), ys.max()) == (7, 11, 9, 11)


@pytest.mark.parametrize(("opacity", "luma"), [(0.0, 16), (0.5, 125), (1.0, 235)])
def test_overlay_fades(opacity: float, luma: int) -> None:
    frame = painted(sheet(8, 8, (255, 255, 255, 255)), 8, 8, opacity)
    assert int(frame.y[10, 10]) == pytest.approx(luma, abs=2)


def test_overlay_lets_through_what_its_transparency_says() -> None:
    frame = painted(sheet(8, 8, (255, 255, 255, 64)), 8, 8)
    assert int(frame.y[10, 10]) == pytest.approx(16 + 219 * 64 / 255, abs=2)


def test_transparent_overlay_changes_nothing() -> None:
    frame = painted(sheet(8, 8, (255, 0, 0, 0)), 8, 8)
    assert all(np.ptp(plane) == 0 for plane in frame)


def test_overlay_has_its_colour() -> None:
    frame = painted(sheet(8, 8, (255, 0, 0, 255)), 8, 8)
    assert int(frame.v[5, 5]) == pytest.approx(240, abs=2)
    assert int(frame.u[5, 5]) == pytest.approx(102, abs=2)


@pytest.mark.parametrize(
    ("x", "y", "area"),
    [
        pytest.param(-4, -3, 4 * 5, id="top left"),
        pytest.param(29, 20, 3 * 4, id="bottom right"),
        pytest.param(-3, 5, 5 * 8, id="odd left"),
    ],
)
def test_overlay_beyond_the_edge_is_cut(x: int, y: int, area: int) -> None:
    frame = painted(sheet(8, 8, (255, 255, 255, 255)), x, y)
    assert (frame.y > 100).sum() == area


@pytest.mark.parametrize(("x", "y"), [(-8, 0), (0, -8), (WIDTH, 0), (0, HEIGHT), (-90, -90)])
def test_overlay_outside_the_frame_is_none(x: int, y: int) -> None:
    assert make_overlay(sheet(8, 8, (255, 255, 255, 255)), x, y, WIDTH, HEIGHT) is None
