"""Words that are no wish as they stand: verbs that tell, a "no" that exclaims. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from nemovideo.editing.reading.items.item import VERBS, Item


def told(items: Sequence[Item], place: int) -> Item | None:
    """Return a verb as a strange word where it tells what was done: "I removed the lake"."""
    item = items[place]
    if item.kind != "concept" or not (item.has("participle", "add", *VERBS)):
        return None
    tells = False
    for before in (items[at] for at in range(place - 1, -1, -1)):
        if before.has("musing"):
            tells = True
        if before.kind != "concept" or before.has("be-word", "filler-verb"):
            break
        is_doing = before.has("first-person") or item.has("participle")
        if is_doing and (before.has("subject", "states") or _is_shortened(before)):
            tells = True
        if tells or not before.has("filler"):
            break
    if not tells or any(one.has("filler-verb", "polite-question") for one in items[:place]):
        return None  # "make sure the clip is muted"
    return item._replace(kind="word", concepts=frozenset())


def _is_shortened(item: Item) -> bool:
    """Return whether a word is an "it's" or "they're", with its apostrophe."""
    return item.has("states-cut") and not item.raw.isalpha()


def negated(items: Sequence[Item], place: int) -> Item:
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
