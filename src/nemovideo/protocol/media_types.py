"""Which files the API accepts, told by name and by content; sizes in bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import Literal

MediaKind = Literal["video", "image", "audio"]

MAX_UPLOAD_BYTES = 200 * 1024 * 1024
"""The largest file that may be uploaded, inclusive."""

SNIFF_BYTES = 4096
"""How much of a file's beginning `sniff_kind` wants to see."""

MIME_TYPES: dict[str, str] = {
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "avi": "video/x-msvideo",
    "webm": "video/webm",
    "mkv": "video/x-matroska",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
}
"""Accepted extensions, lower case and without the dot, with their media type."""


_KINDS: dict[str, MediaKind] = {"video": "video", "image": "image", "audio": "audio"}


def extension_of(filename: str) -> str:
    """Return the extension, lower case and without the dot; empty when there is none."""
    return PurePath(filename).suffix.lower().removeprefix(".")


def kind_of(filename: str) -> MediaKind | None:
    """Return what a file is by its name, or None when its kind is not accepted."""
    top_level = MIME_TYPES.get(extension_of(filename), "").partition("/")[0]
    return _KINDS.get(top_level)


def mime_type_of(filename: str) -> str:
    """Return the media type by name; ``application/octet-stream`` when unknown."""
    return MIME_TYPES.get(extension_of(filename), "application/octet-stream")


def sniff_kind(head: bytes) -> MediaKind | None:
    """Return what a file is by its first bytes, or None when nothing accepted begins so.

    An MP4 family file is a video unless its brand says audio (``M4A``, ``M4B``). The signatures
    are those of the WHATWG MIME Sniffing standard and of the formats' own specifications.

    Args:
        head: The first `SNIFF_BYTES` bytes, or the whole file when it is shorter.
    """
    for kind, matches in _SIGNATURES:
        if matches(head):
            return kind
    return None


def _is_image(head: bytes) -> bool:
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
    return (
        head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
        or head.startswith(b"\x1a\x45\xdf\xa3")
        or (head[:4] == b"RIFF" and head[8:12] == b"AVI ")
    )


_SIGNATURES: tuple[tuple[MediaKind, Callable[[bytes], bool]], ...] = (
    ("image", _is_image),
    ("audio", _is_audio),
    ("video", _is_video),
)
