"""Where two pictures that share a frame stand, and how such a clip is called."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from nemovideo.timeline import chart_rows, find_moments
from nemovideo.timeline.model import Clip, Timeline
from nemovideo.timeline.pairs import are_side_by_side, halves
from tests.timeline.timelines import cut, photos

UPRIGHT, WIDE = 0.75, 1.5
_sides = st.integers(8, 2048).map(lambda half: 2 * half)
_shapes = st.none() | st.floats(0.2, 5)


@pytest.mark.parametrize(
    ("frame", "shapes", "is_so"),
    [
        ((1920, 1080), (UPRIGHT, UPRIGHT), True),
        ((1920, 1080), (WIDE, WIDE), True),
        ((1080, 1920), (UPRIGHT, UPRIGHT), False),
        ((1080, 1920), (WIDE, WIDE), False),
        ((1080, 1080), (UPRIGHT, UPRIGHT), True),
        ((1080, 1080), (WIDE, WIDE), False),
        ((1080, 1080), (None, None), True),
    ],
    ids=["wide", "wide, of wide", "upright", "upright, of wide", "square", "square, of wide", "?"],
)
def test_frame_decides_unless_it_is_about_square(
    frame: tuple[int, int], shapes: tuple[float | None, float | None], is_so: bool
) -> None:
    assert are_side_by_side(frame, shapes) is is_so


@given(_sides, _sides, _shapes, _shapes)
def test_halves_are_alike_and_lie_on_even_pixels_inside(
    width: int, height: int, one: float | None, other: float | None
) -> None:
    first, second = halves((width, height), (one, other))
    assert first.size == second.size
    assert not any(number % 2 for number in (*first, *second))
    assert (first.left, first.top, second.right, second.bottom) == (0, 0, width, height)
    gap = max(second.left - first.right, second.top - first.bottom)
    assert 0 <= gap <= max(width, height) / 160 + 4


def test_halves_of_a_usual_frame() -> None:
    assert halves((1920, 1080), (UPRIGHT, UPRIGHT)) == ((0, 0, 954, 1080), (966, 0, 1920, 1080))
    assert halves((1080, 1920), (WIDE, WIDE)) == ((0, 0, 1080, 954), (0, 966, 1080, 1920))


def pair() -> Timeline:
    first, second, last = photos("abc")
    return cut([Clip(**{**vars(first), "beside": second}), last])


def test_pair_is_called_by_both_names() -> None:
    assert pair().summary() == "Timeline (1 track): 1. Video: a.jpg & b.jpg +1 more (0-9s)"
    (row,) = chart_rows(pair(), 80).rows
    assert [bar.label for bar in row.bars] == ["a.jpg & b.jpg", "c.jpg"]


def test_storyboard_knows_both_names() -> None:
    assert [(one.name, one.beside) for one in find_moments(pair())] == [
        ("a.jpg", "b.jpg"),
        ("c.jpg", None),
    ]
