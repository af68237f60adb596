"""Clips by their numbers, and references put together or taken apart. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nemovideo.editing.reading.items import Ref, Scene


class Places:
    """Finds the places of clips on a timeline.

    Args:
        scene: The timeline before the message.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def at_number(self, number: int, noun: str) -> Ref:
        """Return the clip that stands at a number of its kind, from the end if negative."""
        places = self._scene.places(noun or "one")
        if noun == "clip" and abs(number) > len(places):
            places = self._scene.places("one")  # a photo is a clip to some
        return self.numbered_among(places, number, noun)

    @staticmethod
    def numbered_among(places: Sequence[int], number: int, noun: str) -> Ref:
        """Return the clip at a number among those at some places."""
        place = number - 1 if number > 0 else len(places) + number
        if number == 0 or not 0 <= place < len(places):
            problem = ("no_such_clip", {"number": number, "count": len(places)})
            return Ref((), noun, problem=problem, is_ordinal=True, numbers=(number,))
        return Ref((places[place],), noun, is_ordinal=True, numbers=(number,))

    def beside(self, place: int, side: int, noun: str) -> Ref:
        """Return the nearest clip of a kind before a place (side -1) or behind it (1)."""
        there = [other for other in self._scene.places(noun) if (other - place) * side > 0]
        if not there:
            return Ref((), noun, problem=("no_clips", {}))
        return Ref((min(there) if side > 0 else max(there),), noun, is_ordinal=True)

    def together(self, one: Ref, two: Ref) -> Ref:
        """Return the clips of two references as one."""
        noun = one.noun or two.noun
        if two.noun and not one.noun and not one.is_named:  # "the first and third photo"
            one = self.among(one, two.noun)
        if one.noun and not two.noun and two.is_ordinal:
            is_of_kind = set(one.places) <= set(self._scene.places(one.noun))
            two = self.among(two, one.noun if is_of_kind else "one")
        numbers = (*one.numbers, *two.numbers)
        is_beyond = max(numbers, default=0) > len(self._scene.places("clip"))
        is_same = one.is_ordinal and two.is_ordinal and one.places == two.places
        if noun == "clip" and (is_beyond or is_same):  # "clips 1 and 2": of all
            one, two = (self.among(replace(ref, noun="one"), "one") for ref in (one, two))
        return Ref(
            tuple(dict.fromkeys((*one.places, *two.places))),
            noun,
            is_plural=True,
            is_named=one.is_named or two.is_named,
            problem=one.problem or two.problem,
            choices=one.choices or two.choices,
            numbers=(*one.numbers, *two.numbers) if one.numbers and two.numbers else (),
        )

    def among(self, ref: Ref, noun: str) -> Ref:
        """Count what was counted anew, among clips of a kind; "the last one" of the photos."""
        if not ref.numbers or ref.noun not in ("", "one"):
            return ref
        found = [self.at_number(number, noun) for number in ref.numbers]
        problem = next((one.problem for one in found if one.problem), None)
        return replace(ref, places=tuple(p for one in found for p in one.places), problem=problem)

    def without(self, ref: Ref, hole: Ref) -> Ref:
        """Return the clips of a reference but for some."""
        if ref.noun == "clip" and ref.is_all and not set(hole.places) < set(ref.places):
            ref = replace(ref, places=tuple(self._scene.places("one")), noun="one")
        hole = self.among(hole, ref.noun or "one")
        places = tuple(place for place in ref.places if place not in hole.places)
        problem = ref.problem or hole.problem or (None if places else ("no_clips", {}))
        return Ref(places, ref.noun, is_plural=True, problem=problem, choices=hole.choices)
