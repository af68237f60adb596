"""Remarks, which are no wishes but say what the next one is about. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from nemovideo.editing.model import EditError
from nemovideo.editing.reading.explaining import explain
from nemovideo.editing.reading.items import VERBS, Item, Ref
from nemovideo.editing.reading.matching import Matcher
from nemovideo.editing.reading.pieces import is_complaint, is_it
from nemovideo.editing.reading.progress import Progress
from nemovideo.editing.reading.result import Remark
from nemovideo.editing.said.unclear import UnclearError

_STRETCHES = ("range", "head", "tail")


def about_of(part: Sequence[Item]) -> tuple[Item, ...]:
    """Return what a remark is about, if what follows may leave it out or call it "it".

    A stretch of a clip, the transitions, the music and words are handed on as they are; of clips
    alone only one that is told apart from the others.
    """
    if any(item.kind in ("file", "text") for item in part) and not is_complaint(part):
        return ()  # it says more than what it is about
    done = [item for item in part if item.kind == "concept" and item.has(*VERBS)]
    found = [_plain_transition(item) for item in part if _is_transition(item)][:1]
    if not (is_complaint(part) or found) and not all(item.has("part") for item in done):
        return ()
    found += [item for item in part if item.kind in (*_STRETCHES, "captions")]
    found += [item for item in part if item.kind == "concept" and item.has("music", "sound")]
    refs = [item for item in part if isinstance(item.value, Ref) and not item.value.is_it]
    if not found and not (len(refs) == 1 and _is_told_apart(refs[0])):
        return ()
    return (*found, *refs)


def _is_told_apart(item: Item) -> bool:
    return item.role is None and (item.value.is_ordinal or item.value.is_named)


def answers(
    remark: Remark, part: Sequence[Item], is_alone: bool, progress: Progress, matcher: Matcher
) -> bool:
    """Read "it's only fun from 3 to 9 seconds. Just use that bit": what a remark was for.

    Returns:
        Whether the clause leans on the remark; then all is noted.
    """
    if not _leans(part):
        return False
    try:
        is_of_clips = all(isinstance(one.value, Ref) for one in remark.about)
        if is_of_clips and matcher.match(part, is_alone):
            return False  # it needs no clip
        rest = _without_echo(_without_pronouns(part), remark)
        match = matcher.match([*rest, *remark.about], is_alone)
    except (EditError, UnclearError):
        match = None
    if match is None and remark.is_complaint and any(map(is_it, part)):
        explain(part, is_alone, progress, matcher)
        return True
    if match is None:
        return False
    if remark.text in progress.reading.not_understood:
        progress.reading.not_understood.remove(remark.text)
    progress.add(match, part)
    return True


def _leans(part: Sequence[Item]) -> bool:
    """Return whether a clause names no clips of its own, nor anything else but "it"."""
    return not any(
        item.kind in ("captions", "file", "text", *_STRETCHES)
        or _is_transition(item)
        or (item.kind == "concept" and item.has("music", "video", "background", "order", "total"))
        or (isinstance(item.value, Ref) and not item.value.is_it)
        for item in part
    )


def _without_pronouns(part: Sequence[Item]) -> tuple[Item, ...]:
    """Return a clause without "it", "them", and "that part"."""
    return tuple(item for item in part if not (isinstance(item.value, Ref) and item.value.is_it))


def _without_echo(part: Sequence[Item], remark: Remark) -> list[Item]:
    """Return a clause without the length of a stretch that the remark was about."""
    told = {item.value for item in remark.about if item.kind in _STRETCHES}
    return [item for item in part if not (item.kind == "duration" and item.value in told)]


def _is_transition(item: Item) -> bool:
    return item.kind == "concept" and (
        item.has("transition") or item.named("transition") is not None
    )


def _plain_transition(item: Item) -> Item:
    return item._replace(concepts=frozenset(("transition",)))
