"""The colours of a picture in sRGB: which profile describes them, and the way from there.

sRGB and BT.709, in which films are made, share their primaries and white.
"""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageCms

from nemovideo.render.picture.files._icc import (
    ADOBE_RGB,
    BT709,
    PRIMARIES,
    Primaries,
    gamma_curve,
    matrix_profile,
    transfer_curve,
)
from nemovideo.render.picture.files._open import quietly

_INTEROPERABILITY_IFD = 0xA005
_INTEROPERABILITY_INDEX = 1
_SRGB_GAMMA = 1 / 2.2
_HDR_OR_ODD_TRANSFERS = (4, 5, 8, 16, 18)
_PROFILE_ERRORS = (ImageCms.PyCMSError, OSError, ValueError, TypeError)
_INVISIBLE = 2
"""A difference of colours, of 255, for which nothing is converted."""
_MAX_BOX_BYTES = 4 << 20


def colour_profile(image: Image.Image, path: Path) -> bytes | None:
    """Return the ICC profile of a picture's colours, embedded or made of what the file says.

    The picture is opened and not loaded yet; of its file is read what Pillow does not. It is None
    when nothing is said, or that they are sRGB.
    """
    if image.format == "PNG" and (numbers := _png_cicp(path)) is not None:
        return _of_numbers(*numbers)
    embedded = image.info.get("icc_profile")
    if isinstance(embedded, bytes) and embedded:
        return embedded
    if image.format == "HEIF":
        nclx: Any = image.info.get("nclx_profile") or {}
        numbers = nclx.get("color_primaries", 2), nclx.get("transfer_characteristics", 2)
        return _of_numbers(int(numbers[0]), int(numbers[1]))
    if image.format == "AVIF" and (numbers := _avif_nclx(path)) is not None:
        return _of_numbers(*numbers)
    if image.format == "PNG":
        return _of_png_chunks(image.info)
    return matrix_profile(ADOBE_RGB, gamma_curve(563 / 256)) if _is_adobe_rgb(image) else None


def is_usable(icc: bytes) -> bool:
    """Return whether colours can be converted by a profile."""
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        mode = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK"}[str(profile.profile.xcolor_space)]
        _transform(profile, mode)
    except (*_PROFILE_ERRORS, KeyError):
        return False
    return True


def to_srgb(image: Image.Image, icc: bytes | None) -> Image.Image:
    """Return a picture of mode L, RGB or CMYK as RGB in sRGB.

    Relative colorimetric with black point compensation, as browsers and photo programs show it. A
    profile that can't be used counts as none.
    """
    if icc is None:
        return image.convert("RGB")
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        space = profile.profile.xcolor_space
        if space == "RGB " and image.mode == "L":
            image = image.convert("RGB")
        if space != {"RGB": "RGB ", "L": "GRAY", "CMYK": "CMYK"}[image.mode]:
            return image.convert("RGB")
        transform = _transform(profile, image.mode)
        if image.mode == "RGB" and _changes_nothing(transform):
            return image
        converted = ImageCms.applyTransform(image, transform)
    except _PROFILE_ERRORS:
        return image.convert("RGB")
    return converted or image.convert("RGB")


def _transform(profile: ImageCms.ImageCmsProfile, mode: str) -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(
        profile,
        ImageCms.createProfile("sRGB"),
        mode,
        "RGB",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    levels = np.linspace(0, 255, 6).astype(np.uint8)
    cube = np.stack(np.meshgrid(levels, levels, levels), axis=-1).reshape(6, 36, 3)
    image = Image.fromarray(np.ascontiguousarray(cube))
    converted = np.asarray(ImageCms.applyTransform(image, transform))
    return bool(np.abs(converted.astype(int) - cube).max() <= _INVISIBLE)


def _of_numbers(primaries: int, transfer: int) -> bytes | None:
    """Return the profile of colours that H.273's numbers describe; None for sRGB's."""
    if primaries not in PRIMARIES and transfer not in _HDR_OR_ODD_TRANSFERS:
        return None
    return matrix_profile(PRIMARIES.get(primaries, BT709), transfer_curve(transfer))


def _of_png_chunks(info: dict[Any, Any]) -> bytes | None:
    gamma, points = info.get("gamma"), info.get("chromaticity")
    if "srgb" in info or not (gamma or points):
        return None
    primaries = _primaries_of(points)
    gamma = gamma or _SRGB_GAMMA
    # Old programs wrote sRGB's gamma, rounded, where they meant sRGB.
    is_srgb = primaries is None and abs(gamma - _SRGB_GAMMA) < 0.005
    return None if is_srgb else matrix_profile(primaries or BT709, gamma_curve(1 / gamma))


def _primaries_of(points: Any) -> Primaries | None:
    if not points or len(points) != 8 or min(points[1::2]) <= 0:
        return None
    white, red, green, blue = ((points[i], points[i + 1]) for i in range(0, 8, 2))
    area = (green[0] - red[0]) * (blue[1] - red[1]) - (blue[0] - red[0]) * (green[1] - red[1])
    return Primaries(red, green, blue, white) if abs(area) > 0.001 else None


def _is_adobe_rgb(image: Image.Image) -> bool:
    """Return whether a camera marked a photo as Adobe RGB, which it does without a profile."""
    if image.format not in ("JPEG", "MPO") or image.mode != "RGB":
        return False
    with quietly():
        inner = image.getexif().get_ifd(_INTEROPERABILITY_IFD)
    return str(inner.get(_INTEROPERABILITY_INDEX, "")).startswith("R03")


def _png_cicp(path: Path) -> tuple[int, int] | None:
    """Read the colour numbers of a PNG's cICP chunk (PNG, third edition, 11.3.2.6)."""
    with path.open("rb") as file:
        file.seek(8)
        while len(head := file.read(8)) == 8:
            length, kind = struct.unpack(">I4s", head)
            if kind == b"cICP" and len(body := file.read(4)) == 4:
                return body[0], body[1]
            if kind in (b"IDAT", b"IEND"):
                return None
            file.seek(length + 4, io.SEEK_CUR)
    return None


def _avif_nclx(path: Path) -> tuple[int, int] | None:
    """Read the colour numbers of an AVIF's first picture (ISO/IEC 14496-12, 12.1.5)."""
    with path.open("rb") as file:
        head = file.read(_MAX_BOX_BYTES)
    at = head.find(b"colrnclx")
    if at < 0 or len(head) < at + 12:
        return None
    primaries, transfer = struct.unpack_from(">HH", head, at + 8)
    return primaries, transfer
