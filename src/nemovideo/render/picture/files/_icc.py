"""ICC profiles made of numbers, for pictures that name their colours without embedding one.

A matrix profile (ICC.1:2022, 8.3): three primaries, a white point, one tone curve. With it colours
that a file describes by numbers (ITU-T H.273 in HEIC, AVIF and PNG, gAMA and cHRM in PNG, Exif's
mark of Adobe RGB) go the same way as those of an embedded profile. The curves of HDR come here with
their highlights rolled off to what a common screen shows.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Point = tuple[float, float]
Floats = npt.NDArray[np.float64]

D65: Point = (0.3127, 0.3290)
_D50 = np.array([0.9642, 1.0, 0.8249])
_BRADFORD = np.array(
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
)
_TABLE_LENGTH = 4096
_DIFFUSE_WHITE_NITS = 203.0
"""What a sheet of paper has in HDR pictures (ITU-R BT.2408)."""
_KNEE = 0.6
"""Where highlights begin to be rolled off, as a part of diffuse white."""


@dataclass(frozen=True)
class Primaries:
    """Chromaticities (x, y) of red, green, blue and white."""

    red: Point
    green: Point
    blue: Point
    white: Point = D65


BT709 = Primaries((0.640, 0.330), (0.300, 0.600), (0.150, 0.060))
ADOBE_RGB = Primaries((0.640, 0.330), (0.210, 0.710), (0.150, 0.060))
PRIMARIES = {
    4: Primaries((0.67, 0.33), (0.21, 0.71), (0.14, 0.08), (0.310, 0.316)),
    9: Primaries((0.708, 0.292), (0.170, 0.797), (0.131, 0.046)),
    11: Primaries((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), (0.314, 0.351)),
    12: Primaries((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),
}
"""By H.273's number; those that are missing are near enough to BT.709 to be taken for it."""


def gamma_curve(exponent: float) -> bytes:
    """Return a tone curve that is a power."""
    return struct.pack(">4sIHHi", b"para", 0, 0, 0, _fixed(exponent))


def srgb_curve() -> bytes:
    """Return sRGB's tone curve (IEC 61966-2-1)."""
    numbers = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    return struct.pack(">4sIHH5i", b"para", 0, 3, 0, *map(_fixed, numbers))


def transfer_curve(number: int) -> bytes:
    """Return the tone curve of H.273's transfer characteristics."""
    signal = np.linspace(0.0, 1.0, _TABLE_LENGTH)
    match number:
        case 4:
            return gamma_curve(2.2)
        case 5:
            return gamma_curve(2.8)
        case 8:
            return gamma_curve(1.0)
        case 16:
            return _table(_rolled_off(_from_pq(signal)))
        case 18:
            return _table(_rolled_off(_from_hlg(signal)))
        case _:
            return srgb_curve()  # BT.709's own curve is for cameras; pictures are shown as sRGB


def matrix_profile(primaries: Primaries, curve: bytes) -> bytes:
    """Return a profile of a screen with these primaries and this tone curve."""
    columns = _to_d50(primaries).T
    blocks = [(name, _xyz(column)) for name, column in zip(_COLORANTS, columns, strict=True)]
    blocks += [(b"wtpt", _xyz(_D50))]
    blocks += [(name, curve) for name in (b"rTRC", b"gTRC", b"bTRC")]
    start = 128 + 4 + 12 * len(blocks)
    directory, body = struct.pack(">I", len(blocks)), b""
    for name, block in blocks:
        directory += struct.pack(">4sII", name, start + len(body), len(block))
        body += block + bytes(-len(block) % 4)
    return _header(start + len(body)) + directory + body


_COLORANTS = (b"rXYZ", b"gXYZ", b"bXYZ")


def _header(size: int) -> bytes:
    header = bytearray(128)
    struct.pack_into(
        ">I4sI4s4s4s", header, 0, size, b"\0\0\0\0", 0x04300000, b"mntr", b"RGB ", b"XYZ "
    )
    header[36:40] = b"acsp"
    header[68:80] = struct.pack(">3i", *map(_fixed, _D50))
    return bytes(header)


def _to_d50(primaries: Primaries) -> Floats:
    """Return the matrix from linear RGB to XYZ under D50, adapted as Bradford has it."""
    corners = [_xyz_of(point) for point in (primaries.red, primaries.green, primaries.blue)]
    white = _xyz_of(primaries.white)
    matrix = np.array(corners).T
    matrix = matrix * np.linalg.solve(matrix, white)
    scale = (_BRADFORD @ _D50) / (_BRADFORD @ white)
    adapted: Floats = np.linalg.inv(_BRADFORD) @ np.diag(scale) @ _BRADFORD @ matrix
    return adapted


def _xyz_of(point: Point) -> Floats:
    x, y = point
    return np.array([x / y, 1.0, (1 - x - y) / y])


def _from_pq(signal: Floats) -> Floats:
    """Return linear light, 1 for diffuse white (SMPTE ST 2084)."""
    m1, m2 = 2610 / 16384, 2523 / 4096 * 128
    c1, c2, c3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32
    power = signal ** (1 / m2)
    light = (np.maximum(power - c1, 0) / (c2 - c3 * power)) ** (1 / m1)
    return np.asarray(light * 10_000 / _DIFFUSE_WHITE_NITS)


def _from_hlg(signal: Floats) -> Floats:
    """Return linear light, 1 for diffuse white, on a screen of 1000 nits (ITU-R BT.2100)."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - c) / a) + b) / 12)
    return np.asarray(scene**1.2 * 1000 / _DIFFUSE_WHITE_NITS)


def _rolled_off(light: Floats) -> Floats:
    room = 1 - _KNEE
    return np.where(light < _KNEE, light, 1 - room * np.exp((_KNEE - light) / room))


def _table(light: Floats) -> bytes:
    values = np.rint(np.clip(light, 0, 1) * 65535).astype(">u2")
    return struct.pack(">4sII", b"curv", 0, len(values)) + values.tobytes()


def _xyz(value: Floats) -> bytes:
    return struct.pack(">4sI3i", b"XYZ ", 0, *map(_fixed, value))


def _fixed(value: float) -> int:
    return round(float(value) * 65536)
