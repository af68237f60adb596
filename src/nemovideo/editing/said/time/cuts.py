"""How it is said which stretches of time go or stay, and where a clip is split."""

from __future__ import annotations

from typing import Any

from nemovideo.editing.model import EditError
from nemovideo.editing.reading.items import Ref
from nemovideo.editing.said.clause import Clause
from nemovideo.editing.said.frames import Said, frame
from nemovideo.editing.time import Cut, Split, Trim


def _clips_of(clause: Clause, roles: tuple[str | None, ...]) -> Any:
    """Take which clips are meant; None when it is the video, or photos in general."""
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
    if is_cut:
        clause.take("take-verb")  # "take a second off"
    is_kept = clause.take("only", "keep", "keep-only", "part", "play") is not None
    clips = _clips_of(clause, (None, "off", "from", "of", "in", "on", "at", "to", "for"))
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
        if at is None and len(how) > 1 and (number := clause.value("number")) is not None:
            at = round(number * 1000)  # "a second off the start and two off the end"
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
    if is_cut and clause.has("to") and not clause.has("off"):
        is_kept, is_cut = True, False  # "cut it down to its first half"
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
    if head is not None or tail is not None:
        if (head or 0) + (tail or 0) >= total:
            raise EditError("no_such_stretch", seconds=total / 1000)
        cuts = [Cut(from_ms=total - tail, to_ms=total)] if tail else []
        return [*cuts, *([Cut(from_ms=0, to_ms=head)] if head else [])] or None
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
    clause.take("video", "of", "from", "mark", "part", "everything")
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
    item = clause.item("duration", "clock", roles=("before", "after", "from"))
    if item is None or (item.role == "from" and clause.take("from-on", "on") is None):
        return None
    if not 0 < item.value < total:
        raise EditError("no_such_stretch", seconds=total / 1000)
    before = item.role == "before"
    return [Cut(from_ms=0 if before else item.value, to_ms=item.value if before else total)]


@frame("split", "cut")
def split(clause: Clause) -> Said | None:
    """Split the clip at 3 seconds; cut the clip in half."""
    is_split = clause.take("split") is not None
    if clause.has("mark") and clause.has_kind("duration", "clock"):
        is_split = clause.take("cut") is not None or is_split  # "chop it at the 5 second mark"
    ref = clause.ref(roles=(None, "in", "of"))
    if not is_split and not _is_halved(clause, ref):
        return None
    clause.take("video", "place:center", "half", "mark", "part", "two", "in-half", "inside-it")
    clause.value("factor")
    number = clause.value("number")
    if number not in (None, 2):
        return None
    at = clause.duration()
    again = clause.peek_ref()  # "… at the 5 second mark of the clip"
    if ref is not None and again is not None and again.places == ref.places:
        clause.ref()
    clip = None if ref is None or (ref.is_it and ref.is_all) else clause.one(ref)
    if clip is None and at is None:
        return None
    return [Split(clip=clip, at_ms=at)]


def _is_halved(clause: Clause, ref: Ref | None) -> bool:
    """Return whether a film is to be cut in two: a photo can only be cut short."""
    parts = any(item.has("in-half") for item in clause.items)
    return parts and ref is not None and _is_film(ref, clause) and clause.take("cut") is not None


def _is_film(ref: Ref, clause: Clause) -> bool:
    """Return whether all clips that are meant are films."""
    clips = clause.scene.timeline.clips
    return bool(ref.places) and all(clips[place].is_film for place in ref.places)
