"""Photos as upright RGB arrays, whatever they were saved as; the only reader of image files.

Pillow normalises here what OpenCV would get wrong: EXIF orientation, palettes, alpha, CMYK,
16 bits, animations, colour profiles. Pictures are reduced while they are decoded where the format
allows it, so that memory depends on the size wanted and not on the camera.
"""

from __future__ import annotations

import io
import math
import struct
import threading
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms, UnidentifiedImageError

from nemovideo.errors import RenderError, UnsupportedFileError

MAX_PIXELS = 400_000_000
"""The largest picture that is read; beyond it a file is a mistake or an attack."""

MAX_LOADED_PIXELS = 24_000_000
"""The largest array that `load_picture` gives, for pictures far longer than they are high."""

_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_PROFILE_MODES = {"RGB": ("RGB ",), "L": ("GRAY",), "CMYK": ("CMYK",)}
_PILLOW_ERRORS = (
    OSError,
    SyntaxError,  # a PNG whose chunks are wrong
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    OverflowError,
    struct.error,
    zlib.error,
)
"""What Pillow raises for broken files; it has no class of its own for them."""

_STRIP_ROWS = 64

_process_state = threading.Lock()
"""Held while settings are changed that the whole process shares."""


def load_picture(path: Path, *, max_width: int, max_height: int) -> npt.NDArray[np.uint8]:
    """Read a photo as rgb24 (height, width, 3), upright, in sRGB, without transparency.

    A picture larger than the box is scaled down so that it still covers it, and a smaller one is
    left as it is. The first picture of an animation stands for all of it.

    Args:
        path: The file; told by content, not by name.
        max_width: Pixels that the caller can use, in the upright picture.
        max_height: The same, downwards.

    Raises:
        UnsupportedFileError: The file is no picture, is broken or has more than `MAX_PIXELS`.
        RenderError: There is not enough memory for it.
    """
    with _opened(path, path.name) as image:
        orientation = _orientation(image)
        box = (max_width, max_height) if orientation < 5 else (max_height, max_width)
        target = covering_size(image.size, box)
        if target != image.size:
            image.draft(None, target)
        picture = _to_srgb(_resized(_to_plain_mode(image), target))
        turn = _TURNS.get(orientation)
        upright = _without_alpha(picture if turn is None else picture.transpose(turn))
        return _to_array(upright)


def picture_size(path: Path) -> tuple[int, int]:
    """Return a photo's upright width and height from its header alone.

    Raises:
        UnsupportedFileError: The file is no picture or has more than `MAX_PIXELS`.
    """
    with _opened(path, path.name) as image:
        return _upright_size(image)


def check_picture(path: Path, name: str | None = None) -> tuple[int, int]:
    """Decode a photo from beginning to end and return its upright width and height.

    Raises:
        UnsupportedFileError: The file is no picture, is broken or has more than `MAX_PIXELS`.
        RenderError: There is not enough memory for it.
    """
    with _opened(path, name or path.name) as image:
        size = _upright_size(image)
        image.draft(None, (1, 1))  # every byte of a JPEG is still read, its pixels are not made
        image.load()
    return size


def covering_size(size: tuple[int, int], box: tuple[int, int]) -> tuple[int, int]:
    """Return the smallest size of the same shape that covers the box, never more than `size`."""
    width, height = size
    scale = max(box[0] / width, box[1] / height)
    scale = min(1.0, scale, math.sqrt(MAX_LOADED_PIXELS / (width * height)))
    if scale == 1.0:
        return size
    return max(1, math.ceil(width * scale - 1e-6)), max(1, math.ceil(height * scale - 1e-6))


@contextmanager
def _opened(path: Path, name: str) -> Iterator[Image.Image]:
    """Open a picture and translate what Pillow raises, now and while the caller decodes it."""
    try:
        with _open_lazily(path) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise UnsupportedFileError(
                    f"{name} is too large: {width} x {height} pixels are more than the "
                    f"{MAX_PIXELS // 1_000_000} megapixels that can be read",
                    hint="Scale it down, then try again.",
                )
            yield image
    except MemoryError as exc:
        raise RenderError(f"there is not enough memory to read {name}") from exc
    except UnidentifiedImageError as exc:
        raise UnsupportedFileError(f"{name} is broken: no picture can be found in it") from exc
    except _PILLOW_ERRORS as exc:
        if isinstance(exc, OSError) and exc.errno is not None:
            raise UnsupportedFileError(f"{name} can't be read: {exc.strerror}") from exc
        raise UnsupportedFileError(f"{name} is broken: {_reason(exc)}") from exc


def _open_lazily(path: Path) -> Image.Image:
    with _quietly():
        # Pillow's own limit is a process-wide setting that warns on stderr; ours is an error.
        limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
        try:
            return Image.open(path, formats=_FORMATS)
        finally:
            Image.MAX_IMAGE_PIXELS = limit


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep Pillow from warning of broken EXIF on stderr."""
    with _process_state, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _reason(exc: Exception) -> str:
    words = str(exc).lower()
    if any(word in words for word in ("truncated", "end of", "broken data stream", "eof")):
        return "it ends too early"
    return "its picture can't be decoded"


def _orientation(image: Image.Image) -> int:
    try:
        with _quietly():
            value = image.getexif().get(_ORIENTATION, 1)
    except _PILLOW_ERRORS:
        return 1  # metadata that can't be read says nothing about the picture
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _upright_size(image: Image.Image) -> tuple[int, int]:
    width, height = image.size
    return (width, height) if _orientation(image) < 5 else (height, width)


def _to_plain_mode(image: Image.Image) -> Image.Image:
    """Return the picture as RGB, RGBA, L, LA or CMYK with 8 bits."""
    image.load()
    if image.mode.startswith("I"):
        return Image.fromarray((np.asarray(image, np.int64).clip(0, 65535) // 257).astype(np.uint8))
    if image.has_transparency_data:
        return image if image.mode in ("RGBA", "LA") else image.convert("RGBA")
    return image if image.mode in ("RGB", "L", "CMYK") else image.convert("RGB")


def _resized(image: Image.Image, target: tuple[int, int]) -> Image.Image:
    if image.size == target:
        return image
    return image.resize(target, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _to_srgb(image: Image.Image) -> Image.Image:
    """Return the picture as RGB or RGBA, by its colour profile when it has one that fits."""
    alpha = image.getchannel("A") if image.mode in ("RGBA", "LA") else None
    opaque = image.convert(image.mode.removesuffix("A")) if alpha else image
    result = _profiled(opaque, image.info.get("icc_profile")) or opaque.convert("RGB")
    if alpha is not None:
        result.putalpha(alpha)
    return result


def _profiled(image: Image.Image, icc: object) -> Image.Image | None:
    if not isinstance(icc, bytes):
        return None
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        if profile.profile.xcolor_space not in _PROFILE_MODES[image.mode]:
            return None
        if image.mode == "RGB" and "sRGB" in (profile.profile.profile_description or ""):
            return image
        srgb = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, profile, srgb, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None  # a profile that can't be used is one that was not there


def _to_array(image: Image.Image) -> npt.NDArray[np.uint8]:
    """Copy the pixels out strip by strip: a sixth of the time and half of the memory of one go."""
    pixels = np.empty((image.height, image.width, 3), np.uint8)
    for top in range(0, image.height, _STRIP_ROWS):
        bottom = min(image.height, top + _STRIP_ROWS)
        pixels[top:bottom] = np.asarray(image.crop((0, top, image.width, bottom)))
    return pixels


def _without_alpha(image: Image.Image) -> Image.Image:
    """Lay a transparent picture on white, or on near-black when it is itself nearly white."""
    if image.mode != "RGBA":
        return image
    small = np.asarray(image.resize((64, 64), Image.Resampling.BOX), np.float32)
    weight = small[..., 3:].sum()
    light = (small[..., :3] * small[..., 3:]).sum() / (3 * weight) if weight else 0.0
    ground = Image.new("RGBA", image.size, (24, 24, 24) if light > 215 else (255, 255, 255))
    ground.alpha_composite(image)
    return ground.convert("RGB")
