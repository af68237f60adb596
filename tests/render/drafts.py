"""Drafts in few words, and the colours of their films."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image

from nemovideo.protocol.draft import Draft
from tests.support.samples.films import make_draft, picture_segment

MOTION = {"from": [0.5, 0.5, 1], "to": [0.4, 0.6, 1.2]}


def flat(path: Path, colour: tuple[int, int, int], width: int = 400, height: int = 225) -> Path:
    Image.new("RGB", (width, height), colour).save(path)
    return path


def still(name: str, duration_ms: float = 500) -> Draft:
    return make_draft(picture_segment(name, 0, duration_ms))


def colour_of(picture: Any) -> list[tuple[int, int, int]]:
    """The mean colour."""
    red, green, blue = (round(float(value)) for value in picture.mean(axis=(0, 1)))
    return [(red, green, blue)]
