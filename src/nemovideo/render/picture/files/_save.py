"""A picture as a JPEG that any program reads: upright, in sRGB."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from nemovideo.render.picture.files._load import MAX_LOADED_PIXELS, load_picture
from nemovideo.render.picture.files._open import opened, quietly

_QUALITY = 93
_ORIENTATION = 0x0112


def to_jpeg(path: Path, *, keeps_metadata: bool = False) -> bytes:
    """Return a picture as a JPEG: the first one of several, at most of `MAX_LOADED_PIXELS`.

    With its metadata goes its Exif block: place, time, device.

    Raises:
        UnsupportedFileError: The file is no picture or is broken.
        RenderError: There is not enough memory for it.
    """
    pixels = load_picture(path, max_width=MAX_LOADED_PIXELS, max_height=MAX_LOADED_PIXELS)
    options = {"exif": _exif(path)} if keeps_metadata else {}
    buffer = io.BytesIO()
    image = Image.fromarray(pixels)
    image.save(buffer, "JPEG", quality=_QUALITY, subsampling=0, optimize=True, **options)
    return buffer.getvalue()


def _exif(path: Path) -> Image.Exif:
    with opened(path, path.name) as picture, quietly():
        exif = picture.image.getexif()
        exif[_ORIENTATION] = 1  # the pixels stand upright already
        return exif
