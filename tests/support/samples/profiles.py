"""ICC profiles as cameras and programs embed them, written by hand from their published numbers.

Nothing here comes from the code under test: the colorants are those that Apple, Adobe and Kodak's
profiles hold, under D50.
"""

from __future__ import annotations

import io
import struct
from pathlib import Path

from PIL import Image

from tests.support.media import Colour

Xyz = tuple[float, float, float]

_D50: Xyz = (0.9642, 1.0, 0.8249)
_SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)

_P3: tuple[Xyz, Xyz, Xyz] = (
    (0.51512, 0.24120, -0.00105),
    (0.29198, 0.69225, 0.04189),
    (0.15710, 0.06657, 0.78407),
)
_ADOBE: tuple[Xyz, Xyz, Xyz] = (
    (0.60974, 0.31111, 0.01947),
    (0.20528, 0.62567, 0.06087),
    (0.14919, 0.06322, 0.74457),
)
_PROPHOTO: tuple[Xyz, Xyz, Xyz] = (
    (0.79767, 0.28804, 0.00000),
    (0.13519, 0.71188, 0.00000),
    (0.03134, 0.00009, 0.82491),
)
_SRGB: tuple[Xyz, Xyz, Xyz] = (
    (0.43607, 0.22249, 0.01392),
    (0.38515, 0.71687, 0.09708),
    (0.14307, 0.06061, 0.71410),
)

SRGB_CORNERS: tuple[Colour, ...] = ((255, 0, 0), (0, 255, 0), (0, 0, 255), (128, 128, 128))
"""Red, green, blue and a grey of sRGB; below the same four in other spaces (CSS Color 4)."""
P3_CORNERS: tuple[Colour, ...] = ((234, 51, 35), (117, 251, 76), (0, 0, 245), (128, 128, 128))
ADOBE_CORNERS: tuple[Colour, ...] = ((219, 0, 0), (144, 255, 60), (0, 0, 250), (128, 128, 128))
PROPHOTO_CORNERS: tuple[Colour, ...] = (
    *((179, 70, 26), (138, 237, 78), (86, 35, 234)),
    (109, 109, 109),
)


def display_p3() -> bytes:
    return _matrix_profile("Display P3", _P3, _curve(3, _SRGB_CURVE))


def adobe_rgb() -> bytes:
    return _matrix_profile("Adobe RGB (1998)", _ADOBE, _curve(0, (563 / 256,)))


def prophoto() -> bytes:
    return _matrix_profile("ProPhoto RGB", _PROPHOTO, _curve(0, (1.8,)))


def linear_srgb() -> bytes:
    """A profile that is called sRGB and whose tones are straight lines, as some renderers' are."""
    return _matrix_profile("sRGB-elle-V4-g10", _SRGB, _curve(0, (1.0,)))


def plain_srgb() -> bytes:
    return _matrix_profile("a screen", _SRGB, _curve(3, _SRGB_CURVE))


def inks(cyan: Xyz) -> bytes:
    """A CMYK profile in which pure cyan has a Lab colour of the test's, and key is black."""
    corners = bytearray()
    for number in range(16):
        c, m, y, k = (number >> shift & 1 for shift in (3, 2, 1, 0))
        lab = (0.0, 0.0, 0.0) if k or c + m + y > 1 else (60.0, 40.0, 0.0)
        lab = (100.0, 0.0, 0.0) if number == 0 else cyan if (c, m, y, k) == (1, 0, 0, 0) else lab
        corners += bytes((round(lab[0] * 2.55), round(lab[1]) + 128, round(lab[2]) + 128))
    ramp = bytes(range(256))
    identity = struct.pack(">9i", *(65536 if i % 4 == 0 else 0 for i in range(9)))
    table = b"mft1\0\0\0\0\4\3\2\0" + identity + ramp * 4 + bytes(corners) + ramp * 3
    return _profile("inks", [(b"A2B0", table)], b"prtrCMYKLab ", version=0x02400000)


def corners_picture(colours: tuple[Colour, ...]) -> Image.Image:
    """A picture of four quadrants in these colours."""
    image = Image.new("RGB", (128, 128))
    for colour, place in zip(colours, [(0, 0), (64, 0), (0, 64), (64, 64)], strict=True):
        image.paste(colour, (*place, place[0] + 64, place[1] + 64))
    return image


def insert_chunks(path: Path, *chunks: tuple[bytes, bytes]) -> Path:
    """Put chunks into a PNG behind its header."""
    import zlib

    data = path.read_bytes()
    written = b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    path.write_bytes(data[:33] + written + data[33:])
    return path


def _matrix_profile(name: str, colorants: tuple[Xyz, Xyz, Xyz], curve: bytes) -> bytes:
    tags = [(tag, _xyz(value)) for tag, value in zip(_XYZ_TAGS, colorants, strict=True)]
    tags += [(tag, curve) for tag in (b"rTRC", b"gTRC", b"bTRC")]
    return _profile(name, tags, b"mntrRGB XYZ ")


_XYZ_TAGS = (b"rXYZ", b"gXYZ", b"bXYZ")


def _profile(
    name: str, tags: list[tuple[bytes, bytes]], kinds: bytes, *, version: int = 0x04300000
) -> bytes:
    tags = [(b"desc", _text(name)), (b"wtpt", _xyz(_D50)), *tags]
    body = io.BytesIO()
    directory = struct.pack(">I", len(tags))
    start = 128 + 4 + 12 * len(tags)
    for tag, content in tags:
        directory += struct.pack(">4sII", tag, start + body.tell(), len(content))
        body.write(content + bytes(-len(content) % 4))
    header = struct.pack(">I4sI", start + body.tell(), bytes(4), version) + kinds + bytes(12)
    header += b"acsp" + bytes(28) + struct.pack(">3i", *(round(v * 65536) for v in _D50))
    return header.ljust(128, b"\0") + directory + body.getvalue()


def _text(text: str) -> bytes:
    content = text.encode("utf-16-be")
    return struct.pack(">4sIII4sII", b"mluc", 0, 1, 12, b"enUS", len(content), 28) + content


def _xyz(value: Xyz) -> bytes:
    return struct.pack(">4sI3i", b"XYZ ", 0, *(round(v * 65536) for v in value))


def _curve(kind: int, numbers: tuple[float, ...]) -> bytes:
    return struct.pack(
        f">4sIHH{len(numbers)}i", b"para", 0, kind, 0, *(round(n * 65536) for n in numbers)
    )
