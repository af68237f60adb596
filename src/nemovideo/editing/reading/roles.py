"""Tokens as the items of a wish, each with its role. Pure.

Languages that put the role behind its word have concepts of their own for that (``before-it`` …);
nothing here knows a language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from nemovideo.editing.reading.items import VERBS, Item, Ref, Scene
from nemovideo.editing.reading.references import References
from nemovideo.language.tokens import Token

ROLES = ("to", "from", "at", "by", "for", "in", "on", "off", "before", "after", "between", "with")
"""Concepts that say what the value behind them is for."""
_TIMES = ("duration", "clock")


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
    if any(item.kind in _TIMES for item in items):
        items = _with_rates(_with_times(items), scene)
    return [_told(items, place) or _negated(items, place) for place in range(len(items))]


def _without_shades(items: Sequence[Item]) -> list[Item]:
    """Leave out what a colour is called besides its name: "bright yellow", "rojo intenso"."""
    colors = {place for place, item in enumerate(items) if item.kind == "color"}
    return [
        item
        for place, item in enumerate(items)
        if not (item.has("shade") and colors & {place - 1, place + 1})
    ]


def _with_rates(items: Sequence[Item], scene: Scene) -> list[Item]:
    """Read "two seconds a picture" as that of each."""
    found: list[Item] = []
    for item in items:
        ref = item.value
        is_measure = item.has("measure") and item.has("photo") and len(found) > 1
        if is_measure and found[-2].kind in _TIMES and found[-1].value == 1:
            found.pop()  # 三秒一张
            ref = Ref(
                tuple(scene.places("photo")), "photo", is_plural=True, is_all=True, is_each=True
            )
            item = item._replace(kind="clips", concepts=frozenset(), value=ref)
        if isinstance(ref, Ref):
            is_rate = len(found) > 1 and found[-1].has("one-article") and found[-2].kind in _TIMES
            if is_rate and ref.is_bare and not ref.is_plural and item.role is None:
                found.pop()
                item = item._replace(
                    value=replace(ref, is_bare=False, is_plural=True, is_each=True)
                )
        found.append(item)
    return found


def _told(items: Sequence[Item], place: int) -> Item | None:
    """Return a verb as a strange word where it tells what was done: "I removed the lake"."""
    item = items[place]
    if item.kind != "concept" or not (item.has("participle", "add", *VERBS)):
        return None
    told = False
    for before in (items[at] for at in range(place - 1, -1, -1)):
        if before.has("musing"):
            told = True
        if before.kind != "concept" or before.has("be-word", "filler-verb"):
            break
        is_doing = before.has("first-person") or item.has("participle")
        if is_doing and (before.has("subject", "states") or _is_shortened(before)):
            told = True
        if told or not before.has("filler"):
            break
    if not told or any(one.has("filler-verb", "polite-question") for one in items[:place]):
        return None  # "make sure the clip is muted"
    return item._replace(kind="word", concepts=frozenset())


def _is_shortened(item: Item) -> bool:
    """Return whether a word is an "it's" or "they're", with its apostrophe."""
    return item.has("states-cut") and not item.raw.isalpha()


def _negated(items: Sequence[Item], place: int) -> Item:
    """Decide which a word is that means "don't" and "no", or "too" and "also"."""
    item = items[place]
    if item.has("or") and (place == 0 or items[place - 1].kind == "punct"):
        return item._replace(concepts=frozenset(("filler",)))  # 还是…吧: rather
    if item.kind == "concept" and item.has("too") and item.has("filler"):
        behind = items[place + 1] if place + 1 < len(items) else None
        is_last = behind is None or behind.kind == "punct" or behind.has("and")
        return item._replace(concepts=frozenset(("filler" if is_last else "too",)))
    if item.has("no") and item.kind == "concept" and _is_exclaimed(items, place):
        return item._replace(concepts=frozenset(("filler",)))
    if item.kind != "concept" or not (item.has("not") and item.has("no", "remove")):
        return item
    following = islice(items, place + 1, None)
    nearest = next((one for one in following if not one.has("filler", "at", "on")), None)
    if nearest is not None and nearest.kind == "concept" and nearest.has(*VERBS):
        return item._replace(concepts=frozenset(("not",)))
    return item._replace(concepts=item.concepts - {"not"})


def _is_exclaimed(items: Sequence[Item], place: int) -> bool:
    """Return whether a "no" stands by itself: "no, leave it in"."""
    before, behind = items[:place], items[place + 1 : place + 2]
    is_first = all(one.kind == "punct" or one.has("filler", "but") for one in before[-1:])
    return is_first and any(one.value in (",", "，") for one in behind)


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
            elif not any(_names_clips(one) or one.has(*VERBS - {"make"}) for one in named):
                end = stop
        if place >= end:
            found.append(item)
    return found


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
            if is_stretch and following is not None and following.kind in _TIMES:
                found.append(item)  # 片段前面两秒: the first two seconds of it
                continue
            before = found[-1]
            if suffix == "between" and before.role == "to" and before.kind in _TIMES:
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


def _with_times(items: Sequence[Item]) -> list[Item]:
    """Join times: from–to, the first and the last seconds."""
    found: list[Item] = []
    for item in items:
        if (stretch := _between(found, item)) is not None:
            found[stretch[0] :] = [stretch[1]]
            continue
        if (
            len(found) > 1
            and found[-1].value in ("-", "~")
            and item.kind in _TIMES
            and found[-2].kind in (*_TIMES, "number")
            and item.role is None
        ):
            found.pop()
            item = item._replace(role="to")
        if len(found) > 1 and item.role == "to" and found[-2].role == "from":
            joined = _joined_times(found[-2], item)  # "from 2 s cut to 5 s"
            if joined is not None and item.kind in _TIMES and found[-1].kind == "concept":
                found[-2] = joined
                continue
        before = found[-1] if found else None
        if (
            before is not None
            and item.kind == "number"
            and item.role == "to"
            and before.kind in _TIMES
        ):
            item = item._replace(kind="duration", value=round(item.value * _unit_of(before)))
        if before is not None and item.kind in _TIMES:
            joined = _joined_times(before, item)
            if joined is not None:
                found[-1] = joined
                continue
        found.append(item)
    return found


def _between(found: Sequence[Item], item: Item) -> tuple[int, Item] | None:
    """Read "between 0:07 and 0:10", "between seconds 6 and 9"; where it begins, and the stretch."""
    place = len(found) - 1
    while place > 0 and found[place].has("filler") and not found[place].has("and"):
        place -= 1
    if place < 1 or not found[place].has("and") or item.role is not None:
        return None
    before = found[place - 1]
    times = [one for one in (before, item) if one.kind in _TIMES]
    if before.role != "between" or not times or {before.kind, item.kind} - {*_TIMES, "number"}:
        return None
    unit = _unit_of(times[0])
    start, end = (
        one.value if one.kind in _TIMES else round(one.value * unit) for one in (before, item)
    )
    raw = f"{before.raw} {item.raw}"
    whole = before._replace(kind="range", role=None, end=item.end, value=(start, end), raw=raw)
    return place - 1, whole


def _joined_times(before: Item, item: Item) -> Item | None:
    raw = f"{before.raw} {item.raw}"
    if before.kind == "ordinal" and before.value in (1, -1) and item.role is None:
        kind = "head" if before.value == 1 else "tail"
        return before._replace(kind=kind, end=item.end, value=item.value, raw=raw)
    if before.has("leading", "trailing"):
        kind = "head" if before.has("leading") else "tail"
        return item._replace(kind=kind, start=before.start, raw=raw, role=before.role)
    if before.has("ordinal-mark") and item.role in (None, "from", "to"):
        return item._replace(start=before.start, raw=raw, role=item.role or "at")
    is_open = before.role in (None, "from", "at", "in", "between", "off")
    if item.role == "to" and is_open and before.kind in (*_TIMES, "number"):
        unit = 1 if before.kind in _TIMES else _unit_of(item)
        start = round(before.value * unit)
        return before._replace(kind="range", end=item.end, value=(start, item.value), raw=raw)
    return None


def _unit_of(item: Item) -> float:
    """Return the milliseconds that one stands for where "3 to 7 seconds" names its unit once."""
    if item.kind == "clock" or item.value % 60_000:
        return 1000
    return 60_000 if item.value >= 60_000 else 1000
