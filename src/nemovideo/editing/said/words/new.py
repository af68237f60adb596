"""How it is said which words come over the picture."""

from __future__ import annotations

from typing import Any

from nemovideo.editing.model import EditError
from nemovideo.editing.reading.items import Item, Ref, TextRef
from nemovideo.editing.said.clause import Clause
from nemovideo.editing.said.frames import Said, frame
from nemovideo.editing.said.words.places import style, when
from nemovideo.editing.words import (
    AddText,
    CaptionDates,
    CaptionNames,
    CaptionPlaces,
    EditText,
    Subtitles,
)
from nemovideo.timeline import in_lines

_ADDING = ("replace", "move", "subtitle", "lasting")
_SUBTITLES = (".srt", ".vtt")


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
    clause.take("add", "move", "subtitle", "saying", "text", "new", "it", "video")
    return [Subtitles(file=name)]


def _only_subtitles(clause: Clause, ref: TextRef | None) -> str | None:
    """Return the one file of subtitles, when subtitles are wished and there are none yet."""
    if ref is None or ref.style != "subtitle" or ref.number is not None:
        return None
    names = [item.name for item in clause.scene.media if item.name.lower().endswith(_SUBTITLES)]
    is_there = any(caption.style == "subtitle" for caption in clause.scene.timeline.captions)
    return names[0] if len(names) == 1 and not is_there else None


@frame("name", "date", "where-taken")
def captions_of_files(clause: Clause) -> Said | None:
    """Caption each photo with its file name; put the date on the photos; and the place."""
    kinds: tuple[tuple[str, type[CaptionNames | CaptionDates | CaptionPlaces]], ...]
    kinds = (("date", CaptionDates), ("where-taken", CaptionPlaces), ("name", CaptionNames))
    said, edit = next(
        ((item, edit) for key, edit in kinds if (item := clause.take(key))), (None, CaptionNames)
    )
    if said is None or said.role == "by" or said.has("orderly"):
        return None
    ref = clause.text_ref()
    is_each = clause.take("each", "all") is not None
    captions = clause.take("caption-it", "caption", "subtitle", "saying") is not None
    asked = captions or clause.take("add", "come", "lasting", "write") is not None
    clips = clause.ref()
    is_on = clips is not None and any(map(_is_on, clause.items))
    is_of_each = is_on or is_each or (clips is not None and clips.is_each)
    is_of_each = is_of_each or edit is CaptionNames
    if ref is None and not captions and not asked and not is_on:
        return None
    clause.family("place")  # captions stand at the bottom as it is
    clause.take("it", "lasting", "text-word", "letters", "make", "with")
    how: dict[str, Any] = {}
    if edit is CaptionDates and (code := clause.family("language")) is not None:
        how["language"] = code
    if clips is None or clips.is_all or clips.is_bare or clips.is_it:
        return [edit.model_validate(how)]
    return [edit.model_validate({"clips": clause.names(clips), **how})]


def _are_two(clause: Clause) -> bool:
    """Return whether other words are spoken of first: "title in white, and write …"."""
    has_other = has_joint = False
    for item in clause.items:
        if item.kind == "captions":
            has_other = True
        elif has_other and item.has("and"):
            has_joint = True
        elif has_joint and item.has("add"):
            return True
    return False


def _is_on(item: Item) -> bool:
    return isinstance(item.value, Ref) and item.role == "on"


@frame("text", "captions", "saying", "title-it", "caption-it", "credits")
def add_text(clause: Clause) -> Said | None:
    """Add the title "Rome"; write "The end" in the last three seconds at the bottom."""
    if any(map(_is_on_it, clause.items)):
        return None  # on what? nothing was named that is there
    if _are_two(clause):
        return None
    text = clause.item("text")
    ref = clause.text_ref()
    caption_it = clause.take("caption-it") is not None
    said = clause.take("credits", "saying", "title-it", "add", "text-word", "new", *_ADDING)
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
    if text.has("shown") and said is not None and not said.has("saying", "new", "title-it"):
        return None  # that "Summer" stays longer, not that it comes again
    if _is_of_video(clause, text):
        return None  # "make it 8 seconds with the title …": two wishes
    clause.text_ref()
    if (it := clause.peek_ref()) is not None and it.is_it and it.is_all:
        clause.ref()  # "it should say …"
    is_title = any(item.has("title-it") for item in clause.items)
    adds = any(item.has("new") or (item.has("add") and not is_title) for item in clause.items)
    looks = style(clause)
    times = when(clause)
    looks = style(clause) | looks
    if (it := clause.peek_ref()) is not None and it.is_it:
        clause.ref()  # "over the clip it should read …"
    if not text.value.strip():
        raise EditError("which_text")
    words = in_lines(text.value)
    name = _style_name(ref)
    if ref is None and ("on" in times or caption_it):
        name = "caption"
    clause.take("lasting", "size", "letters", "position", "style-word", "video", "color", "caption")
    titles = [c.id for c in clause.scene.timeline.captions if c.style == "title" and c.id]
    is_there = ref is not None and ref.number is not None
    adds = (adds and not is_there) or bool(times) or clause.is_first_cut
    if name == "title" and len(titles) == 1 and not adds:
        return [EditText.model_validate({"captions": titles, "text": words, **looks})]
    values = {"text": words, "style": name, **times, **looks}
    return [AddText.model_validate(values)]


def _is_on_it(item: Item) -> bool:
    ref = item.value
    is_it = isinstance(ref, Ref) and ref.is_it and not ref.places
    return is_it and item.role in ("on", "over")


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
        or any(map(_is_on, clause.items))
    )
