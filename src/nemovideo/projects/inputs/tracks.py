"""Whether a container for clips holds sound alone: read from its index, not from its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_MATROSKA = b"\x1a\x45\xdf\xa3"
_CODEC_ID = re.compile(rb"\x86[\x81-\xa0]([VA])_[A-Z]")
"""A codec's name in Matroska's and WebM's list of tracks, which stands near the beginning."""
_LIST_BYTES = 65_536
_NESTED = (b"moov", b"trak", b"mdia")


def holds_sound_alone(path: Path) -> bool:
    """Return whether a file has a track of sound and none of pictures; False if it can't be told.

    Raises:
        OSError: It can't be read.
    """
    with path.open("rb") as file:
        head = file.read(_LIST_BYTES)
        if head.startswith(_MATROSKA):
            return set(_CODEC_ID.findall(head)) == {b"A"}
        if head[4:8] not in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):
            return False
        handlers = set(_handlers(file, 0, path.stat().st_size))
    return b"soun" in handlers and b"vide" not in handlers


def _handlers(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    """Yield what the tracks of an MP4 are for (ISO/IEC 14496-12, 8.4.3)."""
    while end - start >= 8:
        file.seek(start)
        header = file.read(16)
        size, kind, begins = int.from_bytes(header[:4], "big"), header[4:8], start + 8
        if size == 1:
            size, begins = int.from_bytes(header[8:16], "big"), start + 16
        stop = min(end, start + size) if size else end
        if stop < begins:
            return
        if kind in _NESTED:
            yield from _handlers(file, begins, stop)
        elif kind == b"hdlr":
            file.seek(begins + 8)
            yield file.read(4)
        start = stop
