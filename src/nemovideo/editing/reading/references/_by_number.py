"""Clips by number, order and quantity: "the third photo", "2-4", "the last two". Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nemovideo.editing.reading.items import Ref, Scene
from nemovideo.editing.reading.references._ahead import NOUNS, TEXT_NOUNS, Ahead
from nemovideo.editing.reading.references._places import Places

_TIMES = ("duration", "clock")


class ByNumber:
    """Finds clips that are counted.

    Args:
        ahead: The tokens of the message.
        scene: The timeline before it.
    """

    def __init__(self, ahead: Ahead, scene: Scene) -> None:
        self._ahead = ahead
        self._scene = scene
        self._places = Places(scene)

    def quantity(self, at: int, named: Sequence[int]) -> tuple[Ref, int] | None:
        """Read all, each, both, every other, the rest, odd and even ones, and only those."""
        token = self._ahead.get(at)
        if token is None or token.kind != "word":
            return None
        for concept, step, offset in (
            ("every-other", 2, 0),
            ("every-third", 3, 0),
            ("odd", 2, 0),
            ("even", 2, 1),
        ):
            if token.has(concept):
                noun = self._ahead.noun(self._ahead.skip(at + 1))
                if noun is None and concept in ("odd", "even"):
                    return None
                kind, end = (noun[0], noun[2]) if noun else ("one", at + 1)
                places = self._scene.places(kind)
                first = offset + (1 if concept == "every-other" and len(places) > 1 else 0)
                if concept == "every-third":
                    first = 2
                first, end = self._beginning(end) or (first, end)
                return Ref(tuple(places[first::step]), kind, is_plural=True), end
        if not token.has("all", "each", "both", "rest"):
            return None
        end = self._ahead.skip(at + 1)
        if self._ahead.has(end, "all") and not self._ahead.has(end, *NOUNS):
            end = self._ahead.skip(end + 1)
        noun = self._ahead.noun(end)
        if noun is None and token.has("each") and token.has("photo"):
            noun = ("photo", True, at + 1)
        if noun is None and (token.has("each", "filler") or not token.has("rest", "both", "all")):
            return None
        kind, end = (noun[0], noun[2]) if noun else ("one", at + 1)
        is_alone = noun is None and token.has("all", "both")
        if is_alone and self._ahead.has(end, *TEXT_NOUNS, "transition", "music"):
            return None
        is_pair = token.has("both") and len(named) == 2
        places = list(named) if is_pair else self._scene.places(kind)
        if token.has("both") and not token.has("all") and len(places) != 2:
            return Ref((), kind, is_plural=True, problem=("no_clips", {})), end
        if kind == "clip" and len(places) == 1 and token.has("all", "each") and noun and noun[1]:
            kind, places = "one", self._scene.places("one")  # photos are clips to some
        if token.has("rest"):
            places = [place for place in self._scene.places(kind) if place not in named]
            if not named:
                return None
            if any(map(self._needs_eyes, range(at))):
                return Ref((), kind, is_plural=True, problem=("no_clips", {})), end
        return (
            Ref(
                tuple(places),
                kind,
                is_plural=True,
                is_all=token.has("all", "each", "both") and not is_pair,
                is_each=token.has("each"),
                is_rest=token.has("rest") and noun is None,
            ),
            end,
        )

    def _needs_eyes(self, at: int) -> bool:
        """Return whether clips are told apart by what they show: "the three best photos"."""
        return self._ahead.has(at, "eyes") and self._ahead.noun(at + 1) is not None

    def several(self, at: int) -> tuple[Ref, int] | None:
        """Read "the first two photos", "the last three", in either order."""
        token, following = self._ahead.get(at), self._ahead.get(self._ahead.skip(at + 1))
        if token is None or following is None:
            return None
        side, count = None, None
        if token.kind == "ordinal" and token.values in (1, -1) and following.kind == "number":
            side, count = int(token.values), following.values
        elif token.has("leading", "trailing") and following.kind == "number":
            side, count = (1 if token.has("leading") else -1), following.values
        elif token.kind == "number" and following.kind == "ordinal" and following.values in (1, -1):
            side, count = int(following.values), token.values
        if side is None or count is None or count != int(count) or count < 1:
            return None
        after = self._ahead.skip(at + 1) + 1
        noun = self._ahead.noun(self._ahead.skip(after))
        if noun is None and self._ahead.has(
            self._ahead.skip(after), *TEXT_NOUNS, "steps", "second", "half", "plural-not"
        ):
            return None
        kind, end = (noun[0], noun[2]) if noun else ("one", after)
        places = self._scene.places(kind)
        if count > len(places):
            problem = ("no_such_clip", {"number": int(count), "count": len(places)})
            return Ref((), kind, is_plural=True, problem=problem), end
        numbers = tuple(range(1, int(count) + 1) if side > 0 else range(-int(count), 0))
        chosen = tuple(places[number - (side > 0)] for number in numbers)
        return Ref(chosen, kind, is_plural=count > 1, numbers=numbers), end

    def numbered(self, at: int) -> tuple[Ref, int] | None:
        """Read "the third photo", "photo 3", "photos 2-4", "number 5"."""
        token = self._ahead.get(at)
        if token is None:
            return None
        if token.kind == "ordinal" and not self._ahead.is_verb(at):
            return self._ordinal(at)
        if (
            token.has("ordinal-mark")
            and (after := self._ahead.get(at + 1))
            and after.kind == "number"
        ):
            return self._ranged(
                self._places.at_number(int(after.values), "one"), at + 2, int(after.values)
            )
        noun = self._ahead.noun(at)
        if noun is not None:
            kind, _, end = noun
            if self._ahead.has(end, "ordinal-mark"):
                end += 1
            number = self._ahead.get(end)
            if number is None or number.kind not in ("number", "ordinal"):
                return None
            if number.kind == "ordinal" and self._ahead.is_verb(end):
                return None
            if number.kind == "ordinal" and not (number.raw and number.values):
                return None
            if number.kind == "ordinal" and (
                self._ahead.noun(self._ahead.skip(end + 1)) or number.values in (1, -1)
            ):
                return None  # "put photo 3 first": a place to go to
            if number.values != int(number.values) or not self._ahead.may_be_number(end):
                return None
            value = int(number.values)
            return self._ranged(self._places.at_number(value, kind), end + 1, value)
        if token.kind == "number" and token.values == int(token.values):
            mark, count = self._ahead.get(at + 1), len(self._scene.places("one"))
            begins = not at or self._ahead.tokens[at - 1].kind == "punct"
            if begins and self._ahead.has(at + 1, "states") and 1 <= token.values <= count:
                return self._places.at_number(int(token.values), "one"), at + 1  # "4 is too dark"
            if mark is not None and mark.glued and mark.has("ordinal-mark"):  # 4号, 4号那张
                end = at + 2 + (self._ahead.has(at + 2, "it") and self._ahead.has(at + 2, "photo"))
                return self._places.at_number(int(token.values), "one"), end
            return self._range_of_numbers(at)
        return None

    def _ordinal(self, at: int) -> tuple[Ref, int] | None:
        number = int(self._ahead.tokens[at].values)
        end = at + 1
        noun = self._ahead.noun(self._ahead.skip(end))
        following = self._ahead.get(self._ahead.skip(end))
        if following is not None and noun is None:
            if following.has(*TEXT_NOUNS, "position", "steps", "transition", "half", "music"):
                return None
            if following.kind in _TIMES and number in (1, -1):
                return None  # the first three seconds
            if (
                following.kind == "number"
                and self._ahead.get(self._ahead.skip(end) + 1) is not None
            ):
                unit = self._ahead.get(self._ahead.skip(end) + 1)
                if unit is not None and unit.has("position", "steps"):
                    return None
        if noun is None and following is not None and following.has("video"):
            films = self._scene.places("clip")
            if films:  # "the third video" is no photo
                ref = self._places.numbered_among(films, number, "clip")
                return self._ranged(ref, self._ahead.skip(end) + 1, number)
        kind, end = (noun[0], noun[2]) if noun else ("", end)
        ref = self._places.at_number(number, kind or "one")
        return self._ranged(replace(ref, noun=kind), end, number)

    def _goes_on(self, at: int) -> bool:
        """Return whether a dash or a "to" leads to the end of a range."""
        dash = self._ahead.get(at)
        return dash is not None and (
            dash.values in ("-", "~") or (dash.has("to") and not dash.has("move"))
        )

    def _ranged(self, ref: Ref, end: int, first: int) -> tuple[Ref, int]:
        """Read on to the end of a range: ``-4``, ``to 4``, ``to the fourth photo``."""
        at = end
        if not self._goes_on(at):
            return ref, end
        dash = self._ahead.get(at)
        at = self._ahead.skip(at + 1)
        while self._ahead.has(at, "ordinal-mark", "filler"):
            at += 1
        last = self._ahead.get(at)
        if (
            last is None
            or last.kind not in ("number", "ordinal")
            or last.values != int(last.values)
        ):
            if (noun := self._ahead.noun(at)) is None or ref.noun not in ("photo", "clip", "one"):
                return ref, end
            last, at = self._ahead.get(noun[2]), noun[2]
            if last is None or last.kind != "number":
                return ref, end
        if (
            last.kind == "ordinal"
            and last.values in (1, -1)
            and dash is not None
            and dash.has("to")
        ):
            after = self._ahead.noun(self._ahead.skip(at + 1))
            if after is None or ref.noun:
                return ref, end  # "move the second photo to the last position"
        if self._ahead.has(self._ahead.skip(at + 1), "position") or not self._ahead.may_be_number(
            at
        ):
            return ref, end
        if (
            last.kind == "number"
            and dash is not None
            and dash.has("to")
            and ref.noun
            and not ref.is_plural
        ):
            before = self._ahead.tokens[end - 1]
            if before.kind != "number":
                return ref, end  # "move the second photo to 4"
        noun = self._ahead.noun(self._ahead.skip(at + 1))
        if noun is None and ref.noun and last.kind == "ordinal":
            return ref, end  # "move the second photo to the fourth"
        kind = ref.noun or (noun[0] if noun else "one")
        places = self._scene.places(kind or "one")
        low = first if first > 0 else len(places) + first + 1
        number = int(last.values)
        high = number if number > 0 else len(places) + number + 1
        stop = noun[2] if noun else at + 1
        if not 1 <= low <= high <= len(places):
            wrong = high if high > len(places) or high < 1 else low
            problem = ("no_such_clip", {"number": wrong, "count": len(places)})
            return Ref((), kind, is_plural=True, problem=problem), stop
        return Ref(tuple(places[low - 1 : high]), kind, is_plural=True), stop

    def _range_of_numbers(self, at: int) -> tuple[Ref, int] | None:
        """Read "2 to 4" before a noun; a number alone is a number."""
        if not self._goes_on(at + 1):
            return None
        first = int(self._ahead.tokens[at].values)
        ref, end = self._ranged(self._places.at_number(first, "one"), at + 1, first)
        if ref.is_plural and end > at + 1 and self._ahead.noun(end - 1):
            return ref, end
        return None

    def number_alone(self, at: int, noun: str) -> tuple[Ref, int] | None:
        token = self._ahead.get(at)
        if token is None or token.kind != "number":
            return None
        after = self._ahead.noun(at + 1)
        noun, end = (noun or after[0], after[2]) if after else (noun, at + 1)
        return self._places.at_number(int(token.values), noun), end

    def _beginning(self, at: int) -> tuple[int, int] | None:
        """Read "…, starting with the first one": the place, and what is behind it."""
        comma = self._ahead.get(at)
        at += comma is not None and comma.kind == "punct" and comma.values == ","
        start = self._ahead.skip(at + 1)
        place = self._ahead.get(start)
        if not self._ahead.has(at, "starting-with") or place is None or place.kind != "ordinal":
            return None
        end = self._ahead.skip(start + 1)
        noun = self._ahead.noun(end)
        return (place.values - 1, noun[2] if noun else start + 1) if place.values > 0 else None
