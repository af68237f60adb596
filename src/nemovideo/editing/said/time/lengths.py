"""How it is said how long clips and the video last."""

from __future__ import annotations

from typing import Any

from nemovideo.editing.model import EditError
from nemovideo.editing.reading.items import Item, Ref
from nemovideo.editing.said.clause import Clause
from nemovideo.editing.said.frames import Said, frame
from nemovideo.editing.time import FitToMusic, SetClipLength, SetLength

LONGER, SHORTER = 1.25, 0.8
SLIGHTLY_LONGER, SLIGHTLY_SHORTER = 1.1, 0.9
MUCH_LONGER, MUCH_SHORTER = 1.5, 0.67
_DEADLINE_MS = 60_000
"""From here on "I need it in 5 minutes" says when, not how long."""
_TIMES_SIGNS = ("x", "×")
_LENGTHS = ("length", "long", "long-word", "lasting")


def amount(clause: Clause) -> dict[str, Any] | None:
    """Take how long, how much longer, or how many times as long."""
    longer = clause.take("lengthen") is not None
    shorter = clause.take("shorten") is not None
    if clause.has_kind("duration", "clock", "percent", "factor"):
        shorter = clause.take("trim", "cut", "remove") is not None or shorter
        if clause.has_kind("duration") and (shorter or clause.has("take-verb")):
            shorter = clause.take("off", "take-verb") is not None or shorter
    shorter = clause.take("minus") is not None or shorter  # "2 seconds less"
    added = clause.take("plus") is not None and not longer
    more = False
    if clause.has_kind("duration"):
        # "another 3 seconds", "two more seconds"
        added = clause.take("other") is not None or added
        more = not shorter and clause.take("more") is not None
        added = (more and not longer) or added
    clause.take("length", "lasting", "long-word", "around", "only", "long", "keep")
    change = clause.value("change")
    by = clause.duration(roles=("by",))
    plain = clause.duration(roles=(None, "to", "for", "at", "in", "on", "with", "off"))
    to_length = plain is not None and any(
        item.role == "to" for item in clause.items if item.kind in ("duration", "clock")
    )
    to_length = to_length or (not (added or more) and _is_goal(clause))
    times = clause.item("factor", roles=(None, "to", "by", "for"))
    factor = times.value if times and not (is_pace(times) or _counts(times, clause)) else None
    percent = clause.item("percent") if plain is None and by is None else None
    sign = -1 if shorter else 1
    if change is not None and plain is None:
        return None
    if by is not None:
        return {"delta_ms": sign * by} if longer or shorter else None
    if plain is not None:
        if plain < 0:
            raise EditError("length_range", seconds=plain / 1000)
        is_delta = added or (not to_length and (longer or shorter))
        return {"delta_ms": sign * plain} if is_delta else {"duration_ms": plain}
    if factor is not None and factor > 0:
        if shorter and factor > 1:
            factor = 1 / factor
        return {"factor": float(factor)}
    if percent is not None:
        share = float(percent.value) / 100
        if not (longer or shorter or any(item.has(*_LENGTHS) for item in clause.items)):
            return None
        if percent.role == "to" or not (longer or shorter):
            return {"factor": share} if share > 0 else None
        scaled = 1 + sign * share
        return {"factor": scaled} if scaled > 0 else None
    if longer == shorter:
        return None
    degree = clause.strength()
    if degree < 1:
        return {"factor": SLIGHTLY_LONGER if longer else SLIGHTLY_SHORTER}
    if degree > 1:
        return {"factor": MUCH_LONGER if longer else MUCH_SHORTER}
    clause.take("more")
    return {"factor": LONGER if longer else SHORTER}


def _is_goal(clause: Clause) -> bool:
    """Return whether a length stands apart behind "shorter": "make it shorter, about 20 s"."""
    place = next((n for n, item in enumerate(clause.items) if item.kind == "duration"), 0)
    before = clause.items[place - 1] if place else None
    is_apart = before is not None and (before.kind == "punct" or before.has("around"))
    is_behind = any(item.has("lengthen", "shorten") for item in clause.items[:place])
    return is_apart and is_behind and not any(item.has("cut", "trim") for item in clause.items)


def is_pace(item: Item) -> bool:
    """Return whether a factor says how fast, not how long: "1.5x", "x2"."""
    return item.raw.rstrip().endswith(_TIMES_SIGNS) or item.raw.startswith(_TIMES_SIGNS)


def _counts(item: Item, clause: Clause) -> bool:
    """Return whether a factor says how often, not how long: "show it twice"."""
    return item.has("twice-word") and not any(one.has(*_LENGTHS) for one in clause.items)


@frame("duration", "clock", "lengthen", "shorten", "factor", "percent")
def each_length(clause: Clause) -> Said | None:
    """Each photo 3 seconds; 5 seconds per photo; make the photos shorter."""
    ref = clause.peek_ref()
    has_each = clause.take("each") is not None
    if ref is None and not has_each:
        return None
    if ref is not None:
        others = (item.value for item in clause.items if isinstance(item.value, Ref))
        has_each = has_each or any(one.is_each for one in others)  # 除了派对，照片每张2秒
        is_each = ref.is_each or ref.is_all or has_each or (ref.is_bare and ref.is_plural)
        if not is_each or (ref.is_it and not has_each):
            return None
        ref = clause.ref(roles=(None, "for", "on", "in", "by", "to", "at", "with", "off", "from"))
    second = clause.peek_ref()
    if second is not None and (second.is_each or second.is_bare):
        clause.ref()  # "the photos 5 seconds each one"
    clause.take("make", "add", "keep", "it", "video")
    if clause.has("transition"):
        return None
    how = amount(clause)
    if how is None:
        return None
    clips: Any = "all"
    if ref is not None and not ref.is_it:
        if not (ref.is_all or ref.is_each or ref.is_bare):
            return [SetClipLength(clips=clause.names(ref), **how)]
        clips = {"photo": "photos", "clip": "films"}.get(ref.noun, "all")
        kinds = {clip.is_film for clip in clause.scene.timeline.clips}
        if len(kinds) == 1 and ref.noun == "clip" and kinds == {False}:
            clips = "all"
        if len(kinds) == 1 and ref.noun == "photo":
            clips = "all"
    return [SetClipLength(clips=clips, **how)]


@frame("clips")
def clip_length(clause: Clause) -> Said | None:
    """Make the first photo last 8 seconds; the second clip two seconds longer."""
    ref = clause.peek_ref()
    if ref is None or (ref.is_it and ref.is_all):
        return None
    if ref.is_bare and not (len(ref.places) == 1 or not ref.is_plural):
        return None
    ref = clause.ref(roles=(None, "for", "on", "by", "to", "off", "from"))
    if ref is None:
        return None
    is_change = clause.has("lengthen", "shorten") or (
        clause.has("more") and clause.has_kind("duration")
    )
    clause.take("add", "cut", "each") if is_change else clause.take("each")
    how = amount(clause)
    if how is None:
        return None
    return [SetClipLength(clips=clause.names(ref), **how)]


@frame("duration", "clock", "lengthen", "shorten", "factor", "percent")
def total_length(clause: Clause) -> Said | None:
    """Make it 20 seconds long; 5 seconds shorter; half as long."""
    ref = clause.peek_ref()
    if ref is not None:
        if not (ref.is_it and ref.is_all):
            return None
        clause.ref()
    video = clause.take("video", "length", "total")
    verb = clause.has(
        "make", "lengthen", "shorten", "trim", "cut", "lasting", "long-word", "add", "keep", "long"
    )
    is_length = video is not None and video.has("length")
    if clause.has("transition", "music", "title") or (clause.has("remove") and not is_length):
        return None
    verb = verb or clause.has("at-most", "at-least")
    if not (ref or video or verb or clause.is_alone or clause.is_first_cut):
        return None
    if (
        clause.has_kind("factor", "percent")
        and not clause.has("lengthen", "shorten", "long-word", "length", "long", "lasting")
        and not is_length
    ):
        return None
    is_deadline = clause.has("needed-in")
    limit = clause.take("at-most", "at-least")
    how = amount(clause)
    if how is None or (is_deadline and how.get("duration_ms", 0) >= _DEADLINE_MS):
        return None
    if limit is not None:
        now, wanted = clause.scene.timeline.duration_ms, how.get("duration_ms")
        if wanted is None:
            return None
        if now <= wanted if limit.has("at-most") else now >= wanted:
            return []  # it is so
    return [SetLength(**how)]


@frame("fit-music", "same-length")
def fit_to_music(clause: Clause) -> Said | None:
    """As long as the music."""
    if clause.take("same-length") and clause.take("music") is None:
        return None
    clause.take(
        "fit-music",
        "video",
        "length",
        "lengthen",
        "shorten",
        "cut",
        "trim",
        "fit",
        "lasting",
        "long-word",
    )
    ref = clause.ref()
    if ref is not None and not (ref.is_all or (ref.is_bare and ref.is_plural)):
        return None
    return [FitToMusic()]
