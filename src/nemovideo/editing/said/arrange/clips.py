"""How it is said which clips are there."""

from __future__ import annotations

from nemovideo.editing.arrange import Add, Duplicate, Keep, Move, Remove
from nemovideo.editing.first_cut import FirstCut
from nemovideo.editing.model import Edit
from nemovideo.editing.picture import Pair
from nemovideo.editing.reading.pieces import is_meant_again
from nemovideo.editing.said.arrange.moves import destination, place_of
from nemovideo.editing.said.clause import Clause
from nemovideo.editing.said.frames import Said, frame
from nemovideo.editing.selectors import Ref as ClipRef
from nemovideo.timeline.model import Clip


@frame("remove", "cut", "out", "not-want", "no", "take-verb")
def remove(clause: Clause) -> Said | None:
    """Remove the third photo; take the last one out."""
    is_off = clause.has("off")
    if not clause.removes("cut") and clause.take("out") is None:
        return None
    clause.take("out", "only")
    if any(item.has("start", "end") for item in clause.items) and clause.has_kind("number"):
        return None  # "and two off its end": seconds
    ref = clause.ref(roles=(None, "from")) or clause.numbers() or clause.only_film()
    if ref is None or (ref.is_bare and ref.is_plural) or (ref.is_it and ref.is_all):
        return None
    if ref.is_it and any(item.has("take-verb") for item in clause.items) and is_off:
        return None  # "take it off": what is on it
    clause.take("video", "start", "end") if ref.is_ordinal else clause.take("video")
    if ref.is_bare and clause.value("number") not in (None, 1):
        return None
    return [Remove(clips=clause.names(ref))]


@frame("keep-only", "only", "keep")
def keep(clause: Clause) -> Said | None:
    """Keep only the first three photos."""
    only = clause.take("keep-only", "only")
    is_only = only is not None
    if not is_only and not clause.is_alone:
        return None
    keeps = clause.take("keep") or (only and only.has("keep-only"))
    if clause.take("remove", "cut") and not keeps:
        return None  # "remove only the third"
    ref = clause.ref(roles=(None, "to")) or clause.numbers()
    if ref is None or ref.is_all or (ref.is_bare and not is_only):
        return None
    return [Keep(clips=clause.names(ref))]


@frame("duplicate", "factor", "twice-word", "in-a-row", "again")
def duplicate(clause: Clause) -> Said | None:
    """Duplicate the second photo; show it twice."""
    times: float | None = None
    is_asked = clause.take("duplicate") is not None or _is_shown_again(clause)
    clause.take("in-a-row", "again") if is_asked else None
    is_twice = clause.take("twice-word") is not None
    if not (is_asked or is_twice):
        twice = clause.item("factor", *(("number",) if clause.take("steps") else ()))  # 三次
        is_often = twice is not None and clause.take("in-a-row") is not None
        is_twice = twice is not None and (is_often or twice.has("twice-word"))
        if not is_twice:
            return None
        times = float(twice.value) - 1 if twice is not None and is_often else None
    clause.take("play", "lasting", "come", *(("add", "make", "video") if is_twice else ()))
    ref = clause.ref(roles=(None, "of"))
    if ref is None or (ref.is_bare and len(ref.places) != 1):
        return None
    times = clause.value("factor", "number") if times is None else times
    clause.take("more") if times is not None else None
    if times is not None and (times != int(times) or not 1 <= times <= 20):
        return None
    names = clause.names(ref)
    copies = Duplicate(clips=names, times=int(times or 1))
    target = destination(clause, is_moved=False)
    return [copies] if target is None else [copies, Move.model_validate({"clips": names, **target})]


def _is_shown_again(clause: Clause) -> bool:
    """Take "again" where a place is named, too: "show the lake again at the end"."""
    verbs = [item for item in clause.items if item.has("add", "play", "lasting", "come")]
    is_shown = bool(verbs) and not any(item.has("move") for item in verbs)
    is_placed = clause.has("start", "end") or any(
        i.role in ("before", "after") for i in clause.items
    )
    return is_shown and is_placed and clause.take("again", "add", "make") is not None


@frame("add", "new", "file")
def add(clause: Clause) -> Said | None:
    """Add the new photos; add beach.jpg after the first photo."""
    verb = clause.take("add", "move") or (clause.take("come") if clause.has_kind("file") else None)
    names = [str(file.value) for file in clause.each("file")]
    swaps = bool(names) and clause.take("replace", "swap", "instead-of") is not None
    told = destination(clause, is_moved=bool(names))
    target = told or {"to": "end"}
    if names:
        clause.take("new")
        is_again = any(map(is_meant_again, clause.items))
        length = None if is_again else clause.duration(roles=(None, "for"))
        lasting = {} if length is None else {"duration_ms": length}
        if verb is None and not swaps and told is None and not clause.is_alone:
            return None  # "my dog is called …" says only that there is one
        old = clause.ref(roles=(None, "with", "by", "for"))
        if not _are_pictures(clause, names):
            return None
        if old is not None and not old.is_bare:
            if not swaps:
                return None
            place = clause.one(old)
            return [
                Add.model_validate({"media": names, "before": place, **lasting}),
                Remove(clips=[place]),
                *_with_partner(clause, place, names),
            ]
        return [Add.model_validate({"media": names, **lasting, **target})]
    is_new = clause.take("new", "rest") is not None
    ref = clause.ref(roles=(None,))
    number = clause.value("number")
    clause.take("video")
    if ref is not None and not (ref.is_bare or ref.is_all):
        return None
    if not is_new and (ref is None or not (ref.is_all or (ref.is_bare and ref.is_plural))):
        return None
    if ref is None and number is not None:
        return None
    is_vague = verb is None or (verb.has("make") and not is_new)
    if is_vague:
        return None  # "more", "make it more …", "show them"
    if not is_new and verb is not None and verb.has("move"):
        return None  # "put the photos …": where?
    spot = clause.ref(roles=(None,))  # "put the new photo first"
    if spot is not None:
        if not spot.is_ordinal or spot.noun or told:
            return None
        target = place_of(spot, clause)
    return [Add.model_validate(target)]


def _with_partner(clause: Clause, gone: ClipRef, names: list[str]) -> list[Edit]:
    """Put what comes in place of one picture of a pair beside the other one."""
    clips = clause.scene.timeline.clips
    pair = next((clip for clip in clips if clip.beside and _is_in(clip, gone)), None)
    if pair is None or len(names) > 1:
        return []
    first, second = (picture.id or picture.name or "" for picture in pair.pictures)
    return [Pair(clips=[first, *names] if gone == second else [*names, second])]


def _is_in(pair: Clip, name: ClipRef) -> bool:
    """Return whether a name is that of one picture of a pair, and not of both."""
    return name != pair.id and any(name in (one.id, one.name) for one in pair.pictures)


def _are_pictures(clause: Clause, names: list[str]) -> bool:
    kinds = {item.name: item.kind for item in clause.scene.media}
    return all(kinds.get(name) in ("image", "video", None) for name in names)


@frame("start-over")
def start_over(clause: Clause) -> Said | None:
    """Start over."""
    clause.take("start-over", "video", "it")
    clause.ref()
    return [FirstCut()]
