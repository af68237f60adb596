"""How it is said where a clip goes."""

from __future__ import annotations

from nemovideo.editing.arrange import Move
from nemovideo.editing.model import EditError
from nemovideo.editing.reading.items import Ref
from nemovideo.editing.said.clause import Clause
from nemovideo.editing.said.frames import Said, frame


def destination(clause: Clause, *, is_moved: bool = True) -> dict[str, object] | None:
    """Take where something shall stand; a number alone says so only behind a word of moving."""
    between = clause.ref(roles=("between",))
    if between is not None:
        places = sorted(between.places)
        if len(places) != 2 or places[1] != places[0] + 1:
            raise EditError("no_joint")
        clips = clause.scene.timeline.clips
        return {"after": clips[places[0]].id or places[0] + 1}
    before, after = clause.ref(roles=("before",)), clause.ref(roles=("after",))
    if before is not None or after is not None:
        clause.take("place-word")
        if before is not None and after is not None:
            return None
        beside = before or after
        assert beside is not None
        name = clause.one(beside)
        return {"before": name} if before else {"after": name}
    end = clause.take("start", "end")
    if end is not None:
        clause.take("position", "place:top", "place:bottom", "very")
        return {"to": "start" if end.has("start") else "end"}
    if is_moved and clause.take("middle", "place:center") is not None:
        return {"to": (len(clause.scene.timeline.clips) + 1) // 2}
    position = clause.take("position")
    is_told = is_moved or position is not None
    roles = ("to", "at", "in", "on", *((None,) if is_told else ()))
    number = clause.value("number", "ordinal", roles=roles)
    if number is None:
        ref = clause.ref(roles=("to", "at", "in"), nouns=("", "one"))
        if ref is not None and ref.is_ordinal:
            return place_of(ref, clause)
        return None
    if number in (1, -1) and position is None:
        return {"to": "start" if number == 1 else "end"}
    return {"to": int(number)} if number == int(number) else None


def place_of(ref: Ref, clause: Clause) -> dict[str, object]:
    """Return where something goes to that shall stand where a clip stands: "first", "last"."""
    ends = {0: "start", len(clause.scene.timeline.clips) - 1: "end"}
    return {"to": ends.get(ref.places[0], ref.places[0] + 1)}


@frame("earlier", "later")
def shift(clause: Clause) -> Said | None:
    """Move the third photo one place earlier."""
    side = clause.take("earlier", "later")
    if any(item.has("play") for item in clause.items):
        return None  # "play it backwards"
    clause.take("move", "position", "steps", "by")
    ref = clause.ref(roles=(None,))
    clause.ref(roles=("by",), nouns=("one",))  # "forward by one"
    number = clause.value("number")
    if ref is None or side is None or ref.is_plural or (ref.is_it and not ref.places):
        return None
    if ref.is_bare and len(ref.places) > 1:
        clause.names(ref)  # which of them?
    if len(ref.places) != 1:
        return None
    if side.role in ("at", "to") and side.has("start", "end"):
        return None  # "at the back" is a place
    steps = 1 if number is None else int(number)
    to = ref.places[0] + 1 + (steps if side.has("later") else -steps)
    count = len(clause.scene.timeline.clips)
    if not 1 <= to <= count:
        raise EditError("no_such_clip", number=to, count=count)
    return [Move.model_validate({"clips": clause.names(ref), "to": to})]


@frame("clips", "move", "put-first", "put-last")
def move(clause: Clause) -> Said | None:
    """Move the last photo to the front."""
    side = clause.take("put-first", "put-last")
    is_moved = clause.take("move", "come") is not None or side is not None
    verb = is_moved or clause.take("make", "add") is not None or _goes_beside(clause)
    ref = clause.ref(roles=(None,)) or (clause.only_film() if is_moved else None)
    if ref is None or not verb or ref.is_all or (ref.is_bare and len(ref.places) != 1):
        return None
    if ref.is_it and not ref.places:
        return None
    names = clause.names(ref)
    target = _shifted(clause, ref) or destination(clause, is_moved=is_moved)
    if target is None and side is not None:
        target = {"to": "start" if side.has("put-first") else "end"}
    if target is None:
        other = clause.ref(roles=(None, "to", "at") if is_moved else (None,))
        if other is None or not other.is_ordinal or other.is_named or len(other.places) != 1:
            return None
        target = place_of(other, clause)
    clause.take("earlier", "later", "side-by-side")  # "bring them forward together"
    return [Move.model_validate({"clips": names, **target})]


def _goes_beside(clause: Clause) -> bool:
    """Take "get" where it says to what place; "the lake before the beach" alone says enough."""
    if not any(item.role in ("before", "after") for item in clause.items if item.kind == "clips"):
        return False
    is_told = clause.is_alone and all(item.kind == "clips" for item in clause.rest)
    return is_told or (not clause.has("out", "off") and clause.take("take-verb") is not None)


def _shifted(clause: Clause, ref: Ref) -> dict[str, object] | None:
    """Take by how many places something shall go to the front or the back."""
    later, earlier = clause.has("later", "end"), clause.has("earlier", "start")
    if later == earlier or len(ref.places) != 1:
        return None
    by = clause.value("number", roles=(None, "by"))
    one = clause.peek_ref()
    if by is None and any(item.has("position") for item in clause.items):
        is_one = one is not None and one.is_bare and one.noun == "one"
        by = 1 if is_one or any(item.has("one-article") for item in clause.items) else None
    if by is None:
        return None
    clause.take("later", "earlier", "start", "end", "position", "steps")
    clause.ref(nouns=("one",))
    place, count = ref.places[0] + 1 + int(by if later else -by), len(clause.scene.timeline.clips)
    if by != int(by) or not 1 <= place <= count:
        raise EditError("no_such_clip", number=place, count=count)
    return {"to": place}


@frame("start", "end")
def begin_with(clause: Clause) -> Said | None:
    """Start with the beach photo."""
    end = clause.take("start", "end")
    clause.take("video", "make")
    ref = clause.ref(roles=(None, "with", "on", "by", "for"))
    if clause.take("instead-of"):
        clause.ref(roles=(None,))  # "begin with the mountain instead of the beach"
    if ref is None or end is None or ref.is_all or ref.is_bare or ref.is_it:
        return None
    if clause.taken and any(item.role for item in clause.items if item.has("start", "end")):
        return None
    return [Move(clips=clause.names(ref), to="start" if end.has("start") else "end")]
