"""How words over the picture are said."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from nemovideo.editing.model import EditError
from nemovideo.editing.reading.items import Item, Ref, TextRef
from nemovideo.editing.said.clause import Clause, Frame, Said, UnclearError, frame
from nemovideo.editing.selectors import Ref as CaptionRef
from nemovideo.editing.words import AddText, CaptionNames, EditText, RemoveText, Subtitles

_TEXTS = ("title", "caption", "subtitle", "text")
_SUBTITLES = (".srt", ".vtt")
_SIZES = ("small", "medium", "large")
LONGER, SHORTER = 1.5, 0.67


def when(clause: Clause) -> dict[str, Any]:
    """Take when words are seen."""
    times: dict[str, Any] = {}
    stretch = clause.value("range")
    if stretch is not None:
        return {"start_ms": stretch[0], "end_ms": stretch[1]}
    tail, head = clause.value("tail"), clause.value("head")
    if tail is not None:
        return {"place": "end", "duration_ms": tail}
    if head is not None:
        return {"place": "start", "duration_ms": head}
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
    whole = clause.take("whole-time")
    side = clause.take("start", "end")
    if whole is not None:
        times["place"] = "whole"
    elif side is not None:
        if "start_ms" in times and side.has("end"):
            pass  # from 3 s to the end
        else:
            times["place"] = "start" if side.has("start") else "end"
    ref = clause.ref(roles=("on", "over", "at", "in", "to", "for", "under"))
    if ref is None and "place" not in times and "start_ms" not in times:
        ref = clause.ref(roles=(None, "with"))
    if ref is not None:
        if ref.is_it and not ref.places:
            pass  # the words themselves
        elif ref.is_all or (ref.is_bare and ref.is_plural):
            times["place"] = "whole"
        else:
            times["on"] = clause.one(ref)
            times.pop("place", None)
    return times


def _is_on_it(item: Item) -> bool:
    ref = item.value
    is_it = isinstance(ref, Ref) and ref.is_it and not ref.places
    return is_it and item.role in ("on", "over")


def _end_of_timeline(times: dict[str, Any], clause: Clause) -> dict[str, Any]:
    is_open = "start_ms" in times and "end_ms" not in times and "duration_ms" not in times
    if is_open and any(item.has("end") for item in clause.items):
        return {**times, "end_ms": clause.scene.timeline.duration_ms}
    return times


def style(clause: Clause) -> dict[str, Any]:
    """Take where words stand, how large they are, which colour they have."""
    found: dict[str, Any] = {}
    if (place := clause.place_name()) is not None:
        found["position"] = place
    if (size := clause.family("size")) is not None:
        found["size"] = size
        clause.take("size", "letters")
    if (color := clause.value("color")) is not None:
        found["color"] = color
        clause.take("color", "letters")
    return found


def _sized(clause: Clause, before: str) -> dict[str, Any]:
    bigger, smaller = clause.take("bigger") is not None, clause.take("smaller", "less") is not None
    if bigger == smaller:
        return {}
    clause.take("slightly", "strongly", "size", "text-word")
    place = _SIZES.index(before) if before in _SIZES else 1
    place = min(max(place + (1 if bigger else -1), 0), len(_SIZES) - 1)
    return {"size": _SIZES[place]}


def _style_name(ref: TextRef | None) -> str:
    if ref is None or ref.style == "text":
        return "title"
    return ref.style


@frame("text", "file", "captions")
def subtitles(clause: Clause) -> Said | None:
    """Show the subtitles of talk.srt."""
    file, ref = clause.item("file"), clause.text_ref()
    name = _only_subtitles(clause, ref) if file is None else str(file.value)
    if name is None or not name.lower().endswith(_SUBTITLES):
        return None
    if file is None and clause.take("add", "on") is None:
        return None
    if (other := clause.peek_ref()) is not None and (other.is_bare or other.is_it):
        clause.ref(nouns=("one", ""))  # "the file is talk.srt", "those subtitles"
    clause.take("add", "subtitle", "saying", "text", "new", "it")
    return [Subtitles(file=name)]


def _only_subtitles(clause: Clause, ref: TextRef | None) -> str | None:
    """Return the one file of subtitles, when subtitles are wished and there are none yet."""
    if ref is None or ref.style != "subtitle" or ref.number is not None:
        return None
    names = [item.name for item in clause.scene.media if item.name.lower().endswith(_SUBTITLES)]
    is_there = any(caption.style == "subtitle" for caption in clause.scene.timeline.captions)
    return names[0] if len(names) == 1 and not is_there else None


@frame("text")
def replace_text(clause: Clause) -> Said | None:
    """Change "A" to "B"."""
    ref = clause.text_ref()
    clause.take("replace", "swap", "saying", "add")
    old, new = clause.item("text"), clause.item("text")
    if old is None or new is None or new.role not in ("to", "with", "by", None):
        return None
    captions = clause.scene.timeline.captions
    if not any(old.value in (caption.label or "") for caption in captions):
        raise EditError("no_text_called", name=old.value)
    clause.ref(roles=("on",)) if ref else None
    if not new.value.strip():
        raise EditError("which_text")
    return [EditText(captions=str(old.value), text=new.value)]


@frame("text", "captions")
def change_text(clause: Clause) -> Said | None:
    """Change the title to "B"; the second caption at the top, in red."""
    captions = clause.scene.timeline.captions
    ref = clause.text_item()
    if ref is None or not captions:
        return None
    has_new = clause.has("replace", "make", "filler-verb") or any(
        i.role == "to" and i.kind == "text" for i in clause.items
    )
    says = next((item for item in clause.items if item.kind == "text"), None)
    if clause.has("add") and (says is not None or not clause.has("move", "make")):
        return None
    changing = ("move", "replace", "swap", "lasting", "come", "color", "filter")
    moved = clause.take(*changing) is not None
    if says is not None and says.role not in ("to", "with") and not clause_replaces(clause):
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
    changes: dict[str, Any] = {} if text is None else {"text": text.value}
    clause.take("saying", "text-word", "text")
    changes |= _sized(clause, captions[target[0]].size or "medium")
    longer, shorter = clause.take("lengthen") is not None, clause.take("shorten") is not None
    changes |= style(clause)
    if longer or shorter:
        length = clause.duration()
        old = captions[target[0]].duration_ms
        scale = LONGER if longer else SHORTER
        changes["delta_ms"] = (
            (length if longer else -length) if length is not None else round(old * scale) - old
        )
    else:
        changes |= _end_of_timeline(when(clause), clause)
    clause.take("motion", "add", "keep", "size", "size-word", "style-word", "position")
    if not changes:
        return None
    if unclear is not None:
        raise unclear
    if "text" in changes and not changes["text"].strip():
        raise EditError("which_text")
    return [EditText.model_validate({"captions": _names(target, clause), **changes})]


def clause_replaces(clause: Clause) -> bool:
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
    if not clause.removes("cut") and clause.take("out", "off") is None:
        return None
    clause.take("out", "off", "place-word")
    ref = clause.text_item()
    text = clause.item("text")
    side = clause.take("start", "end")
    clause.take("all", "each", "video")
    on = clause.ref(roles=("on", "from", "in", "at", "of", "over"))
    captions = clause.scene.timeline.captions
    if ref is None and text is None:
        return None
    if not captions:
        if clause.is_first_cut:
            return []
        raise EditError("no_text")
    if text is not None:
        return [RemoveText(captions=str(text.value))]
    assert ref is not None
    if on is not None and not on.is_all:
        ids = {clause.scene.timeline.clips[place].id for place in on.places}
        places = [p for p, c in enumerate(captions) if c.on in ids]
        if not places:
            raise EditError("no_text")
        return [RemoveText(captions=_names(places, clause))]
    if side is not None:
        return [RemoveText(captions=_names(_on_side(ref, side, clause), clause))]
    return [RemoveText(captions=_names(_which(ref, clause), clause))]


@frame("name")
def caption_names(clause: Clause) -> Said | None:
    """Caption each photo with its file name."""
    clause.take("name")
    ref = clause.text_ref()
    clause.take("each", "all")
    asked = clause.take("caption-it", "add", "saying", "caption", "subtitle") is not None
    clips = clause.ref()
    if ref is None and not asked and (clips is None or not any(map(_is_on, clause.items))):
        return None
    clause.family("place")  # captions stand at the bottom as it is
    if clips is None or clips.is_all or clips.is_bare or clips.is_it:
        return [CaptionNames()]
    return [CaptionNames(clips=clause.names(clips))]


def _is_on(item: Item) -> bool:
    return isinstance(item.value, Ref) and item.role == "on"


@frame("text", "captions", "saying", "title-it", "caption-it", "credits")
def add_text(clause: Clause) -> Said | None:
    """Add the title "Rome"; write "The end" in the last three seconds at the bottom."""
    if any(map(_is_on_it, clause.items)):
        return None  # on what? nothing was named that is there
    text = clause.item("text")
    ref = clause.text_ref()
    caption_it = clause.take("caption-it") is not None
    said = clause.take(
        "credits",
        "saying",
        "title-it",
        "add",
        "text-word",
        "new",
        "replace",
        "move",
        "subtitle",
        "lasting",
    )
    if text is None:
        asks = ref is not None and said is not None and not clause.is_first_cut
        if asks and not clause.rest and not clause.scene.timeline.captions:
            raise EditError("which_text")
        return None
    if (
        ref is None
        and said is None
        and not caption_it
        and not clause.is_alone
        and not _has_place(clause)
    ):
        return None
    if _is_of_video(clause, text):
        return None  # "make it 8 seconds with the title …": two wishes
    clause.text_ref()
    if (it := clause.peek_ref()) is not None and it.is_it and it.is_all:
        clause.ref()  # "it should say …"
    adds = any(item.has("add", "new") for item in clause.items)
    looks = style(clause)
    times = _end_of_timeline(when(clause), clause)
    looks = style(clause) | looks
    if (it := clause.peek_ref()) is not None and it.is_it:
        clause.ref()  # "over the clip it should read …"
    if not text.value.strip():
        raise EditError("which_text")
    name = _style_name(ref)
    if ref is None and ("on" in times or caption_it):
        name = "caption"
    clause.take("lasting", "size", "letters", "position", "style-word", "video", "color", "caption")
    titles = [c.id for c in clause.scene.timeline.captions if c.style == "title" and c.id]
    is_there = ref is not None and ref.number is not None
    adds = (adds and not is_there) or bool(times) or clause.is_first_cut
    if name == "title" and len(titles) == 1 and not adds:
        return [EditText.model_validate({"captions": titles, "text": text.value.strip(), **looks})]
    values = {"text": _one_title(text), "style": name, **times, **looks}
    return [AddText.model_validate(values)]


def _is_of_video(clause: Clause, text: Item) -> bool:
    """Return whether a length before the words is said of the video."""
    before = [item for item in clause.items if item.end <= text.start]
    wholes = [n for n, item in enumerate(before) if item.has("video")]
    wholes += [n for n, i in enumerate(before) if isinstance(i.value, Ref) and i.value.is_it]
    lengths = [n for n, item in enumerate(before) if item.kind == "duration"]
    return bool(wholes and lengths) and min(wholes) < min(lengths)


def _has_place(clause: Clause) -> bool:
    return (
        clause.has("start", "end")
        or clause.has_family("place")
        or clause.has_kind("tail", "head", "range")
    )


def _one_title(text: Item) -> str:
    return str(text.value).strip()


FRAMES: tuple[Frame, ...] = (
    subtitles,
    replace_text,
    caption_names,
    remove_text,
    change_text,
    add_text,
)
