"""Clips by where they stand beside others: in the middle, behind the third, the film of a list."""

from __future__ import annotations

from collections.abc import Callable

from nemovideo.editing.reading.items import Ref, Scene, TextRef
from nemovideo.editing.reading.references._ahead import TEXT_NOUNS, Ahead

_THINGS = (*TEXT_NOUNS, "transition", "joint", "music", "sound", "position", "place-word")
"""What may stand behind a clip without being one."""
_COMMAS = (",", "，", "、")
_SIDES = ("before", "after", "to", "from")
_DOING = ("all", "rest", "not-want", "remove", "keep", "move", "swap")
"""What may stand behind the last of a list, where verbs come last."""


class ByNeighbour:
    """Finds clips by their neighbours.

    Args:
        ahead: The tokens of the message.
        scene: The timeline before it.
    """

    def __init__(self, ahead: Ahead, scene: Scene) -> None:
        self._ahead = ahead
        self._scene = scene
        self._bare_row = range(0)
        """Where a row of numbers stands that no word of measure follows."""

    def middle(self, at: int) -> tuple[Ref, int] | None:
        """Read "the middle photo", "the middle three"; of an even number one must be chosen."""
        count, noun = None, self._ahead.noun(at)
        if noun is not None and self._ahead.has(noun[2], "middle-it"):  # la foto del medio
            noun = noun[0], noun[1], noun[2] + 1
        elif self._ahead.has(at, "middle"):
            count, at = self._count(at + 1)
            noun = self._ahead.noun(at)
        else:
            return None
        if noun is None or self._ahead.has(self._ahead.skip(noun[2]), *_THINGS):
            return None
        places = self._scene.places(noun[0])
        first, is_off = divmod(len(places) - (count or 1), 2)
        if first < 0:
            return _missing(count or 1, len(places), noun[0]), noun[2]
        if is_off:
            choices = tuple(places[first : first + 2])
            return (Ref((), noun[0], choices=choices), noun[2]) if count in (None, 1) else None
        chosen = tuple(places[first : first + (count or 1)])
        return Ref(chosen, noun[0], is_plural=len(chosen) > 1, is_ordinal=len(chosen) == 1), noun[2]

    def neighbours(self, start: int, ref: Ref, end: int) -> tuple[Ref, int] | None:
        """Read what of a clip's neighbours is meant where that stands behind it: 第三张以后的.

        Args:
            start: Where the reference to the clip begins.
            ref: The clip.
            end: Behind it.
        """
        if (found := self._others(start, ref, end)) is not None:
            return found
        sides = ("all-before", "all-after", "from-on")
        side = next((side for side in sides if self._ahead.has(end, side)), None)
        if side is None and self._ahead.has(end + 1, "it") and self._ahead.noun(end + 1):
            role = next((r for r in ("before", "after") if self._ahead.has(end, f"{r}-it")), None)
            side = f"all-{role}" if role else None  # 第三张后面那张
        if side is None or len(ref.places) != 1 or ref.is_bare or ref.is_it:
            return None
        if start and self._ahead.has(start - 1, "to", "move", "add") and side != "from-on":
            return None  # a place to go to
        count, at = self._count(end + 1)
        if self._ahead.has(at, *_THINGS):
            return None
        noun = self._ahead.noun(at)
        kind, is_plural, stop = noun or ("one", True, self._ahead.skip(end + 1))
        if noun is not None and not is_plural and count is None:
            count = 1
        place = ref.places[0]
        there = [
            other
            for other in self._scene.places(kind)
            if (other < place if side == "all-before" else other > place)
            or (other == place and side == "from-on")
        ]
        if len(there) < (count or 1):
            return Ref((), kind, is_plural=True, problem=("no_clips", {})), stop
        if count is not None:
            there = there[-count:] if side == "all-before" else there[:count]
        return Ref(tuple(there), kind, is_plural=count != 1, is_ordinal=count == 1), stop

    def beyond(
        self, at: int, simple: Callable[[int], tuple[Ref | TextRef, int] | None]
    ) -> tuple[Ref, int] | None:
        """Read "everything after the lake", "all photos up to the fourth", "from photo 3 on".

        Args:
            at: Where it begins.
            simple: Reads the one clip from which or up to which it goes.
        """
        if at and self._ahead.has(at - 1, "new"):
            return None  # "add the new pictures before the lake"
        kind, start = "one", at
        is_all = self._ahead.has(at, "everything", "all", "photo", "clip", "one")
        if not is_all and not self._ahead.has(self._ahead.skip(at), "from"):
            return None
        if is_all:
            noun = self._ahead.noun(self._ahead.skip(at + self._ahead.has(at, "all")))
            kind, start = (noun[0], noun[2]) if noun else (kind, at + 1)
            if noun and not noun[1]:
                return None
        start = self._ahead.skip(start)
        side = next((one for one in _SIDES if self._ahead.has(start, one)), None)
        if side is None or (not is_all and side != "from"):
            return None
        if self._ahead.has(start, "move", "add"):
            return None  # 照片放到最后: where they go to
        ref, end = simple(self._ahead.skip(start + 1)) or (None, start)
        if not isinstance(ref, Ref) or len(ref.places) != 1 or ref.is_bare or ref.is_it:
            return None
        stop = end + 1 if self._ahead.has(end, "from-on") else end
        if side == "from":
            stop = max(stop, self._on(end, simple), self._to_end(end) if is_all else end)
            if stop == end:
                return None
        place, places = ref.places[0], self._scene.places(kind)
        before, after = place + (side == "to"), place - (side == "from")
        there = [p for p in places if (p < before if side in ("before", "to") else p > after)]
        if not there:
            return Ref((), kind, is_plural=True, problem=("no_clips", {})), stop
        return Ref(tuple(there), kind, is_plural=True), stop

    def _on(self, at: int, simple: Callable[[int], object]) -> int:
        """Return the end of what says that it goes on to the end: "from photo 3 on"."""
        following = self._ahead.get(self._ahead.skip(at + 1))
        is_role = following is not None and following.kind in ("file", "text", "number")
        is_on = self._ahead.has(at, "on") and not (is_role or simple(self._ahead.skip(at + 1)))
        return at + is_on

    def _to_end(self, at: int) -> int:
        behind = self._ahead.skip(at + 1)
        is_move = self._ahead.has(at, "move", "add")
        is_end = self._ahead.has(at, "to") and not is_move and self._ahead.has(behind, "end")
        return behind + 1 if is_end else at

    def _others(self, start: int, ref: Ref, end: int) -> tuple[Ref, int] | None:
        """Read "all but these" where that stands behind them: 第三张以外的照片."""
        is_hole = self._ahead.has(end, "except-end") and not ref.is_bare and not ref.is_it
        if not is_hole or any(token.has("except") for token in self._ahead.tokens[:start]):
            return None
        noun = self._ahead.noun(self._ahead.skip(end + 1))
        kind, _, stop = noun or (ref.noun or "one", True, end + 1)
        rest = tuple(place for place in self._scene.places(kind) if place not in ref.places)
        problem = ref.problem or (None if rest else ("no_clips", {}))
        hole = () if problem else ref.places
        return Ref(rest, kind, is_plural=True, problem=problem, hole=hole), stop

    def listed(self, at: int) -> tuple[Ref, int] | None:
        """Read numbers before a word of measure: 1、3、5张; a number alone says how many."""
        if at in self._bare_row:
            return None
        numbers, start = [], at
        while (token := self._ahead.get(at)) is not None and token.kind == "number":
            numbers.append(token.values)
            at += 1
            following = self._ahead.get(at)
            if following is None or not (following.has("and") or following.values in _COMMAS):
                break
            at += 1
        if len(numbers) < 2 or not (
            self._ahead.has(at, "measure") and self._ahead.has(at, "photo")
        ):
            self._bare_row = range(start, at)
            return None
        places = self._scene.places("photo")
        for number in numbers:
            if number != int(number) or not 1 <= number <= len(places):
                return _missing(int(number), len(places), "photo"), at + 1
        chosen = tuple(places[int(number) - 1] for number in numbers)
        return Ref(chosen, "photo", is_plural=True), at + 1

    def film(self, at: int) -> tuple[Ref, int] | None:
        """Read "the video" in a list of clips: that is the film among them, not the whole."""
        films = [p for p, clip in enumerate(self._scene.timeline.clips) if clip.is_film]
        following = self._ahead.get(self._ahead.skip(at + 1))
        goes_on = (
            following is None
            or following.kind == "punct"
            or (following.has(*_DOING) and not following.has("make"))
        )
        if not films or not self._ahead.has(at, "video") or not goes_on:
            return None
        return Ref(tuple(films), "clip", is_plural=len(films) > 1), at + 1

    def _count(self, at: int) -> tuple[int | None, int]:
        """Return how many are said, and where the noun is."""
        at = self._ahead.skip(at)
        token = self._ahead.get(at)
        if token is None or token.kind != "number" or token.values != int(token.values):
            return None, at
        return max(int(token.values), 1), self._ahead.skip(at + 1)


def _missing(number: int, count: int, kind: str) -> Ref:
    problem = ("no_such_clip", {"number": number, "count": count})
    return Ref((), kind, is_plural=True, problem=problem)
