"""How lengths, stretches of time and speeds are said."""

from __future__ import annotations

from typing import Any

from nemovideo.editing.model import EditError
from nemovideo.editing.reading.items import Item, Ref
from nemovideo.editing.said.clause import Clause, Frame, Said, frame
from nemovideo.editing.time import (
    Cut,
    FitToMusic,
    SetClipLength,
    SetLength,
    SetSpeed,
    Split,
    Trim,
)

LONGER, SHORTER = 1.25, 0.8
SLIGHTLY_LONGER, SLIGHTLY_SHORTER = 1.1, 0.9
MUCH_LONGER, MUCH_SHORTER = 1.5, 0.67
FAST, SLOW = 2.0, 0.5
SLIGHTLY_FAST, SLIGHTLY_SLOW = 1.25, 0.8
_LENGTHS = ("length", "long", "long-word", "lasting")
_PLAIN = (None, "to", "for", "at", "in", "by", "on")


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
    clause.take("length", "lasting", "long-word", "around", "only", "long", "keep")
    change = clause.value("change")
    by = clause.duration(roles=("by",))
    plain = clause.duration(roles=(None, "to", "for", "at", "in", "on", "with", "off"))
    to_length = plain is not None and any(
        item.role == "to" for item in clause.items if item.kind in ("duration", "clock")
    )
    times = clause.item("factor", roles=(None, "to", "by", "for"))
    factor = times.value if times and not (_is_pace(times) or _counts(times, clause)) else None
    percent = clause.item("percent")
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


def _is_pace(item: Item) -> bool:
    """Return whether a factor says how fast, not how long: "1.5x"."""
    return item.raw.rstrip().endswith(("x", "×"))


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
    clause.take("add", "cut", "each") if clause.has("lengthen", "shorten") else clause.take("each")
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
    limit = clause.take("at-most", "at-least")
    how = amount(clause)
    if how is None:
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


def _film(clause: Clause, roles: tuple[str | None, ...]) -> Any:
    ref = clause.ref(roles=roles)
    if ref is None or (ref.is_it and ref.is_all):
        return None
    if ref.is_bare and ref.is_plural and len(ref.places) > 1:
        return None
    return clause.names(ref)


@frame("range", "head", "tail", "duration", "clock")
def trim(clause: Clause) -> Said | None:
    """Trim the clip from 2 s to 5 s; cut the first two seconds off the clip."""
    ref = clause.peek_ref()
    if ref is None:
        return None
    is_cut = clause.take("trim", "cut", "remove", "shorten", "off", "drop") is not None
    is_kept = clause.take("only", "keep", "keep-only", "part", "play") is not None
    clips = _film(clause, (None, "off", "from", "of", "in", "on", "at", "to"))
    if clips is None:
        return None
    clause.take("make", "add", "part", "mark", "second", "to", "one")
    if any(item.has("both-ends") for item in clause.items):
        clause.take("both-ends", "each")
        length = clause.duration() if is_cut else None
        if length is None:
            return None
        return [Trim(clips=clips, off_start_ms=length, off_end_ms=length)]
    head, tail = clause.value("head"), clause.value("tail")
    if head is not None or tail is not None:
        if is_kept and not is_cut:
            if tail is not None:
                return _only_tail(clause, clips, tail)
            return [Trim(clips=clips, from_ms=0, to_ms=head)]
        if not is_cut:
            return None
        return [Trim(clips=clips, off_start_ms=head or 0, off_end_ms=tail or 0)]
    stretch = clause.value("range")
    if stretch is not None:
        if not (is_cut or is_kept or clause.has("start", "make")) and not clause.taken:
            return None
        start, end = stretch
        if end <= start:
            raise EditError("no_such_stretch", seconds=0)
        return [Trim(clips=clips, from_ms=start, to_ms=end)]
    how: dict[str, Any] = {"clips": clips}
    roles: tuple[str | None, ...] = ("at", "from", "to")
    if clause.has("in"):  # "start the clip 3 seconds in"
        roles = (None, *roles)
    while (place := clause.take_one("start", "end")) is not None:
        at = clause.duration(roles=None if is_cut else roles)
        if at is None:
            return None
        end = "start" if place.has("start") else "end"
        key = f"off_{end}_ms" if is_cut else {"start": "from_ms", "end": "to_ms"}[end]
        how[key] = at
    return [Trim.model_validate(how)] if len(how) > 1 else None


def _only_tail(clause: Clause, clips: Any, tail: int) -> Said | None:
    """Play only the last seconds of one clip."""
    by_id = {clip.id or n: clip for n, clip in enumerate(clause.scene.timeline.clips, 1)}
    if len(clips) != 1 or clips == "all":
        return None
    off = by_id[clips[0]].duration_ms - tail
    return [Trim(clips=clips, off_start_ms=off)] if off > 0 else None


@frame("first-half", "second-half")
def half(clause: Clause) -> Said | None:
    """Only the second half of the clip; cut the first half of the video off."""
    is_first, is_second = clause.take("first-half"), clause.take("second-half")
    is_kept = clause.take("only", "keep", "keep-only", "play") is not None
    is_cut = clause.take("trim", "cut", "remove", "off", "drop", "not-want", "no") is not None
    ref = clause.ref()
    clause.take("video", "part", "to", "length")
    if is_kept == is_cut or (is_first and is_second) or clause.has("music", "transition"):
        return None
    is_left = bool(is_first) is is_kept  # whether the first half is what stays
    if ref is None or (ref.is_it and ref.is_all):
        total = clause.scene.timeline.duration_ms
        stretch = (total // 2, total) if is_left else (0, total // 2)
        return [Cut(from_ms=stretch[0], to_ms=stretch[1])]
    if ref.is_bare and len(ref.places) > 1:
        return None
    clip = clause.scene.timeline.clips[ref.places[0]]
    key = "off_end_ms" if is_left else "off_start_ms"
    clips, middle = clause.names(ref), clip.duration_ms // 2
    if len(ref.places) > 1:
        return None
    return [Trim.model_validate({"clips": clips, key: middle})]


@frame("range", "head", "tail")
def cut(clause: Clause) -> Said | None:
    """Cut out seconds 5 to 8; remove the last three seconds."""
    if clause.take("cut", "remove", "trim", "out", "off", "drop", "shorten") is None:
        return None
    clause.take("video", "part", "everything", "one", "start", "end")
    ref = clause.ref()
    is_that = ref is not None and (
        (ref.is_it and ref.is_all) or (ref.is_bare and ref.noun == "one")
    )
    if ref is not None and not is_that:
        return None
    clause.take("second", "mark")
    total = clause.scene.timeline.duration_ms
    head, tail, stretch = clause.value("head"), clause.value("tail"), clause.value("range")
    if head is not None:
        return [Cut(from_ms=0, to_ms=head)] if head > 0 else None
    if tail is not None:
        if tail >= total:
            raise EditError("no_such_stretch", seconds=total / 1000)
        return [Cut(from_ms=total - tail, to_ms=total)]
    if stretch is None:
        return None
    start, end = stretch
    if end <= start or start >= total or end > total:
        raise EditError("no_such_stretch", seconds=total / 1000)
    return [Cut(from_ms=start, to_ms=end)]


@frame("cut", "trim", "remove")
def cut_off_end(clause: Clause) -> Said | None:
    """Cut 5 seconds off the end."""
    clause.take("cut", "trim", "remove", "off", "shorten")
    end = clause.take("start", "end")
    clause.take("video", "of", "from", "mark", "part")
    total = clause.scene.timeline.duration_ms
    if end is None:
        return _cut_beside(clause, total)
    length = clause.duration(roles=(None, "by"))
    if length is None:
        return None
    if length >= total:
        raise EditError("no_such_stretch", seconds=total / 1000)
    if end.has("start"):
        return [Cut(from_ms=0, to_ms=length)]
    return [Cut(from_ms=total - length, to_ms=total)]


def _cut_beside(clause: Clause, total: int) -> Said | None:
    """Cut everything after 0:20, or before it."""
    item = clause.item("duration", "clock", roles=("before", "after"))
    if item is None:
        return None
    if not 0 < item.value < total:
        raise EditError("no_such_stretch", seconds=total / 1000)
    before = item.role == "before"
    return [Cut(from_ms=0 if before else item.value, to_ms=item.value if before else total)]


@frame("split", "cut")
def split(clause: Clause) -> Said | None:
    """Split the clip at 3 seconds; cut the clip in half."""
    is_split = clause.take("split") is not None
    ref = clause.ref(roles=(None,))
    if not is_split and not _is_halved(clause, ref):
        return None
    clause.take("video", "place:center", "half", "mark", "part", "two")
    clause.value("factor")
    number = clause.value("number")
    if number not in (None, 2):
        return None
    at = clause.duration()
    clip = None if ref is None or (ref.is_it and ref.is_all) else clause.one(ref)
    if clip is None and at is None:
        return None
    return [Split(clip=clip, at_ms=at)]


def _is_halved(clause: Clause, ref: Ref | None) -> bool:
    """Return whether a film is to be cut in two: a photo can only be cut short."""
    parts = any(item.kind == "factor" and item.has("in-half") for item in clause.items)
    return parts and ref is not None and is_film(ref, clause) and clause.take("cut") is not None


@frame("speed-up", "slow-down", "speed", "factor", "fast", "normal")
def speed(clause: Clause) -> Said | None:
    """Play the clip at double speed; slow motion; 20 % faster."""
    faster, slower = clause.take("speed-up") is not None, clause.take("slow-down") is not None
    noun = clause.take("speed", "fast") is not None or any(
        item.kind == "factor" and (item.has("speed") or item.role == "at" or _is_pace(item))
        for item in clause.items
    )
    if not (faster or slower or noun) or (faster and slower) or clause.has("music", "transition"):
        return None
    ref = clause.ref()
    video = clause.take("video", "sound")
    clause.take("play", "motion", "lasting", "raise", "lower", "move")
    clips: Any = "films"
    if ref is not None and not (ref.is_it and ref.is_all):
        clips = clause.names(ref)
        if ref.is_bare and ref.noun == "clip" and ref.is_plural:
            clips = "films"
    elif ref or video or not any(clip.is_film for clip in clause.scene.timeline.clips):
        clips = "all"
    if clause.take("normal") is not None:
        return [SetSpeed(clips=clips, speed=1.0)]
    item, number = clause.item("factor"), clause.value("number")
    percent = clause.item("percent")
    if item is not None:
        value = float(item.value)
        if value <= 0:
            raise EditError("speed_range", low=0.1, high=20)
        if slower and value > 1:
            value = 1 / value
        relative = item.raw.strip().endswith("as")
        if (faster or slower) and item.role == "to":
            return [_checked_speed(clips, value)]  # "speed it up to 1.5 times"
        return [
            SetSpeed(clips=clips, factor=value)
            if relative or faster or slower
            else SetSpeed(clips=clips, speed=value)
        ]
    if number is not None:
        return [_checked_speed(clips, float(number))]
    if percent is not None:
        share = float(percent.value) / 100
        if percent.role == "to" or not (faster or slower):
            return [_checked_speed(clips, share)]
        scaled = 1 + share if faster else 1 - share
        return [SetSpeed(clips=clips, factor=scaled)] if scaled > 0 else None
    if not (faster or slower):
        return None
    if clause.strength() < 1:
        return [SetSpeed(clips=clips, factor=SLIGHTLY_FAST if faster else SLIGHTLY_SLOW)]
    return [SetSpeed(clips=clips, factor=FAST if faster else SLOW)]


def _checked_speed(clips: Any, value: float) -> SetSpeed:
    if not 0.1 <= value <= 20:
        raise EditError("speed_range", low=0.1, high=20)
    return SetSpeed(clips=clips, speed=value)


def is_film(ref: Ref, clause: Clause) -> bool:
    """Return whether all clips that are meant are films."""
    clips = clause.scene.timeline.clips
    return bool(ref.places) and all(clips[place].is_film for place in ref.places)


FRAMES: tuple[Frame, ...] = (
    fit_to_music,
    speed,
    split,
    half,
    trim,
    cut,
    cut_off_end,
    each_length,
    clip_length,
    total_length,
)
