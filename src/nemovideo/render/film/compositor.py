"""A plan's frames as pictures: shots, transitions and text, one above the other.

Only the pictures on screen and the next ones are in memory, so that it does not matter how many
there are. The next are loaded in a thread while the present ones are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path

from nemovideo.render.film.pieces.cutting import standing_before
from nemovideo.render.film.plan import Caption, Layer, Plan
from nemovideo.render.film.sources import Shelf, Source
from nemovideo.render.picture.planes import BLACK, Planes, colour_of, mix_with_colour
from nemovideo.render.picture.transitions import effect_named
from nemovideo.render.text import (
    Overlay,
    TextPicture,
    clear_of,
    make_overlay,
    render_text,
)

_AHEAD = 2
"""How many shots are loaded before they are seen."""


class Compositor:
    """Draws a plan's frames in their order; a context manager.

    Args:
        plan: What to draw.
        paths: The file of each of the plan's shots, where it has no shelf.
        shelf: What opens the shots of a film of which this is a piece.
        numbers: Their places in the film's plan.
    """

    def __init__(
        self,
        plan: Plan,
        paths: Sequence[Path] = (),
        *,
        shelf: Shelf | None = None,
        numbers: Sequence[int] | None = None,
    ) -> None:
        self._plan = plan
        self._numbers = range(len(plan.shots)) if numbers is None else numbers
        self._shelf = shelf or Shelf(paths)
        self._is_owner = shelf is None
        self._by_start = sorted(range(len(plan.shots)), key=lambda n: plan.shots[n].start)
        self._sources: dict[int, Future[Source]] = {}
        self._overlays: dict[int, Overlay | None] = {}
        self._texts: dict[int, TextPicture] = {}
        self._black = Planes.blank(plan.width, plan.height)
        self._spare = tuple(Planes.blank(plan.width, plan.height) for _ in range(3))
        self.notes: list[str] = []
        """What of the texts is not shown as it was written."""

    def __enter__(self) -> Compositor:
        return self

    def __exit__(self, *_: object) -> None:
        for number in tuple(self._sources):
            self._close(number)
        if self._is_owner:
            self._shelf.close()

    @property
    def loaded(self) -> frozenset[int]:
        """The shots that are in memory or being loaded, by their places in the plan."""
        return frozenset(self._sources)

    def draw(self, frame: int, out: Planes) -> None:
        """Write a frame; frames are asked for in their order."""
        self._drop_past(frame)
        layers = self._plan.layers_at(frame)
        for layer in layers:
            self._load(layer.shot)
        self._load_next(frame)
        self._stack(layers, out)
        for number, caption in enumerate(self._plan.captions):
            opacity = caption.opacity(frame)
            if opacity > 0 and (overlay := self._overlay(number, caption)) is not None:
                overlay.draw(opacity, out)
        for fade in self._plan.fades:
            if cover := fade.cover(frame):
                mix_with_colour(out, colour_of(fade.color), cover, out)

    def _stack(self, layers: Sequence[Layer], out: Planes) -> None:
        below = self._black
        first, second, after = self._spare
        if not layers:
            out.fill(BLACK)
        for place, layer in enumerate(layers, start=1):
            target = out if place == len(layers) else first if below is not first else second
            source = self._sources[layer.shot].result()
            if layer.progress >= 1.0:
                source.draw(layer.frame, target)
            else:
                source.draw(layer.frame, after)
                transition = self._plan.shots[layer.shot].transition
                assert transition is not None
                effect_named(transition.name).draw(below, after, layer.progress, target)
            below = target

    def _load(self, number: int) -> None:
        if number not in self._sources:
            self._sources[number] = self._shelf.open(
                self._numbers[number],
                self._plan.shots[number],
                (self._plan.width, self._plan.height),
            )

    def _load_next(self, frame: int) -> None:
        ahead = [n for n in self._by_start if self._plan.shots[n].start > frame]
        for number in ahead[:_AHEAD]:
            self._load(number)

    def _drop_past(self, frame: int) -> None:
        for number in tuple(self._sources):
            if self._plan.shots[number].held_until <= frame:
                self._close(number)
        for number in tuple(self._texts):
            if self._plan.captions[number].end <= frame:
                del self._texts[number]
                self._overlays.pop(number, None)

    def _close(self, number: int) -> None:
        future = self._sources.pop(number)
        if not future.cancel() and future.exception() is None:
            future.result().close()

    def _overlay(self, number: int, caption: Caption) -> Overlay | None:
        if number not in self._overlays:
            text = self._text(number, caption)
            size = (self._plan.width, self._plan.height)
            self._overlays[number] = make_overlay(text.pixels, text.x, text.y, *size)
        return self._overlays[number]

    def _text(self, number: int, caption: Caption) -> TextPicture:
        """Return a caption in its place, clear of those that stand when it comes."""
        if number not in self._texts:
            size = (self._plan.width, self._plan.height)
            text = render_text(caption.text, caption.style, size)
            self.notes.extend(note for note in text.notes() if note not in self.notes)
            captions = self._plan.captions
            others = [self._text(n, captions[n]).box for n in standing_before(captions, number)]
            self._texts[number] = text.moved_to(clear_of(text.box, others, size))
        return self._texts[number]
