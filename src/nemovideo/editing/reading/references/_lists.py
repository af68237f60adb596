"""Lists of clips: "the beach, the lake and the fifth". Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from nemovideo.editing.reading.items import Ref, Scene
from nemovideo.editing.reading.references._ahead import Ahead
from nemovideo.editing.reading.references._by_name import ByName
from nemovideo.editing.reading.references._by_neighbour import ByNeighbour
from nemovideo.editing.reading.references._by_number import ByNumber
from nemovideo.editing.reading.references._places import Places


class Lists:
    """Reads on behind a clip.

    Args:
        ahead: The tokens of the message.
        scene: The timeline before it.
        by_number: Finds clips that are counted.
        by_name: Finds clips that are named.
        by_neighbour: Finds clips beside others.
        bare: Reads a noun alone.
    """

    def __init__(
        self,
        ahead: Ahead,
        scene: Scene,
        by_number: ByNumber,
        by_name: ByName,
        by_neighbour: ByNeighbour,
        bare: Callable[[int], tuple[Ref, int] | None],
    ) -> None:
        self._ahead = ahead
        self._places = Places(scene)
        self._by_number = by_number
        self._by_name = by_name
        self._by_neighbour = by_neighbour
        self._bare = bare

    def more(self, ref: Ref, end: int) -> tuple[Ref, int] | None:
        """Read the next clip of a list: ``, 3``, ``and the fifth photo``, ``to the fourth``."""
        if ref.is_bare or ref.is_all or ref.is_it or ref.is_each:
            return None
        is_comma = self._ahead.has_comma(end)
        if is_comma and not ref.noun and self._ahead.has(end - 1, "end"):
            return None  # "move it last, delete the second"
        at, has_joint = end, False
        while at < len(self._ahead.tokens) and (
            self._ahead.has(at, "and")
            or (self._ahead.has(at, "filler") and not self._ahead.has(at, "make"))
            or self._ahead.tokens[at].values in (",", "、", "，")
        ):
            has_joint = has_joint or not self._ahead.has(at, "filler") or self._ahead.has(at, "and")
            at += 1
        if has_joint:
            token = self._ahead.get(at)
            if token is None or (token.kind == "number" and not self._ahead.may_be_number(at)):
                return None
            if token.has("filler") and token.has("make"):
                return None  # "fuera la cuarta, y que el clip vaya más rápido"
            following = self._by_number.numbered(at) or self._by_name.clips(at)
            if token.kind == "ordinal" and self._ahead.is_number(at + 1):
                return None  # "the first 3 seconds of the clip, and the last 2"
            is_counted = ref.is_ordinal or (ref.is_plural and not ref.is_named)
            if following is None and token.kind == "number" and is_counted:
                following = self._by_number.number_alone(at, ref.noun)
                if following is not None and self._ahead.has(following[1], "for"):
                    return None  # "5 seconds for the first, 3 for the rest"
            if following is None and (bare := self._bare(at)) is not None:
                following = bare if len(bare[0].places) == 1 and bare[0].noun == "clip" else None
                if following is not None:
                    following = replace(following[0], is_bare=False), following[1]
            is_and = any(self._ahead.has(place, "and") for place in range(end, at))
            if following is None and is_and:
                following = self._by_neighbour.film(at)
            if following is None or not isinstance(following[0], Ref):
                return None
            other, after = following
            if self._ahead.starts_wish(after, other) or (
                is_comma and self._ahead.goes_otherwise(end, after)
            ):
                return None
            return self._places.together(ref, other), after
        return None
