"""Animations play by their own delays, again and again; what can't be played is said."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from nemovideo.errors import UnsupportedFileError
from nemovideo.render.media_info import probe
from nemovideo.render.picture.files import AnimationReader, load_picture, open_animation
from tests.support.media import (
    BLUE,
    GREEN,
    RED,
    Colour,
    Rgb,
    corners,
    is_like,
    write_jpeg,
    write_picture,
)
from tests.support.samples.films import make_draft, picture_segment, render_film
from tests.support.samples.phones import taken_exif, write_mpo
from tests.support.samples.profiles import P3_CORNERS, SRGB_CORNERS, corners_picture, display_p3

COLOURS = (RED, GREEN, BLUE)
DELAYS = [100, 300, 200]


def write_animation(
    path: Path,
    *,
    colours: tuple[tuple[int, ...], ...] = COLOURS,
    delays: list[int] | None = None,
    **options: Any,
) -> Path:
    """Write an animation of plain colours, in the format of the extension."""
    mode = "RGBA" if len(colours[0]) == 4 else "RGB"
    images = [Image.new(mode, (64, 48), colour) for colour in colours]
    quality: dict[str, Any] = {"lossless": True} if path.suffix == ".webp" else {"quality": 95}
    images[0].save(
        path,
        save_all=True,
        append_images=images[1:],
        duration=DELAYS if delays is None else delays,
        **{**quality, **options},
    )
    return path


def shown(reader: AnimationReader, time_ms: int) -> Colour:
    return tuple(int(value) for value in reader.frame_at(Fraction(time_ms, 1000))[24, 32])  # type: ignore[return-value]


def is_shown(reader: AnimationReader, time_ms: int, colour: Colour) -> bool:
    return is_like([shown(reader, time_ms)], (colour,), by=16)


@pytest.mark.parametrize("extension", ["gif", "png", "webp", "avif"])
def test_animation_plays_by_its_delays_and_begins_again(tmp_path: Path, extension: str) -> None:
    path = write_animation(tmp_path / f"a.{extension}", loop=0)
    info = probe(path)
    assert (info.kind, info.width, info.height, info.has_audio) == ("video", 64, 48, False)
    assert info.duration_s == pytest.approx(3.0)  # five rounds of 0.6 s
    assert info.fps == pytest.approx(5.0)
    with AnimationReader(path) as reader:
        for time_ms, colour in [(0, RED), (99, RED), (100, GREEN), (399, GREEN), (400, BLUE)]:
            assert is_shown(reader, time_ms, colour)
        assert is_shown(reader, 600, RED)
        assert is_shown(reader, 1_799, BLUE)


def test_long_animation_is_as_long_as_it_is(tmp_path: Path) -> None:
    path = write_animation(tmp_path / "a.gif", delays=[2000, 1000, 1500])
    assert probe(path).duration_s == pytest.approx(4.5)


@pytest.mark.parametrize("delay", [0, 10], ids=lambda ms: f"{ms}ms")
def test_delays_that_nobody_meant_are_those_of_browsers(tmp_path: Path, delay: int) -> None:
    path = write_animation(tmp_path / "a.gif", delays=[delay] * 3)
    with AnimationReader(path) as reader:
        assert is_shown(reader, 99, RED)
        assert is_shown(reader, 100, GREEN)


def test_animation_can_begin_later(tmp_path: Path) -> None:
    with AnimationReader(write_animation(tmp_path / "a.gif"), start_s=Fraction(1, 2)) as reader:
        assert is_shown(reader, 0, BLUE)
        assert is_shown(reader, 100, RED)


def test_picture_that_shows_before_an_apng_is_no_part_of_it(tmp_path: Path) -> None:
    path = write_animation(tmp_path / "a.png", delays=[100, 100], default_image=True)
    with AnimationReader(path) as reader:
        assert [is_shown(reader, t, c) for t, c in [(0, GREEN), (100, BLUE), (200, GREEN)]] == (
            [True] * 3
        )


@pytest.mark.parametrize("extension", ["png", "webp"])
def test_ground_of_a_transparent_animation_does_not_flicker(tmp_path: Path, extension: str) -> None:
    # The second picture alone, white on nothing, would stand on dark.
    colours = ((200, 40, 40, 255), (255, 255, 255, 0))
    path = (
        write_animation(tmp_path / f"a.{extension}", colours=colours, delays=[100, 100], disposal=1)
        if extension == "png"
        else write_animation(tmp_path / f"a.{extension}", colours=colours, delays=[100, 100])
    )
    with AnimationReader(path) as reader:
        assert is_shown(reader, 0, (200, 40, 40))
        assert is_shown(reader, 100, (255, 255, 255))


def test_animation_is_turned_and_converted_like_a_photo(tmp_path: Path) -> None:
    first = corners_picture(P3_CORNERS).crop((0, 0, 128, 96)).transpose(Image.Transpose.ROTATE_90)
    exif = taken_exif(orientation=6)
    path = tmp_path / "a.webp"
    first.save(
        path, save_all=True, append_images=[Image.new("RGB", first.size)], lossless=True,
        duration=100, exif=exif, icc_profile=display_p3(),
    )  # fmt: skip
    with AnimationReader(path) as reader:
        picture = reader.frame_at(Fraction(0))
    assert (reader.width, reader.height) == (128, 96)
    assert is_like(corners(picture), SRGB_CORNERS, by=6)


def test_still_pictures_are_no_animations(tmp_path: Path) -> None:
    stills = [
        write_jpeg(tmp_path / "a.jpg"),
        write_mpo(tmp_path / "b.jpg"),
        write_picture(tmp_path / "c.gif", mode="P"),
        write_animation(tmp_path / "d.webp", colours=(RED,), delays=[100]),
    ]
    assert [open_animation(path) for path in stills] == [None] * 4
    assert {probe(path).kind for path in stills} == {"image"}


def test_gif_that_breaks_off_plays_what_is_there_and_says_so(tmp_path: Path) -> None:
    noisy = [Image.effect_noise((64, 48), 90 + number) for number in range(6)]
    whole = io.BytesIO()
    noisy[0].save(whole, "GIF", save_all=True, append_images=noisy[1:], duration=100)
    path = tmp_path / "a.gif"
    path.write_bytes(whole.getvalue()[: whole.tell() * 3 // 5])
    info = probe(path)
    assert info.kind == "video"
    assert info.notes
    assert info.notes[0].startswith("a.gif breaks off before its end; its first ")
    with AnimationReader(path) as reader:
        reader.frame_at(Fraction(2))


def test_gif_whose_first_picture_is_broken_is_refused(tmp_path: Path) -> None:
    path = write_animation(tmp_path / "a.gif")
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(UnsupportedFileError, match=r"a\.gif is broken"):
        probe(path)


def test_animation_fills_its_place_in_the_film(tmp_path: Path) -> None:
    write_animation(tmp_path / "a.gif", delays=[200, 200, 200])
    film = render_film(make_draft(picture_segment("a.gif", 0, 1000), size=(160, 90)), tmp_path)
    seen = [film.frame(number)[45, 80] for number in (2, 8, 14, 20, 26)]
    assert is_like([_colour(pixel) for pixel in seen], (RED, GREEN, BLUE, RED, GREEN), by=24)


def test_first_picture_stands_for_an_animation_that_is_loaded_as_a_photo(tmp_path: Path) -> None:
    picture = load_picture(write_animation(tmp_path / "a.webp"), max_width=64, max_height=64)
    assert is_like(corners(picture), (RED,) * 4, by=3)


def _colour(pixel: Rgb) -> Colour:
    red, green, blue = (int(value) for value in pixel)
    return red, green, blue
