"""How one picture gives way to another: frozen effects, each a function of two frames and time.

An effect writes into `out`, which is never one of its two inputs, and keeps nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np

from nemovideo.render._planes import BLACK, WHITE, Bytes, Planes, mix, mix_with_colour
from nemovideo.render.motion import ease


class Effect(Protocol):
    """What every transition does."""

    def draw(self, before: Planes, after: Planes, progress: float, out: Planes) -> None:
        """Write the frame at a progress between 0 (all `before`) and 1 (all `after`)."""
        ...


@dataclass(frozen=True)
class Crossfade:
    """Both pictures, one fading into the other."""

    def draw(self, before: Planes, after: Planes, progress: float, out: Planes) -> None:
        """Write the frame at a progress."""
        mix(before, after, progress, out)


@dataclass(frozen=True)
class FadeThrough:
    """The first picture fades to a colour, the second out of it."""

    colour: tuple[int, int, int]
    """Y, Cb, Cr."""

    def draw(self, before: Planes, after: Planes, progress: float, out: Planes) -> None:
        """Write the frame at a progress."""
        if progress < 0.5:
            mix_with_colour(before, self.colour, 2 * progress, out)
        else:
            mix_with_colour(after, self.colour, 2 - 2 * progress, out)


@dataclass(frozen=True)
class Slide:
    """The second picture pushes the first out of the frame."""

    x: int
    """1: everything moves to the right, -1: to the left, 0: it does not."""
    y: int
    """The same, downwards and upwards."""

    def draw(self, before: Planes, after: Planes, progress: float, out: Planes) -> None:
        """Write the frame at a progress."""
        part = ease(progress)
        for first, second, target in zip(before, after, out, strict=True):
            axis = 1 if self.x else 0
            # Half a chroma plane's pixel would tear the colours off: both move by whole ones.
            unit = target.shape[axis] / out.u.shape[axis]
            gone = round(part * out.u.shape[axis]) * round(unit)
            _push(first, second, target, gone, axis, forward=self.x + self.y > 0)


@dataclass(frozen=True)
class Wipe:
    """A soft edge runs over the first picture and leaves the second behind it."""

    x: int
    """1: the edge runs to the right, -1: to the left."""

    def draw(self, before: Planes, after: Planes, progress: float, out: Planes) -> None:
        """Write the frame at a progress."""
        for first, second, target in zip(before, after, out, strict=True):
            height, width = target.shape
            weight = _edge(width, ease(progress))
            if self.x < 0:
                weight = weight[::-1]
            shares = np.ascontiguousarray(np.broadcast_to(weight, (height, width)))
            cv2.blendLinear(second, first, shares, 1 - shares, dst=target)


@dataclass(frozen=True)
class ZoomThrough:
    """The camera dashes into the first picture and arrives in the second."""

    into: float = 0.6
    """How much larger the first picture gets."""
    out_of: float = 0.2
    """How much smaller the second one begins; its edges are mirrored to fill the frame."""

    def draw(self, before: Planes, after: Planes, progress: float, out: Planes) -> None:
        """Write the frame at a progress."""
        part = ease(progress)
        share = ease(2 * progress - 0.5)
        for first, second, target in zip(before, after, out, strict=True):
            near = _zoomed(first, 1 + self.into * part)
            far = _zoomed(second, 1 - self.out_of * (1 - part))
            cv2.addWeighted(near, 1 - share, far, share, 0, dst=target)


TRANSITIONS: dict[str, Effect] = {
    "crossfade": Crossfade(),
    "fadeblack": FadeThrough(BLACK),
    "fadewhite": FadeThrough(WHITE),
    "slideleft": Slide(-1, 0),
    "slideright": Slide(1, 0),
    "slideup": Slide(0, -1),
    "slidedown": Slide(0, 1),
    "wipeleft": Wipe(-1),
    "wiperight": Wipe(1),
    "zoom": ZoomThrough(),
}
"""By the names of docs/draft.md."""

_SOFT_EDGE = 0.08
"""Of the frame's width."""


def effect_named(name: str) -> Effect:
    """Return a transition; names that are not known stand for a crossfade."""
    return TRANSITIONS.get(name.lower(), TRANSITIONS["crossfade"])


def _push(before: Bytes, after: Bytes, out: Bytes, gone: int, axis: int, *, forward: bool) -> None:
    length = out.shape[axis]
    if axis == 0:
        before, after, out = before.T, after.T, out.T
    if forward:
        out[:, gone:] = before[:, : length - gone]
        out[:, :gone] = after[:, length - gone :]
    else:
        out[:, : length - gone] = before[:, gone:]
        out[:, length - gone :] = after[:, :gone]


def _edge(width: int, part: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Return how much of the second picture each column shows, for an edge from left to right."""
    columns = (np.arange(width) + 0.5) / width
    front = part * (1 + _SOFT_EDGE)
    ramp = np.clip((front - columns) / _SOFT_EDGE, 0, 1)
    return np.asarray(ramp * ramp * (3 - 2 * ramp), np.float32)


def _zoomed(plane: Bytes, factor: float) -> Bytes:
    height, width = plane.shape
    matrix = np.array(
        [
            [1 / factor, 0, (width / 2 - 0.5) * (1 - 1 / factor)],
            [0, 1 / factor, (height / 2 - 0.5) * (1 - 1 / factor)],
        ]
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(
        cv2.warpAffine(plane, matrix, (width, height), flags=flags, borderMode=cv2.BORDER_REFLECT),
        np.uint8,
    )
