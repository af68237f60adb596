"""The date taken in the MP4 family: films (ISO/IEC 14496-12, QuickTime) and HEIC (23008-12)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

from nemovideo._metadata._moments import ZONE, sensible, with_zone
from nemovideo._metadata._photos import MAX_BLOCK_BYTES, Piece

_APPLE_DATE = b"com.apple.quicktime.creationdate"
_MAC_EPOCH = datetime(1904, 1, 1, tzinfo=UTC)


def in_movie(file: BinaryIO) -> datetime | None:
    """Return the date of a film of the MP4 family."""
    for kind, start, size in _boxes(file, 0, file.seek(0, 2)):
        if kind == b"meta":
            return None  # a photo
        if kind == b"moov":
            return _in_movie(file, start, start + size)
    return None


def exif_of_heic(file: BinaryIO) -> bytes | None:
    """Return the Exif block of a photo of the MP4 family."""
    for kind, start, size in _boxes(file, 0, file.seek(0, 2)):
        if kind == b"meta" and size <= MAX_BLOCK_BYTES:
            return _exif_of_item(file, start, size)
    return None


def length_in_boxes(file: BinaryIO) -> float | None:
    """Return the length in a film's header, in seconds."""
    for kind, start, size in _boxes(file, 0, file.seek(0, 2)):
        if kind == b"moov":
            for inner, at, _ in _boxes(file, start, start + size):
                if inner == b"mvhd":
                    file.seek(at)
                    return _length(file.read(32))
    return None


def _length(header: bytes) -> float | None:
    form, where = (">IQ", 20) if header[0] == 1 else (">II", 12)
    scale, length = struct.unpack_from(form, header, where)
    return length / scale if scale else None


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[Piece]:
    position = start
    while position + 8 <= end:
        file.seek(position)
        size, kind = struct.unpack(">I4s", file.read(8))
        head = 8
        if size == 1:
            (size,) = struct.unpack(">Q", file.read(8))
            head = 16
        size = size or end - position
        if size < head:
            return
        yield kind, position + head, min(size, end - position) - head
        position += size


def _in_movie(file: BinaryIO, start: int, end: int) -> datetime | None:
    header: datetime | None = None
    for kind, at, size in _boxes(file, start, end):
        if kind == b"mvhd":
            file.seek(at)
            body = file.read(12)
            form, where = (">Q", 4) if body[0] == 1 else (">I", 4)
            (seconds,) = struct.unpack_from(form, body, where)
            header = sensible(_MAC_EPOCH + timedelta(seconds=seconds)) if seconds else None
        elif kind in (b"meta", b"udta") and size <= MAX_BLOCK_BYTES:
            file.seek(at)
            apple = _in_apple_metadata(file.read(size))
            if apple is not None:
                return apple
    return header


def _in_apple_metadata(body: bytes) -> datetime | None:
    """Read the date with its zone that iPhones write (QuickTime File Format, metadata)."""
    at = body.find(_APPLE_DATE)
    keys, items = body.find(b"keys"), body.find(b"ilst")
    if at < 0 or items < 0:
        return None
    number = len(list(_entries(body, keys + 12, at)))
    for start, size in _entries(body, items + 4, len(body)):
        if struct.unpack_from(">I", body, start + 4)[0] == number:
            return _parse_apple(body[start + 24 : start + size].decode("ascii", "replace"))
    return None


def _entries(body: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where each entry of a list begins and how long it is."""
    while start + 8 <= end:
        (size,) = struct.unpack_from(">I", body, start)
        if size < 8:
            return
        yield start, size
        start += size


def _parse_apple(text: str) -> datetime | None:
    match = ZONE.search(text)
    moment = datetime.fromisoformat(text[: match.start()] if match else text.rstrip("Z"))
    return sensible(with_zone(moment.replace(tzinfo=None), match[0] if match else "Z"))


def _exif_of_item(file: BinaryIO, start: int, size: int) -> bytes | None:
    inner = {kind: (at, length) for kind, at, length in _boxes(file, start + 4, start + size)}
    if not {b"iinf", b"iloc"} <= inner.keys():
        return None
    item = _exif_item(file, *inner[b"iinf"])
    place = _place_of_item(file, *inner[b"iloc"], item) if item is not None else None
    if place is None or place[1] > MAX_BLOCK_BYTES:
        return None
    file.seek(place[0])
    block = file.read(place[1])
    (skipped,) = struct.unpack_from(">I", block)
    return block[4 + skipped :]


def _exif_item(file: BinaryIO, start: int, size: int) -> int | None:
    file.seek(start)
    head = 6 if file.read(1) == b"\0" else 8
    for kind, at, length in list(_boxes(file, start + head, start + size)):
        if kind == b"infe":
            file.seek(at)
            body = file.read(min(length, 14))
            is_wide = body[0] == 3
            number, name = struct.unpack_from(">I2x4s" if is_wide else ">H2x4s", body, 4)
            if name == b"Exif":
                return int(number)
    return None


def _place_of_item(file: BinaryIO, start: int, size: int, item: int) -> tuple[int, int] | None:
    """Return an item's offset and length in the file, by its ``iloc`` box."""
    file.seek(start)
    body = file.read(size)
    version = body[0]
    offset_size, length_size, base_size, index_size = (
        *(body[4] >> 4, body[4] & 15),
        *(body[5] >> 4, body[5] & 15),
    )
    reader = _Reader(body, 6)
    for _ in range(reader.take(2 if version < 2 else 4)):
        number = reader.take(2 if version < 2 else 4)
        method = reader.take(2) & 15 if version else 0
        reader.take(2)
        base = reader.take(base_size)
        extents = []
        for _ in range(reader.take(2)):
            reader.take(index_size if version else 0)
            extents.append((base + reader.take(offset_size), reader.take(length_size)))
        if number == item:
            return extents[0] if method == 0 and len(extents) == 1 else None
    return None


class _Reader:
    """Takes big-endian numbers of any size out of bytes."""

    def __init__(self, body: bytes, position: int) -> None:
        self._body = body
        self._position = position

    def take(self, size: int) -> int:
        start, self._position = self._position, self._position + size
        if self._position > len(self._body):
            raise ValueError("it ends too early")
        return int.from_bytes(self._body[start : self._position], "big")
