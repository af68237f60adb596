"""What photos and clips say of themselves: when they were taken, how long a film is.

Read by hand, in a few reads of the file, so that it needs no picture or film library. A time
without a zone counts as this machine's.
"""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from nemovideo._metadata._boxes import exif_of_heic, in_movie, length_in_boxes
from nemovideo._metadata._gps import place_in_exif
from nemovideo._metadata._moments import in_name, sensible
from nemovideo._metadata._photos import block_among, exif_of_jpeg, in_exif, png_chunks, riff_chunks

_MATROSKA_EPOCH = datetime(2001, 1, 1, tzinfo=UTC)
_MATROSKA_DATE = b"\x44\x61\x88"
_MATROSKA_HEAD_BYTES = 1 << 16


def recorded_at(path: Path, name: str | None = None) -> datetime | None:
    """Return when a photo or clip was taken, with its zone; None when neither file nor name says.

    The name is what its owner calls it, that of the path if None; a damaged file says nothing.

    Raises:
        OSError: It can't be read.
    """
    with path.open("rb") as file:
        try:
            found = _in_file(file)
        except (struct.error, ValueError, OverflowError, IndexError):
            found = None
    return found or in_name(name or path.name)


def film_length_s(path: Path) -> float | None:
    """Return how long a film of the MP4 family says it is, in seconds; None when it says nothing.

    Raises:
        OSError: It can't be read.
    """
    with path.open("rb") as file:
        try:
            return length_in_boxes(file)
        except (struct.error, ValueError, OverflowError, IndexError):
            return None


def taken_at(path: Path) -> tuple[float, float] | None:
    """Return where a photo was taken: latitude and longitude in degrees, north and east positive.

    A damaged file says nothing.

    Raises:
        OSError: It can't be read.
    """
    with path.open("rb") as file:
        try:
            return place_in_exif(_exif_of(file, file.read(12)))
        except (struct.error, ValueError, OverflowError, IndexError):
            return None


def _exif_of(file: BinaryIO, head: bytes) -> bytes | None:
    """Return the Exif block of a photo of any kind."""
    if head[:3] == b"\xff\xd8\xff":
        return exif_of_jpeg(file)
    if head[:8] == b"\x89PNG\r\n\x1a\n":
        return block_among(png_chunks(file), b"eXIf", file)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return block_among(riff_chunks(file), b"EXIF", file)
    if head[4:8] == b"ftyp":
        return exif_of_heic(file)
    return None


def _in_file(file: BinaryIO) -> datetime | None:
    head = file.read(12)
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):
        return in_movie(file) or in_exif(_exif_of(file, head))
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return _in_matroska(file)
    return in_exif(_exif_of(file, head))


def _in_matroska(file: BinaryIO) -> datetime | None:
    file.seek(0)
    head = file.read(_MATROSKA_HEAD_BYTES)
    at = head.find(_MATROSKA_DATE)
    if at < 0 or at + 11 > len(head):
        return None
    (nanoseconds,) = struct.unpack_from(">q", head, at + 3)
    return sensible(_MATROSKA_EPOCH + timedelta(microseconds=nanoseconds / 1000))
