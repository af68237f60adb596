from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from nemovideo.render.picture.motion import (
    Move,
    Window,
    ease,
    largest_cut,
    window_between,
    window_of,
)
from nemovideo.timeline.model import View

PICTURE = Window(0, 0, 400, 300)
WIDE = 16 / 9

VIEWS = st.builds(View, st.floats(0, 1), st.floats(0, 1), st.floats(1, 20))
SIDES = st.floats(1, 20_000)


def test_ease_begins_and_ends_at_rest() -> None:
    assert [ease(0), ease(0.5), ease(1)] == pytest.approx([0, 0.5, 1])
    assert ease(0.01) < 0.001
    assert ease(0.99) > 0.999


@pytest.mark.parametrize(("progress", "expected"), [(-1, 0), (2, 1)])
def test_ease_stays_within_its_ends(progress: float, expected: float) -> None:
    assert ease(progress) == expected


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        pytest.param((400, 300), (400, 225), id="too high"),
        pytest.param((1600, 300), (1600 / 3, 300), id="too wide"),
        pytest.param((160, 90), (160, 90), id="fits"),
    ],
)
def test_largest_cut_touches_two_sides(
    size: tuple[float, float], expected: tuple[float, float]
) -> None:
    assert largest_cut(*size, WIDE) == pytest.approx(expected)


def test_window_at_rest_is_the_middle() -> None:
    assert window_of(View(), PICTURE, PICTURE, WIDE) == Window(0, 37.5, 400, 225)


def test_window_is_smaller_the_closer_the_camera() -> None:
    assert window_of(View(zoom=2), PICTURE, PICTURE, WIDE) == Window(100, 93.75, 200, 112.5)


def test_window_has_its_centre_where_the_view_says() -> None:
    window = window_of(View(0.6, 0.4, 4), PICTURE, PICTURE, WIDE)
    assert (window.left + window.right) / 2 == pytest.approx(240)
    assert (window.top + window.bottom) / 2 == pytest.approx(120)


def test_centre_counts_in_the_picture_when_that_lies_inside_the_bounds() -> None:
    bounds, picture = Window(0, 0, 160, 90), Window(60, 0, 40, 90)
    window = window_of(View(1, 0.5, 4), bounds, picture, WIDE)
    assert (window.left + window.right) / 2 == pytest.approx(100)


@given(VIEWS, SIDES, SIDES, st.floats(0.2, 5))
def test_window_never_leaves_the_picture(
    view: View, width: float, height: float, shape: float
) -> None:
    picture = Window(0, 0, width, height)
    window = window_of(view, picture, picture, shape)
    assert window.width / window.height == pytest.approx(shape)
    assert window.left >= 0
    assert window.top >= 0
    assert window.right <= width * (1 + 1e-9)
    assert window.bottom <= height * (1 + 1e-9)


@given(VIEWS, VIEWS, st.floats(0, 1))
def test_window_on_the_way_never_leaves_the_picture(
    first: View, last: View, progress: float
) -> None:
    start, end = (window_of(view, PICTURE, PICTURE, WIDE) for view in (first, last))
    window = window_between(start, end, progress)
    assert window.left >= -1e-9
    assert window.right <= 400 + 1e-6
    assert window.top >= -1e-9
    assert window.bottom <= 300 + 1e-6


def test_window_between_is_eased() -> None:
    start, end = Window(0, 0, 100, 50), Window(20, 10, 50, 25)
    assert window_between(start, end, 0) == start
    assert window_between(start, end, 1) == end
    assert window_between(start, end, 0.1).left == pytest.approx(20 * ease(0.1))


def test_motion_knows_whether_it_stands_still() -> None:
    assert Move(View(), View()).is_still
    assert not Move(View(), View(zoom=1.1)).is_still
