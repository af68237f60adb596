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
            mix_with_colour(before, self.colour, ease(2 * progress), out)
        else:
            mix_with_colour(after, self.colour, ease(2 - 2 * progress), out)


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
    come_in: float = 6
    """Up to how many pixels of a side the squares fade in: small ones only take sharpness away."""

    def draw(self, before: Planes, after: Planes, progress: float, out: Planes) -> None:
        """Write the frame at a progress."""
        mix(before, after, ease(progress), out)
        side = self.largest * min(out.width, out.height) * math.sin(math.pi * progress) ** 2
        share = (side - 1) / self.come_in
        if share <= 0:
            return
        squares = (max(1, round(out.width / side)), max(1, round(out.height / side)))
        for plane in out:
            size = (plane.shape[1], plane.shape[0])
            # Halving is much faster than any other reduction.
            half = cv2.resize(plane, (size[0] // 2, size[1] // 2), interpolation=cv2.INTER_AREA)
            small = cv2.resize(half, squares, interpolation=cv2.INTER_AREA)
            coarse = cv2.resize(small, size, interpolation=cv2.INTER_NEAREST)
            if share < 1:
                cv2.addWeighted(coarse, share, plane, 1 - share, 0, dst=plane)
            else:
                np.copyto(plane, coarse)


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
        for place, target in enumerate(out):
            if share < 1:
                near = _zoomed(before, place, 1 + self.into * part)
            if share > 0:
                far = _zoomed(after, place, 1 - self.out_of * (1 - part))
            if 0 < share < 1:
                cv2.addWeighted(near, 1 - share, far, share, 0, dst=target)
            else:
                np.copyto(target, far if share else near)


def _zoomed(frame: Planes, place: int, factor: float) -> Bytes:
    """Return one of a frame's planes so many times as large around the frame's middle.

    A chroma sample lies on the left of its two columns and between its two rows; beyond its edges
    the picture is mirrored.
    """
    plane = (*frame,)[place]
    height, width = plane.shape
    middle = ((frame.width - 1) / 2, (frame.height - 1) / 2)
    if place:
        middle = (middle[0] / 2, (middle[1] - 0.5) / 2)
    step = 1 / factor
    back = np.array([[step, 0, middle[0] * (1 - step)], [0, step, middle[1] * (1 - step)]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return as_bytes(
        cv2.warpAffine(plane, back, (width, height), flags=flags, borderMode=cv2.BORDER_REFLECT)
    )
