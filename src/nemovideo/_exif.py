"""The directories of an Exif block (TIFF 6.0, Exif 2.32), read by hand: no picture library needed.

What the tags mean is the business of who asks: `projects.privacy` removes them, `_metadata` reads
the date out of them.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

ORIENTATION = 0x0112
EXIF_IFD = 0x8769
PREFIX = b"Exif\0\0"
"""What stands before the block in a JPEG, and sometimes elsewhere."""

MAX_TEXT_BYTES = 64


def byte_order(tiff: bytes) -> str:
    """Return the block's byte order as `struct` names it.

    Raises:
        ValueError: It is no Exif block.
    """
    if tiff[:2] == b"II":
        return "<"
    if tiff[:2] == b"MM":
        return ">"
    raise ValueError("no Exif block")


def first_ifd(tiff: bytes) -> int:
    """Return where the first directory begins.

    Raises:
        ValueError: It is no Exif block.
        struct.error: It ends too early.
    """
    (offset,) = struct.unpack_from(f"{byte_order(tiff)}I", tiff, 4)
    return int(offset)


def read_ifd(tiff: bytes, offset: int) -> tuple[dict[int, int], int]:
    """Return the offset of each tag's value field, and that of the next directory (0 for none).

    Raises:
        ValueError: It is no Exif block.
        struct.error: It ends too early.
    """
    order = byte_order(tiff)
    (count,) = struct.unpack_from(f"{order}H", tiff, offset)
    entries = [offset + 2 + 12 * index for index in range(count)]
    tags = {struct.unpack_from(f"{order}H", tiff, entry)[0]: entry + 8 for entry in entries}
    end = offset + 2 + 12 * count
    following = struct.unpack_from(f"{order}I", tiff, end)[0] if end + 4 <= len(tiff) else 0
    return tags, following


def read_number(tiff: bytes, tags: Mapping[int, int], tag: int, kind: str) -> int | None:
    """Return a tag's number; None when it is not there.

    `tags` are of one directory, from `read_ifd`; the kind is ``H`` for 16 bits, ``I`` for 32.

    Raises:
        struct.error: The block ends too early.
    """
    if tag not in tags:
        return None
    return int(struct.unpack_from(f"{byte_order(tiff)}{kind}", tiff, tags[tag])[0])


def read_text(tiff: bytes, tags: Mapping[int, int], tag: int) -> str | None:
    """Return a tag's text, cut short beyond any date's length; None when it is not there.

    Raises:
        struct.error: The block ends too early.
    """
    if tag not in tags:
        return None
    at = tags[tag]
    (length,) = struct.unpack_from(f"{byte_order(tiff)}I", tiff, at - 4)
    if length > 4:
        (at,) = struct.unpack_from(f"{byte_order(tiff)}I", tiff, at)
    text = tiff[at : at + min(length, MAX_TEXT_BYTES)]
    return text.split(b"\0")[0].decode("ascii", "replace").strip()
