"""Where a photo was taken, by its Exif block (Exif 2.32, 4.6.6)."""

from __future__ import annotations

import struct
from collections.abc import Mapping

from nemovideo._exif import PREFIX, byte_order, first_ifd, read_ifd, read_number, read_text

_GPS_IFD = 0x8825
_LATITUDE, _LONGITUDE = (1, 2, "S"), (3, 4, "W")
"""The tag of the half of the globe, that of the angle, and the half that counts as negative."""


def place_in_exif(block: bytes | None) -> tuple[float, float] | None:
    """Return the latitude and longitude of an Exif block in degrees, north and east positive.

    Raises:
        ValueError: It is no Exif block.
        struct.error: It ends too early.
    """
    if not block:
        return None
    tiff = block.removeprefix(PREFIX)
    outer, _ = read_ifd(tiff, first_ifd(tiff))
    at = read_number(tiff, outer, _GPS_IFD, "I")
    if not at:
        return None
    tags, _ = read_ifd(tiff, at)
    latitude, longitude = _angle(tiff, tags, *_LATITUDE), _angle(tiff, tags, *_LONGITUDE)
    if latitude is None or longitude is None or (latitude, longitude) == (0, 0):
        return None  # cameras without a fix write zeros
    return latitude, longitude


def _angle(
    tiff: bytes, tags: Mapping[int, int], half: int, tag: int, negative: str
) -> float | None:
    at = read_number(tiff, tags, tag, "I")
    if at is None:
        return None
    numbers = struct.unpack_from(f"{byte_order(tiff)}6I", tiff, at)
    if not all(numbers[1::2]):
        return None
    degrees, minutes, seconds = (
        float(top) / float(bottom) for top, bottom in zip(numbers[::2], numbers[1::2], strict=True)
    )
    angle = degrees + minutes / 60 + seconds / 3600
    if angle > 180:
        return None
    return -angle if read_text(tiff, tags, half) == negative else angle
