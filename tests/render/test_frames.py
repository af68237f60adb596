"""Single frames: those of the finished file, small; and boards of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from nemovideo.errors import RenderError
from nemovideo.render.board import GAP, Tile, draw_board, join_tiles
from nemovideo.render.frames import fitted, render_frames, render_media
from nemovideo.render.picture.planes import planes_of, rgb_of
from nemovideo.timeline import Timeline
from tests.support.media import clip_grey, write_clip

RED, BLUE = (200, 30, 40), (30, 60, 190)


@pytest.fixture
def media(tmp_path: Path) -> dict[str, Path]:
    for name, colour in (("red.png", RED), ("blue.png", BLUE)):
        Image.new("RGB", (320, 180), colour).save(tmp_path / name)
    return {name: tmp_path / name for name in ("red.png", "blue.png")}


def cut(*, width: int = 1920, height: int = 1080, **more: Any) -> Timeline:
    fade = {"name": "crossfade", "d": 1000}
    segments = [
        {"st": 0, "d": 2000, "m": {"name": "red.png"}},
        {"st": 1000, "d": 2000, "m": {"name": "blue.png", "transition": fade}},
    ]
    size = {"width": width, "height": height}
    return Timeline.from_draft({"t": [{"tt": 0, "sg": segments}], "d": 3000, "m": size, **more})


def middle(picture: Any) -> list[int]:
    height, width, _ = picture.shape
    return [int(value) for value in picture[height // 2, width // 2]]


def test_frames_show_what_is_on_screen_then(media: dict[str, Path]) -> None:
    first, between, last = render_frames(cut(), media, [500, 1500, 9999], longest_side=320)
    assert first.shape == (180, 320, 3)
    assert middle(first) == pytest.approx(RED, abs=3)
    assert middle(last) == pytest.approx(BLUE, abs=3)
    assert middle(between) == pytest.approx(np.mean([RED, BLUE], axis=0), abs=8)


def test_frames_keep_the_shape_of_the_draft(media: dict[str, Path]) -> None:
    draft = cut(width=1080, height=1920)
    (picture,) = render_frames(draft, media, [0], longest_side=320)
    assert picture.shape == (320, 180, 3)


def test_frames_without_their_file_say_which(media: dict[str, Path]) -> None:
    del media["blue.png"]
    with pytest.raises(RenderError, match=r"blue\.png"):
        next(render_frames(cut(), media, [0], longest_side=320))


def test_media_is_shown_by_itself(media: dict[str, Path], tmp_path: Path) -> None:
    assert middle(render_media(media["red.png"], (160, 90))) == pytest.approx(RED, abs=3)
    clip = write_clip(tmp_path / "clip.mp4", seconds=2)
    first, later = (render_media(clip, (160, 90), time_ms=time) for time in (0, 1500))
    assert first.shape == (90, 160, 3)
    assert np.abs(first.astype(int) - later).max() > 20


@pytest.mark.parametrize("time_ms", [500, 1900, 2500, 7300, 12000])
def test_frame_deep_in_a_clip_is_the_one_of_that_time(tmp_path: Path, time_ms: int) -> None:
    clip = write_clip(tmp_path / "clip.mp4", 160, 90, seconds=9, fps=10)
    segment = {"d": 12_500, "m": {"name": "clip.mp4", "kind": "video", "source_start": 200}}
    size = {"width": 160, "height": 90}
    draft = Timeline.from_draft({"t": [{"tt": 0, "sg": [segment]}], "d": 12_500, "m": size})
    (picture,) = render_frames(draft, {"clip.mp4": clip}, [time_ms], longest_side=160)
    shown = min((time_ms + 200) // 100, 89)
    assert middle(picture)[0] == pytest.approx(clip_grey(shown), abs=6)


@pytest.mark.parametrize(
    ("size", "small"),
    [
        ((1920, 1080), (320, 180)),
        ((1080, 1350), (256, 320)),
        ((200, 100), (200, 100)),
        ((4096, 16), (320, 16)),
    ],
    ids=str,
)
def test_size_is_fitted_to_even_sides(size: tuple[int, int], small: tuple[int, int]) -> None:
    assert fitted(*size, 320) == small


def test_conversion_there_and_back_keeps_colours() -> None:
    rgb = np.zeros((8, 8, 3), np.uint8)
    rgb[:] = (12, 200, 99)
    assert np.abs(rgb_of(planes_of(rgb)).astype(int) - rgb).max() <= 2


def tiles(count: int) -> list[Tile]:
    picture = np.full((90, 160, 3), RED, np.uint8)
    return [Tile(picture, (f"photo {number}.jpg", "“你好”")) for number in range(count)]


@pytest.mark.parametrize(
    ("count", "columns"), [(1, 1), (3, 3), (7, 3), (12, 4)], ids=["one", "row", "few", "many"]
)
def test_board_stands_in_rows(count: int, columns: int) -> None:
    board = draw_board(tiles(count), (160, 90))
    assert board.width == columns * (160 + GAP) + GAP
    assert board.getpixel((GAP + 5, GAP + 5)) == RED


def test_board_writes_below_the_pictures() -> None:
    written = np.asarray(draw_board(tiles(1), (160, 90)))[GAP + 92 :]
    blank = np.asarray(draw_board([Tile(None, ("", ""))], (160, 90)))[GAP + 92 :]
    lines = (written != blank).any(axis=(1, 2)).nonzero()[0]
    assert lines.min() < 22 < lines.max()
    assert (written != blank).any(axis=(0, 2)).nonzero()[0].max() < GAP + 160


def test_board_marks_what_it_can_not_show() -> None:
    strip = join_tiles([tiles(1)[0], Tile(None, ("gone",))], (160, 90), 2)
    assert strip.size == (2 * (160 + GAP), 90)
    assert strip.getpixel((5, 5)) == RED
    assert strip.getpixel((160 + GAP + 5, 5)) != RED
