"""How it is said what becomes of the words that are there."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from nemovideo.editing.model import EditError
from nemovideo.editing.reading.items import Item, TextRef
from nemovideo.editing.said.clause import Clause
from nemovideo.editing.said.frames import Said, frame
from nemovideo.editing.said.unclear import UnclearError
from nemovideo.editing.said.words.places import style, when
from nemovideo.editing.selectors import Ref as CaptionRef
from nemovideo.editing.words import EditText, RemoveText
from nemovideo.timeline import in_lines

_SIZES = ("small", "medium", "large")
_HEIGHTS = ("top", "bottom")
LONGER, SHORTER = 1.5, 0.67


def _sized(clause: Clause, before: str) -> dict[str, Any]:
    bigger, smaller = clause.take("bigger") is not None, clause.take("smaller", "less") is not None
    if bigger == smaller:
        return {}
    clause.take("slightly", "strongly", "size", "text-word")
    place = _SIZES.index(before) if before in _SIZES else 1
    place = min(max(place + (1 if bigger else -1), 0), len(_SIZES) - 1)
    return {"size": _SIZES[place]}


def _moved_along(clause: Clause, before: str) -> dict[str, Any]:
    """Take by what words go up or down a step: "lower the title", "move it up"."""
    ways = [item for item in clause.items if item.has("upward", "downward")]
    is_told = [item for item in ways if item.has("move", "quieter", "louder", "less", "more")]
    moves = any(item.has("move") and not item.has("add") for item in clause.items)
    is_placed = any(item.named("place") for item in clause.items if item not in ways)
    if len(ways) != 1 or not (is_told or moves) or is_placed:
        return {}
    clause.take("upward", "downward")
    down = ways[0].has("downward")
    if before == "center":
        return {"position": "bottom" if down else "top"}
    return {"position": "center"} if (before == "top") is down and before in _HEIGHTS else {}


@frame("text")
def replace_text(clause: Clause) -> Said | None:
    """Change "A" to "B"."""
    ref = clause.text_ref()
    is_told = clause.take("replace", "swap", "saying") is not None
    clause.take("add")
    old, new = clause.item("text"), clause.item("text")
    if old is None or new is None or new.role not in ("to", "with", "by", None):
        return None
    if new.role is None and not is_told:
        return None  # "I want "Day 1" on the first and "Day 2" on the second"
    captions = clause.scene.timeline.captions
    if not any(old.value in (caption.label or "") for caption in captions):
        raise EditError("no_text_called", name=old.value)
    clause.ref(roles=("on",)) if ref else None
    if not new.value.strip():
        raise EditError("which_text")
    return [EditText(captions=str(old.value), text=in_lines(new.value))]


@frame("second-line")
def second_line(clause: Clause) -> Said | None:
    """With the second line "Summer 2024"; no second line."""
    clause.take("second-line")
    text, ref = clause.item("text"), clause.text_item()
    if text is None and not clause.removes() and clause.take("out", "off") is None:
        return None
    clause.take("add", "saying", "text-word", "new", "smaller", "with", "replace", "make")
    clause.family("size")
    words = "" if text is None else in_lines(text.value)
    captions = clause.scene.timeline.captions
    if ref is not None and captions:
        return [EditText(captions=_names(_which(ref, clause), clause), second_line=words)]
    titles = [place for place, caption in enumerate(captions) if caption.style == "title"]
    if len(titles) > 1:
        raise EditError("which_title", count=len(titles))
    if not titles and not words:
        raise EditError("no_text")
    return [EditText(captions=_names(titles, clause) or "title", second_line=words)]


@frame("text", "captions")
def change_text(clause: Clause) -> Said | None:
    """Change the title to "B"; the second caption at the top, in red."""
    captions = clause.scene.timeline.captions
    ref = clause.text_item()
    if ref is None or not captions or _is_new(ref, clause):
        return None
    is_other = ref.has("letters") and clause.has("start", "end") and not clause.has_kind("text")
    if ref.role == "in" or is_other:
        return None  # "finish with … in yellow letters": how other words look
    has_new = clause.has("replace", "make", "filler-verb") or any(
        i.role == "to" and i.kind == "text" for i in clause.items
    )
    says = next((item for item in clause.items if item.kind == "text"), None)
    if clause.has("add") and (says is not None or not clause.has("move", "make")):
        return None
    changing = ("move", "replace", "swap", "lasting", "come", "color", "filter")
    moved = clause.take(*changing) is not None
    if says is not None and says.role not in ("to", "with") and not _replaces(clause):
        return None
    if ref.has("font") and says is not None:
        return None  # "change the font to …": there is no choice
    text = clause.item("text") if has_new or moved else None
    if clause.has_kind("text"):
        return None
    unclear: UnclearError | None = None
    side = _side_before(ref, clause)
    try:
        target = _on_side(ref, side, clause) if side else _which(ref, clause)
    except UnclearError as exc:
        unclear, target = exc, list(exc.places)
    changes: dict[str, Any] = {} if text is None else {"text": in_lines(text.value)}
    clause.take("saying", "text-word", "text")
    changes |= _moved_along(clause, captions[target[0]].position or "center")
    changes |= _sized(clause, captions[target[0]].size or "medium")
    longer, shorter = clause.take("lengthen") is not None, clause.take("shorten") is not None
    changes |= style(clause)
    if longer or shorter:
        until = clause.duration(roles=("to",)) if longer else None
        if until is not None and until > captions[target[0]].start_ms:
            return [EditText(captions=_names(target, clause), end_ms=until)]
        length = clause.duration() if until is None else until
        old = captions[target[0]].duration_ms
        scale = LONGER if longer else SHORTER
        changes["delta_ms"] = (
            (length if longer else -length) if length is not None else round(old * scale) - old
        )
    else:
        changes |= when(clause)
    clause.take("motion", "add", "keep", "size", "size-word", "style-word", "position")
    if "position" in changes:
        clause.take("upward", "downward", "left", "right", "louder", "quieter")  # "sube el título"
    if not changes:
        return None
    if unclear is not None:
        raise unclear
    if "text" in changes and not changes["text"].strip():
        raise EditError("which_text")
    return [EditText.model_validate({"captions": _names(target, clause), **changes})]


@frame("text")
def change_quoted(clause: Clause) -> Said | None:
    """Keep "Summer" up two seconds longer; make "The end" red."""
    labels = [caption.label for caption in clause.scene.timeline.captions]
    places = [n for n, i in enumerate(clause.items) if i.kind == "text" and i.value in labels]
    if len(places) != 1 or any(item.has("saying", "write") for item in clause.items):
        return None
    if any(item.has("add") and not item.has("move", "make") for item in clause.items):
        return None
    said = clause.items[places[0]]
    ref = TextRef("text", number=labels.index(said.value) + 1)
    before = clause.items[: places[0]]
    if before and before[-1].kind == "captions":
        before = before[:-1]  # "the word Summer"
    items = [*before, said._replace(kind="captions", value=ref), *clause.items[places[0] + 1 :]]
    inner = Clause(items, clause.scene, clause.is_alone, clause.is_first_cut)
    edits = change_text.build(inner)
    if edits is not None and not inner.rest:
        clause.taken.update(range(len(clause.items)))
    return edits


def _is_new(item: Item, clause: Clause) -> bool:
    """Return whether words are spoken of that are not there: "the lake needs a caption"."""
    place = clause.items.index(item)
    return place > 0 and clause.items[place - 1].has("one-article")


def _replaces(clause: Clause) -> bool:
    """Return whether words shall stand in the place of others."""
    items = [item for item in clause.items if item.has("filler-verb") or not item.has("filler")]
    told = pairwise(items)
    return any(
        (item.has("replace", "swap") and not item.has("add", "move")) or item.has("to")
        for item in clause.items
        if item.kind == "concept"
    ) or any(one.kind == "captions" and two.has("filler-verb") for one, two in told)


def _which(item: Item, clause: Clause) -> list[int]:
    """Return the places of the words that are meant.

    Raises:
        EditError: There are no such words.
        UnclearError: One of several is meant.
    """
    ref: TextRef = item.value
    captions = clause.scene.timeline.captions
    fitting = [p for p, c in enumerate(captions) if ref.style in ("text", c.style)]
    if not fitting:
        fitting = list(range(len(captions)))
        if ref.style == "subtitle":
            raise EditError("no_text")
    if ref.number is not None:
        place = ref.number - 1 if ref.number > 0 else len(fitting) + ref.number
        if not 0 <= place < len(fitting):
            raise EditError("no_such_text", number=ref.number, count=len(fitting))
        return [fitting[place]]
    if ref.is_bare and not ref.is_plural and len(fitting) > 1:
        raise UnclearError(item, fitting)
    return fitting


def _on_side(item: Item, side: Item, clause: Clause) -> list[int]:
    """Return the places of the words at the start or the end.

    Raises:
        EditError: There are none.
    """
    captions = clause.scene.timeline.captions
    middle = clause.scene.timeline.duration_ms / 2
    found = [
        place
        for place, caption in enumerate(captions)
        if item.value.style in ("text", caption.style)
        and (caption.start_ms >= middle) is side.has("end")
    ]
    if not found:
        raise EditError("no_text")
    return found


def _side_before(item: Item, clause: Clause) -> Item | None:
    """Take the start or the end right before words: the ones there are meant (开头的字)."""
    place = clause.items.index(item) - 1
    side = clause.items[place] if place >= 0 else None
    if side is None or side.kind != "concept" or side.role or not side.has("start", "end"):
        return None
    clause.taken.add(place)
    return side


def _names(places: list[int], clause: Clause) -> list[CaptionRef]:
    captions = clause.scene.timeline.captions
    return [captions[place].id or place + 1 for place in places]


@frame("remove", "no", "out", "off", "not-want", "take-verb")
def remove_text(clause: Clause) -> Said | None:
    """Remove the title; no subtitles; remove "Hello"."""
    if any(item.has("add-not") for item in clause.items) and not clause.is_first_cut:
        return None  # "don't add any text yet": what is there stays
    if not clause.removes("cut") and clause.take("out", "off") is None:
        return None
    clause.take("out", "off", "place-word")
    ref = clause.text_item()
    text = clause.item("text")
    side = clause.take("start", "end")
    clause.take("all", "each", "video")
    if (whole := clause.peek_ref()) is not None and whole.is_all and whole.noun == "one":
        clause.ref()  # 字全部去掉
    on = clause.ref(roles=("on", "from", "in", "at", "of", "over"))
    captions = clause.scene.timeline.captions
    if ref is None and text is None:
        return None
    if not captions:
        if clause.is_first_cut:
            return []
        raise EditError("no_text")
    if text is not None:
        meant = [place for place, caption in enumerate(captions) if caption.label == text.value]
        return [RemoveText(captions=_names(meant, clause) or str(text.value))]
    assert ref is not None
    if on is not None and not on.is_all:
        clips = clause.scene.timeline.clips
        ids = {picture.id for place in on.places for picture in clips[place].pictures}
        places = [p for p, c in enumerate(captions) if c.on in ids]
        if not places:
            raise EditError("no_text")
        return [RemoveText(captions=_names(places, clause))]
    if side is not None:
        return [RemoveText(captions=_names(_on_side(ref, side, clause), clause))]
    return [RemoveText(captions=_names(_which(ref, clause), clause))]
