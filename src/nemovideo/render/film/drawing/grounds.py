"""What lies beneath the words of a film: a few frames of it, drawn small, without the words.

A text is looked at over all of its time and always at the same size, so that every piece in which
it shows, and every size of the film, comes to the same result.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from functools import cache
from threading import Lock

from nemovideo.render.film.drawing.shots import Shots
from nemovideo.render.film.drawing.sources import Files, Shelf
from nemovideo.render.film.pieces.cutting import Piece, piece_at
from nemovideo.render.film.plan import Plan
from nemovideo.render.picture.planes import Bytes, Planes, rgb_of
from nemovideo.render.text.ground import Ground, ground_of
from nemovideo.render.text.style import Box

_SIDE = 384
"""Pixels of the longer side of a frame that is looked at."""
_LOOKS = 3
"""At how many moments a text is looked at."""


class Grounds:
    """Measures what lies beneath the texts of one film, once for each; any thread may ask."""

    def __init__(self, plan: Plan, paths: Sequence[Files]) -> None:
        scale = _SIDE / max(plan.width, plan.height)
        width, height = (max(16, round(s * scale / 2) * 2) for s in (plan.width, plan.height))
        self._scale = (width / plan.width, height / plan.height)
        self._plan = replace(plan, width=width, height=height, fades=())
        self._paths = paths
        self._lock = Lock()
        self._known: dict[tuple[int, Box], Ground] = {}
        self.moments = cache(self._moments)

    def below(self, number: int, box: Box) -> Ground:
        """Return what lies in a box, in the film's pixels, while one of its plan's texts shows.

        Raises:
            NemoError: A photo or clip can't be read.
        """
        with self._lock:
            if (number, box) not in self._known:
                self._known[number, box] = ground_of(self._pictures(number, box))
            return self._known[number, box]

    def _moments(self, number: int) -> tuple[Piece, ...]:
        """Return the frames at which a text is looked at, each as a piece; none if it need not."""
        caption = self._plan.captions[number]
        if caption.style.backing is not None:
            return ()
        first = min(caption.start + caption.fade_in, caption.end - 1)
        last = max(caption.end - 1 - caption.fade_out, first)
        frames = {first + (last - first) * place // (_LOOKS - 1) for place in range(_LOOKS)}
        seen = [frame for frame in sorted(frames) if frame < self._plan.frame_count]
        return tuple(piece_at(self._plan, frame) for frame in seen)

    def _pictures(self, number: int, box: Box) -> list[Bytes]:
        pieces = self.moments(number)
        across, down = self._scale
        left, right = int(box.x * across), math.ceil(box.right * across)
        top, bottom = int(box.y * down), math.ceil(box.bottom * down)
        out, pictures = Planes.blank(self._plan.width, self._plan.height), []
        with closing(Shelf(self._paths, (n for piece in pieces for n in piece.shots))) as shelf:
            for piece in pieces:
                with closing(Shots(piece.plan, shelf, piece.shots)) as shots:
                    shots.draw(0, out)
                shelf.end(piece.shots)
                pictures.append(rgb_of(out)[max(0, top) : bottom, max(0, left) : right])
        return pictures
