"""Two pictures in one frame: each fills its half as it would fill a frame of that size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from nemovideo.errors import RenderError
from nemovideo.render.frames import render_frames
from nemovideo.timeline.pairs import Place, halves
from tests.support.media import write_animation, write_clip, write_jpeg
from tests.support.samples.films import make_timeline, picture_segment

WIDE, UPRIGHT = (640, 360), (360, 640)
RED, BLUE, GREEN = (200, 30, 40), (30, 60, 190), (40, 150, 60)
BLACK, WHITE = (0, 0, 0), (255, 255, 255)
ZOOM = {"name": "zoom-in", "strength": 0.7}
Rgb = npt.NDArray[np.uint8]


@pytest.fixture
def media(tmp_path: Path) -> dict[str, Path]:
    for name, colour in (("red.png", RED), ("blue.png", BLUE), ("green.png", GREEN)):
        Image.new("RGB", (300, 400), colour).save(tmp_path / name)
    write_jpeg(tmp_path / "a.jpg", 600, 800)
    write_jpeg(tmp_path / "b.jpg", 600, 900)
    return {path.name: path for path in tmp_path.iterdir()}


def pair(first: str, second: str, start_ms: int = 0, **more: Any) -> Any:
    """Build a pair: how it fits and moves holds for both, `other` for the second alone."""
    other = more.pop("other", {})
    shared = {key: more[key] for key in ("motion", "fit") if key in more}
    beside = {"name": second, **shared, **other}
    return picture_segment(first, start_ms, 2000, **more, beside=beside)


def frame(media: dict[str, Path], *segments: Any, at_ms: int = 500, size: Any = WIDE) -> Rgb:
    timeline = make_timeline(*segments, size=size)
    (picture,) = render_frames(timeline, media, [at_ms], longest_side=max(size))
    return picture


def part(picture: Rgb, place: Place) -> Rgb:
    return picture[place.top : place.bottom, place.left : place.right]


def is_plain(pixels: Rgb, colour: tuple[int, int, int]) -> bool:
    return bool(np.abs(pixels.astype(int) - colour).max() <= 4)


def inner(place: Place) -> Place:
    """Without the pixels at the edge, whose colour is shared with what lies beside them."""
    return Place(place.left + 2, place.top + 2, place.right - 2, place.bottom - 2)


@pytest.mark.parametrize("size", [WIDE, UPRIGHT, (480, 480)], ids=["wide", "upright", "square"])
def test_each_picture_has_its_half(media: dict[str, Path], size: tuple[int, int]) -> None:
    shown = frame(media, pair("red.png", "blue.png", fit="fill"), size=size)
    first, second = halves(size, (0.75, 0.75))
    assert is_plain(part(shown, inner(first)), RED)
    assert is_plain(part(shown, inner(second)), BLUE)


@pytest.mark.parametrize(
    ("background", "colour"),
    [("blur", BLACK), (None, BLACK), ("#ffffff", WHITE)],
    ids=["blur", "nothing said", "white"],
)
def test_between_them_a_thin_line_is_left(
    media: dict[str, Path], background: str | None, colour: tuple[int, int, int]
) -> None:
    said: dict[str, Any] = {} if background is None else {"background": background}
    shown = frame(media, pair("red.png", "blue.png", fit="fill", **said))
    first, second = halves(WIDE, (0.75, 0.75))
    assert 2 <= second.left - first.right <= 8
    assert is_plain(shown[:, first.right + 1 : second.left - 1], colour)


def test_in_an_upright_frame_the_line_lies_across(media: dict[str, Path]) -> None:
    shown = frame(media, pair("red.png", "blue.png", fit="fill"), size=UPRIGHT)
    first, second = halves(UPRIGHT, (0.75, 0.75))
    assert is_plain(shown[first.bottom + 1 : second.top - 1], BLACK)


@pytest.mark.parametrize("fit", ["fill", "whole"])
@pytest.mark.parametrize("at_ms", [0, 700, 1966])
def test_a_half_shows_what_a_frame_of_its_size_would(
    media: dict[str, Path], fit: str, at_ms: int
) -> None:
    """The same cut, the same move at the same moment, to the pixel."""
    shown = frame(media, pair("a.jpg", "b.jpg", fit=fit, motion=ZOOM), at_ms=at_ms)
    for name, place in zip(("a.jpg", "b.jpg"), halves(WIDE, (0.75, 2 / 3)), strict=True):
        segment = picture_segment(name, 0, 2000, fit=fit, motion=ZOOM)
        alone = frame(media, segment, at_ms=at_ms, size=place.size)
        found = part(shown, inner(place)).astype(int)
        assert np.abs(found - alone[2:-2, 2:-2]).max() <= 1


def test_what_must_stay_in_sight_does_in_each_half(tmp_path: Path) -> None:
    """Heads are at the top of the one, at the bottom of the other; the halves are less high."""
    media = {}
    for name, rows in (("top.png", np.s_[:150]), ("low.png", np.s_[-150:])):
        pixels = np.full((1200, 500, 3), GREEN, np.uint8)
        pixels[rows] = WHITE
        media[name] = tmp_path / name
        Image.fromarray(pixels).save(media[name])
    segment = pair("top.png", "low.png", fit="fill", focus=[0.5, 0.06])
    segment["m"]["beside"]["focus"] = [0.5, 0.94]
    shown = frame(media, segment)
    first, second = halves(WIDE, (0.5, 0.5))
    assert is_plain(part(shown, first)[4:20, 4:-4], WHITE)
    assert is_plain(part(shown, second)[-20:-4, 4:-4], WHITE)


def test_a_look_is_that_of_one_picture_alone(media: dict[str, Path]) -> None:
    grey = {"look": [{"name": "grayscale"}]}
    shown = frame(media, pair("red.png", "blue.png", fit="fill", other=grey))
    first, second = halves(WIDE, (0.75, 0.75))
    assert is_plain(part(shown, inner(first)), RED)
    assert np.ptp(part(shown, inner(second)), axis=2).max() <= 4


def test_a_transition_takes_the_whole_frame(media: dict[str, Path]) -> None:
    wipe = {"name": "slideleft", "d": 1000}
    segments = [
        picture_segment("green.png", 0, 2000, fit="fill"),
        pair("red.png", "blue.png", 1000, fit="fill", transition=wipe),
    ]
    shown = frame(media, *segments, at_ms=1490)
    assert is_plain(shown[10:-10, 10:300], GREEN)
    assert is_plain(shown[10:-10, 350:600], RED)  # half of the way; the pair comes from the right


def test_pictures_that_are_turned_fill_their_halves(media: dict[str, Path]) -> None:
    shown = frame(media, pair("red.png", "blue.png", fit="fill", other={"rotation": 90}))
    assert is_plain(part(shown, inner(halves(WIDE, (0.75, 4 / 3))[1])), BLUE)


def test_films_and_animations_of_a_draft_play_in_their_halves(
    media: dict[str, Path], tmp_path: Path
) -> None:
    media["c.mp4"] = write_clip(tmp_path / "c.mp4", 96, 128, seconds=3)
    media["g.gif"] = write_animation(tmp_path / "g.gif")
    timeline = make_timeline(pair("c.mp4", "g.gif", fit="fill"), size=WIDE)
    one, later = render_frames(timeline, media, [0, 1000], longest_side=640)
    for place in halves(WIDE, (None, None)):
        assert np.abs(part(one, place).astype(int) - part(later, place)).mean() > 1


def test_the_file_that_is_missing_is_named(media: dict[str, Path]) -> None:
    del media["blue.png"]
    with pytest.raises(RenderError, match=r"blue\.png"):
        frame(media, pair("red.png", "blue.png"))
