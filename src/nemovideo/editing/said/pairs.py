"""How it is said which photos share the frame."""

from __future__ import annotations

from typing import Literal

from nemovideo.editing.frame import SetCanvas
from nemovideo.editing.model import Edit
from nemovideo.editing.picture import Pair, Unpair
from nemovideo.editing.reading.items import Ref as ClipsRef
from nemovideo.editing.said.clause import Clause
from nemovideo.editing.said.frames import Frame, Said, frame
from nemovideo.editing.selectors import Ref as ClipRef


@frame("side-by-side")
def pair(clause: Clause) -> Said | None:
    """Put the upright photos side by side; photos 2 and 3 side by side; no longer side by side."""
    clause.take("side-by-side")
    is_against = clause.take("not") is not None
    is_off = clause.take("no", "not-want", "remove", "undo", "off") is not None or is_against
    if is_against and not _has_pairs(clause):
        return None  # left as it is
    _take_around(clause)
    kind = _kind(clause)
    clips = _photos(clause, is_counted=kind is not None)
    if is_off:
        clause.take("more")
        return [Unpair() if clips is None else Unpair(clips=clips)]
    ratio = clause.value("ratio")
    shape = clause.family("shape") if ratio is None else f"{ratio[0]}:{ratio[1]}"
    said: list[Edit] = [Pair(clips=clips, kind=kind)]
    return [SetCanvas(aspect=shape), *said] if shape else said


@frame("place-name")
def sides(clause: Clause) -> Said | None:
    """The lake on the left and the beach on the right."""
    sides = [item.named("place") for item in clause.items if item.named("place")]
    named = [i for i in clause.items if isinstance(i.value, ClipsRef) and not i.value.is_it]
    order = [item for item in clause.items if item in named or item.named("place")]
    is_told = [item in named for item in order] == [True, False, True, False]
    if not is_told or sorted(map(str, sides)) != ["left", "right"]:
        return None
    _take_around(clause)
    while clause.family("place"):
        clause.take("left", "right")
    clips = _photos(clause) or []
    return [Pair(clips=clips if sides[0] == "left" else clips[::-1])] if len(clips) == 2 else None


@frame("one-by-one", "split")
def apart(clause: Clause) -> Said | None:
    """Show them one after the other again; separate photo 2."""
    if not _has_pairs(clause) or clause.has("not"):
        return None
    is_split = clause.take("one-by-one", "instead-of") is None
    _take_around(clause)
    if is_split:
        ref = clause.peek_ref()
        shown = clause.scene.timeline.clips
        if ref is None or any(shown[place].beside is None for place in ref.places):
            return None
        clause.take("split")
    _kind(clause)
    clips = _photos(clause)
    return [Unpair() if clips is None else Unpair(clips=clips)]


def _has_pairs(clause: Clause) -> bool:
    return any(clip.beside for clip in clause.scene.timeline.clips)


def _take_around(clause: Clause) -> None:
    clause.take("move", "add", "keep", "come", "lasting", "video", "back", "with")
    clause.take("frame-noun", "place-word", "each", "create")


def _kind(clause: Clause) -> Literal["upright", "wide"] | None:
    """Take which photos are meant by how they stand; those of one kind alone."""
    upright, wide = clause.take("upright-ones"), clause.take("wide-ones")
    if (upright is None) is (wide is None):
        return None
    return "upright" if upright else "wide"


def _photos(clause: Clause, *, is_counted: bool = False) -> list[ClipRef] | None:
    """Take which photos are named; None for those that fit.

    Args:
        clause: The wish.
        is_counted: Whether a number says how many there are: "two upright photos".
    """
    found: list[ClipRef] = []
    if is_counted and clause.value("number") is not None:
        clause.take("measure")
    while (ref := clause.ref() or clause.numbers()) is not None:
        names = [] if ref.is_all or ref.is_bare else clause.names(ref)
        found += names if isinstance(names, list) else []
    if is_counted and len(found) == 1:
        clause.take("measure")
        return None
    return found or None


FRAMES: tuple[Frame, ...] = (pair, sides, apart)
