"""Gentle movement over a photo: zooms and pans, chosen by place in line and by name."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

from nemovideo.engine.director._model import MediaItem
from nemovideo.protocol.draft import JsonObject

MAX_ZOOM = 1.12
_ZOOM_PER_SECOND = 0.03
_BLUR_ZOOM = 1.06
"""For a picture that stands whole on its blurred self: it must not outgrow the frame much."""
_LEAST_KEPT = 0.6
"""Filling must keep this share of the picture, or the picture stands whole (docs/draft.md)."""
_EYE_LEVEL = 0.44
"""Where people look in an upright picture that is cut at top and bottom."""


@dataclass(frozen=True)
class _View:
    """The share of the picture that fills the frame at zoom 1."""

    width: float
    height: float


def look_at(item: MediaItem, frame: tuple[int, int], index: int, duration_ms: int) -> JsonObject:
    """Return the key ``motion`` of a photo; how it fits the frame is left to the renderer.

    Args:
        item: The photo.
        frame: Width and height of the video.
        index: Its place in line: neighbours move in opposite ways.
        duration_ms: How long it is seen; a short look moves less.
    """
    view = _visible(item, frame)
    seed = crc32(item.name.encode("utf-8", "replace")) + index
    forward = index % 2 == 0
    seconds = duration_ms / 1000
    if view.width * view.height < _LEAST_KEPT:
        zoom = min(_BLUR_ZOOM, 1 + _ZOOM_PER_SECOND / 2 * seconds)
        return {"motion": _way([0.5, 0.5, 1.0], [0.5, 0.5, zoom], forward=forward)}
    zoom = min(MAX_ZOOM, 1 + _ZOOM_PER_SECOND * seconds)
    if seed % 3 == 0:
        return {"motion": _pan(view, zoom, forward=forward)}
    return {"motion": _zoom(view, zoom, seed, forward=forward)}


def _visible(item: MediaItem, frame: tuple[int, int]) -> _View:
    if not item.width or not item.height:
        return _View(1.0, 1.0)
    ratio = (frame[0] / frame[1]) / (item.width / item.height)
    return _View(min(ratio, 1.0), min(1 / ratio, 1.0))


def _pan(view: _View, zoom: float, *, forward: bool) -> JsonObject:
    half = view.width / zoom / 2
    room = min(0.5 - half, 0.06)
    y = _within(_EYE_LEVEL if view.height < 1 else 0.5, view.height / zoom)
    return _way([0.5 - room, y, zoom], [0.5 + room, y, zoom], forward=forward)


def _zoom(view: _View, zoom: float, seed: int, *, forward: bool) -> JsonObject:
    """Go towards (or away from) a point that the name chooses."""
    x = 0.5 + ((seed >> 4) % 7 - 3) / 60
    y = (_EYE_LEVEL if view.height < 1 else 0.5) + ((seed >> 8) % 5 - 2) / 80
    wide_y = _within(_EYE_LEVEL, view.height)
    near = [_within(x, view.width / zoom), _within(y, view.height / zoom), zoom]
    return _way([0.5, wide_y, 1.0], near, forward=forward)


def _within(centre: float, visible: float) -> float:
    """Keep what is seen inside the picture."""
    return min(max(centre, visible / 2), 1 - visible / 2)


def _way(start: list[float], end: list[float], *, forward: bool) -> JsonObject:
    first, last = ([round(value, 4) for value in view] for view in (start, end))
    return {"from": first, "to": last} if forward else {"from": last, "to": first}
