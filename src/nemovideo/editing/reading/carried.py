"""What a clause takes over from the one before it: what a remark was about, an amount. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nemovideo.editing.arrange import Add
from nemovideo.editing.frame import SetFade
from nemovideo.editing.joints import SetTransition
from nemovideo.editing.model import Edit
from nemovideo.editing.reading.items import VERBS, Item, Ref
from nemovideo.editing.reading.pieces import is_complaint, is_idle
from nemovideo.editing.words import AddText

_STRETCHES = ("range", "head", "tail")
_AMOUNT = ("each", "lasting", "length", "long", "long-word", "around", "only", "keep", "half")
_LONGEST_MS: dict[type[Edit], int] = {
    SetTransition: 5000,
    SetFade: 10_000,
    Add: 60_000,
    AddText: 60_000,
}
"""Edits that an amount said right behind them is for, and up to which length one is plausible."""


def about_of(part: Sequence[Item]) -> tuple[Item, ...]:
    """Return what a remark is about, if what follows may leave it out or call it "it".

    A stretch of a clip, the transitions, the music and words are handed on as they are; of clips
    alone only one that is told apart from the others.
    """
    done = [item for item in part if item.kind == "concept" and item.has(*VERBS)]
    if not is_complaint(part) and not all(item.has("part") for item in done):
        return ()
    found = [_plain_transition(item) for item in part if _is_transition(item)][:1]
    found += [item for item in part if item.kind in (*_STRETCHES, "captions")]
    found += [item for item in part if item.kind == "concept" and item.has("music", "sound")]
    refs = [item for item in part if isinstance(item.value, Ref) and not item.value.is_it]
    if not found and not (len(refs) == 1 and _is_told_apart(refs[0])):
        return ()
    return (*found, *refs)


def _is_told_apart(item: Item) -> bool:
    return item.role is None and (item.value.is_ordinal or item.value.is_named)


def is_of_list(part: Sequence[Item]) -> bool:
    """Return whether a clause may be the next of a list, not a remark: "it's kind of boring"."""
    return not any(isinstance(item.value, Ref) and item.value.is_it for item in part) and any(
        item.has("and") or item.kind in ("clips", "file", "number") for item in part
    )


def without_pronouns(part: Sequence[Item]) -> tuple[Item, ...]:
    """Return a clause without "it", "them", and "that part"."""
    return tuple(item for item in part if not (isinstance(item.value, Ref) and item.value.is_it))


def leans(part: Sequence[Item]) -> bool:
    """Return whether a clause names no clips of its own, nor anything else but "it"."""
    return not any(
        item.kind in ("captions", "file", "text", *_STRETCHES)
        or _is_transition(item)
        or (item.kind == "concept" and item.has("music", "video", "background", "order", "total"))
        or (isinstance(item.value, Ref) and not item.value.is_it)
        for item in part
    )


def amended(said: Sequence[Edit], part: Sequence[Item]) -> list[Edit] | None:
    """Give wishes the length that is said behind them: "use wipes, half a second each".

    Returns:
        The wishes with that length; None when the clause says anything else, or it can't be meant.
    """
    lengths = [item.value for item in part if item.kind == "duration"]
    if len(lengths) != 1 or not said or not all(map(_says_amount, part)):
        return None
    for edit in said:
        most = _LONGEST_MS.get(type(edit), 0)
        if getattr(edit, "duration_ms", 0) is not None or not 200 <= lengths[0] <= most:
            return None
    return [edit.model_copy(update={"duration_ms": int(lengths[0])}) for edit in said]


def _says_amount(item: Item) -> bool:
    return (
        item.kind == "duration"
        or is_idle(item)
        or (isinstance(item.value, Ref) and item.value.is_it)
        or (item.kind == "concept" and item.has(*_AMOUNT))
    )


def _is_transition(item: Item) -> bool:
    return item.kind == "concept" and (
        item.has("transition") or item.named("transition") is not None
    )


def _plain_transition(item: Item) -> Item:
    return replace(item, concepts=frozenset(("transition",)))
