"""Times among the items of a wish: stretches, the first and last seconds, lengths of each. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nemovideo.editing.reading.items.item import Item, Ref, Scene

TIMES = ("duration", "clock")
"""Kinds of items that say how long, or when."""


def with_rates(items: Sequence[Item], scene: Scene) -> list[Item]:
    """Read "two seconds a picture" as that of each."""
    found: list[Item] = []
    for item in items:
        ref = item.value
        is_measure = item.has("measure") and item.has("photo") and len(found) > 1
        if is_measure and found[-2].kind in TIMES and found[-1].value == 1:
            found.pop()  # 三秒一张
            ref = Ref(
                tuple(scene.places("photo")), "photo", is_plural=True, is_all=True, is_each=True
            )
            item = item._replace(kind="clips", concepts=frozenset(), value=ref)
        if isinstance(ref, Ref):
            is_rate = len(found) > 1 and found[-1].has("one-article") and found[-2].kind in TIMES
            if is_rate and ref.is_bare and not ref.is_plural and item.role is None:
                found.pop()
                item = item._replace(
                    value=replace(ref, is_bare=False, is_plural=True, is_each=True)
                )
        found.append(item)
    return found


def with_times(items: Sequence[Item]) -> list[Item]:
    """Join times: from–to, the first and the last seconds."""
    found: list[Item] = []
    for item in items:
        if (stretch := _between(found, item)) is not None:
            found[stretch[0] :] = [stretch[1]]
            continue
        if (
            len(found) > 1
            and found[-1].value in ("-", "~")
            and item.kind in TIMES
            and found[-2].kind in (*TIMES, "number")
            and item.role is None
        ):
            found.pop()
            item = item._replace(role="to")
        if len(found) > 1 and item.role == "to" and found[-2].role == "from":
            joined = _joined_times(found[-2], item)  # "from 2 s cut to 5 s"
            if joined is not None and item.kind in TIMES and found[-1].kind == "concept":
                found[-2] = joined
                continue
        before = found[-1] if found else None
        if (
            before is not None
            and item.kind == "number"
            and item.role == "to"
            and before.kind in TIMES
        ):
            item = item._replace(kind="duration", value=round(item.value * _unit_of(before)))
        if before is not None and item.kind in TIMES:
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
    times = [one for one in (before, item) if one.kind in TIMES]
    if before.role != "between" or not times or {before.kind, item.kind} - {*TIMES, "number"}:
        return None
    unit = _unit_of(times[0])
    start, end = (
        one.value if one.kind in TIMES else round(one.value * unit) for one in (before, item)
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
    if item.role == "to" and is_open and before.kind in (*TIMES, "number"):
        unit = 1 if before.kind in TIMES else _unit_of(item)
        start = round(before.value * unit)
        return before._replace(kind="range", end=item.end, value=(start, item.value), raw=raw)
    return None


def _unit_of(item: Item) -> float:
    """Return the milliseconds that one stands for where "3 to 7 seconds" names its unit once."""
    if item.kind == "clock" or item.value % 60_000:
        return 1000
    return 60_000 if item.value >= 60_000 else 1000
