"""How one picture gives way to another: frozen effects, each a function of two frames and time.

An effect writes into `out`, which is never one of its two inputs, and keeps nothing. The names are
those of `nemovideo.timeline.names.TRANSITIONS`, which are ffmpeg's; one line here is all that the
renderer needs to know of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from nemovideo.render.picture.planes import BLACK, WHITE, Planes
from nemovideo.render.picture.transitions._masks import Circle, Clock, Diagonal, Doors, Wipe
from nemovideo.render.picture.transitions._mixes import (
    Blur,
    Crossfade,
    FadeThrough,
    FadeThroughGray,
    Mosaic,
    ZoomThrough,
)
from nemovideo.render.picture.transitions._moves import Slide, Squeeze


class Effect(Protocol):
    """What every transition does."""

    def draw(self, before: Planes, after: Planes, progress: float, out: Planes) -> None:
        """Write the frame at a progress between 0 (all `before`) and 1 (all `after`)."""
        ...


_LEFT, _RIGHT = {"x": -1, "y": 0}, {"x": 1, "y": 0}
_UP, _DOWN = {"x": 0, "y": -1}, {"x": 0, "y": 1}
_WIDE = 0.7
"""The soft edge of a smooth wipe, as a share of the frame."""

TRANSITIONS: Mapping[str, Effect] = {
    "crossfade": Crossfade(),
    "fadeblack": FadeThrough(BLACK),
    "fadewhite": FadeThrough(WHITE),
    "fadegrays": FadeThroughGray(),
    "wipeleft": Wipe(**_LEFT),
    "wiperight": Wipe(**_RIGHT),
    "wipeup": Wipe(**_UP),
    "wipedown": Wipe(**_DOWN),
    "slideleft": Slide(**_LEFT, moving="both"),
    "slideright": Slide(**_RIGHT, moving="both"),
    "slideup": Slide(**_UP, moving="both"),
    "slidedown": Slide(**_DOWN, moving="both"),
    "smoothleft": Wipe(**_LEFT, edge=_WIDE),
    "smoothright": Wipe(**_RIGHT, edge=_WIDE),
    "smoothup": Wipe(**_UP, edge=_WIDE),
    "smoothdown": Wipe(**_DOWN, edge=_WIDE),
    "coverleft": Slide(**_LEFT, moving="after"),
    "coverright": Slide(**_RIGHT, moving="after"),
    "coverup": Slide(**_UP, moving="after"),
    "coverdown": Slide(**_DOWN, moving="after"),
    "revealleft": Slide(**_LEFT, moving="before"),
    "revealright": Slide(**_RIGHT, moving="before"),
    "revealup": Slide(**_UP, moving="before"),
    "revealdown": Slide(**_DOWN, moving="before"),
    "circleopen": Circle(opens=True),
    "circleclose": Circle(opens=False),
    "horzopen": Doors(is_upright=False, opens=True),
    "horzclose": Doors(is_upright=False, opens=False),
    "vertopen": Doors(is_upright=True, opens=True),
    "vertclose": Doors(is_upright=True, opens=False),
    "diagtl": Diagonal(x=-1, y=-1),
    "diagtr": Diagonal(x=1, y=-1),
    "diagbl": Diagonal(x=-1, y=1),
    "diagbr": Diagonal(x=1, y=1),
    "radial": Clock(),
    "pixelize": Mosaic(),
    "hblur": Blur(),
    "zoomin": ZoomThrough(),
    "squeezeh": Squeeze(is_upright=True),
    "squeezev": Squeeze(is_upright=False),
}


def effect_named(name: str) -> Effect:
    """Return a transition; names that are not known stand for a crossfade."""
    return TRANSITIONS.get(name.lower(), TRANSITIONS["crossfade"])
