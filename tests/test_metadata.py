"""When photos and clips were taken, as cameras, phones and messengers write it."""

from __future__ import annotations

import io
import os
import struct
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from PIL import Image

from nemovideo._metadata import film_length_s, recorded_at, taken_at
from nemovideo._metadata.towns import nearest_town
from nemovideo.render.media_info import probe
from tests.support.media import write_clip, write_jpeg
from tests.support.samples.phones import save_heic, taken_exif, write_apple_clip, write_grid_heic

TAKEN = "2024:05:01 12:34:56"
LOCAL = datetime(2024, 5, 1, 16, 34, 56, tzinfo=UTC)
"""TAKEN where the clocks are four hours behind UTC."""
NEW_YORK = timezone(timedelta(hours=-4))


@pytest.fixture(autouse=True)
def _machine_in_new_york() -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = "EST5EDT,M3.2.0,M11.1.0"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def written(folder: Path, extension: str, exif: bytes) -> Path:
    path = folder / f"a.{extension}"
    image = Image.new("RGB", (64, 48))
    if extension == "heic":
        return save_heic(image, path, exif=exif)
    image.save(path, exif=exif)
    return path


@pytest.mark.parametrize("extension", ["jpg", "png", "webp", "heic", "avif"])
def test_exif_date_without_a_zone_is_this_machines(tmp_path: Path, extension: str) -> None:
    assert recorded_at(written(tmp_path, extension, taken_exif(TAKEN))) == LOCAL


@pytest.mark.parametrize(
    ("zone", "hour"), [("+02:00", 10), ("-09:30", 22), ("Z", 12), ("  :  ", 16)], ids=str
)
def test_exif_date_with_a_zone(tmp_path: Path, zone: str, hour: int) -> None:
    moment = recorded_at(written(tmp_path, "jpg", taken_exif(TAKEN, zone=zone, fraction="25")))
    assert moment is not None
    assert (moment.astimezone(UTC).hour, moment.microsecond) == (hour, 250_000)


@pytest.mark.parametrize(
    "date", ["0000:00:00 00:00:00", "    :  :     :  :  ", "", "1980:01:01 00:00:00"], ids=repr
)
def test_exif_date_that_is_none_leaves_the_name(tmp_path: Path, date: str) -> None:
    path = written(tmp_path, "jpg", taken_exif(date))
    assert recorded_at(path) is None
    assert recorded_at(path, "IMG_20240501_123456.jpg") == LOCAL


def test_exif_date_counts_more_than_the_name(tmp_path: Path) -> None:
    path = written(tmp_path, "jpg", taken_exif(TAKEN))
    assert recorded_at(path, "IMG_20010101_000000.jpg") == LOCAL


def test_heic_of_tiles_without_exif_has_no_date(tmp_path: Path) -> None:
    assert recorded_at(write_grid_heic(tmp_path / "a.heic")) is None


def test_clip_has_its_headers_date_in_utc(tmp_path: Path) -> None:
    path = write_apple_clip(tmp_path / "a.mov", header="2024-05-01T12:34:56Z")
    assert recorded_at(path) == datetime(2024, 5, 1, 12, 34, 56, tzinfo=UTC)


def test_iphones_date_with_a_zone_counts_more_than_the_header(tmp_path: Path) -> None:
    path = write_apple_clip(
        tmp_path / "a.mov", header="2024-06-01T00:00:00Z", apple="2024-05-01T12:34:56-0400"
    )
    assert recorded_at(path) == LOCAL


def test_clip_whose_clock_was_never_set_has_no_date(tmp_path: Path) -> None:
    assert recorded_at(write_clip(tmp_path / "a.mp4", seconds=0.2)) is None


def test_matroska_has_its_date(tmp_path: Path) -> None:
    path = write_apple_clip(tmp_path / "a.mkv", header="2024-05-01T12:34:56Z")
    assert recorded_at(path) == datetime(2024, 5, 1, 12, 34, 56, tzinfo=UTC)


@pytest.mark.parametrize("extension", ["mp4", "mov"])
def test_film_length_is_that_of_the_header(tmp_path: Path, extension: str) -> None:
    path = write_clip(tmp_path / f"a.{extension}", seconds=0.5, frequency=None)
    assert film_length_s(path) == pytest.approx(0.5, abs=0.01)


NAMES = {
    "IMG_20240501_123456.jpg": datetime(2024, 5, 1, 12, 34, 56),
    "IMG_20240501_123456789_HDR.jpg": datetime(2024, 5, 1, 12, 34, 56, 789_000),
    "20240501_123456.jpg": datetime(2024, 5, 1, 12, 34, 56),
    "2024-05-01 12.34.56.jpg": datetime(2024, 5, 1, 12, 34, 56),
    "Screenshot_2024-05-01-12-34-56.png": datetime(2024, 5, 1, 12, 34, 56),
    "Screenshot 2024-05-01 at 1.34.56 PM.png": datetime(2024, 5, 1, 13, 34, 56),
    "WhatsApp Image 2024-05-01 at 12.34.56.jpeg": datetime(2024, 5, 1, 12, 34, 56),
    "IMG-20240501-WA0007.jpg": datetime(2024, 5, 1),
    "2024_05_01 trip.jpg": datetime(2024, 5, 1),
    "signal-2024-05-01-123456.jpg": datetime(2024, 5, 1, 12, 34, 56),
}


@pytest.mark.parametrize("name", NAMES)
def test_name_holds_a_date(tmp_path: Path, name: str) -> None:
    path = write_jpeg(tmp_path / "a.jpg")
    assert recorded_at(path, name) == NAMES[name].replace(tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("PXL_20240501_123456789.jpg", datetime(2024, 5, 1, 12, 34, 56, 789_000, UTC)),
        ("mmexport1714566896000.jpg", datetime(2024, 5, 1, 12, 34, 56, 0, UTC)),
    ],
    ids=["pixel", "wechat"],
)
def test_name_holds_a_date_in_utc(tmp_path: Path, name: str, wanted: datetime) -> None:
    assert recorded_at(write_jpeg(tmp_path / "a.jpg"), name) == wanted


@pytest.mark.parametrize(
    "name",
    ["IMG_0011.jpg", "DSC01234.jpg", "20241301_000000.jpg", "99999999999999.jpg", "2024.jpg"],
)
def test_name_without_a_date_has_none(tmp_path: Path, name: str) -> None:
    assert recorded_at(write_jpeg(tmp_path / "a.jpg"), name) is None


def test_damaged_files_have_no_date_and_raise_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    heic = save_heic(Image.new("RGB", (64, 48)), tmp_path / "a.heic", exif=taken_exif(TAKEN))
    clip = write_apple_clip(tmp_path / "a.mov", header="2024-05-01T12:34:56Z", apple="nonsense")
    photo = io.BytesIO()
    Image.new("RGB", (64, 48)).save(photo, "JPEG", exif=taken_exif(TAKEN))
    for whole in (heic.read_bytes(), clip.read_bytes(), photo.getvalue()):
        for end in range(0, min(len(whole), 1200), 7):
            path.write_bytes(whole[:end])
            recorded_at(path)
            film_length_s(path)
    path.write_bytes(struct.pack(">I4s", 1, b"moov") + b"\xff" * 8)
    assert recorded_at(path) is None


def test_probe_tells_when_a_photo_was_taken(tmp_path: Path) -> None:
    path = written(tmp_path, "jpg", taken_exif(TAKEN, zone="+02:00"))
    assert probe(path).taken_ms == 1714559696000
    assert probe(write_jpeg(tmp_path / "b.jpg")).taken_ms is None


def placed_exif(north: float, east: float, *, taken: str = TAKEN) -> bytes:
    """An Exif block with a place, in degrees, minutes and seconds as phones write them."""
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = taken
    exif.get_ifd(0x8769)[0x9011] = "+09:00"
    gps = exif.get_ifd(0x8825)
    for tag, value, halves in ((1, north, "NS"), (3, east, "EW")):
        minutes, seconds = divmod(abs(value) * 3600, 60)
        degrees, minutes = divmod(minutes, 60)
        gps[tag], gps[tag + 1] = halves[value < 0], (degrees, minutes, round(seconds, 2))
    return exif.tobytes()


@pytest.mark.parametrize("extension", ["jpg", "png", "webp", "heic", "avif"])
def test_taken_at_reads_where_a_photo_was_taken(tmp_path: Path, extension: str) -> None:
    where = taken_at(written(tmp_path, extension, placed_exif(-33.8568, 151.2153)))
    assert where == pytest.approx((-33.8568, 151.2153), abs=1e-4)


@pytest.mark.parametrize("name", ["no exif", "no place", "zeros", "film", "broken"])
def test_taken_at_is_none_where_nothing_says(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.jpg"
    if name == "film":
        path = write_clip(tmp_path / "a.mp4")
    else:
        exif = placed_exif(0, 0) if name == "zeros" else taken_exif(TAKEN)
        written(tmp_path, "jpg", b"" if name == "no exif" else exif)
    if name == "broken":
        path.write_bytes(path.read_bytes()[:60])
    assert taken_at(path) is None


@pytest.mark.parametrize(
    ("north", "east", "town"),
    [
        (45.81, 9.08, "Como"),
        (-33.8568, 151.2153, "Sydney"),
        (48.8584, 2.2945, "Paris"),
        (48.8049, 2.1204, "Versailles"),
        (0.0, -140.0, None),
    ],
    ids=["Lake Como", "Sydney's harbour", "Eiffel Tower", "palace", "the Pacific"],
)
def test_nearest_town_is_one_close_by(north: float, east: float, town: str | None) -> None:
    assert nearest_town(north, east) == town


def test_probe_tells_the_day_where_a_photo_was_taken_and_the_town(tmp_path: Path) -> None:
    info = probe(written(tmp_path, "jpg", placed_exif(45.81, 9.08, taken="2024:05:01 01:00:00")))
    assert (info.taken_on, info.place) == ("2024-05-01", "Como")  # in New York it was April
