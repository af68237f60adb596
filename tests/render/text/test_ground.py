"""Words get as much backing as the pixels beneath them ask for, and no more."""

from __future__ import annotations

import numpy as np
import pytest

from nemovideo.render.text import TextPicture
from nemovideo.render.text.ground import BLACK, WHITE, Ground, ground_of, shade_for
from nemovideo.render.text.style import TextStyle, contrast, rgb_of
from tests.render.text.drawing import even_ground, show

SMALL, LARGE = (0.05, 0.05), (0.1, 0.1)
BUSY = np.random.default_rng(1).integers(0, 256, (40, 200, 3), np.uint8)


def shaded(ground: int, opacity: float) -> tuple[int, int, int]:
    """What is seen of a grey behind a black shade."""
    value = round(ground * (1 - opacity))
    return (value, value, value)


@pytest.mark.parametrize(
    ("ground", "is_large", "kind", "opacity"),
    [
        (even_ground("#102030"), False, "shadow", 0.3),
        (even_ground("#6a6a6a"), False, "shadow", 0.3),
        (even_ground("#a0a0a0"), False, "shadow", 0.3),
        (even_ground("#ffffff"), False, "shadow", 0.55),
        (even_ground("#ffffff"), True, "shadow", 0.45),
        (ground_of([BUSY]), False, "plate", 0.55),
        (ground_of([BUSY]), True, "shadow", 0.6),
        (None, False, "plate", 0.55),
    ],
    ids=["dark", "grey", "middle", "white", "white, large", "busy", "busy, large", "unknown"],
)
def test_white_letters_get_what_their_ground_asks_for(
    ground: Ground | None, is_large: bool, kind: str, opacity: float
) -> None:
    shade = shade_for(WHITE, None, ground, LARGE if is_large else SMALL)
    assert (shade.kind, shade.color) == (kind, BLACK)
    assert shade.opacity == pytest.approx(opacity, abs=0.051)


@pytest.mark.parametrize("ground", range(0, 256, 15))
@pytest.mark.parametrize(("is_large", "enough"), [(False, 4.5), (True, 3.0)])
def test_contrast_is_enough_and_not_much_more(ground: int, is_large: bool, enough: float) -> None:
    beneath = even_ground(f"#{ground:02x}{ground:02x}{ground:02x}")
    shade = shade_for(WHITE, None, beneath, LARGE if is_large else SMALL)
    assert contrast(WHITE, shaded(ground, shade.opacity)) >= enough * 0.99
    if shade.opacity > 0.3:
        assert contrast(WHITE, shaded(ground, shade.opacity - 0.06)) < enough


def test_a_small_line_below_a_large_one_asks_for_more_but_for_no_plate() -> None:
    white = even_ground("#ffffff")
    both = shade_for(WHITE, None, white, (0.05, 0.1))
    assert both.kind == "shadow"
    assert both.opacity > shade_for(WHITE, None, white, LARGE).opacity
    assert shade_for(WHITE, None, ground_of([BUSY]), (0.05, 0.1)).kind == "shadow"


def test_dark_letters_are_brightened_up() -> None:
    shade = shade_for(rgb_of("#101010"), None, even_ground("#202020"), SMALL)
    assert shade.color == WHITE
    assert shade.opacity > 0.3


def test_specks_of_light_count_for_nothing_a_bright_part_does() -> None:
    sky = np.full((40, 200, 3), 20, np.uint8)
    sky[::10, ::20] = 255
    assert shade_for(WHITE, None, ground_of([sky]), SMALL).opacity <= 0.5
    sky[:, 150:] = 255
    assert shade_for(WHITE, None, ground_of([sky]), SMALL).opacity >= 0.5


def test_the_worst_moment_decides() -> None:
    dark, white = (np.full((9, 9, 3), value, np.uint8) for value in (0, 255))
    later = shade_for(WHITE, None, ground_of([dark, dark, white]), SMALL)
    assert later == shade_for(WHITE, None, ground_of([white]), SMALL)


@pytest.mark.parametrize("kind", ["shadow", "outline", "plate"])
def test_what_was_asked_for_stays_on_any_ground(kind: str) -> None:
    style = TextStyle("caption", backing=kind)  # type: ignore[arg-type]
    unknown, dark = (show("Hello", style, ground=one) for one in (None, even_ground("#000000")))
    np.testing.assert_array_equal(unknown.pixels, dark.pixels)
    assert shade_for(WHITE, style.backing, even_ground("#000000"), SMALL).kind == kind


def darkness(picture: TextPicture) -> float:
    """How much of the ground is covered by what is no letter."""
    dark = picture.pixels[..., :3].max(axis=2) < 100
    return float((picture.pixels[..., 3] * dark).sum())


@pytest.mark.parametrize("style", ["title", "caption", "subtitle"])
def test_words_on_a_dark_ground_have_next_to_nothing_behind_them(style: str) -> None:
    dark, busy = (
        show("Hello", style, ground=g) for g in (even_ground("#000000"), ground_of([BUSY]))
    )
    assert darkness(dark) < 0.6 * darkness(busy)
