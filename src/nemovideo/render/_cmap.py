"""Which characters a font file can draw, from its ``cmap`` table.

Pillow draws a box for what a font lacks and does not say so; hence this reader of the two forms of
the table that Unicode fonts have (OpenType specification, "cmap", formats 4 and 12).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_PREFERRED = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
"""Platform and encoding of the tables to use, the widest first."""


@dataclass(frozen=True)
class Coverage:
    """The code points of a face, as ranges in order that don't touch each other's inside."""

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    """Inclusive."""

    def __contains__(self, code_point: int) -> bool:
        at = bisect_right(self.starts, code_point) - 1
        return at >= 0 and code_point <= self.ends[at]


@lru_cache(maxsize=1024)
def coverage(path: Path, index: int = 0) -> Coverage:
    """Return what a face can draw; nothing when the file is no font that can be read."""
    try:
        table = _cmap_table(path, index)
        return _read(table, _best_subtable(table))
    except (OSError, struct.error, LookupError):
        return Coverage()


def _cmap_table(path: Path, index: int) -> bytes:
    with path.open("rb") as file:
        head = file.read(12)
        start = 0
        if head[:4] == b"ttcf":
            file.seek(12 + 4 * index)
            (start,) = struct.unpack(">I", file.read(4))
        file.seek(start + 4)
        (count,) = struct.unpack(">H", file.read(2))
        file.seek(start + 12)
        directory = file.read(16 * count)
        for tag, _, offset, length in struct.iter_unpack(">4sIII", directory):
            if tag == b"cmap":
                file.seek(offset)
                return file.read(length)
    raise LookupError("no cmap table")


def _best_subtable(table: bytes) -> int:
    _, count = struct.unpack_from(">HH", table, 0)
    found: dict[tuple[int, int], int] = {
        (platform, encoding): offset
        for platform, encoding, offset in struct.iter_unpack(">HHI", table[4 : 4 + 8 * count])
    }
    return next(found[key] for key in _PREFERRED if key in found)


def _read(table: bytes, offset: int) -> Coverage:
    (kind,) = struct.unpack_from(">H", table, offset)
    if kind == 12:
        return _read_groups(table, offset)
    if kind == 4:
        return _read_segments(table, offset)
    return Coverage()


def _read_groups(table: bytes, offset: int) -> Coverage:
    (count,) = struct.unpack_from(">I", table, offset + 12)
    groups = table[offset + 16 : offset + 16 + 12 * count]
    return _merged([(start, end) for start, end, _ in struct.iter_unpack(">III", groups)])


def _read_segments(table: bytes, offset: int) -> Coverage:
    (twice,) = struct.unpack_from(">H", table, offset + 6)
    form = f">{twice // 2}H"
    ends = struct.unpack_from(form, table, offset + 14)
    starts = struct.unpack_from(form, table, offset + 16 + twice)
    ranges_at = offset + 16 + 3 * twice
    shifts = struct.unpack_from(form, table, ranges_at)
    ranges: list[tuple[int, int]] = []
    for number, (start, end, shift) in enumerate(zip(starts, ends, shifts, strict=True)):
        if shift == 0:
            ranges.append((start, end))
            continue
        glyphs_at = ranges_at + 2 * number + shift
        for code_point in range(start, end + 1):
            (glyph,) = struct.unpack_from(">H", table, glyphs_at + 2 * (code_point - start))
            if glyph:
                ranges.append((code_point, code_point))
    return _merged([(start, end) for start, end in ranges if start != 0xFFFF])


def _merged(ranges: list[tuple[int, int]]) -> Coverage:
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(ranges):
        if ends and start <= ends[-1] + 1:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return Coverage(tuple(starts), tuple(ends))
