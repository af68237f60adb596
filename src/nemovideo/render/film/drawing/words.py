"""A plan's texts, each in its place and on the ground that it needs, as overlays."""

from __future__ import annotations

from collections.abc import Sequence

from nemovideo.render.film.drawing.grounds import Grounds
from nemovideo.render.film.pieces.cutting import standing_before
from nemovideo.render.film.plan import Caption, Plan
from nemovideo.render.picture.planes import Planes
from nemovideo.render.text import Overlay, TextPicture, clear_of, lay_out, make_overlay


class Words:
    """Lays a plan's texts over its frames, in their order, by their numbers in the film's plan."""

    def __init__(self, plan: Plan, grounds: Grounds, numbers: Sequence[int]) -> None:
        self._plan = plan
        self._grounds = grounds
        self._numbers = numbers
        self._overlays: dict[int, Overlay | None] = {}
        self._texts: dict[int, TextPicture] = {}
        self.notes: list[str] = []
        """What of the texts is not shown as it was written."""

    def draw(self, frame: int, out: Planes) -> None:
        """Lay what is read at a frame over it."""
        for number in tuple(self._texts):
            if self._plan.captions[number].end <= frame:
                del self._texts[number]
                self._overlays.pop(number, None)
        for number, caption in enumerate(self._plan.captions):
            opacity = caption.opacity(frame)
            if opacity > 0 and (overlay := self._overlay(number, caption)) is not None:
                overlay.draw(opacity, out)

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
            captions = self._plan.captions
            others = [self._text(n, captions[n]).box for n in standing_before(captions, number)]
            laid = lay_out(caption.text, caption.style, size)
            ground = None
            if laid.asks_for_ground:
                box = clear_of(laid.box, others, size)
                ground = self._grounds.below(self._numbers[number], box)
            text = laid.drawn(ground)
            self.notes.extend(note for note in text.notes() if note not in self.notes)
            self._texts[number] = text.moved_to(clear_of(text.box, others, size))
        return self._texts[number]
