"""A plan's shots and their transitions, one above the other, without words.

Only the pictures on screen and the next ones are in memory, so that it does not matter how many
there are. The next are loaded in a thread while the present ones are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

from nemovideo.render.film.drawing.sources import Shelf, Source
from nemovideo.render.film.plan import Layer, Plan
from nemovideo.render.picture.planes import BLACK, Planes
from nemovideo.render.picture.transitions import effect_named

_AHEAD = 2
"""How many shots are loaded before they are seen."""


class Shots:
    """Draws a plan's shots in the order of frames; the numbers are those in the film's plan."""

    def __init__(self, plan: Plan, shelf: Shelf, numbers: Sequence[int]) -> None:
        self._plan = plan
        self._shelf = shelf
        self._numbers = numbers
        self._by_start = sorted(range(len(plan.shots)), key=lambda n: plan.shots[n].start)
        self._sources: dict[int, Future[Source]] = {}
        self._black = Planes.blank(plan.width, plan.height)
        self._spare = tuple(Planes.blank(plan.width, plan.height) for _ in range(3))

    def close(self) -> None:
        """Let go of all that is loaded."""
        for number in tuple(self._sources):
            self._close(number)

    @property
    def loaded(self) -> frozenset[int]:
        """The shots that are in memory or being loaded, by their places in the plan."""
        return frozenset(self._sources)

    def draw(self, frame: int, out: Planes) -> None:
        """Write a frame; frames are asked for in their order."""
        for number in tuple(self._sources):
            if self._plan.shots[number].held_until <= frame:
                self._close(number)
        layers = self._plan.layers_at(frame)
        for layer in layers:
            self._load(layer.shot)
        ahead = [n for n in self._by_start if self._plan.shots[n].start > frame]
        for number in ahead[:_AHEAD]:
            self._load(number)
        self._stack(layers, out)

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

    def _close(self, number: int) -> None:
        future = self._sources.pop(number)
        if not future.cancel() and future.exception() is None:
            future.result().close()
