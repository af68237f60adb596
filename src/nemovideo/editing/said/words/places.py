"""How it is said when, where and how words over the picture are seen."""

from __future__ import annotations

from typing import Any

from nemovideo.editing.said.clause import Clause


def when(clause: Clause) -> dict[str, Any]:
    """Take when words are seen."""
    stretch = clause.value("range")
    if stretch is not None:
        return {"start_ms": stretch[0], "end_ms": stretch[1]}
    tail, head = clause.value("tail"), clause.value("head")
    if tail is not None:
        return {"place": "end", "duration_ms": tail}
    if head is not None:
        return {"place": "start", "duration_ms": head}
    times = _times(clause)
    whole = clause.take("whole-time")
    side = clause.take("start", "end")
    if whole is not None:
        times["place"] = "whole"
    elif side is not None and not ("start_ms" in times and side.has("end")):  # from 3 s to the end
        times["place"] = "start" if side.has("start") else "end"
    ref = clause.ref(roles=("on", "over", "at", "in", "to", "for", "under"))
    if ref is None and "place" not in times and "start_ms" not in times:
        ref = clause.ref(roles=(None, "with"))
    if ref is not None and not (ref.is_it and not ref.places):  # "it": the words themselves
        if ref.is_all or (ref.is_bare and ref.is_plural):
            times["place"] = "whole"
        elif not ref.noun and ref.numbers in ((1,), (-1,)):  # 在最后
            times["place"] = "start" if ref.numbers == (1,) else "end"
        else:
            times["on"] = clause.one(ref)
            times.pop("place", None)
    is_open = "start_ms" in times and "end_ms" not in times and "duration_ms" not in times
    if is_open and any(item.has("end") for item in clause.items):
        times["end_ms"] = clause.scene.timeline.duration_ms
    return times


def _times(clause: Clause) -> dict[str, Any]:
    """Take from when to when words are seen, and how long."""
    times: dict[str, Any] = {}
    start = clause.duration(roles=("at", "from", "after", "in"))
    if start is not None:
        times["start_ms"] = start
    end = clause.duration(roles=("to", "before"))
    if end is not None:
        times["end_ms"] = end
    length = clause.duration(roles=(None, "for", "on", "with"))
    if length is not None:
        times["duration_ms"] = length
        clause.take("lasting", "long-word", "long")
    return times


def style(clause: Clause) -> dict[str, Any]:
    """Take where words stand, how large they are, which colour they have."""
    found: dict[str, Any] = {}
    if (place := clause.place_name()) is not None:
        found["position"] = place
    if (size := clause.family("size")) is not None:
        found["size"] = size
        clause.take("size", "letters")
    if (backing := clause.family("backing")) is not None:
        found["backing"] = backing
        clause.take("with", "around", "letters")
        while clause.text_item() is not None:
            pass  # "with an outline round the letters"
    if (color := clause.value("color")) is not None:
        found["color"] = color
        clause.take("color", "letters")
    return found
