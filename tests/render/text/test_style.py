"""Texts stand in the safe area, where their style or a wish puts them, and beside each other."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from nemovideo.render.text.style import (
    MANNERS,
    Box,
    TextStyle,
    clear_of,
    contrast,
    manner_of,
    place,
    rgb_of,
    safe_area,
)
from nemovideo.timeline.names import POSITIONS, TEXT_SIZES, TEXT_STYLES

WIDE, TALL, SQUARE = (1920, 1080), (1080, 1920), (1080, 1080)


def test_styles_positions_and_sizes_are_the_timelines() -> None:
    assert tuple(MANNERS) == TEXT_STYLES
    for manner in MANNERS.values():
        assert tuple(manner.sizes) == TEXT_SIZES
        assert list(manner.sizes.values()) == sorted(manner.sizes.values())
    assert {manner_of(TextStyle(position=name)).position for name in POSITIONS} == set(POSITIONS)


@pytest.mark.parametrize(
    ("style", "position", "size"),
    [
        ("title", "center", "large"),
        ("caption", "bottom", "medium"),
        ("subtitle", "bottom", "medium"),
        (None, "center", "large"),
        ("nonsense", "center", "large"),
    ],
)
def test_manner_has_the_styles_defaults(style: str | None, position: str, size: str) -> None:
    manner = manner_of(TextStyle(style, "nowhere", "huge"))
    assert (manner.position, manner.size) == (position, size)


@pytest.mark.parametrize("frame", [WIDE, TALL, SQUARE, (160, 90)], ids=str)
@pytest.mark.parametrize("style", TEXT_STYLES)
@pytest.mark.parametrize("position", POSITIONS)
def test_place_is_in_the_safe_area(frame: tuple[int, int], style: str, position: str) -> None:
    safe = safe_area(frame)
    size = (safe.width // 3, safe.height // 6)
    box = place(size, manner_of(TextStyle(style, position)), frame)
    least = 0.05 * min(frame)
    assert min(box.x, frame[0] - box.right, box.y, frame[1] - box.bottom) >= least - 1
    middle = (box.x + box.width / 2, box.y + box.height / 2)
    assert ("left" in position) == (middle[0] < 0.4 * frame[0])
    assert ("right" in position) == (middle[0] > 0.6 * frame[0])
    assert ("top" in position) == (middle[1] < 0.4 * frame[1])
    assert ("bottom" in position) == (middle[1] > 0.6 * frame[1])


def test_tall_films_keep_their_bottom_free_for_apps() -> None:
    box = place((500, 100), manner_of(TextStyle("subtitle")), TALL)
    assert TALL[1] - box.bottom >= 0.15 * TALL[1]


@pytest.mark.parametrize(
    ("box", "others", "wanted"),
    [
        (Box(0, 500, 100, 50), [], 500),
        (Box(0, 500, 100, 50), [Box(200, 500, 100, 50), Box(0, 440, 100, 50)], 500),
        (Box(0, 500, 100, 50), [Box(50, 520, 100, 50)], 460),
        (Box(0, 500, 100, 50), [Box(50, 480, 100, 40)], 530),
        (Box(0, 900, 100, 50), [Box(0, 890, 100, 60)], 830),
        (Box(0, 500, 100, 50), [Box(0, 470, 100, 50), Box(0, 530, 100, 60)], 410),
        (Box(0, 500, 100, 50), [Box(0, 0, 1000, 1000)], 500),
    ],
    ids=["alone", "beside", "up", "down", "at the bottom", "between two", "no room"],
)
def test_clear_of_moves_as_little_as_it_takes(box: Box, others: list[Box], wanted: int) -> None:
    moved = clear_of(box, others, (1000, 1000))
    assert (moved.x, moved.width, moved.height) == (box.x, box.width, box.height)
    assert moved.y == wanted


@given(
    st.lists(
        st.builds(
            Box, st.integers(0, 900), st.integers(0, 900), st.integers(1, 300), st.integers(1, 300)
        ),
        min_size=1,
        max_size=6,
    )
)
def test_clear_of_lies_over_none_when_it_moves(boxes: list[Box]) -> None:
    box, *others = boxes
    moved = clear_of(box, others, (1000, 1000))
    if moved != box:
        assert not any(moved.overlaps(other) for other in others)


@pytest.mark.parametrize(
    ("color", "rgb"),
    [
        ("#ff8000", (255, 128, 0)),
        ("#FFF", (255, 255, 255)),
        ("red", (255, 255, 255)),
        ("#ff80001", (255, 255, 255)),
        ("", (255, 255, 255)),
        (None, (255, 255, 255)),
    ],
)
def test_color_that_makes_no_sense_is_white(color: str | None, rgb: tuple[int, int, int]) -> None:
    assert rgb_of(color) == rgb


def test_contrast_is_that_of_wcag() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)
