"""Photos without what they tell about their owner: place, time, device, comments, previews.

Nothing is re-encoded: private parts are left out, all other bytes stay as they are. What a picture
needs to look right stays: its orientation, its colour profile, Adobe's colour marker.

The layouts are those of JPEG (ITU-T T.81, annex B), TIFF 6.0 and Exif 2.32 (IFDs), PNG (W3C, third
edition) and WebP (RFC 9649).
"""

from __future__ import annotations

import io
import mmap
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from nemovideo._exif import EXIF_IFD, ORIENTATION, PREFIX, first_ifd, read_ifd, read_number

Piece = bytes | tuple[int, int]
"""New bytes, or a range ``(start, end)`` of the file."""

# What says nothing of its owner: resolution, colour space, picture size, versions, layout.
_HARMLESS_TAGS = {
    *(ORIENTATION, EXIF_IFD, 0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x011A, 0x011B, 0x0128),
    *(0x0213, 0x9000, 0x9101, 0xA000, 0xA001, 0xA002, 0xA003),
}
_JPEG_KEPT_PREFIXES = {0xE0: (b"JFIF\0", b"JFXX\0"), 0xE2: (b"ICC_PROFILE\0",), 0xEE: (b"Adobe",)}
_JPEG_COMMENT = 0xFE
_JPEG_SCAN = 0xDA
_JPEG_END = 0xD9
_JPEG_MARKER_IN_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_PRIVATE = {b"tEXt", b"zTXt", b"iTXt", b"tIME"}
_WEBP_EXIF, _WEBP_XMP = b"EXIF", b"XMP "
_WEBP_EXIF_FLAG, _WEBP_XMP_FLAG = 0x08, 0x04


@dataclass(frozen=True)
class CleanPhoto:
    """A photo without its private parts, as pieces to be sent one after the other."""

    path: Path
    pieces: tuple[Piece, ...]
    size_bytes: int

    def open(self) -> BinaryIO:
        """Open it as a file that gives the pieces one after the other."""
        return io.BufferedReader(_PieceReader(self.path, self.pieces))


class _PieceReader(io.RawIOBase):
    """Reads pieces as one file; holds no more than is asked for."""

    def __init__(self, path: Path, pieces: tuple[Piece, ...]) -> None:
        super().__init__()
        self._file = path.open("rb")
        self._pieces = iter(pieces)
        self._bytes = b""
        self._left = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._bytes and not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            if isinstance(piece, bytes):
                self._bytes = piece
            else:
                self._file.seek(piece[0])
                self._left = piece[1] - piece[0]
        if self._bytes:
            chunk, self._bytes = self._bytes[: len(buffer)], self._bytes[len(buffer) :]
        else:
            chunk = self._file.read(min(len(buffer), self._left))
            self._left -= len(chunk)
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        self._file.close()
        super().close()


def clean_photo(path: Path) -> CleanPhoto | None:
    """Return the photo without private metadata, or None when it holds none.

    A file that can't be read as what its first bytes say is left as it is (None): whether it is
    accepted is for the server to say.

    Raises:
        OSError: It can't be read at all.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        try:
            pieces = _clean(data)
        except (struct.error, IndexError, ValueError):
            return None
    if pieces is None:
        return None
    size_bytes = sum(len(p) if isinstance(p, bytes) else p[1] - p[0] for p in pieces)
    return CleanPhoto(path, tuple(_merged(pieces)), size_bytes)


def _clean(data: mmap.mmap) -> list[Piece] | None:
    head = data[:12]
    if head[:3] == b"\xff\xd8\xff":
        return _clean_jpeg(data)
    if head[:8] == _PNG_SIGNATURE:
        return _clean_png(data)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _clean_webp(data)
    return None


def _clean_jpeg(data: mmap.mmap) -> list[Piece] | None:
    pieces: list[Piece] = [(0, 2)]
    is_private = False
    for marker, start, end in _jpeg_segments(data):
        replacement = _jpeg_replacement(data, marker, start, end)
        is_private = is_private or replacement is not None
        pieces.append((start, end) if replacement is None else replacement)
    last = pieces[-1]
    # What follows the end of the picture are previews, films and notes of the camera's.
    is_private = is_private or (isinstance(last, tuple) and last[1] < len(data))
    return pieces if is_private else None


def _jpeg_segments(data: mmap.mmap) -> Iterator[tuple[int, int, int]]:
    """Yield (marker, start, end) of every segment; a scan's entropy-coded data belongs to it."""
    position = 2
    while True:
        while data[position] == 0xFF and data[position + 1] == 0xFF:
            position += 1
        if data[position] != 0xFF:
            raise ValueError("no marker where one must stand")
        marker = data[position + 1]
        if marker == _JPEG_END:
            yield marker, position, position + 2
            return
        (length,) = struct.unpack_from(">H", data, position + 2)
        end = position + 2 + length
        if marker == _JPEG_SCAN:
            found = _JPEG_MARKER_IN_SCAN.search(data, end)
            end = found.start() if found else len(data)
        if end > len(data):
            raise ValueError("a segment reaches beyond the end")
        yield marker, position, end
        if end == len(data):
            return
        position = end


def _jpeg_replacement(data: mmap.mmap, marker: int, start: int, end: int) -> bytes | None:
    """Return what stands in for a segment; None keeps it."""
    if marker == _JPEG_COMMENT:
        return b""
    if not 0xE0 <= marker <= 0xEF:
        return None
    content = data[start + 4 : end]
    if marker == 0xE1 and content.startswith(PREFIX):
        tiff = content[len(PREFIX) :]
        is_private, orientation = _read_exif(tiff)
        if not is_private:
            return None
        exif = _minimal_exif(orientation)
        return exif and b"\xff\xe1" + struct.pack(">H", len(exif) + 8) + PREFIX + exif
    return None if content.startswith(_JPEG_KEPT_PREFIXES.get(marker, ())) else b""


def _clean_png(data: mmap.mmap) -> list[Piece] | None:
    import zlib

    pieces: list[Piece] = [(0, 8)]
    is_private = False
    position = 8
    while position < len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        end = position + 12 + length
        if end > len(data):
            raise ValueError("a chunk reaches beyond the end")
        tiff = data[position + 8 : position + 8 + length] if kind == b"eXIf" else b""
        has_private_exif, orientation = _read_exif(tiff) if tiff else (False, 1)
        if kind in _PNG_PRIVATE or has_private_exif:
            is_private = True
            exif = _minimal_exif(orientation)
            if exif:
                body = kind + exif
                checksum = struct.pack(">I", zlib.crc32(body))
                pieces.append(struct.pack(">I", len(exif)) + body + checksum)
        else:
            pieces.append((position, end))
        position = end
        if kind == b"IEND":
            break
    return pieces if is_private or position < len(data) else None


def _clean_webp(data: mmap.mmap) -> list[Piece] | None:
    chunks: list[Piece] = []
    is_private = False
    extended: tuple[int, int] | None = None
    has_exif = False
    position = 12
    while position + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, position)
        end = min(position + 8 + length + length % 2, len(data))
        if kind == b"VP8X":
            extended = (position, end)
        elif kind == _WEBP_XMP:
            is_private = True
        elif kind == _WEBP_EXIF:
            tiff = data[position + 8 : position + 8 + length].removeprefix(PREFIX)
            has_private_exif, orientation = _read_exif(tiff)
            if has_private_exif:
                is_private = True
                exif = _minimal_exif(orientation)
                has_exif = bool(exif)
                if exif:
                    chunks.append(_WEBP_EXIF + struct.pack("<I", len(exif)) + exif)
            else:
                has_exif = True
                chunks.append((position, end))
        else:
            chunks.append((position, end))
        position = end
    if not is_private:
        return None
    if extended is not None:
        header = bytearray(data[extended[0] : extended[1]])
        header[8] &= ~(_WEBP_XMP_FLAG | (0 if has_exif else _WEBP_EXIF_FLAG))
        chunks.insert(0, bytes(header))
    size = 4 + sum(len(c) if isinstance(c, bytes) else c[1] - c[0] for c in chunks)
    return [b"RIFF" + struct.pack("<I", size) + b"WEBP", *chunks]


def _read_exif(tiff: bytes) -> tuple[bool, int]:
    """Return whether an Exif block is private, and its orientation.

    It is unless all its tags are known to be harmless; one that can't be read is, too.
    """
    try:
        tags, next_ifd = read_ifd(tiff, first_ifd(tiff))
        orientation = read_number(tiff, tags, ORIENTATION, "H") or 1
        offset = read_number(tiff, tags, EXIF_IFD, "I")
        inner = {} if offset is None else read_ifd(tiff, offset)[0]
    except (struct.error, ValueError):
        return True, 1
    is_private = bool(next_ifd) or not {*tags, *inner} <= _HARMLESS_TAGS
    return is_private, orientation if 1 <= orientation <= 8 else 1


def _minimal_exif(orientation: int) -> bytes:
    """Return an Exif block with the orientation alone; empty when the picture stands upright."""
    if orientation == 1:
        return b""
    entry = struct.pack(">HHIHH", ORIENTATION, 3, 1, orientation, 0)
    return b"MM\0*" + struct.pack(">IH", 8, 1) + entry + b"\0\0\0\0"


def _merged(pieces: list[Piece]) -> Iterator[Piece]:
    """Join ranges that touch, and drop empty pieces."""
    held: Piece = b""
    for piece in pieces:
        if isinstance(held, tuple) and isinstance(piece, tuple) and held[1] == piece[0]:
            held = (held[0], piece[1])
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held
