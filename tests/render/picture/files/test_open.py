"""What phones write is opened as one upright picture; what is broken or absurd is refused."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nemovideo.errors import UnsupportedFileError
from nemovideo.render.media_info import MediaInfo, probe
from nemovideo.render.picture.files import load_picture, picture_size
from tests.support.media import Rgb, corners, is_like, write_clip
from tests.support.samples.phones import (
    taken_exif,
    write_avif,
    write_detailed_jpeg,
    write_grid_heic,
    write_heic,
    write_motion_photo,
    write_mpo,
    write_ultra_hdr,
)

GIF_PIXEL = b",\0\0\0\0\1\0\1\0\0\2\2D\1\0;"


def load(path: Path) -> Rgb:
    return load_picture(path, max_width=1000, max_height=1000)


@pytest.mark.parametrize("write", [write_heic, write_avif], ids=["heic", "avif"])
def test_heic_and_avif_are_read(tmp_path: Path, write: Callable[..., Path]) -> None:
    path = write(tmp_path / "a.jpg")  # as messengers rename them
    assert probe(path) == MediaInfo("image", 64, 48)
    assert is_like(corners(load(path)), by=20)


@pytest.mark.parametrize("orientation", range(1, 9), ids=lambda n: f"exif-{n}")
@pytest.mark.parametrize("extension", ["heic", "avif", "png", "webp"])
def test_orientation_is_followed_once(tmp_path: Path, extension: str, orientation: int) -> None:
    # HEIC and AVIF say it twice, in Exif and in boxes of their own.
    image = Image.fromarray(_stored(orientation))
    exif = taken_exif(orientation=orientation)
    path = tmp_path / f"a.{extension}"
    if extension == "heic":
        from tests.support.samples.phones import save_heic

        save_heic(image, path, exif=exif)
    else:
        image.save(path, exif=exif, quality=95, lossless=True)
    assert picture_size(path) == (64, 48)
    picture = load(path)
    assert picture.shape == (48, 64, 3)
    assert is_like(corners(picture), by=24)


def test_heic_of_tiles_is_one_picture(tmp_path: Path) -> None:
    path = write_grid_heic(tmp_path / "IMG_0001.HEIC")
    assert probe(path) == MediaInfo("image", 128, 128)
    assert is_like(corners(load(path)), by=20)


@pytest.mark.parametrize("brand", [b"hevc", b"msf1"])
def test_heic_sequence_with_a_still_picture_stands_still_and_says_so(
    tmp_path: Path, brand: bytes
) -> None:
    content = bytearray(write_heic(tmp_path / "burst.heic").read_bytes())
    content[8:12] = brand
    (tmp_path / "burst.heic").write_bytes(content)
    info = probe(tmp_path / "burst.heic")
    assert (info.kind, info.duration_s) == ("image", None)
    assert "is an animation, and none of this kind can be played: it stands still" in info.notes[0]


def test_heic_is_reduced_to_the_box(tmp_path: Path) -> None:
    path = write_heic(tmp_path / "a.heic", 800, 200, exif=taken_exif(orientation=6))
    picture = load_picture(path, max_width=50, max_height=80)
    assert picture.shape == (200, 50, 3)


@pytest.mark.parametrize("orientation", [1, 6], ids=["upright", "turned"])
def test_first_of_two_pictures_in_a_jpeg_counts(tmp_path: Path, orientation: int) -> None:
    path = write_mpo(tmp_path / "portrait.jpg", orientation=orientation)
    info = probe(path)
    assert (info.kind, info.notes) == ("image", ())
    assert (info.width, info.height) == ((64, 48) if orientation == 1 else (48, 64))
    assert load(path).max() > 200  # the second one is black


def test_photo_before_a_film_counts(tmp_path: Path) -> None:
    film = write_clip(tmp_path / "film.mp4", seconds=0.5)
    path = write_motion_photo(tmp_path / "PXL_1.MP.jpg", film)
    assert probe(path) == MediaInfo("image", 64, 48)
    assert is_like(corners(load(path)))


def test_base_picture_of_ultra_hdr_counts(tmp_path: Path) -> None:
    path = write_ultra_hdr(tmp_path / "hdr.jpg")
    assert probe(path) == MediaInfo("image", 64, 48)
    assert is_like(corners(load(path)), by=16)


def test_jpeg_without_its_last_bytes_is_used_and_said(tmp_path: Path) -> None:
    whole = write_detailed_jpeg(tmp_path / "whole.jpg")
    path = tmp_path / "a.jpg"
    path.write_bytes(whole.read_bytes()[:-2])
    info = probe(path, "beach.jpg")
    assert (info.width, info.height) == (320, 320)
    assert info.notes == (
        "beach.jpg breaks off before its end; its picture was used as far as it goes",
    )
    assert (load(path) == load(whole)).all()


@pytest.mark.parametrize("mode", ["RGB", "L"], ids=["colour", "grey"])
def test_rows_that_are_missing_are_left_out_and_said(tmp_path: Path, mode: str) -> None:
    path = write_detailed_jpeg(tmp_path / "a.jpg", keep=0.75)
    if mode == "L":
        whole = write_detailed_jpeg(tmp_path / "a.jpg")
        Image.open(whole).convert("L").save(path, quality=85)
        path.write_bytes(path.read_bytes()[: path.stat().st_size * 3 // 4])
    info = probe(path)
    assert info.width == 320
    height = info.height or 0
    assert height in range(208, 241)
    missing = -(-100 * (320 - height) // 320)
    assert info.notes == (
        f"a.jpg breaks off before its end: {missing} % of the picture are missing",
    )
    picture = load(path)
    assert picture.shape[:2] == (height, 320)
    assert (picture[-4:].std(axis=1) > 5).all()  # no grey band


def test_progressive_jpeg_that_breaks_off_is_used(tmp_path: Path) -> None:
    path = write_detailed_jpeg(tmp_path / "a.jpg", keep=0.6, progressive=True)
    info = probe(path)
    assert (info.width, info.height, len(info.notes)) == (320, 320, 1)


@pytest.mark.parametrize("orientation", [3, 6], ids=["upside down", "turned"])
def test_cut_photo_is_turned_after_it_is_cropped(tmp_path: Path, orientation: int) -> None:
    exif = taken_exif(orientation=orientation)
    path = write_detailed_jpeg(tmp_path / "a.jpg", keep=0.8, exif=exif)
    info = probe(path)
    assert load(path).shape[:2] == (info.height, info.width)
    assert sorted((info.width or 0, info.height or 0))[0] < 320


@pytest.mark.parametrize("keep", [0.3, 0.02], ids=["a third", "the header"])
def test_jpeg_that_is_mostly_missing_is_refused(tmp_path: Path, keep: float) -> None:
    path = write_detailed_jpeg(tmp_path / "0001.bin", keep=keep)
    with pytest.raises(UnsupportedFileError, match=r"^beach\.jpg is broken: it ends too early"):
        probe(path, "beach.jpg")


def test_heic_that_breaks_off_is_refused(tmp_path: Path) -> None:
    path = write_heic(tmp_path / "a.heic")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(UnsupportedFileError, match=r"a\.heic is broken"):
        probe(path)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.png", lambda: _png(0, 10), "broken"),
        ("a.gif", lambda: b"GIF89a\0\0\0\0\0\0\0;", "broken"),
        ("a.jpg", lambda: _jpeg_header(0, 0), "broken"),
        ("a.png", lambda: _png(20_000, 15_000), "too large: 20000 x 15000"),
        ("a.jpg", lambda: _jpeg_header(40_000, 40_000), "too large: 40000 x 40000"),
        ("a.gif", lambda: b"GIF89a\xff\xff\xff\xff\0\0\0" + GIF_PIXEL, "too large: 65535 x 65535"),
    ],
    ids=["flat png", "empty gif", "empty jpeg", "png bomb", "jpeg bomb", "gif bomb"],
)
def test_absurd_sizes_are_refused(
    tmp_path: Path, name: str, content: Callable[[], bytes], reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content())
    with pytest.raises(UnsupportedFileError, match=rf"a\.\w+ is {reason}"):
        probe(path)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("IMG_1.DNG", b"II*\0" + bytes(8) + b"\x12\xc6\x01\0", "camera RAW"),
        ("IMG_1.jpg", b"II*\0\x10\0\0\0CR\x02\0" + bytes(50), "camera RAW"),
        ("_DSC1.nef", b"MM\0*" + bytes(60) + b"NIKON CORPORATION", "camera RAW"),
        ("a.raf", b"FUJIFILMCCD-RAW 0201" + bytes(50), "camera RAW"),
        ("a.orf", b"IIRO\x08\0\0\0" + bytes(50), "camera RAW"),
        ("a.rw2", b"IIU\0\x18\0\0\0" + bytes(50), "camera RAW"),
        ("a.cr3", b"\0\0\0\x18ftypcrx \0\0\0\1crx isom" + bytes(50), "camera RAW"),
        ("scan.jpg", b"II*\0\x08\0\0\0" + bytes(50), "TIFF"),
        ("a.jpg", b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(20), "JPEG XL"),
        ("a.png", b"8BPS\0\1" + bytes(50), "Photoshop"),
    ],
    ids=["dng", "cr2", "nef", "raf", "orf", "rw2", "cr3", "tiff", "jxl", "psd"],
)
def test_raw_and_other_pictures_are_named(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnsupportedFileError, match=rf"{name} is an? {words}") as caught:
        probe(path)
    assert "JPEG" in (caught.value.hint or "")


def _stored(orientation: int) -> Rgb:
    """The quadrants of 64 x 48 as a camera stores them that is held in this way."""
    from tests.support.media import quadrants

    upright = quadrants(64, 48)
    stored = {
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.transpose(1, 0, 2),
        6: np.rot90(upright),
        7: upright[::-1, ::-1].transpose(1, 0, 2),
        8: np.rot90(upright, -1),
    }
    return np.ascontiguousarray(stored[orientation])


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def _jpeg_header(width: int, height: int) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\0"
    return b"\xff\xd8\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xd9"
