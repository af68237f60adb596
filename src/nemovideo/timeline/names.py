"""The closed sets of the timeline: every name that a draft, a flag or an edit may hold. Data only.

What people call these things is in the lexicons; how they look and sound is the renderer's. A test
holds all three together.
"""

from __future__ import annotations

from typing import Literal

NO_TRANSITION = "none"
TRANSITIONS = (
    "crossfade",
    "fadeblack",
    "fadewhite",
    "fadegrays",
    "wipeleft",
    "wiperight",
    "wipeup",
    "wipedown",
    "slideleft",
    "slideright",
    "slideup",
    "slidedown",
    "smoothleft",
    "smoothright",
    "smoothup",
    "smoothdown",
    "coverleft",
    "coverright",
    "coverup",
    "coverdown",
    "revealleft",
    "revealright",
    "revealup",
    "revealdown",
    "circleopen",
    "circleclose",
    "horzopen",
    "horzclose",
    "vertopen",
    "vertclose",
    "diagtl",
    "diagtr",
    "diagbl",
    "diagbr",
    "radial",
    "pixelize",
    "hblur",
    "zoomin",
    "squeezeh",
    "squeezev",
)
"""Names of ffmpeg's xfade filter, whose documentation shows each; `crossfade` is its `fade`."""

LOOKS = (
    "grayscale",
    "sepia",
    "warm",
    "cool",
    "vivid",
    "vintage",
    "bright",
    "dark",
    "soft",
    "sharp",
)
MusicStyle = Literal["lo-fi", "upbeat", "cinematic", "acoustic", "ambient", "electronic"]
MUSIC_STYLES: tuple[MusicStyle, ...] = (
    "lo-fi",
    "upbeat",
    "cinematic",
    "acoustic",
    "ambient",
    "electronic",
)
Mood = Literal["calm", "energetic", "happy", "nostalgic", "tender"]
MOODS: tuple[Mood, ...] = ("calm", "energetic", "happy", "nostalgic", "tender")
"""Of the finished tracks that the extra ``music`` brings."""

MotionName = Literal[
    "zoom-in", "zoom-out", "pan-left", "pan-right", "pan-up", "pan-down", "still", "custom"
]
MOTIONS: tuple[MotionName, ...] = (
    "zoom-in",
    "zoom-out",
    "pan-left",
    "pan-right",
    "pan-up",
    "pan-down",
    "still",
)
"""Pans name where the camera goes. A draft may also hold ``custom``: any way between two views."""

Fit = Literal["fill", "whole"]
FITS: tuple[Fit, ...] = ("fill", "whole")
Flip = Literal["horizontal", "vertical"]
FLIPS: tuple[Flip, ...] = ("horizontal", "vertical")
ROTATIONS = (0, 90, 180, 270)
"""Degrees clockwise."""
BLUR = "blur"
"""A background that is a blurred copy of the picture; the others are colours, ``#rrggbb``."""

LABELS = ("date", "place", "name")
"""What a file says of a photo, to be written on it."""
TextStyle = Literal["title", "caption", "subtitle"]
TEXT_STYLES: tuple[TextStyle, ...] = ("title", "caption", "subtitle")
Position = Literal[
    "center",
    "top",
    "bottom",
    "left",
    "right",
    "top-left",
    "top-right",
    "bottom-left",
    "bottom-right",
]
POSITIONS: tuple[Position, ...] = (
    "center",
    "top",
    "bottom",
    "left",
    "right",
    "top-left",
    "top-right",
    "bottom-left",
    "bottom-right",
)
TextSize = Literal["small", "medium", "large"]
Backing = Literal["shadow", "outline", "plate"]
"""What stands between words and the picture; left out, as much as they need to be read."""
TEXT_SIZES: tuple[TextSize, ...] = ("small", "medium", "large")

ASPECTS = ("16:9", "9:16", "1:1", "4:5", "21:9")
RESOLUTIONS = {"720p": 720, "1080p": 1080, "4K": 2160}
"""The pixels of the shorter side."""
USUAL_FRAME_RATES = (24, 25, 30, 50, 60)
FRAME_RATES = (24, 60)
"""The fewest and the most frames a second."""
