"""Opening pictures: which formats, how large, what is broken, what one that breaks off still has.

What Pillow raises is translated here, once.
"""

from __future__ import annotations

import io
import struct
import threading
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

from nemovideo._exif import ORIENTATION
from nemovideo.errors import RenderError, UnsupportedFileError
from nemovideo.protocol.media_types import SNIFF_BYTES, ftyp_brands, is_avif, is_heif

MAX_PIXELS = 400_000_000
"""The largest JPEG that is read; beyond it a file is a mistake or an attack."""

MAX_WHOLE_PIXELS = 200_000_000
"""The same for the formats that can't be reduced while they are decoded."""

_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
_HEIF = "HEIF"
_SEQUENCE_BRANDS = (b"msf1", b"hevc", b"hevx", b"hevm", b"hevs")
PILLOW_ERRORS = (
    OSError,
    SyntaxError,  # a PNG whose chunks are wrong
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    OverflowError,
    RuntimeError,  # libheif's
    struct.error,
    zlib.error,
)
"""What Pillow raises for broken files; it has no class of its own for them."""

_JPEG_END = b"\xff\xd9"
_LEAST_PART = 0.5
"""So much of a cut picture must be there for it to be used."""
_NEUTRAL = 128

_process_state = threading.Lock()
"""Held while settings are changed that the whole process shares."""


@dataclass(frozen=True)
class OpenPicture:
    """A picture whose header was read."""

    image: Image.Image
    """Opened, not loaded."""
    orientation: int
    """Exif's, 1 to 8; 1 where the decoder turns the picture by itself."""
    stored_size: tuple[int, int]
    """As the header has it; `image` says less when it is reduced while it is decoded."""
    rows: int
    """How many of the stored rows are there: all, but for a file that breaks off."""
    is_cut: bool = False
    """Whether the file breaks off."""
    brand: bytes = b""
    """Of the MP4 family, which."""

    @property
    def size(self) -> tuple[int, int]:
        """Stored width and height of what is there."""
        return self.stored_size[0], self.rows

    @property
    def upright_size(self) -> tuple[int, int]:
        """The same as it is shown."""
        width, height = self.size
        return (width, height) if self.orientation < 5 else (height, width)

    @property
    def is_sequence(self) -> bool:
        """Whether it is a HEIC of moving pictures, of which the first can be read."""
        return self.image.format == _HEIF and self.brand in _SEQUENCE_BRANDS

    @property
    def missing_percent(self) -> int:
        """How much of the picture is not there, rounded up."""
        height = self.stored_size[1]
        return -(-100 * (height - self.rows) // height)


@contextmanager
def opened(path: Path, name: str) -> Iterator[OpenPicture]:
    """Open a picture and translate what Pillow raises, now and while the caller decodes it.

    The file is told by its content; `name` is what messages call it.

    Raises:
        UnsupportedFileError: The file is no picture, is broken, has too many pixels, lacks more
            than half of them, or is a HEIC and the library for those is missing.
        RenderError: There is not enough memory for it.
    """
    with translated(name):
        is_cut = _breaks_off(path)
        with _open_lazily(path, name, is_cut=is_cut) as image:
            _check_size(image, name)
            rows = _rows_there(path, name) if is_cut else image.height
            if rows < _LEAST_PART * image.height:
                part = f"only {100 * rows // image.height} % of its" if rows else "nothing of its"
                raise UnsupportedFileError(
                    f"{name} is broken: it ends too early, {part} picture is there",
                    hint="Copy it again from where it came.",
                )
            yield OpenPicture(image, _orientation(image), image.size, rows, is_cut, _brand(path))


@contextmanager
def quietly() -> Iterator[None]:
    """Keep Pillow from warning of broken EXIF on stderr."""
    with _process_state, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Raise what stands for Pillow's exceptions while `name` is read.

    Raises:
        UnsupportedFileError: The file is broken or can't be read.
        RenderError: There is not enough memory for it.
    """
    try:
        yield
    except MemoryError as exc:
        raise RenderError(f"there is not enough memory to read {name}") from exc
    except UnidentifiedImageError as exc:
        raise UnsupportedFileError(
            f"{name} is broken: no picture can be found in it", hint=_MEND
        ) from exc
    except PILLOW_ERRORS as exc:
        if isinstance(exc, OSError) and exc.errno is not None:
            raise UnsupportedFileError(f"{name} can't be read: {exc.strerror}") from exc
        raise UnsupportedFileError(f"{name} is broken: {_reason(exc)}", hint=_MEND) from exc


_MEND = "Copy it again from where it came, or leave it out."


def _check_size(image: Image.Image, name: str) -> None:
    width, height = image.size
    if width < 1 or height < 1:
        raise UnsupportedFileError(f"{name} is broken: it has no pixels", hint=_MEND)
    limit = MAX_PIXELS if image.format in ("JPEG", "MPO") else MAX_WHOLE_PIXELS
    if width * height > limit:
        raise UnsupportedFileError(
            f"{name} is too large: {width} x {height} pixels are more than the "
            f"{limit // 1_000_000} megapixels that can be read",
            hint="Scale it down, then try again.",
        )


def _open_lazily(path: Path, name: str, *, is_cut: bool = False) -> Image.Image:
    # With an end of its own a JPEG that breaks off is read as far as it goes.
    source = io.BytesIO(path.read_bytes() + _JPEG_END) if is_cut else path
    formats = _formats(path, name)
    with quietly():
        # Pillow's own limit is a process-wide setting that warns on stderr; ours is an error.
        limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
        try:
            return Image.open(source, formats=formats)
        finally:
            Image.MAX_IMAGE_PIXELS = limit


def _brand(path: Path) -> bytes:
    with path.open("rb") as file:
        return b"".join(ftyp_brands(file.read(16))[:1])


def _formats(path: Path, name: str) -> tuple[str, ...]:
    with path.open("rb") as file:
        head = file.read(SNIFF_BYTES)
    if not is_heif(head) or is_avif(head):
        return _FORMATS
    with _process_state:
        if _HEIF not in Image.OPEN:
            _register_heif(name)
    return (_HEIF,)


def _register_heif(name: str) -> None:
    try:
        from pi_heif import register_heif_opener
    except ImportError as exc:
        raise UnsupportedFileError(
            f"{name} is a HEIC picture, and what reads those is not installed",
            hint="Install it: pip install pi-heif",
        ) from exc
    register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


def _breaks_off(path: Path) -> bool:
    """Return whether a file is a JPEG that may lack its end; some have more after it."""
    with path.open("rb") as file:
        if file.read(3) != b"\xff\xd8\xff":
            return False
        file.seek(-2, io.SEEK_END)
        if file.read(2) == _JPEG_END:
            return False
    try:
        with _open_lazily(path, path.name) as image:
            image.draft(None, (1, 1))
            image.load()
    except (OSError, SyntaxError) as exc:
        return "truncated" in str(exc)
    return False


def _rows_there(path: Path, name: str) -> int:
    """Return how many rows of a JPEG that breaks off can be decoded.

    Where the data end, libjpeg leaves neutral grey: a row whose last block is exactly that is
    missing when all below it are. An eighth of the size, in which each block is one pixel, shows
    it.
    """
    with _open_lazily(path, name, is_cut=True) as image:
        full = image.height
        image.draft(None, (1, 1))
        small = np.asarray(image.convert("RGB") if image.mode != "L" else image)
    last = small.reshape(small.shape[0], small.shape[1], -1)[:, -1]
    is_grey = (last == _NEUTRAL).all(axis=1)
    missing = int(np.argmin(is_grey[::-1])) if not is_grey.all() else len(is_grey)
    if not missing:
        return full
    return (len(is_grey) - missing) * full // len(is_grey)


def _reason(exc: Exception) -> str:
    words = str(exc).lower()
    if any(word in words for word in ("truncated", "end of", "broken data stream", "eof")):
        return "it ends too early"
    return "its picture can't be decoded"


def _orientation(image: Image.Image) -> int:
    if image.format == _HEIF:
        return 1  # libheif turns it as the file says; Exif only repeats that
    try:
        with quietly():
            value = image.getexif().get(ORIENTATION, 1)
    except PILLOW_ERRORS:
        return 1  # metadata that can't be read says nothing about the picture
    return value if isinstance(value, int) and 1 <= value <= 8 else 1
