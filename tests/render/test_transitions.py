from __future__ import annotations

import numpy as np
import pytest

from nemovideo.render._planes import BLACK, WHITE, Planes
from nemovideo.render.transitions import TRANSITIONS, Crossfade, effect_named

WIDTH, HEIGHT = 64, 36
BEFORE, AFTER = (60, 100, 150), (180, 140, 90)


def flat(colour: tuple[int, int, int]) -> Planes:
    return Planes.blank(WIDTH, HEIGHT, colour)


def drawn(name: str, progress: float) -> Planes:
    out = flat((1, 2, 3))
    effect_named(name).draw(flat(BEFORE), flat(AFTER), progress, out)
    return out


def colour(frame: Planes) -> tuple[int, int, int]:
    """The colour of a flat frame."""
    for plane in frame:
        assert np.ptp(plane) <= 1
    return int(frame.y[0, 0]), int(frame.u[0, 0]), int(frame.v[0, 0])


def columns(frame: Planes) -> list[int]:
    return [int(value) for value in frame.y[HEIGHT // 2]]


def rows(frame: Planes) -> list[int]:
    return [int(value) for value in frame.y[:, WIDTH // 2]]


def test_transitions_are_those_of_the_format() -> None:
    assert set(TRANSITIONS) == {
        "crossfade", "fadeblack", "fadewhite", "slideleft", "slideright",
        "slideup", "slidedown", "wipeleft", "wiperight", "zoom",
    }  # fmt: skip


@pytest.mark.parametrize("name", TRANSITIONS)
def test_transition_begins_with_the_first_and_ends_with_the_second(name: str) -> None:
    assert colour(drawn(name, 0)) == BEFORE
    assert colour(drawn(name, 1)) == AFTER


@pytest.mark.parametrize("name", TRANSITIONS)
def test_transition_leaves_its_inputs_alone(name: str) -> None:
    before, after = flat(BEFORE), flat(AFTER)
    effect_named(name).draw(before, after, 0.4, flat(BLACK))
    assert (colour(before), colour(after)) == (BEFORE, AFTER)


@pytest.mark.parametrize("name", TRANSITIONS)
def test_transition_writes_every_pixel(name: str) -> None:
    first, second = (Planes.blank(WIDTH, HEIGHT, (filler, filler, filler)) for filler in (0, 255))
    for out in (first, second):
        effect_named(name).draw(flat(BEFORE), flat(AFTER), 0.3, out)
    for one, other in zip(first, second, strict=True):
        np.testing.assert_array_equal(one, other)


def test_crossfade_is_half_of_each_in_the_middle() -> None:
    assert colour(drawn("crossfade", 0.5)) == (120, 120, 120)


def test_crossfade_is_linear() -> None:
    assert colour(drawn("crossfade", 0.25)) == (90, 110, 135)


@pytest.mark.parametrize(("name", "expected"), [("fadeblack", BLACK), ("fadewhite", WHITE)])
def test_fade_through_a_colour_shows_it_alone_in_the_middle(
    name: str, expected: tuple[int, int, int]
) -> None:
    assert colour(drawn(name, 0.5)) == expected


def test_fadeblack_never_mixes_the_two_pictures() -> None:
    early, late = drawn("fadeblack", 0.25), drawn("fadeblack", 0.75)
    assert colour(early) == (38, 114, 139)
    assert colour(late) == (98, 134, 109)


@pytest.mark.parametrize(
    ("name", "is_across", "comes_first"),
    [
        ("slideleft", True, False),
        ("slideright", True, True),
        ("slideup", False, False),
        ("slidedown", False, True),
    ],
)
def test_slide_shows_half_of_each_in_the_middle(
    name: str, is_across: bool, comes_first: bool
) -> None:
    frame = drawn(name, 0.5)
    line = columns(frame) if is_across else rows(frame)
    half = len(line) // 2
    lead, trail = (AFTER[0], BEFORE[0]) if comes_first else (BEFORE[0], AFTER[0])
    assert line == [lead] * half + [trail] * half


def test_slide_moves_the_picture_and_keeps_colours_on_it() -> None:
    before, out = flat(BLACK), flat(BLACK)
    before.y[:, 40:42], before.u[:, 20] = 200, 90
    effect_named("slideleft").draw(before, flat(BLACK), 0.3, out)
    luma, chroma = int(np.argmax(out.y[0])), int(np.argmin(out.u[0]))
    assert luma == 2 * chroma
    assert luma < 40


@pytest.mark.parametrize(("name", "is_left_new"), [("wiperight", True), ("wipeleft", False)])
def test_wipe_has_one_picture_on_each_side_and_a_soft_edge(name: str, is_left_new: bool) -> None:
    line = columns(drawn(name, 0.5))
    ends = (AFTER[0], BEFORE[0]) if is_left_new else (BEFORE[0], AFTER[0])
    assert (line[0], line[-1]) == ends
    assert any(BEFORE[0] < value < AFTER[0] for value in line)
    assert line in (sorted(line), sorted(line, reverse=True))


def test_zoom_enlarges_the_first_picture() -> None:
    before, out = flat(BLACK), flat(BLACK)
    before.y[14:22, 28:36] = 235
    effect_named("zoom").draw(before, flat(BLACK), 0.35, out)
    assert (out.y > 100).sum() > 64


def test_unknown_transition_is_a_crossfade() -> None:
    assert effect_named("star-wipe-of-doom") == Crossfade()
