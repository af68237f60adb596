"""Transitions in which the whole frame changes at once: mixed, blurred, enlarged."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from nemovideo.render.picture.motion import ease
from nemovideo.render.picture.planes import Bytes, Planes, as_bytes, mix, mix_with_colour


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
class FadeThroughGray:
    """A crossfade for which the first picture loses its colours and the second gains them."""

    share: float = 0.35
    """Of the time, at each end, in which colours go and come."""

    def draw(self, before: Planes, after: Planes, progress: float, out: Planes) -> None:
        """Write the frame at a progress."""
        cv2.addWeighted(before.y, 1 - progress, after.y, progress, 0, dst=out.y)
        going = (1 - ease(progress / self.share)) * (1 - progress)
        coming = ease(1 - (1 - progress) / self.share) * progress
        rest = 128 * (1 - going - coming)
        for first, second, target in zip(
            (before.u, before.v), (after.u, after.v), (out.u, out.v), strict=True
        ):
            cv2.addWeighted(first, going, second, coming, rest, dst=target)


@dataclass(frozen=True)
class Mosaic:
    """Both pictures dissolve into squares that grow, and then shrink again."""

    largest: float = 1 / 18
    """Side of a square in the middle, as a share of the frame's shorter side."""

    def draw(self, before: Planes, after: Planes, progress: float, out: Planes) -> None:
        """Write the frame at a progress."""
        mix(before, after, ease(progress), out)
        side = self.largest * min(out.width, out.height) * math.sin(math.pi * progress)
        if side < 2:
            return
        squares = (max(1, round(out.width / side)), max(1, round(out.height / side)))
        for plane in out:
            size = (plane.shape[1], plane.shape[0])
            # Halving is much faster than any other reduction.
            half = cv2.resize(plane, (size[0] // 2, size[1] // 2), interpolation=cv2.INTER_AREA)
            small = cv2.resize(half, squares, interpolation=cv2.INTER_AREA)
            np.copyto(plane, cv2.resize(small, size, interpolation=cv2.INTER_NEAREST))


@dataclass(frozen=True)
class Blur:
    """Both pictures are smeared sideways, most in the middle."""

    widest: float = 0.22
    """Reach of the smear, as a share of the frame's width."""

    def draw(self, before: Planes, after: Planes, progress: float, out: Planes) -> None:
        """Write the frame at a progress."""
        mix(before, after, ease(progress), out)
        for plane in out:
            reach = self.widest * plane.shape[1] * math.sin(math.pi * progress) ** 2
            if reach >= 1:
                smeared = cv2.blur(plane, (2 * round(reach / 2) + 1, 1))
                np.copyto(plane, smeared)


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
            unit = target.shape[0] // out.u.shape[0]
            near = _enlarged(first, 1 + self.into * part, unit)
            far = _reduced(second, 1 - self.out_of * (1 - part), unit)
            cv2.addWeighted(near, 1 - share, far, share, 0, dst=target)


def _enlarged(plane: Bytes, factor: float, unit: int) -> Bytes:
    """Return the middle of a plane at its size; `unit` of its pixels are never torn apart."""
    height, width = plane.shape
    top, left = (round(side * (1 - 1 / factor) / 2 / unit) * unit for side in plane.shape)
    middle = plane[top : height - top, left : width - left]
    return as_bytes(cv2.resize(middle, (width, height), interpolation=cv2.INTER_LINEAR))


def _reduced(plane: Bytes, factor: float, unit: int) -> Bytes:
    """Return a plane smaller in the middle of its size, its edges mirrored around it."""
    height, width = plane.shape
    top, left = (round(side * (1 - factor) / 2 / unit) * unit for side in plane.shape)
    size = (width - 2 * left, height - 2 * top)
    small = cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR)
    return as_bytes(cv2.copyMakeBorder(small, top, top, left, left, cv2.BORDER_REFLECT))
