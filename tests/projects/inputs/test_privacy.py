from __future__ import annotations

import io
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from nemovideo.projects.inputs.privacy import clean_photo

GPS_IFD, MAKE, DATETIME, ORIENTATION = 0x8825, 0x010F, 0x0132, 0x0112


def picture() -> Image.Image:
    image = Image.effect_noise((48, 32), 80).convert("RGB")
    image.paste((255, 0, 0), (0, 0, 10, 10))
    return image


def private_exif(orientation: int = 6) -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKE] = "SECRETCAM"
    exif[DATETIME] = "2026:01:02 03:04:05"
    exif.get_ifd(GPS_IFD)[2] = (48.0, 51.0, 29.5)
    return exif


def icc_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def saved(path: Path, **options: Any) -> Path:
    picture().save(path, **options)
    return path


def cleaned(path: Path) -> bytes:
    clean = clean_photo(path)
    assert clean is not None
    with clean.open() as file:
        content = file.read(5) + file.read()
    assert len(content) == clean.size_bytes
    return content


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp"])
def test_clean_photo_drops_place_time_and_device(tmp_path: Path, suffix: str) -> None:
    path = saved(tmp_path / f"a.{suffix}", exif=private_exif())
    content = cleaned(path)
    assert b"SECRETCAM" not in content
    assert dict(Image.open(io.BytesIO(content)).getexif()) == {ORIENTATION: 6}


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp"])
def test_clean_photo_keeps_every_pixel_and_the_colour_profile(tmp_path: Path, suffix: str) -> None:
    profile = icc_profile()
    path = saved(tmp_path / f"a.{suffix}", exif=private_exif(1), icc_profile=profile)
    clean = Image.open(io.BytesIO(cleaned(path)))
    assert clean.tobytes() == Image.open(path).tobytes()
    assert clean.info["icc_profile"] == profile
    assert not clean.getexif()


def harmless_exif(path: Path) -> Path:
    exif = Image.Exif()
    exif[ORIENTATION] = 8
    return saved(path, exif=exif)


@pytest.mark.parametrize(
    ("suffix", "make"),
    [
        pytest.param("jpg", saved, id="jpeg-without"),
        pytest.param("jpg", harmless_exif, id="jpeg-with-orientation-alone"),
        pytest.param("png", saved, id="png-without"),
        pytest.param("png", harmless_exif, id="png-with-orientation-alone"),
        pytest.param("webp", saved, id="webp-without"),
        pytest.param("gif", saved, id="gif"),
    ],
)
def test_clean_photo_leaves_a_photo_without_private_parts(
    tmp_path: Path, suffix: str, make: Callable[[Path], Path]
) -> None:
    assert clean_photo(make(tmp_path / f"a.{suffix}")) is None


def test_clean_photo_drops_jpeg_comments_and_xmp(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.jpg", comment=b"SECRET note", xmp=b"<x:xmpmeta>SECRET</x:xmpmeta>")
    assert b"SECRET" not in cleaned(path)


def test_clean_photo_drops_what_follows_the_picture(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.jpg", progressive=True)
    whole = path.read_bytes()
    path.write_bytes(whole + b"MotionPhoto SECRET")
    assert cleaned(path) == whole


def test_clean_photo_drops_png_texts(tmp_path: Path) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "SECRET")
    info.add_itxt("XML:com.adobe.xmp", "SECRET")
    content = cleaned(saved(tmp_path / "a.png", pnginfo=info))
    assert b"SECRET" not in content
    Image.open(io.BytesIO(content)).verify()


def test_clean_photo_drops_webp_xmp_and_mends_its_header(tmp_path: Path) -> None:
    content = cleaned(saved(tmp_path / "a.webp", xmp=b"SECRET", exif=private_exif()))
    assert b"SECRET" not in content
    assert struct.unpack_from("<I", content, 4)[0] == len(content) - 8
    assert content[20] & 0x0C == 0x08


def test_clean_photo_drops_exif_that_it_cannot_read(tmp_path: Path) -> None:
    whole = saved(tmp_path / "a.jpg").read_bytes()
    exif = b"\xff\xe1\x00\x14Exif\0\0MM\0*\0\0\0\xffSECR"
    (tmp_path / "a.jpg").write_bytes(whole[:2] + exif + whole[2:])
    assert cleaned(tmp_path / "a.jpg") == whole


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\xff\xd8\xff\xe1\xff\xff", id="segment-beyond-the-end"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\xff\xfftEXt", id="broken-png"),
        pytest.param(b"GIF89a", id="gif"),
        pytest.param(b"hello", id="text"),
    ],
)
def test_clean_photo_leaves_what_it_cannot_read(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(content)
    assert clean_photo(path) is None
