"""How transitions are said."""

from __future__ import annotations

from typing import Any

from nemovideo.editing.joints import SetTransition
from nemovideo.editing.model import EditError
from nemovideo.editing.reading.items import Item, Ref
from nemovideo.editing.said.clause import Clause
from nemovideo.editing.said.frames import Frame, Said, frame

_WAYS = {"left": "left", "right": "right", "upward": "up", "downward": "down"}
LONGER, SHORTER = 1.5, 0.67
_TRANSITION_MS = 600
_LONGEST_MS = 5000
"""What is longer is hardly meant for a transition."""


@frame("transition", "transition-name", "fade")
def transition(clause: Clause) -> Said | None:
    """Slide left transitions; one-second crossfades; no transition after the first photo."""
    if clause.has("total"):
        return None
    name, old = _names(clause)
    if old == "?":
        return None
    noun = clause.take("transition", "joint") is not None
    name = _directed(clause, name) or _otherwise_named(clause, noun)
    if name == "?" or (name is None and not noun):
        return None
    if any(item.role in ("before", "between") for item in clause.items if item.kind == "clips"):
        clause.take("start", "come")  # "before the party starts"
    is_whole = clause.has("start", "end") or any(
        item.has("fade-in", "fade-out") and item.named("transition") for item in clause.items
    )
    if name in ("fadeblack", "fadewhite") and not noun and is_whole:
        return None  # the whole picture fades there
    removes = clause.take("remove", "no", "not-want") is not None
    if removes:
        there = {clip.wish.name for clip in clause.scene.timeline.clips if clip.wish}
        if name is not None and there - {name}:
            return None  # which of them?
        name = "none"
    longer, shorter = clause.take("lengthen") is not None, clause.take("shorten") is not None
    are_meant = any(item.has("plural") and item.has("transition") for item in clause.items)
    slow = noun and clause.take("slow-down") is not None and are_meant
    quick = noun and clause.take("speed-up") is not None and are_meant
    at = _joint(clause)
    if old is not None and at is None and (at := _joined_by(clause, old)) == []:
        raise EditError("no_joint")
    is_each = clause.take("each", "all", "only", "keep-only") is not None
    clause.take(
        "add", "replace", "swap", "steps", "lasting", "length", "long-word", "other", "same", "long"
    )
    clause.take("video")
    _drop_all(clause)
    item = clause.item(
        "duration", "clock", roles=(None, "to", "for", "with", "in", "by", "at", "on")
    )
    if item is not None and _is_of_others(clause, int(item.value), noun, longer or shorter):
        return None
    if item is None:  # "slower transitions", "quicker ones"
        longer, shorter = longer or slow, shorter or quick
    length = _length(clause, item, longer, shorter)
    is_other = length is not None and (removes or length > _LONGEST_MS * 2)
    if is_other:
        return None  # the length is of something else
    if length is not None and length < 200:
        raise EditError("transition_too_short")
    if name is None and length is None:
        if not (clause.is_first_cut or is_each or _is_added(clause)):
            return None
        if any(clip.wish for clip in clause.scene.timeline.clips) and not clause.is_first_cut:
            return None if any(item.has("other") for item in clause.items) else []
        name = "crossfade"
    return [SetTransition.model_validate({"name": name, "duration_ms": length, "clips": at})]


def _names(clause: Clause) -> tuple[str | None, str | None]:
    """Take the transition that is wished, and the one it is to replace.

    The latter is ``?`` where two are named and none is said to replace the other.
    """
    named = [(place, item.named("transition")) for place, item in enumerate(clause.items)]
    named = [(place, name) for place, name in named if name]
    while clause.family("transition"):
        pass
    names = list(dict.fromkeys(name for _, name in named))
    if len(names) < 2:
        return (names[0] if names else None), None
    marks = [n for n, item in enumerate(clause.items) if item.has("instead-of")]
    clause.take("instead-of")
    if marks:
        old = next((name for place, name in named if place > marks[0]), None)
    else:
        old = names[0] if clause.has("replace", "swap") else "?"
    rest = [name for name in names if name != old]
    return (rest[0], old) if len(rest) == 1 else (None, "?")


def _directed(clause: Clause, name: str | None) -> str | None:
    """Take which way a transition goes where that is said apart: "wipe, from right to left"."""
    ways = [way for way in _WAYS if clause.has(way)]
    if name is None or len(ways) != 1:
        return name
    kind = next((name.removesuffix(end) for end in _WAYS.values() if name.endswith(end)), None)
    if kind is None:
        return name
    clause.take(ways[0])
    return f"{kind}{_WAYS[ways[0]]}"


def _otherwise_named(clause: Clause, noun: bool) -> str | None:
    """Take the transition that a word for a motion or a fade names.

    It is ``?`` where music or words are to fade.
    """
    if noun and clause.has_family("motion") and clause.has("zoom", "motion:zoom-in"):
        clause.family("motion")
        return "zoomin"
    if not clause.has("fade"):
        return None
    if not noun and clause.has("in", "out", "fade-in", "fade-out"):
        return None
    if clause.has("music", "sound", "volume") or clause.has_kind("captions"):
        return "?"
    clause.take("fade")
    return "crossfade"


def _length(clause: Clause, item: Item | None, longer: bool, shorter: bool) -> int | None:
    """Return how long it is to last, in ms; None if nothing is said of that."""
    factor = clause.value("factor")
    if item is not None:
        length = int(item.value)
        if item.role == "to" or not (longer or shorter):
            return length
        return _usual(clause) + (length if longer else -length)
    if factor is None and not (longer or shorter):
        return None
    scale = float(factor) if factor is not None else LONGER if longer else SHORTER
    return round(_usual(clause) * scale)


def _joined_by(clause: Clause, name: str) -> list[Any] | None:
    """Return the clips that come in by a transition; None if that is how all do."""
    clips = clause.scene.timeline.clips[1:]
    found = [
        clip.id or n for n, clip in enumerate(clips, 2) if clip.wish and clip.wish.name == name
    ]
    return None if len(found) == len(clips) else found


def _is_of_others(clause: Clause, length: int, is_noun: bool, is_relative: bool) -> bool:
    """Return whether a length is the photos' or the video's: "use wipes, each photo 4 seconds"."""
    refs = [item.value for item in clause.items if isinstance(item.value, Ref)]
    if is_noun:
        return False
    its = any(ref.is_it for ref in refs)
    return any(ref.is_each and ref.noun for ref in refs) or (
        its and (is_relative or length > _LONGEST_MS)
    )


def _is_added(clause: Clause) -> bool:
    return any(item.has("add", "with") for item in clause.items)


def _usual(clause: Clause) -> int:
    lengths = [clip.overlap_ms for clip in clause.scene.timeline.clips if clip.overlap_ms]
    return max(lengths, default=_TRANSITION_MS)


def _drop_all(clause: Clause) -> None:
    ref = clause.peek_ref()
    if ref is not None and (ref.is_all or ref.is_it or (ref.is_bare and ref.is_plural)):
        clause.ref()


def _joint(clause: Clause) -> list[Any] | None:
    """Take at which joints: the clips that come in there."""
    clips = clause.scene.timeline.clips

    def name(place: int) -> int | str:
        return clips[place].id or place + 1

    if (numbers := _between_numbers(clause)) is not None:
        return [name(numbers)]
    ref = clause.peek_ref()
    if ref is None or ref.is_all or ref.is_it:
        return None
    if ref.is_bare and ref.is_plural:
        clause.ref()
        return None
    between = clause.ref(roles=("between",))
    if between is not None:
        places = sorted(between.places)
        if len(places) == 1:
            other = clause.ref(roles=(None, "before", "after"))
            places = sorted({*places, *(other.places if other else ())})
        if len(places) != 2 or places[1] != places[0] + 1:
            raise EditError("no_joint")
        return [name(places[1])]
    start = clause.ref(roles=("from",))
    if start is not None:
        end = clause.ref()
        place = _next(start, 1, len(clips))
        if end is not None and end.places != (place,):
            raise EditError("no_joint")
        return [name(place)]
    after = clause.ref(roles=("after",))
    if after is not None:
        return [name(_next(after, 1, len(clips)))]
    into = clause.ref(roles=("before", "to"))
    if into is not None:
        place = _next(into, 0, len(clips))
        before = clause.peek_ref()
        if before is not None and before.places == (place - 1,):
            clause.ref()  # "the change from beach to lake"
        return [name(place)]
    on = clause.ref(roles=(None, "at", "for", "on", "of"))
    if on is None or on.is_bare:
        return None
    if len(on.places) == 2 and on.places[1] == on.places[0] + 1:
        return [name(on.places[1])]  # the transition of two neighbours is the one between them
    return [name(place) for place in on.places]


def _between_numbers(clause: Clause) -> int | None:
    """Take "between 4 and 5": the place of the second."""
    if clause.peek_ref() is not None or not any(item.role == "between" for item in clause.items):
        return None
    pair = clause.numbers(roles=(None, "between"))
    if pair is None or len(pair.places) != 2 or pair.places[1] != pair.places[0] + 1:
        raise EditError("no_joint")
    return pair.places[1]


def _next(ref: Ref, offset: int, count: int) -> int:
    place = ref.places[-1] + offset
    if len(ref.places) != 1 or not 0 < place < count:
        raise EditError("no_joint")
    return place


FRAMES: tuple[Frame, ...] = (transition,)
