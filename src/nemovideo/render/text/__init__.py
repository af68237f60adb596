"""Words in the picture: shaping, fonts, layout and drawing, without anything of the system's.

What needs no pixels (`TextStyle`, boxes) is there at once; the rest loads when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from nemovideo.render.text.style import Box, TextStyle, clear_of

if TYPE_CHECKING:
    from nemovideo.render.text.checks import text_notes
    from nemovideo.render.text.labels import draw_label
    from nemovideo.render.text.overlay import Overlay, make_overlay
    from nemovideo.render.text.pictures import TextPicture, render_text
    from nemovideo.render.text.reading import missing_characters

__all__ = [
    "Box",
    "Overlay",
    "TextPicture",
    "TextStyle",
    "clear_of",
    "draw_label",
    "make_overlay",
    "missing_characters",
    "render_text",
    "text_notes",
]

_HOMES = {
    "Overlay": "overlay",
    "TextPicture": "pictures",
    "draw_label": "labels",
    "make_overlay": "overlay",
    "missing_characters": "reading",
    "render_text": "pictures",
    "text_notes": "checks",
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
