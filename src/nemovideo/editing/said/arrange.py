"""How it is said what is there and in which order."""

from __future__ import annotations

from nemovideo.editing.arrange import (
    Add,
    Duplicate,
    Keep,
    Move,
    Order,
    Remove,
    Reverse,
    Shuffle,
    Sort,
    Swap,
)
from nemovideo.editing.first_cut import FirstCut
from nemovideo.editing.model import EditError
from nemovideo.editing.reading.items import Ref
from nemovideo.editing.said.clause import Clause, Frame, Said, frame
from nemovideo.editing.selectors import Ref as ClipRef


@frame("remove", "cut", "out", "not-want", "no", "take-verb")
def remove(clause: Clause) -> Said | None:
    """Remove the third photo; take the last one out."""
    if not clause.removes("cut") and clause.take("out") is None:
        return None
    clause.take("out", "only")
    ref = clause.ref(roles=(None, "from")) or clause.numbers()
    if ref is None or (ref.is_bare and ref.is_plural) or (ref.is_it and ref.is_all):
        return None
    clause.take("video", "start", "end") if ref.is_ordinal else clause.take("video")
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


@frame("swap")
def swap(clause: Clause) -> Said | None:
    """Swap the first and the last photo."""
    clause.take("swap", "places-of", "position", "around")
    first = clause.ref(roles=(None, "at", "between")) or clause.numbers()
    if first is None:
        return None
    clips = clause.scene.timeline.clips
    if len(first.places) == 2:
        one, two = ([clips[place].id or place + 1] for place in first.places)
        return [Swap(first=one[0], second=two[0])]
    second = clause.ref()
    if second is None:
        return None
    return [Swap(first=clause.one(first), second=clause.one(second))]


@frame("duplicate", "factor")
def duplicate(clause: Clause) -> Said | None:
    """Duplicate the second photo; show it twice."""
    is_asked = clause.take("duplicate") is not None
    if not is_asked:
        twice = clause.item("factor")
        if twice is None or not twice.has("twice-word"):
            return None
    clause.take("play", "lasting", "come")
    ref = clause.ref(roles=(None, "of"))
    if ref is None or (ref.is_bare and len(ref.places) != 1):
        return None
    times = clause.value("factor", "number")
    clause.take("more") if times is not None else None
    if times is not None and (times != int(times) or not 1 <= times <= 20):
        return None
    return [Duplicate(clips=clause.names(ref), times=int(times or 1))]


@frame("reverse")
def reverse(clause: Clause) -> Said | None:
    """Reverse the order."""
    clause.take("reverse", "order", "video", "sort")
    ref = clause.ref()
    if ref is not None and not (ref.is_all or (ref.is_bare and ref.is_plural) or ref.is_it):
        return None
    return [Reverse()]


@frame("sort", "newest", "oldest", "name", "date", "current-order", "order", "descending")
def sort(clause: Clause) -> Said | None:
    """Sort by name; oldest first."""
    clause.take("sort", "order", "video", "position", "first-word")
    ref = clause.ref(roles=(None,))
    if ref is not None and not (ref.is_all or ref.is_bare or ref.is_it):
        return None
    clause.item("ordinal")  # "the oldest pictures first"
    if (second := clause.peek_ref()) is not None and second.is_ordinal and second.places == (0,):
        clause.ref()
    by_date = clause.take("date")
    newest, oldest = clause.take("newest"), clause.take("oldest")
    descending = clause.take("descending", "reverse")
    clause.take("ascending", "by", "start", "keep")
    if newest or oldest or by_date:
        return [Sort(by="date", descending=bool(newest or (descending and not oldest)))]
    if clause.take("name") or (descending and descending.has("name")):
        return [Sort(by="name", descending=bool(descending))]
    if clause.take("current-order"):
        return [Sort(by="upload")]
    return None


@frame("shuffle")
def shuffle(clause: Clause) -> Said | None:
    """Shuffle the photos."""
    clause.take("shuffle", "order", "video", "sort")
    ref = clause.ref()
    if ref is not None and not (ref.is_all or (ref.is_bare and ref.is_plural) or ref.is_it):
        return None
    return [Shuffle()]


def _destination(clause: Clause, *, is_moved: bool = True) -> dict[str, object] | None:
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
    position = clause.take("position")
    is_told = is_moved or position is not None
    roles = ("to", "at", "in", "on", *((None,) if is_told else ()))
    number = clause.value("number", "ordinal", roles=roles)
    if number is None:
        ref = clause.ref(roles=("to", "at", "in"), nouns=("", "one"))
        if ref is not None and ref.is_ordinal:
            ends = {0: "start", len(clause.scene.timeline.clips) - 1: "end"}
            return {"to": ends.get(ref.places[0], ref.places[0] + 1)}
        return None
    if number in (1, -1) and position is None:
        return {"to": "start" if number == 1 else "end"}
    return {"to": int(number)} if number == int(number) else None


@frame("earlier", "later")
def shift(clause: Clause) -> Said | None:
    """Move the third photo one place earlier."""
    side = clause.take("earlier", "later")
    clause.take("move", "position", "steps", "by")
    ref = clause.ref(roles=(None,))
    number = clause.value("number")
    if ref is None or side is None or ref.is_bare or len(ref.places) != 1:
        return None
    steps = 1 if number is None else int(number)
    to = ref.places[0] + 1 + (steps if side.has("later") else -steps)
    count = len(clause.scene.timeline.clips)
    if not 1 <= to <= count:
        raise EditError("no_such_clip", number=to, count=count)
    return [Move.model_validate({"clips": clause.names(ref), "to": to})]


@frame("clips", "move")
def move(clause: Clause) -> Said | None:
    """Move the last photo to the front."""
    is_moved = clause.take("move", "put-first", "come") is not None
    verb = is_moved or clause.take("make", "add") is not None
    ref = clause.ref(roles=(None,)) or (clause.only_film() if is_moved else None)
    if ref is None or not verb or ref.is_all or (ref.is_bare and len(ref.places) != 1):
        return None
    if ref.is_it and not ref.places:
        return None
    names = clause.names(ref)
    target = _shifted(clause, ref) or _destination(clause, is_moved=is_moved)
    if target is None:
        other = clause.ref(roles=(None, "to", "at") if is_moved else (None,))
        if other is None or not other.is_ordinal or other.is_named or len(other.places) != 1:
            return None
        ends = {0: "start", len(clause.scene.timeline.clips) - 1: "end"}
        target = {"to": ends.get(other.places[0], other.places[0] + 1)}
    return [Move.model_validate({"clips": names, **target})]


def _shifted(clause: Clause, ref: Ref) -> dict[str, object] | None:
    """Take by how many places something shall go to the front or the back."""
    later, earlier = clause.has("later"), clause.has("earlier")
    if later == earlier or len(ref.places) != 1:
        return None
    by = clause.value("number", roles=(None, "by"))
    one = clause.peek_ref()
    if by is None and any(item.has("position") for item in clause.items):
        is_one = one is not None and one.is_bare and one.noun == "one"
        by = 1 if is_one or any(item.has("one-article") for item in clause.items) else None
    if by is None:
        return None
    clause.take("later", "earlier", "position", "steps")
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
    if ref is None or end is None or ref.is_all or ref.is_bare or ref.is_it:
        return None
    if clause.taken and any(item.role for item in clause.items if item.has("start", "end")):
        return None
    return [Move(clips=clause.names(ref), to="start" if end.has("start") else "end")]


@frame("order", "sort", "clips", "current-order")
def explicit_order(clause: Clause) -> Said | None:
    """In this order: c.jpg, a.jpg, b.jpg; start with the lake, then the beach."""
    is_asked = clause.take("order", "sort", "current-order") is not None
    chained = any(item.has("then") or item.value in (">", "→") for item in clause.items)
    if chained and not clause.has("remove", "swap", "duplicate"):
        first = clause.take_one("start")
        is_asked = is_asked or first is not None or _puts_first(clause) or clause.has("make")
        is_asked = is_asked or all(
            item.kind in ("clips", "number", "punct") for item in clause.rest
        )
    clause.take("keep", "it", "first", "video", "rest", "move", "add", "come", "ordinal-mark")
    names: list[ClipRef] = []
    clips = clause.scene.timeline.clips
    while (item := clause.item("clips", "number")) is not None:
        if isinstance(item.value, Ref):
            ref = item.value
            if ref.problem or ref.choices:
                raise EditError(
                    *(ref.problem or ("no_clips", {}))[:1], **(ref.problem or ("", {}))[1]
                )
            if ref.is_bare or ref.is_all or ref.is_it:
                continue
            names += [clips[place].id or place + 1 for place in ref.places]
        elif item.value == int(item.value):
            place = int(item.value)
            if not 1 <= place <= len(clips):
                raise EditError("no_such_clip", number=place, count=len(clips))
            names.append(clips[place - 1].id or place)
    if len(names) < 2 or not is_asked:
        return None
    return [Order(clips=names)]


def _puts_first(clause: Clause) -> bool:
    """Take a "first" that says where a list begins: "mountain first, then the beach"."""
    for place, item in enumerate(clause.items[:-1]):
        ref = item.value
        is_first = isinstance(ref, Ref) and ref.is_ordinal and not ref.noun and ref.places == (0,)
        if is_first and place and isinstance(clause.items[place - 1].value, Ref):
            clause.taken.add(place)
            return True
    return False


@frame("add", "new", "file")
def add(clause: Clause) -> Said | None:
    """Add the new photos; add beach.jpg after the first photo."""
    verb = clause.take("add", "move")
    names = []
    while (file := clause.item("file")) is not None:
        names.append(str(file.value))
    swaps = bool(names) and clause.take("replace", "swap") is not None
    target = _destination(clause) or {"to": "end"}
    if names:
        if verb is None and not swaps and target == {"to": "end"} and not clause.is_alone:
            return None  # "my dog is called …" says only that there is one
        old = clause.ref(roles=(None, "with", "by", "for"))
        if not _are_pictures(clause, names):
            return None
        if old is not None and not old.is_bare:
            if not swaps:
                return None
            place = clause.one(old)
            return [Add(media=names, before=place), Remove(clips=[place])]
        return [Add.model_validate({"media": names, **target})]
    is_new = clause.take("new", "rest") is not None
    ref = clause.ref(roles=(None,))
    number = clause.value("number")
    clause.take("video")
    if ref is not None and not (ref.is_bare or ref.is_all):
        return None
    if not is_new and (ref is None or not (ref.is_all or (ref.is_bare and ref.is_plural))):
        return None
    if number is not None and ref is None:
        return None
    if not is_new and verb is not None and verb.has("move"):
        return None  # "put the photos …": where?
    return [Add.model_validate(target)]


def _are_pictures(clause: Clause, names: list[str]) -> bool:
    kinds = {item.name: item.kind for item in clause.scene.media}
    return all(kinds.get(name) in ("image", "video", None) for name in names)


@frame("start-over")
def start_over(clause: Clause) -> Said | None:
    """Start over."""
    clause.take("start-over", "video", "it")
    clause.ref()
    return [FirstCut()]


FRAMES: tuple[Frame, ...] = (
    start_over,
    keep,
    swap,
    duplicate,
    reverse,
    sort,
    shuffle,
    explicit_order,
    begin_with,
    shift,
    move,
    add,
    remove,
)
