"""Whether a picture file can be decoded from beginning to end, and what its owner should know."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from nemovideo.render.picture.files._animation import (
    Animation,
    is_animated,
    is_playable,
    read_animation,
)
from nemovideo.render.picture.files._colour import colour_profile, is_usable
from nemovideo.render.picture.files._open import OpenPicture, opened


@dataclass(frozen=True)
class PictureFacts:
    """What a picture is, and what its owner should know."""

    width: int
    """Pixels, upright."""
    height: int
    animation: Animation | None = None
    """When its pictures show; None for a still one."""
    notes: tuple[str, ...] = ()
    """Sentences about what is missing or was guessed."""


def check_picture(path: Path, name: str | None = None) -> PictureFacts:
    """Decode a photo or animation from beginning to end and return what it is.

    Raises:
        UnsupportedFileError: The file is no picture, is broken or has too many pixels.
        RenderError: There is not enough memory for it.
    """
    shown = name or path.name
    with opened(path, shown) as picture:
        width, height = picture.upright_size
        icc = colour_profile(picture.image, path)
        notes = []
        if icc is not None and not is_usable(icc):
            notes.append(f"the colour profile in {shown} is broken; its colours are taken as sRGB")
        animation = _decode(picture.image)
        notes += _notes(picture, animation, shown)
    return PictureFacts(width, height, animation, tuple(notes))


def _decode(image: Image.Image) -> Animation | None:
    if is_animated(image) and is_playable(image):
        return read_animation(image)
    image.draft(None, (1, 1))  # a JPEG's bytes are all read, its pixels are not made
    image.load()
    return None


def _notes(picture: OpenPicture, animation: Animation | None, name: str) -> list[str]:
    notes = []
    if picture.is_cut:
        notes.append(_cut_note(picture, name))
    if animation is not None and animation.is_cut:
        count = len(animation.ends_ms)
        notes.append(f"{name} breaks off before its end; its first {count} pictures are shown")
    if picture.is_sequence or (animation is None and is_animated(picture.image)):
        reason = "of this kind" if picture.is_sequence else "so large"
        notes.append(f"{name} is an animation, and none {reason} can be played: it stands still")
    return notes


def _cut_note(picture: OpenPicture, name: str) -> str:
    if percent := picture.missing_percent:
        return f"{name} breaks off before its end: {percent} % of the picture are missing"
    return f"{name} breaks off before its end; its picture was used as far as it goes"
