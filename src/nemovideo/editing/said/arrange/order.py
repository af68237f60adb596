"""How the order of clips is said."""

from __future__ import annotations

from nemovideo.editing.arrange import Order, Reverse, Shuffle, Sort, Swap
from nemovideo.editing.model import EditError
from nemovideo.editing.reading.items import Item, Ref
from nemovideo.editing.said.clause import Clause
from nemovideo.editing.said.frames import Said, frame
from nemovideo.editing.selectors import Ref as ClipRef


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
    pair = clips[first.places[0]] if len(first.places) == 1 and first.is_plural else None
    if pair is not None and pair.beside is not None and first.is_named:
        return [Swap(first=pair.name or "", second=pair.beside.id or pair.beside.name or "")]
    clause.take("with")
    second = clause.ref() or clause.only_film()
    if second is None:
        return None
    return [Swap(first=clause.one(first), second=clause.one(second))]


@frame("reverse")
def reverse(clause: Clause) -> Said | None:
    """Reverse the order."""
    clause.take("reverse", "order", "video", "sort")
    ref = clause.ref()
    if ref is not None and len(ref.places) == 2 and not ref.is_bare:
        one, two = (clause.names(Ref((place,))) for place in ref.places)
        return [Swap.model_validate({"first": one[0], "second": two[0]})]
    if ref is not None and not (ref.is_all or (ref.is_bare and ref.is_plural) or ref.is_it):
        return None
    return [Reverse()]


@frame("sort", "newest", "oldest", "name", "date", "current-order", "order", "descending")
def sort(clause: Clause) -> Said | None:
    """Sort by name; oldest first."""
    is_asked = clause.take("sort", "order") is not None
    clause.take("video", "position", "first-word")
    ref = clause.ref(roles=(None,))
    if ref is not None and (ref.is_each or not (ref.is_all or ref.is_bare or ref.is_it)):
        return None
    clause.item("ordinal")  # "the oldest pictures first"
    if (second := clause.peek_ref()) is not None and second.is_ordinal and second.places == (0,):
        clause.ref()
    is_asked = is_asked or any(i.has("orderly", "move", "sort") for i in clause.items)
    is_shown = clause.has("add") or not is_asked
    by_role = any(item.role == "by" for item in clause.items if item.has("date"))
    is_sorted = by_role or clause.has("orderly", "newest", "oldest")
    if clause.has("date") and is_shown and not is_sorted:
        return None  # "put the dates on"
    by_date = clause.take("date")
    newest, oldest = clause.take("newest"), clause.take("oldest")
    descending = clause.take("descending", "reverse")
    clause.take("ascending", "by", "start", "keep")
    if newest or oldest or by_date:
        return [Sort(by="date", descending=bool(newest or (descending and not oldest)))]
    if clause.has("name") and clause.has("replace") and not clause.has("orderly"):
        return None  # "put the file names in its place"
    is_told = (
        is_asked
        or descending
        or any(
            item.has("orderly", "ascending") or (item.has("name") and item.role == "by")
            for item in clause.items
        )
    )
    if (is_told and clause.take("name")) or (descending and descending.has("name")):
        return [Sort(by="name", descending=bool(descending))]
    if clause.take("current-order"):
        return [Sort(by="upload")]
    return None


@frame("shuffle")
def shuffle(clause: Clause) -> Said | None:
    """Shuffle the photos."""
    clause.take("shuffle", "order", "video", "sort", "slightly")
    ref = clause.ref()
    if ref is not None and not (ref.is_all or (ref.is_bare and ref.is_plural) or ref.is_it):
        return None
    return [Shuffle()]


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
    clause.take("as-is")
    if any(i.kind == "clips" and i.role in ("from", "between") for i in clause.items):
        return None  # 从湖到山: the joint between them
    names: list[ClipRef] = []
    clips = clause.scene.timeline.clips
    for item in clause.each("clips", "number"):
        if isinstance(item.value, Ref):
            ref = item.value
            if ref.problem is not None:
                key, values = ref.problem
                raise EditError(key, **values)
            if ref.choices:
                raise EditError("no_clips")
            if (
                ref.is_bare
                or ref.is_all
                or ref.is_it
                or ref.is_rest
                or _is_first_of_list(item, clause)
            ):
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


@frame("clips", "put-first")
def told_places(clause: Clause) -> Said | None:
    """The lake first, the beach second, the party last."""
    clause.take("order", "move", "make", "add", "position", "come", "keep", "then")
    said: list[Ref] = []
    while (ref := clause.ref(roles=(None, "to", "at", "in"))) is not None:
        said.append(ref)
        if clause.take_one("put-first"):
            said.append(Ref((0,), is_ordinal=True))
    told = list(zip(said[::2], said[1::2], strict=False))
    if len(told) < 2 or len(said) % 2 or any(len(r.places) != 1 or r.is_it for r in said):
        return None
    if any(clip.is_bare or not place.is_ordinal or place.is_named for clip, place in told):
        return None
    clips = clause.scene.timeline.clips
    meant = {place.places[0]: clip.places[0] for clip, place in told}
    rest = [place for place in range(len(clips)) if place not in meant.values()]
    if len(meant) < len(told) or len(meant) + len(rest) != len(clips):
        return None  # one is told twice
    order = [meant[n] if n in meant else rest.pop(0) for n in range(max(meant) + 1)]
    return [Order(clips=[clips[place].id or place + 1 for place in order])]


def _is_first_of_list(item: Item, clause: Clause) -> bool:
    """Return whether a "first" begins a list: "first the lake, then the beach"."""
    ref = item.value
    following = clause.items[clause.items.index(item) + 1 :][:2]
    return (
        ref.is_ordinal
        and not ref.noun
        and ref.places == (0,)
        and any(isinstance(one.value, Ref) for one in following)
        and not any(one.kind == "punct" for one in following[:1])
        and any(one.has("then") for one in clause.items)
    )


def _puts_first(clause: Clause) -> bool:
    """Take a "first" that says where a list begins: "mountain first, then the beach"."""
    for place, item in enumerate(clause.items[:-1]):
        ref = item.value
        is_first = isinstance(ref, Ref) and ref.is_ordinal and not ref.noun and ref.places == (0,)
        if is_first and place and isinstance(clause.items[place - 1].value, Ref):
            clause.taken.add(place)
            return True
    return False
