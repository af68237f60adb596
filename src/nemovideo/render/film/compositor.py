"""A plan's frames as pictures: shots, transitions and text, one above the other.

Only the pictures on screen and the next ones are in memory, so that it does not matter how many
there are. The next are loaded in a thread while the present ones are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from nemovideo.render.film.plan import Caption, Layer, Plan
from nemovideo.render.film.sources import Source, open_source
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
        paths: The file of each of the plan's shots.
    """

    def __init__(self, plan: Plan, paths: Sequence[Path]) -> None:
        self._plan = plan
        self._paths = paths
        self._by_start = sorted(range(len(plan.shots)), key=lambda n: plan.shots[n].start)
        self._loader = ThreadPoolExecutor(1, thread_name_prefix="nemo-load")
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
        self._loader.shutdown(wait=True, cancel_futures=True)
        for number in tuple(self._sources):
            self._close(number)

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
            self._sources[number] = self._loader.submit(
                open_source,
                self._plan.shots[number],
                self._paths[number],
                self._plan.width,
                self._plan.height,
            )

    def _load_next(self, frame: int) -> None:
        ahead = [n for n in self._by_start if self._plan.shots[n].start > frame]
        for number in ahead[:_AHEAD]:
            self._load(number)

    def _drop_past(self, frame: int) -> None:
        for number in tuple(self._sources):
            if self._plan.shots[number].held_until <= frame:
                self._close(number)
        for number in tuple(self._overlays):
            if self._plan.captions[number].end <= frame:
                del self._overlays[number], self._texts[number]

    def _close(self, number: int) -> None:
        future = self._sources.pop(number)
        if not future.cancelled() and future.exception() is None:
            future.result().close()

    def _overlay(self, number: int, caption: Caption) -> Overlay | None:
        if number not in self._overlays:
            width, height = self._plan.width, self._plan.height
            text = render_text(caption.text, caption.style, (width, height))
            self.notes.extend(note for note in text.notes() if note not in self.notes)
            others = [shown.box for shown in self._texts.values()]
            text = text.moved_to(clear_of(text.box, others, (width, height)))
            self._texts[number] = text
            self._overlays[number] = make_overlay(text.pixels, text.x, text.y, width, height)
        return self._overlays[number]
