from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest

from nemovideo.render.picture.planes import BLACK, WHITE, Planes
from nemovideo.render.picture.transitions import TRANSITIONS, effect_named
from nemovideo.render.picture.transitions._moves import Slide, Squeeze
from nemovideo.timeline import names

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


def test_transitions_are_those_of_the_timeline() -> None:
    assert tuple(TRANSITIONS) == names.TRANSITIONS


@pytest.mark.parametrize("name", TRANSITIONS)
def test_transition_begins_with_the_first_and_ends_with_the_second(name: str) -> None:
    assert colour(drawn(name, 0)) == BEFORE
    assert colour(drawn(name, 1)) == AFTER


def detailed(seed: int, width: int = WIDTH, height: int = HEIGHT) -> Planes:
    """A picture of soft shapes, as photos are."""
    chance = np.random.default_rng(seed)
    sizes = [(width, height), (width // 2, height // 2), (width // 2, height // 2)]
    small = [chance.integers(30, 220, (5, 8), np.uint8) for _ in sizes]
    scaled = (
        cv2.resize(s, size, interpolation=cv2.INTER_CUBIC)
        for s, size in zip(small, sizes, strict=True)
    )
    return Planes(*(np.asarray(plane, np.uint8) for plane in scaled))


@pytest.mark.parametrize("size", [(WIDTH, HEIGHT), (90, 46), (46, 90)], ids=str)
@pytest.mark.parametrize("name", TRANSITIONS)
def test_transition_leads_from_one_picture_to_the_other_without_a_jump(
    name: str, size: tuple[int, int]
) -> None:
    before, after, out = detailed(1, *size), detailed(2, *size), detailed(3, *size)
    for progress, wanted in ((0.0, before), (0.012, before), (0.988, after), (1.0, after)):
        effect_named(name).draw(before, after, progress, out)
        misses = [np.abs(a.astype(int) - b).mean() for a, b in zip(out, wanted, strict=True)]
        assert max(misses) < (0.01 if progress in (0, 1) else 3.5), progress


@pytest.mark.parametrize("name", TRANSITIONS)
def test_transition_sets_in_and_dies_away(name: str) -> None:
    """From one frame to the next little changes at both ends, and more only by and by."""
    before, after = detailed(1, 640, 360), detailed(2, 640, 360)
    frames = [Planes.blank(640, 360) for _ in range(18)]
    for number, frame in enumerate(frames, 1):
        effect_named(name).draw(before, after, number / 19, frame)
    steps = [cv2.norm(a.y, b.y, cv2.NORM_L1) for a, b in pairwise([before, *frames, after])]
    an_equal_share = cv2.norm(before.y, after.y, cv2.NORM_L1) / len(steps)
    for first, second, third in (steps[:3], steps[:-4:-1]):
        assert first <= max(0.3 * max(steps), 1.05 * an_equal_share)
        assert first <= 1.1 * second
        assert second <= 1.1 * third


@pytest.mark.parametrize(
    "name", [name for name in TRANSITIONS if not isinstance(effect_named(name), Slide | Squeeze)]
)
def test_transition_in_which_nothing_moves_has_no_hard_edge(name: str) -> None:
    before, after, out = (Planes.blank(320, 180, colour) for colour in (BEFORE, AFTER, BLACK))
    for number in range(1, 19):
        effect_named(name).draw(before, after, number / 19, out)
        luma = out.y.astype(int)
        luma[60:120, 130:190] = luma[0, 0]  # a hand of a clock is thin near its middle
        down, across = np.abs(np.diff(luma, axis=0)), np.abs(np.diff(luma, axis=1))
        down[[59, 119]] = across[:, [129, 189]] = 0
        assert max(down.max(), across.max()) <= 0.25 * (AFTER[0] - BEFORE[0]), number


@pytest.mark.parametrize("name", TRANSITIONS)
def test_transition_shows_ever_more_of_the_second(name: str) -> None:
    # Two flat pictures: what is between them says how much of each is seen.
    if name in ("fadeblack", "fadewhite"):
        pytest.skip("goes through a colour that is neither")
    means = [float(drawn(name, step / 20).y.mean()) for step in range(21)]
    assert means == sorted(means)
    assert np.diff(means).max() < 0.2 * (AFTER[0] - BEFORE[0])


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


PLACES = {
    "left": (18, 2), "right": (18, 61), "top": (2, 32), "bottom": (33, 32), "middle": (18, 32),
    "top left": (1, 1), "top right": (1, 62), "bottom left": (34, 1), "bottom right": (34, 62),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "new", "old"),
    [
        ("wiperight", "left", "right"),
        ("wipeleft", "right", "left"),
        ("wipeup", "bottom", "top"),
        ("wipedown", "top", "bottom"),
        ("smoothleft", "right", "left"),
        ("smoothright", "left", "right"),
        ("smoothup", "bottom", "top"),
        ("smoothdown", "top", "bottom"),
        ("coverleft", "right", "left"),
        ("coverright", "left", "right"),
        ("coverup", "bottom", "top"),
        ("coverdown", "top", "bottom"),
        ("revealleft", "right", "left"),
        ("revealright", "left", "right"),
        ("revealup", "bottom", "top"),
        ("revealdown", "top", "bottom"),
        ("circleopen", "middle", "top left"),
        ("circleclose", "bottom right", "middle"),
        ("horzopen", "left", "top"),
        ("horzclose", "bottom", "left"),
        ("vertopen", "bottom", "left"),
        ("vertclose", "right", "top"),
        ("diagtl", "bottom right", "top left"),
        ("diagtr", "bottom left", "top right"),
        ("diagbl", "top right", "bottom left"),
        ("diagbr", "top left", "bottom right"),
        ("radial", "right", "left"),
        ("squeezeh", "top", "middle"),
        ("squeezev", "left", "middle"),
    ],
)
def test_transition_goes_as_its_name_says(name: str, new: str, old: str) -> None:
    frame = drawn(name, 0.5)
    assert int(frame.y[PLACES[new]]) == pytest.approx(AFTER[0], abs=6)
    assert int(frame.y[PLACES[old]]) == pytest.approx(BEFORE[0], abs=6)


@pytest.mark.parametrize("name", ["wiperight", "smoothleft", "coverup", "slidedown", "vertopen"])
def test_straight_edges_are_straight(name: str) -> None:
    luma = drawn(name, 0.4).y
    # But for the noise that hides the steps of a soft edge.
    assert min(np.ptp(luma, axis=0).max(), np.ptp(luma, axis=1).max()) <= 12


@pytest.mark.parametrize("name", ["wiperight", "wipeleft"])
def test_wipe_has_a_soft_edge(name: str) -> None:
    line = columns(drawn(name, 0.5))
    assert any(BEFORE[0] < value < AFTER[0] for value in line)
    assert abs(np.argmax(np.abs(np.diff(line))) - 31) < 4


def test_cover_moves_the_second_and_reveal_the_first() -> None:
    before, after, out = detailed(1), detailed(2), flat(BLACK)
    effect_named("coverleft").draw(before, after, 0.5, out)
    np.testing.assert_array_equal(out.y[:, 32:], after.y[:, :32])
    np.testing.assert_array_equal(out.y[:, :32], before.y[:, :32])
    effect_named("revealleft").draw(before, after, 0.5, out)
    np.testing.assert_array_equal(out.y[:, :32], before.y[:, 32:])
    np.testing.assert_array_equal(out.y[:, 32:], after.y[:, 32:])


def test_fadegrays_has_hardly_any_colour_in_the_middle() -> None:
    frame = drawn("fadegrays", 0.5)
    assert colour(frame) == (120, 128, 128)


def test_pixelize_shows_squares() -> None:
    before, out = detailed(1, 320, 180), Planes.blank(320, 180)
    effect_named("pixelize").draw(before, before, 0.5, out)
    assert (np.diff(out.y.astype(int), axis=1) == 0).mean() > 0.8


def test_hblur_smears_sideways() -> None:
    before, out = flat(BLACK), flat(BLACK)
    before.y[:, 30:34] = 235
    effect_named("hblur").draw(before, before, 0.5, out)
    assert (out.y[18] > 40).sum() > 8
    assert np.ptp(out.y, axis=0).max() == 0


def test_zoom_enlarges_the_first_picture() -> None:
    before, out = flat(BLACK), flat(BLACK)
    before.y[14:22, 28:36] = 235
    effect_named("zoomin").draw(before, flat(BLACK), 0.35, out)
    assert (out.y > 100).sum() > 64


def test_unknown_transition_is_a_crossfade() -> None:
    assert effect_named("star-wipe-of-doom") is TRANSITIONS["crossfade"]
