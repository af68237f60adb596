"""The camera's way over a photo: what the names of motions mean for a picture and a frame. Pure.

Zooms go to the focus or come from it, pans name where the camera goes, and whatever moves keeps the
focus in sight. Without a focus the camera looks at the middle, and a little above it where the
frame cuts off the top and the bottom: that is where faces are.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from nemovideo.render.picture.motion import MAX_ZOOM, Move, largest_cut
from nemovideo.timeline.model import Clip, Motion, View

MAX_CUT = 0.4
"""A picture that filling the frame would cut by more is shown whole when its clip does not say."""

_ZOOM_PER_SECOND = 0.03
_LARGEST_ZOOM = 0.12
"""Beyond 1, at the usual strength."""
_WHOLE_SHARE = 0.5
"""Of all that for a picture that is shown whole: it must not outgrow the frame much."""
_PAN_PER_SECOND = 0.09
"""Widths of the frame, along a picture that is longer than it."""
_EYE_LEVEL = 0.44
_SAFE = 0.85
"""The focus stays within this share of what is seen while a camera passes by it."""
_ROOMY = 0.88
"""A picture of which a frame shows less in one direction needs no zoom to be panned along it."""

_PANS = {"pan-left": (-1, 0), "pan-right": (1, 0), "pan-up": (0, -1), "pan-down": (0, 1)}
"""Where the camera goes."""


@dataclass(frozen=True)
class Scene:
    """A picture in a frame."""

    seen_x: float
    """The share of the picture's width that the frame shows at zoom 1."""
    seen_y: float
    is_whole: bool
    """Whether it is shown whole, not cut to the frame."""
    seconds: float

    @classmethod
    def of(cls, clip: Clip, size: tuple[int, int], shape: float, seconds: Fraction) -> Scene:
        """Return how a clip's picture of a size lies in a frame of a shape (width / height)."""
        ratio = shape / (size[0] / size[1])
        is_whole = shows_whole(clip, size, shape)
        if is_whole:
            return cls(max(1.0, ratio), max(1.0, 1 / ratio), is_whole, float(seconds))
        return cls(min(1.0, ratio), min(1.0, 1 / ratio), is_whole, float(seconds))


def shows_whole(clip: Clip, size: tuple[int, int], shape: float) -> bool:
    """Return whether a picture is shown whole in a frame of a shape, not cut to it.

    Where the clip does not say, it is when filling would cut off too much; but a pan along what
    would be cut off shows all of it by and by.
    """
    if clip.fit is not None:
        return clip.fit == "whole"
    width, height = largest_cut(size[0], size[1], shape)
    if 1 - width * height / (size[0] * size[1]) <= MAX_CUT:
        return False
    pan_x, pan_y = _PANS.get(clip.motion.name, (0, 0)) if clip.motion else (0, 0)
    return not (pan_x if size[0] > size[1] * shape else pan_y)


def move_over(clip: Clip, size: tuple[int, int], shape: float, seconds: Fraction) -> Move:
    """Return the camera's way over a photo.

    The size is that of the picture as it is shown, the shape the frame's width by its height; a
    short look moves less.
    """
    motion = clip.motion or Motion("still")
    scene = Scene.of(clip, size, shape, seconds)
    if motion.name == "custom":
        start, end = motion.start or View(), motion.end or View()
        return Move(_near(start, start.zoom), _near(end, end.zoom))
    target = _target(clip, scene)
    if motion.name in ("zoom-in", "zoom-out"):
        close = _near(target, 1 + _zoom(scene, motion.strength))
        return Move(target, close) if motion.name == "zoom-in" else Move(close, target)
    if motion.name in _PANS:
        return _pan(clip, target, scene, motion)
    return Move(target, target)


def _target(clip: Clip, scene: Scene) -> View:
    if clip.focus is not None:
        return View(*clip.focus)
    return View(0.5, 0.5 if scene.is_whole or scene.seen_y >= 1 else _EYE_LEVEL)


def _zoom(scene: Scene, strength: float) -> float:
    usual = min(_LARGEST_ZOOM, _ZOOM_PER_SECOND * scene.seconds)
    return usual * strength * (_WHOLE_SHARE if scene.is_whole else 1)


def _near(view: View, zoom: float) -> View:
    return View(view.x, view.y, min(max(zoom, 1.0), MAX_ZOOM))


def _pan(clip: Clip, target: View, scene: Scene, motion: Motion) -> Move:
    step_x, step_y = _PANS[motion.name]
    seen = scene.seen_x if step_x else scene.seen_y
    if seen < _ROOMY:
        zoom, way = 1.0, _PAN_PER_SECOND * scene.seconds * motion.strength * seen
    else:
        zoom = 1 + _zoom(scene, motion.strength)
        way = (1 - 1 / zoom) * seen
    place = target.x if step_x else target.y
    focus = None if clip.focus is None else place
    first, last = _ends(place, seen / zoom / 2, way, focus)
    if step_x + step_y < 0:
        first, last = last, first
    if step_x:
        return Move(View(first, target.y, zoom), View(last, target.y, zoom))
    return Move(View(target.x, first, zoom), View(target.x, last, zoom))


def _ends(place: float, half: float, way: float, focus: float | None) -> tuple[float, float]:
    """Return the camera's lowest and highest place: around one, inside the picture, the focus seen.

    The middle of the way would best be at `place`; `half` is half of what is seen, `way` how far to
    go if there is room; the focus must stay in sight.
    """
    low, high = min(half, 1 - half), max(half, 1 - half)
    if focus is not None:
        # The nearest place inside the picture shows the focus, however close it is to the edge.
        nearest = min(max(focus, low), high)
        low = min(nearest, max(low, focus - _SAFE * half))
        high = max(nearest, min(high, focus + _SAFE * half))
    way = min(way, high - low)
    middle = min(max(place, low + way / 2), high - way / 2)
    return middle - way / 2, middle + way / 2
