"""The typed timeline: frozen values in whole milliseconds. Pure; knows neither JSON nor files.

A timeline is made of tracks, the lowest picture first, and a track of segments: a `Clip` (a photo
or a film), a `Sound`, a `Caption` (any words over the picture), or a `Segment` of a kind that is
not known here. None stands for what the draft does not say; the renderer has a default for each.
"""

from nemovideo.timeline.model._segments import PACK, Caption, Clip, Segment, Sound
from nemovideo.timeline.model._timeline import (
    DEFAULT_FPS,
    DEFAULT_HEIGHT,
    DEFAULT_WIDTH,
    Canvas,
    Timeline,
    Track,
)
from nemovideo.timeline.model._values import Fade, Look, Motion, TrackType, Transition, View

__all__ = [
    "DEFAULT_FPS",
    "DEFAULT_HEIGHT",
    "DEFAULT_WIDTH",
    "PACK",
    "Canvas",
    "Caption",
    "Clip",
    "Fade",
    "Look",
    "Motion",
    "Segment",
    "Sound",
    "Timeline",
    "Track",
    "TrackType",
    "Transition",
    "View",
]
