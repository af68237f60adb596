"""Where everything stands in a clause, so that its frames need not look through it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nemovideo.editing.reading.items import VERBS, Item, Ref

_IGNORED = (
    *("filler", "make", "and", "with", "one-article", "to", "for", "in", "on", "at", "of"),
    *("polite-question", "from", "then", "platform", "needed-in"),
)
"""Concepts that say nothing once the frame has what it needs."""
_DOING = VERBS - {"make"}


class Index:
    """The places of a clause's items by what they are; all frames that are tried on it share it.

    Args:
        items: What the clause holds.
    """

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self.kinds: dict[str, list[int]] = {}
        self.concepts: dict[str, list[int]] = {}
        self.families: list[int] = []
        """Where a concept of some family stands: ``look:warm``."""
        self.refs: list[int] = []
        for place, item in enumerate(items):
            self.kinds.setdefault(item.kind, []).append(place)
            if item.kind == "concept":
                for concept in item.concepts:
                    self.concepts.setdefault(concept, []).append(place)
            if item.is_of_family:
                self.families.append(place)
            if isinstance(item.value, Ref):
                self.refs.append(place)
        self.moves = any(item.has("move") and not item.has("make") for item in items)
        self.echoes = set(self._echoes())
        self.weighty = [n for n, i in enumerate(items) if not _is_idle(i) or self._is_minus(n)]
        """Where something stands that must find its place in a frame."""

    def _echoes(self) -> Iterator[int]:
        """Return where an "it" stands beside what it means: "photo 2, make it darker"."""
        named = [n for n in self.refs if not self.items[n].value.is_it]
        if not named:
            return
        verb = next((n for n, i in enumerate(self.items) if i.has(*_DOING)), len(self.items))
        topics = {self.items[n].value.places for n in named if n < verb}
        breath = 0
        for place, item in enumerate(self.items):
            ref = item.value
            if isinstance(ref, Ref) and ref.is_it:
                if ref.places in topics or (ref.is_ending and ref.is_all):
                    yield place
                elif ref.is_ending:  # "turn photo 2 turning it"
                    beside = self.items[breath:place]
                    if any(item.kind == "captions" for item in beside):
                        yield place  # "y el título bórralo"
                    elif any(n.value.places == ref.places for n in beside if _names_clips(n)):
                        yield place
            if item.kind == "punct" or item.has("and"):
                breath = place

    def _is_minus(self, place: int) -> bool:
        """Return whether a dash that no range took is the sign of the number behind it."""
        item, following = self.items[place], self.items[place + 1 : place + 2]
        return item.value == "-" and any(one.start == item.end for one in following)


def _names_clips(item: Item) -> bool:
    return isinstance(item.value, Ref) and not item.value.is_it


def _is_idle(item: Item) -> bool:
    if item.kind == "punct":
        return item.value not in "%°+"
    return item.has("one-article") or (item.kind == "concept" and item.has(*_IGNORED))
