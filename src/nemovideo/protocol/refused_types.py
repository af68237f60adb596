"""Files that people bring and that are not accepted: what they are, and what to do about it.

The opposite of `media_types`: no I/O, told by name and by content.
"""

from __future__ import annotations

from dataclasses import dataclass

from nemovideo.protocol.media_types import extension_of, ftyp_brands


@dataclass(frozen=True)
class RefusedType:
    """A kind of file that is refused."""

    name: str
    """As a noun: “a camera RAW file”."""
    advice: str
    """What its owner can do."""


_RAW = RefusedType(
    "a camera RAW file",
    "Develop it in your photo program and export it as JPEG; many cameras save a JPEG besides.",
)
_PICTURE_ADVICE = "Save it as JPEG or PNG in any picture program."
_TIFF = RefusedType("a TIFF picture", _PICTURE_ADVICE)
_BMP = RefusedType("a BMP picture", _PICTURE_ADVICE)
_JXL = RefusedType("a JPEG XL picture", _PICTURE_ADVICE)
_JP2 = RefusedType("a JPEG 2000 picture", _PICTURE_ADVICE)
_PSD = RefusedType("a Photoshop document", "Export it as JPEG or PNG.")
_SVG = RefusedType("a drawing (SVG)", "Export it as PNG.")
_PDF = RefusedType("a PDF document", "Export its pages as JPEG or PNG.")

_RAW_EXTENSIONS = (
    *("3fr", "arw", "cr2", "cr3", "crw", "dcr", "dng", "erf", "fff", "iiq", "k25", "kdc", "mef"),
    *("mos", "mrw", "nef", "nrw", "orf", "pef", "ptx", "raf", "raw", "rw2", "rwl", "sr2", "srf"),
    *("srw", "x3f"),
)

_BY_EXTENSION: dict[str, RefusedType] = {
    **dict.fromkeys(_RAW_EXTENSIONS, _RAW),
    **dict.fromkeys(("tif", "tiff"), _TIFF),
    "bmp": _BMP,
    "jxl": _JXL,
    **dict.fromkeys(("jp2", "j2k", "jpx"), _JP2),
    **dict.fromkeys(("psd", "psb"), _PSD),
    "svg": _SVG,
    "pdf": _PDF,
}

_RAW_SIGNATURES = (b"FUJIFILMCCD-RAW", b"IIRO", b"IIRS", b"MMOR", b"IIU\0", b"FOVb", b"\0MRM")
_TIFF_SIGNATURES = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_RAW_MARKS = (b"CR\x02", b"\x12\xc6", b"\xc6\x12", b"NIKON", b"SONY", b"PENTAX", b"SAMSUNG")
"""What a RAW that is a TIFF has near its beginning: Canon's mark, the DNG version's tag, makers."""

_BY_SIGNATURE: tuple[tuple[tuple[bytes, ...], RefusedType], ...] = (
    (_RAW_SIGNATURES, _RAW),
    ((b"BM",), _BMP),
    ((b"\xff\x0a", b"\0\0\0\x0cJXL \r\n\x87\n"), _JXL),
    ((b"\0\0\0\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51"), _JP2),
    ((b"8BPS",), _PSD),
    ((b"%PDF-",), _PDF),
)


def refused_type(filename: str, head: bytes = b"") -> RefusedType | None:
    """Return what a file is that is not accepted, or None when that is not known.

    The content counts more than the name: a RAW may well be called ``.tif``, or ``.jpg``. Only the
    name's extension matters, and the first `SNIFF_BYTES` bytes when they are known.
    """
    named = _BY_EXTENSION.get(extension_of(filename))
    if head.startswith(_TIFF_SIGNATURES):
        is_raw = named is _RAW or any(mark in head for mark in _RAW_MARKS)
        return _RAW if is_raw else _TIFF
    if ftyp_brands(head)[:1] == (b"crx ",):
        return _RAW
    for signatures, kind in _BY_SIGNATURE:
        if head.startswith(signatures):
            return kind
    if b"<svg" in head[:1024]:
        return _SVG
    return named


def is_raw(filename: str) -> bool:
    """Return whether a name is that of a camera's RAW."""
    return _BY_EXTENSION.get(extension_of(filename)) is _RAW


def why_not(filename: str, head: bytes = b"") -> tuple[str, str | None]:
    """Return why a file is not accepted and what to do (None: nothing special is known).

    The message follows a name: “photo.dng is a camera RAW file, which is not accepted”.
    """
    known = refused_type(filename, head)
    if known is not None:
        return f"is {known.name}, which is not accepted", known.advice
    if not extension_of(filename):
        return "has no ending like .jpg that says what it is", None
    return "is not a photo, clip or sound of an accepted kind", None
