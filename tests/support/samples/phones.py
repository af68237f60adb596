"""Pictures as phones write them: HEIC, AVIF, two in one file, a film behind the photo."""

from __future__ import annotations

import io
import struct
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image

from tests.support.media import clip_picture, quadrants

DATE_TIME_ORIGINAL = 0x9003
SUB_SECONDS = 0x9291
OFFSET_TIME = 0x9011
_EXIF_IFD = 0x8769


@cache
def _encoder() -> None:
    from pillow_heif import register_heif_opener

    register_heif_opener()


def taken_exif(
    taken: str | None = None,
    *,
    zone: str | None = None,
    fraction: str | None = None,
    orientation: int = 1,
) -> bytes:
    """An Exif block with the date taken, ``2024:05:01 12:34:56``."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    inner = exif.get_ifd(_EXIF_IFD)
    for tag, value in ((DATE_TIME_ORIGINAL, taken), (OFFSET_TIME, zone), (SUB_SECONDS, fraction)):
        if value is not None:
            inner[tag] = value
    return exif.tobytes()


def write_heic(path: Path, width: int = 64, height: int = 48, **options: Any) -> Path:
    """Write a HEIC of the quadrants; options are pillow-heif's (exif, icc_profile …)."""
    return save_heic(Image.fromarray(quadrants(width, height)), path, **options)


def save_heic(image: Image.Image, path: Path, **options: Any) -> Path:
    _encoder()
    with path.open("wb") as file:
        image.save(file, "HEIF", **{"quality": 95, "chroma": 444, **options})
    return path


def write_avif(path: Path, width: int = 64, height: int = 48, **options: Any) -> Path:
    """Write an AVIF of the quadrants; options are Pillow's."""
    image = Image.fromarray(quadrants(width, height))
    with path.open("wb") as file:
        image.save(file, "AVIF", **{"quality": 95, "subsampling": "4:4:4", **options})
    return path


def write_grid_heic(path: Path, tile: int = 64) -> Path:
    """Write a HEIC whose picture is a grid of 2 x 2 tiles, as iPhones do; it shows the quadrants.

    Four tiles are coded by themselves, and their file's boxes are written anew with a ``grid``
    that derives the picture from them (ISO/IEC 23008-12, 6.6.2.3).
    """
    _encoder()
    whole = quadrants(2 * tile, 2 * tile)
    tiles = [whole[y : y + tile, x : x + tile] for y in (0, tile) for x in (0, tile)]
    coded, configuration = zip(*(_coded(Image.fromarray(part)) for part in tiles), strict=True)
    size = 2 * tile
    grid = struct.pack(">BBBBHH", 0, 0, 1, 1, size, size)
    properties = _box(
        b"ipco", *configuration, _full_box(b"ispe", struct.pack(">II", tile, tile)),
        _full_box(b"ispe", struct.pack(">II", size, size)),
    )  # fmt: skip
    associations = struct.pack(">I", 5)
    for number in range(4):
        associations += struct.pack(">HBBB", number + 1, 2, 0x80 | (number + 1), 5)
    associations += struct.pack(">HBB", 5, 1, 6)
    infos = [
        _full_box(b"infe", struct.pack(">HH4sB", n, 0, b"hvc1", 0), version=2) for n in range(1, 5)
    ]
    infos.append(_full_box(b"infe", struct.pack(">HH4sB", 5, 0, b"grid", 0), version=2))
    reference = struct.pack(">HH4H", 5, 4, 1, 2, 3, 4)
    head = _box(b"ftyp", b"heic\0\0\0\0mif1heic")
    items = [*coded, grid]

    def meta(start: int) -> bytes:
        places, at = b"", start
        for number, item in enumerate(items, start=1):
            places += struct.pack(">HHHHII", number, 0, 0, 1, at, len(item))[0:2]
            places += struct.pack(">HHII", 0, 1, at, len(item))
            at += len(item)
        return _full_box(
            b"meta",
            _full_box(b"hdlr", struct.pack(">I4s12sB", 0, b"pict", b"", 0)),
            _full_box(b"pitm", struct.pack(">H", 5)),
            _full_box(b"iloc", struct.pack(">BBH", 0x44, 0, len(items)), places),
            _full_box(b"iinf", struct.pack(">H", len(infos)), *infos),
            _full_box(b"iref", _box(b"dimg", reference)),
            _box(b"iprp", properties, _full_box(b"ipma", associations)),
        )

    start = len(head) + len(meta(0)) + 8
    path.write_bytes(head + meta(start) + _box(b"mdat", *items))
    return path


def write_apple_clip(path: Path, *, header: str | None = None, apple: str | None = None) -> Path:
    """Write a short film with a date in its header, and one as iPhones write it besides.

    Args:
        path: The extension names the format.
        header: ISO 8601, UTC.
        apple: The text of ``com.apple.quicktime.creationdate``.
    """
    options = {"movflags": "use_metadata_tags"} if apple is not None else {}
    with av.open(str(path), "w", container_options=options) as container:
        stream: Any = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        if header is not None:
            container.metadata["creation_time"] = header
        if apple is not None:
            container.metadata["com.apple.quicktime.creationdate"] = apple
        for index in range(3):
            frame: Any = av.VideoFrame.from_ndarray(clip_picture(64, 48, index), "rgb24")
            container.mux(stream.encode(frame.reformat(format="yuv420p")))
        container.mux(stream.encode(None))
    return path


def write_motion_photo(path: Path, film: Path, **options: Any) -> Path:
    """Write a JPEG with a film behind it, as Android's cameras do."""
    image = Image.fromarray(quadrants(64, 48))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=95, subsampling=0, **options)
    path.write_bytes(buffer.getvalue() + film.read_bytes())
    return path


def write_mpo(path: Path, *, orientation: int = 1) -> Path:
    """Write a JPEG with a second picture in it, as stereo and portrait cameras do."""
    first = Image.fromarray(quadrants(64, 48))
    second = Image.new("RGB", (64, 48))
    exif = taken_exif(orientation=orientation)
    first.save(path, "MPO", save_all=True, append_images=[second], quality=95, exif=exif)
    return path


def write_ultra_hdr(path: Path) -> Path:
    """Write a JPEG with a gain map behind it, named in its XMP, as Android 14's cameras do."""
    write_mpo(path)
    data = path.read_bytes()
    xmp = b'<x:xmpmeta xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0"/>'
    body = b"http://ns.adobe.com/xap/1.0/\0" + xmp
    path.write_bytes(data[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + data[2:])
    return path


def write_detailed_jpeg(
    path: Path, width: int = 320, height: int = 320, *, keep: float = 1.0, **options: Any
) -> Path:
    """Write a JPEG that is noisy enough for its bytes to be spread evenly, and cut it off."""
    noise = np.random.default_rng(5).integers(40, 216, (height, width, 3), np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(noise).save(buffer, "JPEG", quality=85, **options)
    path.write_bytes(buffer.getvalue()[: round(buffer.tell() * keep)])
    return path


def _coded(image: Image.Image) -> tuple[bytes, bytes]:
    """Code a tile; return its bytes and its decoder configuration box."""
    buffer = io.BytesIO()
    image.save(buffer, "HEIF", quality=95, save_nclx_profile=False)
    data = buffer.getvalue()
    at = data.index(b"hvcC") - 4
    (size,) = struct.unpack_from(">I", data, at)
    content = data[data.rindex(b"mdat") + 4 :]
    return content, data[at : at + size]


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", len(body) + 8, kind) + body


def _full_box(kind: bytes, *parts: bytes, version: int = 0) -> bytes:
    return _box(kind, struct.pack(">I", version << 24), *parts)
