"""Edits of how photos and films look and move, and of which of them share the frame."""

from nemovideo.editing.picture._edits import (
    Color,
    Rotate,
    SetBackground,
    SetFit,
    SetFlip,
    SetFocus,
    SetLook,
    SetMotion,
)
from nemovideo.editing.picture._pairs import (
    Pair,
    Unpair,
    kept_pictures,
    sides_changed,
    without_pictures,
)
from nemovideo.editing.picture._usual import new_clip, places_of, refitted

__all__ = [
    "Color",
    "Pair",
    "Rotate",
    "SetBackground",
    "SetFit",
    "SetFlip",
    "SetFocus",
    "SetLook",
    "SetMotion",
    "Unpair",
    "kept_pictures",
    "new_clip",
    "places_of",
    "refitted",
    "sides_changed",
    "without_pictures",
]
