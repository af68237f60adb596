"""Tokens as the items of a wish, each with its role. Pure.

Languages that put the role behind its word have concepts of their own for that (``before-it`` …);
nothing here knows a language.
"""

from __future__ import annotations

from collections.abc import Sequence

from nemovideo.editing.reading.items.item import VERBS, Item, Ref, Scene
from nemovideo.editing.reading.items.times import TIMES, with_rates, with_times
from nemovideo.editing.reading.items.told import negated, told
from nemovideo.editing.reading.references import References
from nemovideo.language.tokens import Token

ROLES = ("to", "from", "at", "by", "for", "in", "on", "off", "before", "after", "between", "with")
"""Concepts that say what the value behind them is for."""


def items_of(tokens: Sequence[Token], scene: Scene) -> list[Item]:
    """Turn tokens into items."""
    items = References(tokens, scene).items()
    said = frozenset().union(*(item.concepts for item in items))
    if any(isinstance(item.value, Ref) and item.value.hole for item in items):
        items = _with_holes(items, scene)
    if "shade" in said:
        items = _without_shades(items)
    if "instead-of" in said:
        items = _without_replaced(items)
    items = _with_roles(items)
    if any(item.kind in TIMES for item in items):
        items = with_rates(with_times(items), scene)
    return [told(items, place) or negated(items, place) for place in range(len(items))]


def _without_shades(items: Sequence[Item]) -> list[Item]:
    """Leave out what a colour is called besides its name: "bright yellow", "rojo intenso"."""
    colors = {place for place, item in enumerate(items) if item.kind == "color"}
    return [
        item
        for place, item in enumerate(items)
        if not (item.has("shade") and colors & {place - 1, place + 1})
    ]


def _without_replaced(items: Sequence[Item]) -> list[Item]:
    """Leave out what shall no longer be: "white instead of black"; clips are no such thing."""
    found: list[Item] = []
    end = 0
    for place, item in enumerate(items):
        if item.kind == "concept" and item.has("instead-of"):
            behind = range(place + 1, len(items))
            stop = next((n for n in behind if _is_joint(items[n])), len(items))
            named = items[place + 1 : stop]
            if named and named[0].has("shown"):
                end = place + 2  # "instead of Summer the title shall say …"
            elif any(one.kind == "text" for one in named):
                end = place + 1  # "instead of the title say "Hello"" names what to change
            elif not any(
                _names_clips(one) or one.has(*VERBS - {"make", "pan", "zoom"}) for one in named
            ):
                end = stop
        if place >= end:
            found.append(item)
    is_empty = all(item.kind == "punct" or item.has("filler") for item in found)
    return list(items) if is_empty else found  # what is left out must be said of something


def _names_clips(item: Item) -> bool:
    return isinstance(item.value, Ref) and not item.value.is_it


def _is_joint(item: Item) -> bool:
    return item.kind == "punct" or item.has("and", "then", "but", "subject")


def _with_holes(items: Sequence[Item], scene: Scene) -> list[Item]:
    """Take out of "all photos" what an "except …" further on names, or right behind the sentence.

    "Everything" and "the video" are all clips there.
    """
    found: list[Item] = []
    whole: int | None = None
    ended = goes_on = False
    for item in items:
        ref = item.value
        goes_on = goes_on or item.kind == "punct" or item.has("and")
        if ended and not (isinstance(ref, Ref) and ref.hole):
            whole = None
        ended = item.kind == "punct" and ref not in (",", "，")
        if isinstance(ref, Ref) and ref.hole and goes_on and found and found[-1].has(*VERBS):
            whole = None  # "make it 20 seconds and drop everything except the lake"
        if isinstance(ref, Ref) and ref.hole and whole is not None:
            before = found[whole].value or Ref(tuple(scene.places("one")))
            places = tuple(place for place in before.places if place not in ref.hole)
            if not places:
                found.append(item)  # what is left out is all there is: it is said of others
                continue
            is_none = ref.problem is not None and ref.problem[0] == "no_clips"
            problem = ref.problem if not (is_none and places) else None
            rest = Ref(places, before.noun, is_plural=True, problem=problem)
            found[whole] = found[whole]._replace(kind="clips", concepts=frozenset(), value=rest)
            while found and found[-1].kind == "punct":
                found.pop()
            continue
        if isinstance(ref, Ref) and (ref.is_all or (ref.is_bare and ref.is_plural)):
            whole, goes_on = None if ref.is_it or ref.hole else len(found), False
        elif item.kind == "concept" and whole is None and item.has("video", "all"):
            whole, goes_on = len(found), False
        found.append(item)
    return found


def _with_roles(items: Sequence[Item]) -> list[Item]:
    """Give values the role that the word before them (or behind them) says."""
    found: list[Item] = []
    waiting: list[Item] = []
    for place, item in enumerate(items):
        if item.kind == "concept" and item.has(*ROLES) and not item.has("with"):
            found += waiting
            if not item.concepts <= _EMPTY:  # "move to" is a verb, too
                found.append(item)
                item = item._replace(raw="")
            waiting = [item]
            continue
        if waiting and item.has("filler", "one-article", "ordinal-mark", "around"):
            waiting.append(item)
            continue
        suffix = _role_behind(item)
        if suffix and not waiting and found and _takes_role(found[-1]):
            following = items[place + 1] if place + 1 < len(items) else None
            is_stretch = item.has("leading", "trailing") and not any(map(_goes_somewhere, found))
            if is_stretch and following is not None and following.kind in TIMES:
                found.append(item)  # 片段前面两秒: the first two seconds of it
                continue
            before = found[-1]
            if suffix == "between" and before.role == "to" and before.kind in TIMES:
                suffix = "to"  # 8秒到10秒之间
            found[-1] = before._replace(role=suffix, end=item.end, raw=before.raw + item.raw)
            continue
        if waiting and _takes_role(item):
            role = next(role for role in ROLES if waiting[0].has(role))
            raw = " ".join(filter(None, [*(one.raw for one in waiting), item.raw]))
            found.append(item._replace(role=role, start=waiting[0].start, raw=raw))
        else:
            found += [*(one for one in waiting if one.raw), item]
        waiting = []
    return [*found, *(one for one in waiting if one.raw)]


_BEHIND = {f"{role}-it": role for role in ROLES}
"""Concepts that say what the value before them is for."""


def _role_behind(item: Item) -> str | None:
    if item.concepts.isdisjoint(_BEHIND):
        return None
    return next(role for concept, role in _BEHIND.items() if concept in item.concepts)


_EMPTY = frozenset((*ROLES, "filler", "make", "ordinal-mark", "add"))


def _goes_somewhere(item: Item) -> bool:
    return item.kind == "concept" and item.has("move", "add", "to")


def _takes_role(item: Item) -> bool:
    if item.kind in ("concept",):
        return item.has("start", "end", "each", "video")
    return item.kind not in ("word", "punct")
