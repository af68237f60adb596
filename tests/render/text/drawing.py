"""Texts drawn in few words, for the tests of this folder."""

from __future__ import annotations

from functools import cache

import numpy as np

from nemovideo.render.text import TextPicture, TextStyle, lay_out
from nemovideo.render.text.fonts import FontBook, bundled_faces, faces_by_language
from nemovideo.render.text.ground import Ground, ground_of
from nemovideo.render.text.style import rgb_of

FRAMES = [(480, 270), (270, 480), (270, 270)]
WIDE = FRAMES[0]


@cache
def bundled_only() -> FontBook:
    """The fonts of a machine that has none of its own."""
    return FontBook(bundled_faces(), faces_by_language())


def show(
    text: str,
    style: str | TextStyle = "title",
    frame: tuple[int, int] = WIDE,
    ground: Ground | None = None,
) -> TextPicture:
    look = TextStyle(style) if isinstance(style, str) else style
    return lay_out(text, look, frame, fonts=bundled_only()).drawn(ground)


def even_ground(color: str) -> Ground:
    """A ground of one colour."""
    return ground_of([np.full((20, 60, 3), rgb_of(color), np.uint8)])


def drawn_lines(picture: TextPicture) -> int:
    """How many separate bands of white there are."""
    white = (picture.pixels[..., 3] > 250) & (picture.pixels[..., :3].min(axis=2) > 200)
    rows = white.any(axis=1).astype(int)
    return int((np.diff(rows, prepend=0) == 1).sum())
