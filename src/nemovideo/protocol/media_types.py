"""Which files the API accepts, told by name and by content; sizes in bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from os.path import splitext
from typing import Literal

MediaKind = Literal["video", "image", "audio"]

MAX_UPLOAD_BYTES = 200 * 1024 * 1024
"""The largest file that may be uploaded, inclusive."""

SNIFF_BYTES = 4096
"""How much of a file's beginning `sniff_kind` wants to see."""


@dataclass(frozen=True)
class FileFormat:
    """A format of files that are accepted."""

    kind: MediaKind
    mime_type: str
    is_cloud: bool = True
    """Whether the cloud takes it as it is; else it is turned into JPEG on this machine."""


FORMATS: dict[str, FileFormat] = {
    "mp4": FileFormat("video", "video/mp4"),
    "mov": FileFormat("video", "video/quicktime"),
    "avi": FileFormat("video", "video/x-msvideo"),
    "webm": FileFormat("video", "video/webm"),
    "mkv": FileFormat("video", "video/x-matroska"),
    "jpg": FileFormat("image", "image/jpeg"),
    "jpeg": FileFormat("image", "image/jpeg"),
    "png": FileFormat("image", "image/png"),
    "gif": FileFormat("image", "image/gif"),
    "webp": FileFormat("image", "image/webp"),
    "heic": FileFormat("image", "image/heic", is_cloud=False),
    "heif": FileFormat("image", "image/heif", is_cloud=False),
    "hif": FileFormat("image", "image/heif", is_cloud=False),
    "avif": FileFormat("image", "image/avif", is_cloud=False),
    "mp3": FileFormat("audio", "audio/mpeg"),
    "wav": FileFormat("audio", "audio/wav"),
    "m4a": FileFormat("audio", "audio/mp4"),
    "aac": FileFormat("audio", "audio/aac"),
}
"""Accepted formats by extension, lower case and without the dot."""

MIME_TYPES: dict[str, str] = {ext: known.mime_type for ext, known in FORMATS.items()}
"""Accepted extensions with their media type."""

_KINDS_IN_ORDER: tuple[MediaKind, ...] = ("video", "image", "audio")


def accepted(*kinds: MediaKind) -> str:
    """Return the accepted extensions for people: clips, photos, sounds; of all kinds if none.

    Example: ``mp4 mov, jpg png, mp3``.
    """
    wanted = kinds or _KINDS_IN_ORDER
    groups = ([ext for ext, known in FORMATS.items() if known.kind == kind] for kind in wanted)
    return ", ".join(" ".join(group) for group in groups)


def extension_of(filename: str) -> str:
    """Return the extension, lower case and without the dot; empty when there is none."""
    ending = splitext(filename)[1]  # noqa: PTH122 - a path of its own for each file takes its time
    return ending.lower().removeprefix(".")


def kind_of(filename: str) -> MediaKind | None:
    """Return what a file is by its name, or None when its kind is not accepted."""
    known = FORMATS.get(extension_of(filename))
    return known.kind if known else None


def mime_type_of(filename: str) -> str:
    """Return the media type by name; ``application/octet-stream`` when unknown."""
    known = FORMATS.get(extension_of(filename))
    return known.mime_type if known else "application/octet-stream"


def sniff_kind(head: bytes) -> MediaKind | None:
    """Return what a file is by its first bytes, or None when nothing accepted begins so.

    In the MP4 family the brands decide: HEIC and AVIF are images, ``M4A`` and its like audio, a
    camera's RAW is nothing that is accepted, all else video. The signatures are those of the WHATWG
    MIME Sniffing standard and of the formats' own specifications. The head is the first
    `SNIFF_BYTES` bytes, or the whole file when it is shorter.
    """
    for kind, matches in _SIGNATURES:
        if matches(head):
            return kind
    return None


def is_heif(head: bytes) -> bool:
    """Return whether a file is a picture of the MP4 family: HEIC, HEIF or AVIF.

    A HEIF sequence that holds no still picture besides is a film.
    """
    if not any(brand in _PICTURE_BRANDS for brand in _leading_brands(head)):
        return False
    return b"meta" in _boxes(head) or any(brand in _STILL_BRANDS for brand in ftyp_brands(head))


def _boxes(head: bytes) -> list[bytes]:
    """Return the kinds of the boxes that a file of the MP4 family begins with."""
    kinds, at = [], 0
    while at + 8 <= len(head):
        kinds.append(head[at + 4 : at + 8])
        size = int.from_bytes(head[at : at + 4], "big")
        at += size if size >= 8 else len(head)
    return kinds


def is_avif(head: bytes) -> bool:
    """Return whether a file is an AVIF, still or moving."""
    brands = ftyp_brands(head)
    return is_heif(head) and any(brand in (b"avif", b"avis") for brand in brands)


def is_cloud_image(head: bytes) -> bool:
    """Return whether a file is a picture that the cloud takes as it is."""
    return _is_plain_image(head)


def sniff_extension(head: bytes) -> str:
    """Return the usual extension of a picture that `is_cloud_image`."""
    for extension, signature in (("png", b"\x89PNG"), ("gif", b"GIF8"), ("webp", b"RIFF")):
        if head.startswith(signature):
            return extension
    return "jpg"


def ftyp_brands(head: bytes) -> tuple[bytes, ...]:
    """Return the brands of a file of the MP4 family, the major one first; empty for others."""
    if head[4:8] != b"ftyp":
        return ()
    size = int.from_bytes(head[:4], "big")
    end = min(len(head), size)
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))]
    return tuple(brand for brand in brands if len(brand) == 4)


_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs")
_PICTURE_BRANDS = {*_HEIC_BRANDS, b"mif1", b"mif2", b"msf1", b"miaf", b"avif", b"avis"}
"""HEIF (ISO/IEC 23008-12), HEVC in it, AVIF."""
_STILL_BRANDS = _PICTURE_BRANDS - {b"msf1", b"hevc", b"hevx", b"hevm", b"hevs"}
"""Those of files with a picture that can be shown by itself; Pillow plays ``avis`` alone, too."""
_FILM_BRANDS = (b"qt  ", b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1")
_RAW_BRANDS = (b"crx ",)


def _leading_brands(head: bytes) -> tuple[bytes, ...]:
    """Return the major brand, or all when it is one that says nothing of the kind."""
    brands = ftyp_brands(head)
    if not brands or brands[0] in (*_PICTURE_BRANDS, *_FILM_BRANDS, *_RAW_BRANDS):
        return brands[:1]
    return brands if not set(brands) & set(_FILM_BRANDS) else brands[:1]


def _is_image(head: bytes) -> bool:
    return _is_plain_image(head) or is_heif(head)


def _is_plain_image(head: bytes) -> bool:
    return head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")) or (
        head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    )


def _is_audio(head: bytes) -> bool:
    if head.startswith(b"ID3") or (head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE"):
        return True
    if head[4:8] == b"ftyp":
        return head[8:12] in (b"M4A ", b"M4B ", b"M4P ")
    # MPEG audio and ADTS frames begin with 11 or 12 set bits; layer 00 is ADTS (AAC).
    return len(head) > 2 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[2] & 0xF0 != 0xF0


def _is_video(head: bytes) -> bool:
    if head[4:8] == b"ftyp":
        return head[8:12] not in _RAW_BRANDS
    return (
        head[4:8] in (b"moov", b"mdat", b"wide", b"free", b"skip")
        or head.startswith(b"\x1a\x45\xdf\xa3")
        or (head[:4] == b"RIFF" and head[8:12] == b"AVI ")
    )


_SIGNATURES: tuple[tuple[MediaKind, Callable[[bytes], bool]], ...] = (
    ("image", _is_image),
    ("audio", _is_audio),
    ("video", _is_video),
)
