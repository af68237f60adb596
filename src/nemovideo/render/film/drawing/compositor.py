"""A plan's frames as pictures: shots, transitions and text, one above the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

from nemovideo.render.film.drawing.grounds import Grounds
from nemovideo.render.film.drawing.shots import Shots
from nemovideo.render.film.drawing.sources import Files, Shelf
from nemovideo.render.film.drawing.words import Words
from nemovideo.render.film.pieces.cutting import Piece, whole_of
from nemovideo.render.film.plan import Plan
from nemovideo.render.picture.planes import Planes, colour_of, mix_with_colour


class Compositor:
    """Draws the frames of a piece of a film in their order; a context manager."""

    def __init__(self, piece: Piece, shelf: Shelf, grounds: Grounds) -> None:
        self._fades = piece.plan.fades
        self._shots = Shots(piece.plan, shelf, piece.shots)
        self._words = Words(piece.plan, grounds, piece.captions)

    def __enter__(self) -> Compositor:
        return self

    def __exit__(self, *_: object) -> None:
        self._shots.close()

    @property
    def loaded(self) -> frozenset[int]:
        """The shots that are in memory or being loaded, by their places in the plan."""
        return self._shots.loaded

    @property
    def notes(self) -> Sequence[str]:
        """What of the texts is not shown as it was written."""
        return self._words.notes

    def draw(self, frame: int, out: Planes) -> None:
        """Write a frame; frames are asked for in their order."""
        self._shots.draw(frame, out)
        self._words.draw(frame, out)
        for fade in self._fades:
            if cover := fade.cover(frame):
                mix_with_colour(out, colour_of(fade.color), cover, out)


@contextmanager
def compositor_of(
    plan: Plan, paths: Sequence[Files], grounds: Grounds | None = None
) -> Iterator[Compositor]:
    """Open what draws a whole film: its plan, and the files of each of its shots."""
    with (
        closing(Shelf(paths)) as shelf,
        Compositor(whole_of(plan), shelf, grounds or Grounds(plan, paths)) as compositor,
    ):
        yield compositor
