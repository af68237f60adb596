"""A wish that may mean several things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nemovideo.editing.reading.items import Item, Ref, TextRef
from nemovideo.timeline.model import Timeline


class UnclearError(Exception):
    """A reference may mean several clips, or words: one of them must be chosen."""

    def __init__(self, item: Item, places: Sequence[int]) -> None:
        super().__init__(item.raw)
        self.item = item
        self.places = tuple(places)

    def chosen(self, place: int) -> Ref | TextRef:
        """Return the reference to one of them."""
        if isinstance(self.item.value, TextRef):
            return replace(self.item.value, style="text", number=place + 1, is_bare=False)
        return Ref((place,), is_ordinal=True)

    def label(self, place: int, timeline: Timeline) -> str:
        """Return what to call one of them."""
        if isinstance(self.item.value, TextRef):
            return timeline.captions[place].label or str(place + 1)
        return timeline.clips[place].name or str(place + 1)
