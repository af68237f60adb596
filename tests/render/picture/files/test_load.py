"""Photos come upright, in RGB, no larger than needed; what is broken is refused by name."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nemovideo.errors import UnsupportedFileError
from nemovideo.render.media_info import MediaInfo, probe
from nemovideo.render.picture.files import covering_size, load_picture, picture_size
from tests.support.media import (
    QUADRANTS,
    Rgb,
    corners,
    is_like,
    quadrants,
    write_animation,
    write_cmyk_jpeg,
    write_jpeg,
    write_picture,
)

WHITE = (255, 255, 255)


def load(path: Path) -> Rgb:
    return load_picture(path, max_width=1000, max_height=1000)


@pytest.mark.parametrize("orientation", range(1, 9), ids=lambda n: f"exif-{n}")
def test_load_picture_turns_upright(tmp_path: Path, orientation: int) -> None:
    path = write_jpeg(tmp_path / "a.jpg", 64, 48, orientation=orientation)
    picture = load(path)
    assert picture.shape == (48, 64, 3)
    assert is_like(corners(picture))


@pytest.mark.parametrize("orientation", [1, 3, 6, 8], ids=lambda n: f"exif-{n}")
def test_probe_gives_the_upright_size(tmp_path: Path, orientation: int) -> None:
    path = write_jpeg(tmp_path / "a.jpg", 64, 48, orientation=orientation)
    assert probe(path) == MediaInfo("image", 64, 48)


@pytest.mark.parametrize("orientation", [1, 6], ids=lambda n: f"exif-{n}")
def test_picture_size_is_the_upright_one(tmp_path: Path, orientation: int) -> None:
    assert picture_size(write_jpeg(tmp_path / "a.jpg", 64, 48, orientation=orientation)) == (64, 48)


@pytest.mark.parametrize("extension", ["png", "webp", "gif"])
@pytest.mark.parametrize("mode", ["RGB", "P"])
def test_load_picture_reads_format(tmp_path: Path, extension: str, mode: str) -> None:
    path = write_picture(tmp_path / f"a.{extension}", mode=mode)
    assert is_like(corners(load(path)), by=2)


def test_load_picture_reads_progressive_jpeg(tmp_path: Path) -> None:
    path = write_jpeg(tmp_path / "a.jpg", 64, 48, progressive=True)
    assert is_like(corners(load(path)))


def test_load_picture_lays_alpha_on_white(tmp_path: Path) -> None:
    picture = load(write_picture(tmp_path / "a.png", mode="RGBA"))
    red, green, blue, yellow = corners(picture)
    assert is_like([red, blue], (QUADRANTS[0], QUADRANTS[2]), by=1)
    assert (green, yellow) == (WHITE, WHITE)


def test_load_picture_lays_grey_with_alpha_on_white(tmp_path: Path) -> None:
    red, green, _, _ = corners(load(write_picture(tmp_path / "a.png", mode="LA")))
    assert green == WHITE
    assert red[0] == red[1] == red[2] < 120


def test_load_picture_lays_a_palettes_transparent_colour_on_white(tmp_path: Path) -> None:
    red, green, blue, yellow = corners(load(write_picture(tmp_path / "a.png", mode="PA")))
    assert green == WHITE
    assert is_like([red, blue, yellow], (QUADRANTS[0], QUADRANTS[2], QUADRANTS[3]), by=2)


def test_load_picture_lays_white_ink_on_dark(tmp_path: Path) -> None:
    image = Image.new("RGBA", (64, 64), (255, 255, 255, 0))
    image.paste((255, 255, 255, 255), (0, 0, 32, 64))
    image.save(tmp_path / "logo.png")
    picture = load(tmp_path / "logo.png")
    assert picture[32, 16].min() == 255
    assert picture[32, 48].max() < 60


def test_load_picture_scales_sixteen_bits(tmp_path: Path) -> None:
    picture = load(write_picture(tmp_path / "a.png", 256, 4, mode="I;16"))
    assert np.abs(picture[0, :, 0].astype(int) - np.arange(256)).max() <= 1


def test_load_picture_reads_one_bit(tmp_path: Path) -> None:
    image = Image.new("1", (64, 48), 0)
    image.paste(1, (0, 0, 32, 48))
    image.save(tmp_path / "a.png")
    picture = load(tmp_path / "a.png")
    assert picture[20, 10].tolist() == [255, 255, 255]
    assert picture[20, 50].tolist() == [0, 0, 0]


def test_load_picture_reads_inverted_cmyk(tmp_path: Path) -> None:
    assert is_like(corners(load(write_cmyk_jpeg(tmp_path / "a.jpg"))), by=20)


@pytest.mark.parametrize("extension", ["gif", "webp", "png"])
def test_load_picture_takes_the_first_of_an_animation(tmp_path: Path, extension: str) -> None:
    assert is_like(corners(load(write_animation(tmp_path / f"a.{extension}"))), by=3)


@pytest.mark.parametrize(
    ("size", "box", "wanted"),
    [
        ((4000, 3000), (2000, 1000), (2000, 1500)),
        ((3000, 4000), (2000, 1000), (2000, 2667)),
        ((400, 300), (2000, 1000), (400, 300)),
        ((2000, 200), (1000, 1000), (2000, 200)),
        ((1, 40000), (10, 10), (1, 40000)),
    ],
    ids=["wide", "tall", "never enlarged", "one side smaller", "a line"],
)
def test_covering_size_covers_the_box(
    size: tuple[int, int], box: tuple[int, int], wanted: tuple[int, int]
) -> None:
    assert covering_size(size, box) == wanted


def test_covering_size_is_limited_for_extreme_shapes() -> None:
    width, height = covering_size((100_000, 4_000), (3000, 3000))
    assert width * height == pytest.approx(24_000_000, rel=0.01)
    assert width / height == pytest.approx(25, rel=0.01)


@pytest.mark.parametrize("orientation", [1, 6], ids=lambda n: f"exif-{n}")
def test_load_picture_reduces_to_the_upright_box(tmp_path: Path, orientation: int) -> None:
    path = write_jpeg(tmp_path / "a.jpg", 800, 200, orientation=orientation)
    picture = load_picture(path, max_width=80, max_height=50)
    assert picture.shape == (50, 200, 3)
    assert is_like(corners(picture))


def test_load_picture_reads_a_panorama(tmp_path: Path) -> None:
    Image.fromarray(quadrants(12_000, 900)).save(tmp_path / "pano.jpg", quality=60)
    picture = load_picture(tmp_path / "pano.jpg", max_width=1920, max_height=450)
    assert picture.shape == (450, 6000, 3)
    assert is_like(corners(picture))


def test_load_picture_keeps_averages_when_it_reduces(tmp_path: Path) -> None:
    checks = (np.indices((512, 512)).sum(axis=0) % 2 * 255).astype(np.uint8)
    Image.fromarray(checks).save(tmp_path / "a.png")
    picture = load_picture(tmp_path / "a.png", max_width=64, max_height=64)
    assert np.abs(picture.astype(int) - 127).max() <= 3


@pytest.mark.parametrize("extension", ["png", "webp", "gif"])
def test_probe_refuses_a_truncated_picture(tmp_path: Path, extension: str) -> None:
    noise = np.random.default_rng(2).integers(0, 255, (90, 120, 3), np.uint8)
    path = tmp_path / f"a.{extension}"
    Image.fromarray(noise).save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(UnsupportedFileError, match=f"a.{extension} is broken"):
        probe(path)


def test_probe_refuses_a_picture_bomb(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(_png_header(30_000, 30_000))
    with pytest.raises(UnsupportedFileError, match=r"bomb\.png is too large: 30000 x 30000"):
        probe(path)


def test_probe_leaves_pillows_own_limit_alone(tmp_path: Path) -> None:
    limit = Image.MAX_IMAGE_PIXELS
    probe(write_jpeg(tmp_path / "a.jpg"))
    assert limit == Image.MAX_IMAGE_PIXELS
    assert limit is not None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", r"note\.jpg is empty"),
        (b"hello, this is a letter", r"note\.jpg is not a photo, clip or sound"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", r"note\.jpg is a drawing"),
        (b"\xff\xd8\xff\xe0" + bytes(100), r"note\.jpg is broken"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), r"note\.jpg is broken"),
        (b"GIF89a", r"note\.jpg is broken"),
        (b"RIFF\x00\x01\x00\x00WEBPVP8 " + bytes(100), r"note\.jpg is broken"),
    ],
    ids=["empty", "text", "svg", "jpeg", "png", "gif", "webp"],
)
def test_probe_refuses_what_is_no_picture(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "note.jpg"
    path.write_bytes(content)
    with pytest.raises(UnsupportedFileError, match=reason):
        probe(path)


def test_probe_refuses_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFileError, match=r"gone\.jpg can't be read: No such file"):
        probe(tmp_path / "gone.jpg")


def test_probe_goes_by_content_not_by_name(tmp_path: Path) -> None:
    path = write_picture(tmp_path / "a.png")
    assert probe(path.rename(tmp_path / "a.mp4")).kind == "image"


@pytest.mark.parametrize(
    "exif",
    [b"MM\x00*\xff\xff", b"MM\x00*\x00\x00\x00\x08\x00\x05\x01\x12", b"nonsense"],
    ids=["no directory", "cut off", "nonsense"],
)
def test_load_picture_ignores_broken_exif_without_a_warning(tmp_path: Path, exif: bytes) -> None:
    path = tmp_path / "a.jpg"
    Image.fromarray(quadrants(64, 48)).save(path, quality=95, exif=b"Exif\x00\x00" + exif)
    assert is_like(corners(load(path)))


def _png_header(width: int, height: int) -> bytes:
    data = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + data + struct.pack(">I", zlib.crc32(data))
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 100) + b"IDAT" + bytes(100)
