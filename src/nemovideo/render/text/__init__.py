"""Words in the picture: shaping, fonts, layout and drawing, without anything of the system's.

What needs no pixels (`TextStyle`, boxes) is there at once; the rest loads when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from nemovideo.render.text.style import Box as Box, TextStyle as TextStyle, clear_of as clear_of

if TYPE_CHECKING:
    from nemovideo.render.text.checks import text_notes as text_notes
    from nemovideo.render.text.labels import draw_label as draw_label
    from nemovideo.render.text.overlay import Overlay as Overlay, make_overlay as make_overlay
    from nemovideo.render.text.pictures import (
        LaidOut as LaidOut,
        TextPicture as TextPicture,
        lay_out as lay_out,
    )
    from nemovideo.render.text.reading import missing_characters as missing_characters


_HOMES = {
    "LaidOut": "pictures",
    "Overlay": "overlay",
    "TextPicture": "pictures",
    "draw_label": "labels",
    "lay_out": "pictures",
    "make_overlay": "overlay",
    "missing_characters": "reading",
    "text_notes": "checks",
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
