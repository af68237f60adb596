"""A clause that changes what the one before it said, or adds nothing to it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from nemovideo.editing.arrange import Add, Remove
from nemovideo.editing.frame import SetFade
from nemovideo.editing.joints import SetTransition
from nemovideo.editing.model import Edit, HistoryStep
from nemovideo.editing.picture import SetLook
from nemovideo.editing.reading.items import VERBS, Item, Ref, TextRef
from nemovideo.editing.reading.matching import Match, Matcher
from nemovideo.editing.reading.pieces import is_idle, is_it, target_of
from nemovideo.editing.reading.progress import Progress
from nemovideo.editing.said.frames import Said
from nemovideo.editing.words import AddText, EditText

_AMOUNT = ("each", "lasting", "length", "long", "long-word", "around", "only", "keep", "half")
_LONGEST_MS: dict[type[Edit], int] = {
    SetTransition: 5000,
    SetFade: 10_000,
    Add: 60_000,
    AddText: 60_000,
}
"""Edits that an amount said right behind them is for, and up to which length one is plausible."""
_NAMED = {"media", "to"}
_LISTING = ("keep", "remove", "order")
"""Edits of which half a list would do something else than the whole."""


def amends(part: Sequence[Item], progress: Progress) -> bool:
    """Give the wish before the length that this clause says.

    Returns:
        Whether it says one.
    """
    before = progress.before
    if before is None or isinstance(before.said, HistoryStep):
        return False
    if (said := _amended(before.said, part) or _restricted(before.said, part)) is None:
        return False
    progress.withdraw(before.said)
    if any(item.has("each") for item in part):
        others = [
            e for e in progress.reading.edits if type(e) in {type(one) for one in before.said}
        ]
        also = _amended(others, part) or []
        progress.withdraw(others if also else [])
        progress.reading.edits += also
    progress.add(replace(before, said=said), part)
    return True


def _amended(said: Sequence[Edit], part: Sequence[Item]) -> list[Edit] | None:
    """Give wishes the length that is said behind them: "use wipes, half a second each".

    Returns:
        The wishes with that length; None when the clause says anything else, or it can't be meant.
    """
    shares = [item.value for item in part if item.kind == "factor" and item.value <= 1]
    is_look = bool(said) and all(isinstance(edit, SetLook) for edit in said)
    rest = (item for item in part if item.kind != "factor")
    if is_look and len(shares) == 1 and all(is_idle(i) or i.has("only", "by") for i in rest):
        return [edit.model_copy(update={"amount": shares[0]}) for edit in said]
    lengths = [item.value for item in part if item.kind == "duration"]
    if len(lengths) != 1 or not said or not all(map(_says_amount, part)):
        return None
    for edit in said:
        most = _LONGEST_MS.get(type(edit), 0)
        if getattr(edit, "duration_ms", 0) is not None or not 200 <= lengths[0] <= most:
            return None
    return [edit.model_copy(update={"duration_ms": int(lengths[0])}) for edit in said]


def _restricted(said: Sequence[Edit], part: Sequence[Item]) -> list[Edit] | None:
    """Read "show the file names, only on the photos": of which clips that is meant."""
    refs = [item.value for item in part if isinstance(item.value, Ref)]
    is_only = any(item.has("only") and not item.has("keep") for item in part)
    rest = (item for item in part if not isinstance(item.value, Ref))
    is_told = all(is_idle(item) or item.has("only", "on", "for", "in") for item in rest)
    if len(refs) != 1 or not (is_only and is_told) or not refs[0].places or refs[0].is_it:
        return None
    if not said or any(getattr(edit, "clips", None) not in ("all", "photos") for edit in said):
        return None
    is_kind = refs[0].is_bare and refs[0].is_plural and refs[0].noun == "photo"
    clips = "photos" if is_kind else [place + 1 for place in refs[0].places]
    return [edit.model_copy(update={"clips": clips}) for edit in said]


def _says_amount(item: Item) -> bool:
    return (
        item.kind == "duration"
        or is_idle(item)
        or (isinstance(item.value, Ref) and item.value.is_it)
        or (item.kind == "concept" and item.has(*_AMOUNT))
    )


def corrects(part: Sequence[Item], progress: Progress, matcher: Matcher) -> bool:
    """Do again with another target: "make it shorter, the lake I mean".

    Returns:
        Whether the clause is a correction.
    """
    before = progress.before
    is_one = any(item.has("correction") for item in part if item.kind == "concept")
    if not is_one or before is None or isinstance(before.said, HistoryStep):
        return False
    progress.withdraw(before.said)
    match = _again(before, target_of(part), matcher)
    if match is None:
        progress.reading.not_understood.append(progress.text([*before.items, *part]))
    elif not isinstance(match.said, HistoryStep):
        progress.reading.edits += match.said
    progress.before = match
    return True


def _again(before: Match, target: Item | None, matcher: Matcher) -> Match | None:
    """Read a clause again with another target."""
    is_meant = [item is before.target or is_it(item) for item in before.items]
    if target is None or not any(is_meant):
        return None
    again = [
        item._replace(value=target.value) if is_one else item
        for item, is_one in zip(before.items, is_meant, strict=True)
    ]
    return matcher.match(again, is_alone=False)


def says_again(part: Sequence[Item], progress: Progress) -> bool:
    """Return whether "drop the rest" stands behind "keep only 2 and 4"."""
    said = progress.before.said if progress.before else []
    if isinstance(said, HistoryStep) or not said or said[-1].do != "keep":
        return False
    is_rest = all(is_idle(item) or item.has("remove", "out", "rest", "all") for item in part)
    return is_rest and any(item.has("rest") for item in part)


def drops_rest_of_clip(part: Sequence[Item], progress: Progress) -> bool:
    """Return whether "lose the rest" stands behind "only 3 to 7 seconds of the clip"."""
    said = progress.before.said if progress.before else []
    if isinstance(said, HistoryStep) or not said or said[-1].do != "trim":
        return False
    rests = [item for item in part if isinstance(item.value, Ref) and item.value.is_rest]
    return bool(rests) and all(
        item in rests or is_idle(item) or item.has("remove", "cut", "out", "not-want", "trim")
        for item in part
    )


def continues_list(part: Sequence[Item], progress: Progress) -> bool:
    """Withdraw what names only the beginning of a list: "keep 1, 2 and the gribble".

    Returns:
        Whether the clause is the next of that list.
    """
    before = progress.before
    has_verb = any(item.kind == "concept" and item.has(*VERBS, "add") for item in part)
    is_strange = any(item.kind == "word" for item in part) or not _is_of_list(part)
    if before is None or has_verb or is_strange or isinstance(before.said, HistoryStep):
        return False
    if not before.said or any(edit.do not in _LISTING for edit in before.said):
        return False
    progress.withdraw(before.said)
    progress.reading.not_understood.append(progress.text([*before.items, *part]))
    progress.before = None
    return True


def _is_of_list(part: Sequence[Item]) -> bool:
    """Return whether a clause may be the next of a list, not a remark: "it's kind of boring"."""
    return not any(isinstance(item.value, Ref) and item.value.is_it for item in part) and any(
        item.has("and") or item.kind in ("clips", "file", "number") for item in part
    )


def of_what_was_added(match: Match, part: Sequence[Item], before: Match | None) -> Match:
    """Return what is said of "it" as said of the file that was added just before."""
    said = [] if before is None or isinstance(before.said, HistoryStep) else before.said
    added = said[0].media if len(said) == 1 and isinstance(said[0], Add) else None
    if not added or isinstance(match.said, HistoryStep) or not any(map(is_it, part)):
        return match
    of_it = {"clips": added}
    return replace(match, said=[_with(edit, of_it) for edit in match.said])


def _with(edit: Edit, fields: Mapping[str, object]) -> Edit:
    return edit.model_copy(update=fields) if getattr(edit, "clips", None) == "all" else edit


def with_manner(said: Said, part: Sequence[Item], before: Match) -> list[Edit]:
    """Read "write "Hello" on the lake, the words at the bottom": how the new words look."""
    added = before.said if not isinstance(before.said, HistoryStep) else []
    words = [item.value for item in part if isinstance(item.value, TextRef)]
    is_of_new = len(words) == 1 and words[0].style == "text" and words[0].is_bare
    if isinstance(said, HistoryStep) or not is_of_new or len(added) != 1 or len(said) != 1:
        return []
    text, manner = added[0], said[0]
    if not (isinstance(text, AddText) and isinstance(manner, EditText)) or manner.text is not None:
        return []
    fields = manner.model_dump(exclude_none=True, include={"position", "color", "size", "style"})
    return [text.model_copy(update=fields)] if fields else []


def in_its_place(said: Said, part: Sequence[Item], before: Match) -> list[Edit]:
    """Read "remove the lake and add the dog instead": where the one stood comes the other."""
    if isinstance(said, HistoryStep) or isinstance(before.said, HistoryStep):
        return []
    is_place = any(item.has("in-its-place") for item in part)
    gone = [edit.clips for edit in before.said if isinstance(edit, Remove)]
    if not is_place or len(gone) != 1 or not isinstance(gone[0], list):
        return []
    added = [edit for edit in said if isinstance(edit, Add) and edit.model_fields_set <= _NAMED]
    if len(added) != len(said):
        return []
    return [*(Add(media=edit.media, before=gone[0][0]) for edit in added), *before.said]
