"""Colours come out as they were meant: the same four colours, written in many ways."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from nemovideo.render.media_info import probe
from nemovideo.render.picture.files import load_picture
from tests.support.media import RED, Colour, Rgb, corners, is_like
from tests.support.samples import profiles
from tests.support.samples.phones import save_heic
from tests.support.samples.profiles import SRGB_CORNERS, corners_picture, insert_chunks

WIDE = [
    pytest.param(profiles.display_p3(), profiles.P3_CORNERS, id="display-p3"),
    pytest.param(profiles.adobe_rgb(), profiles.ADOBE_CORNERS, id="adobe-rgb"),
    pytest.param(profiles.prophoto(), profiles.PROPHOTO_CORNERS, id="prophoto"),
]


def load(path: Path) -> Rgb:
    return load_picture(path, max_width=1000, max_height=1000)


def seen(path: Path) -> list[Colour]:
    return corners(load(path))


@pytest.mark.parametrize(("icc", "colours"), WIDE)
@pytest.mark.parametrize("extension", ["png", "jpg", "webp", "avif", "heic"])
def test_embedded_profile_is_followed(
    tmp_path: Path, extension: str, icc: bytes, colours: tuple[Colour, ...]
) -> None:
    path = tmp_path / f"a.{extension}"
    image = corners_picture(colours)
    if extension == "heic":
        save_heic(image, path, icc_profile=icc)
    else:
        options: dict[str, Any] = {"lossless": True} if extension == "webp" else {"quality": 98}
        image.save(path, icc_profile=icc, **options)
    assert is_like(seen(path), SRGB_CORNERS, by=24)


def test_transparent_picture_with_a_profile_is_converted(tmp_path: Path) -> None:
    image = corners_picture(profiles.P3_CORNERS).convert("RGBA")
    image.save(tmp_path / "a.png", icc_profile=profiles.display_p3())
    assert is_like(seen(tmp_path / "a.png"), SRGB_CORNERS, by=6)


def test_palette_with_a_profile_is_converted(tmp_path: Path) -> None:
    image = corners_picture(profiles.P3_CORNERS).quantize(16)
    image.save(tmp_path / "a.png", icc_profile=profiles.display_p3())
    assert is_like(seen(tmp_path / "a.png"), SRGB_CORNERS, by=6)


def test_grey_picture_with_a_colour_profile_is_converted(tmp_path: Path) -> None:
    Image.new("L", (32, 32), 109).save(tmp_path / "a.jpg", icc_profile=profiles.prophoto())
    assert np.abs(load(tmp_path / "a.jpg").astype(int) - 128).max() <= 3


def test_sixteen_bits_with_a_profile_are_converted(tmp_path: Path) -> None:
    grey = np.full((32, 32), 109 * 257, np.uint16)
    Image.fromarray(grey).save(tmp_path / "a.png", icc_profile=profiles.prophoto())
    assert np.abs(load(tmp_path / "a.png").astype(int) - 128).max() <= 3


def test_profile_counts_and_not_its_name(tmp_path: Path) -> None:
    # Half of the light is 188 in sRGB, as IEC 61966-2-1 has it; the profile calls itself sRGB.
    image = Image.new("RGB", (32, 32), (128, 128, 128))
    image.save(tmp_path / "a.png", icc_profile=profiles.linear_srgb())
    assert np.abs(load(tmp_path / "a.png").astype(int) - 188).max() <= 2


def test_srgb_by_another_name_changes_no_pixel(tmp_path: Path) -> None:
    image = Image.fromarray(np.random.default_rng(3).integers(0, 255, (40, 40, 3), np.uint8))
    image.save(tmp_path / "a.png", icc_profile=profiles.plain_srgb())
    assert (load(tmp_path / "a.png") == np.asarray(image)).all()


def test_cmyk_profile_is_followed(tmp_path: Path) -> None:
    # Lab (60, -30, -30) is 0, 163, 199 in sRGB, red just out of its range.
    icc = profiles.inks((60.0, -30.0, -30.0))
    image = Image.new("CMYK", (64, 64), (255, 0, 0, 0))
    image.paste((0, 0, 0, 255), (0, 32, 64, 64))
    image.save(tmp_path / "a.jpg", quality=98, icc_profile=icc)
    top, _, bottom, _ = seen(tmp_path / "a.jpg")
    assert is_like([top, bottom], ((0, 163, 199), (0, 0, 0)), by=8)


@pytest.mark.parametrize("extension", ["heic", "avif"])
def test_colour_numbers_of_heic_and_avif_are_followed(tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"a.{extension}"
    image = corners_picture(profiles.P3_CORNERS)
    if extension == "heic":
        save_heic(image, path, color_primaries=12)
    else:
        image.save(path, quality=98, subsampling="4:4:4")
        data = path.read_bytes()
        at = data.index(b"colrnclx") + 8
        path.write_bytes(data[:at] + struct.pack(">H", 12) + data[at + 2 :])
    assert is_like(seen(path), SRGB_CORNERS, by=12)


def test_colour_numbers_of_a_png_are_followed(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    corners_picture(profiles.P3_CORNERS).save(path)
    insert_chunks(path, (b"cICP", bytes((12, 13, 0, 1))))
    assert is_like(seen(path), SRGB_CORNERS, by=6)


def test_numbers_count_more_than_a_profile_in_a_png(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    corners_picture(SRGB_CORNERS).save(path, icc_profile=profiles.prophoto())
    insert_chunks(path, (b"cICP", bytes((1, 13, 0, 1))))
    assert is_like(seen(path), SRGB_CORNERS, by=0)


def test_gamma_and_primaries_of_a_png_are_followed(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    corners_picture(profiles.ADOBE_CORNERS).save(path)
    points = (31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000)
    insert_chunks(path, (b"cHRM", struct.pack(">8I", *points)), (b"gAMA", struct.pack(">I", 45470)))
    assert is_like(seen(path), SRGB_CORNERS, by=6)


def test_linear_gamma_of_a_png_is_followed(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (32, 32), (128, 128, 128)).save(path)
    insert_chunks(path, (b"gAMA", struct.pack(">I", 100_000)))
    assert np.abs(load(path).astype(int) - 188).max() <= 2


@pytest.mark.parametrize(
    ("points", "gamma"),
    [((0,) * 8, 0), ((1,) * 8, 45455), ((0xFFFFFFFF,) * 8, 0xFFFFFFFF)],
    ids=["zeros", "one point", "all bits"],
)
def test_nonsense_in_a_png_leaves_its_colours(
    tmp_path: Path, points: tuple[int, ...], gamma: int
) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (32, 32), (255, 255, 255)).save(path)
    insert_chunks(path, (b"cHRM", struct.pack(">8I", *points)), (b"gAMA", struct.pack(">I", gamma)))
    assert load(path).min() >= 250


def test_cameras_mark_of_adobe_rgb_is_followed(tmp_path: Path) -> None:
    # DCF 2.0: no profile, colour space "uncalibrated", interoperability index R03.
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA001] = 0xFFFF
    exif.get_ifd(0x8769)[0xA005] = {1: "R03", 2: b"0100"}
    path = tmp_path / "_IMG0001.JPG"
    corners_picture(profiles.ADOBE_CORNERS).save(path, quality=98, subsampling=0, exif=exif)
    assert is_like(seen(path), SRGB_CORNERS, by=8)


@pytest.mark.parametrize(
    ("transfer", "signal", "wanted"),
    [(16, 0.5806, 237), (18, 0.75, 237), (16, 0.3, 64), (18, 1.0, 255)],
    ids=["pq paper white", "hlg paper white", "pq shadow", "hlg highlight"],
)
def test_hdr_is_brought_to_a_common_screen(
    tmp_path: Path, transfer: int, signal: float, wanted: int
) -> None:
    # Diffuse white (203 nits, BT.2408) is a bright white and not a grey; highlights keep room.
    level = round(signal * 255)
    path = tmp_path / "a.png"
    Image.new("RGB", (32, 32), (level, level, level)).save(path)
    insert_chunks(path, (b"cICP", bytes((9, transfer, 0, 1))))
    assert np.abs(load(path).astype(int) - wanted).max() <= 4


def test_broken_profile_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (32, 32), RED).save(path, icc_profile=b"nonsense")
    assert is_like(seen(path), (RED,) * 4, by=0)
    assert probe(path, "beach.png").notes == (
        "the colour profile in beach.png is broken; its colours are taken as sRGB",
    )
