"""The date taken in the Exif block of JPEG, PNG and WebP."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import BinaryIO

from nemovideo._exif import EXIF_IFD, PREFIX, first_ifd, read_ifd, read_number, read_text
from nemovideo._metadata._moments import sensible, with_zone

MAX_BLOCK_BYTES = 4 << 20
"""The largest part of a file that is read for its date."""

Piece = tuple[bytes, int, int]
"""A kind, where its content begins, how long that is."""

_DATES = ((0x9003, 0x9291, 0x9011), (0x9004, 0x9292, 0x9012), (0x0132, 0x9290, 0x9010))
"""Exif's tags of a date, its fraction of a second and its zone: taken, digitised, changed."""


def in_exif(block: bytes | None) -> datetime | None:
    """Return the date of an Exif block."""
    if not block:
        return None
    tiff = block.removeprefix(PREFIX)
    outer, _ = read_ifd(tiff, first_ifd(tiff))
    inner_at = read_number(tiff, outer, EXIF_IFD, "I")
    inner = read_ifd(tiff, inner_at)[0] if inner_at else {}
    tags = {**outer, **inner}
    for date, fraction, zone in _DATES:
        moment = _parse_exif(*(read_text(tiff, tags, tag) for tag in (date, fraction, zone)))
        if moment is not None:
            return moment
    return None


def _parse_exif(date: str | None, fraction: str | None, zone: str | None) -> datetime | None:
    try:
        moment = datetime.strptime(date or "", "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None
    if fraction and fraction.isdecimal() and fraction.isascii():
        moment += timedelta(seconds=float(f"0.{fraction}"))
    return sensible(with_zone(moment, zone))


def exif_of_jpeg(file: BinaryIO) -> bytes | None:
    """Return a JPEG's Exif block."""
    position = 2
    while True:
        file.seek(position)
        marker, length = struct.unpack(">HH", file.read(4))
        if marker == 0xFFE1:
            block = file.read(length - 2)
            if block.startswith(PREFIX):
                return block
        elif marker >> 8 != 0xFF or marker == 0xFFDA or length < 2:
            return None
        position += 2 + length


def block_among(pieces: Iterator[Piece], kind: bytes, file: BinaryIO) -> bytes | None:
    """Return the content of the first piece of a kind."""
    for found, start, size in pieces:
        if found == kind and size <= MAX_BLOCK_BYTES:
            file.seek(start)
            return file.read(size)
    return None


def png_chunks(file: BinaryIO) -> Iterator[Piece]:
    """Yield a PNG's chunks."""
    position = 8
    while True:
        file.seek(position)
        head = file.read(8)
        if len(head) < 8:
            return
        length, kind = struct.unpack(">I4s", head)
        yield kind, position + 8, length
        position += 12 + length


def riff_chunks(file: BinaryIO) -> Iterator[Piece]:
    """Yield a WebP's chunks."""
    position = 12
    while True:
        file.seek(position)
        head = file.read(8)
        if len(head) < 8:
            return
        kind, length = struct.unpack("<4sI", head)
        yield kind, position + 8, length
        position += 8 + length + length % 2
