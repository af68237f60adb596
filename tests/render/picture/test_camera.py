from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, strategies as st

from nemovideo.render.picture.camera import move_over, shows_whole
from nemovideo.render.picture.motion import MAX_ZOOM, Move, Window, window_between, window_of
from nemovideo.timeline.model import Clip, Motion, View
from nemovideo.timeline.names import MOTIONS, MotionName

WIDE = 16 / 9
PHOTO = (1600, 900)
UPRIGHT = (900, 1600)
PANORAMA = (6000, 1500)


def moved(name: MotionName, size: tuple[int, int] = PHOTO, seconds: float = 4, **more: Any) -> Move:
    motion = Motion(name, more.pop("strength", 1.0), more.pop("start", None), more.pop("end", None))
    return move_over(Clip(motion=motion, **more), size, WIDE, Fraction(seconds))


def windows(move: Move, size: tuple[int, int], shape: float = WIDE) -> tuple[Window, Window]:
    bounds = Window(0, 0, *size)
    start, end = (window_of(view, bounds, bounds, shape) for view in (move.start, move.end))
    return start, end


@pytest.mark.parametrize(
    ("name", "x", "y"),
    [("pan-left", -1, 0), ("pan-right", 1, 0), ("pan-up", 0, -1), ("pan-down", 0, 1)],
)
@pytest.mark.parametrize("size", [PHOTO, UPRIGHT, PANORAMA], ids=["photo", "upright", "panorama"])
def test_pans_name_where_the_camera_goes(
    name: MotionName, x: int, y: int, size: tuple[int, int]
) -> None:
    move = moved(name, size)
    steps = move.end.x - move.start.x, move.end.y - move.start.y
    assert [(step > 0) - (step < 0) for step in steps] == [x, y]
    assert move.start.zoom == move.end.zoom


def test_zooms_come_closer_and_go_away() -> None:
    closer, away = moved("zoom-in"), moved("zoom-out")
    assert closer.start.zoom == 1
    assert closer.end.zoom == pytest.approx(1.12)
    assert away == Move(closer.end, closer.start)


def test_still_and_absent_do_not_move() -> None:
    assert moved("still").is_still
    assert move_over(Clip(), PHOTO, WIDE, Fraction(4)).is_still


@pytest.mark.parametrize("name", [name for name in MOTIONS if name != "still"])
def test_strength_changes_how_far_it_goes(name: MotionName) -> None:
    def way(strength: float) -> float:
        start, end = windows(moved(name, strength=strength), PHOTO)
        return abs(end.left - start.left) + abs(end.top - start.top)

    assert way(0.5) < way(1.0) < way(1.8)


def test_short_look_moves_less() -> None:
    assert moved("zoom-in", seconds=1).end.zoom == pytest.approx(1.03)
    assert moved("zoom-in", seconds=60).end.zoom == pytest.approx(1.12)


def test_picture_that_is_shown_whole_hardly_outgrows_the_frame() -> None:
    assert moved("zoom-in", fit="whole").end.zoom == pytest.approx(1.06)


def test_zoom_goes_to_the_focus() -> None:
    end = moved("zoom-in", focus=(0.8, 0.3)).end
    assert (end.x, end.y) == (0.8, 0.3)


def test_camera_looks_above_the_middle_of_what_is_cut() -> None:
    assert moved("still", (1600, 1200)).start.y < 0.5
    assert moved("still", PHOTO).start.y == 0.5
    assert moved("still", UPRIGHT, fit="whole").start.y == 0.5


def test_pan_goes_along_a_panorama_without_a_zoom() -> None:
    move = moved("pan-right", PANORAMA, seconds=8)
    start, end = windows(move, PANORAMA)
    assert move.start.zoom == 1
    assert end.left - start.left > 0.5 * start.width
    assert windows(moved("pan-right", PANORAMA, seconds=100), PANORAMA)[0].left == 0


@pytest.mark.parametrize(
    ("size", "clip", "expected"),
    [
        pytest.param(PHOTO, Clip(), False, id="of the frame's shape"),
        pytest.param((1200, 900), Clip(), False, id="little is cut"),
        pytest.param((900, 900), Clip(), True, id="much is cut"),
        pytest.param((900, 900), Clip(fit="fill"), False, id="asked to fill"),
        pytest.param(PHOTO, Clip(fit="whole"), True, id="asked to be whole"),
        pytest.param(PANORAMA, Clip(motion=Motion("zoom-in")), True, id="zoom"),
        pytest.param(PANORAMA, Clip(motion=Motion("pan-left")), False, id="pan along"),
        pytest.param(PANORAMA, Clip(motion=Motion("pan-up")), True, id="pan across"),
        pytest.param(UPRIGHT, Clip(motion=Motion("pan-up")), False, id="pan up"),
        pytest.param(UPRIGHT, Clip(motion=Motion("pan-left")), True, id="pan beside"),
    ],
)
def test_picture_is_shown_whole_when_filling_would_cut_too_much(
    size: tuple[int, int], clip: Clip, expected: bool
) -> None:
    assert shows_whole(clip, size, WIDE) == expected


def test_custom_motion_is_taken_as_it_is() -> None:
    start, end = View(0.1, 0.2, 1.5), View(0.9, 0.8, 500)
    assert moved("custom", start=start, end=end) == Move(start, View(0.9, 0.8, MAX_ZOOM))


@given(
    st.sampled_from(MOTIONS),
    st.tuples(st.integers(100, 8000), st.integers(100, 8000)),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
    st.floats(0.3, 3),
    st.floats(0, 10),
    st.floats(0, 1),
)
def test_focus_stays_in_sight_on_the_whole_way(
    name: MotionName,
    size: tuple[int, int],
    focus: tuple[float, float],
    shape: float,
    strength: float,
    progress: float,
) -> None:
    clip = Clip(motion=Motion(name, strength), focus=focus, fit="fill")
    move = move_over(clip, size, shape, Fraction(5))
    seen = window_between(*windows(move, size, shape), progress)
    assert seen.left - 1e-6 <= focus[0] * size[0] <= seen.right + 1e-6
    assert seen.top - 1e-6 <= focus[1] * size[1] <= seen.bottom + 1e-6
    assert 1 <= move.start.zoom <= MAX_ZOOM
