"""What the wishes of one message mean together: exceptions, and what is said twice. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from nemovideo.editing.arrange import Keep, Remove
from nemovideo.editing.frame import SetCanvas
from nemovideo.editing.joints import SetTransition
from nemovideo.editing.model import Edit, EditError
from nemovideo.editing.reading.items import Item, Ref, Scene
from nemovideo.editing.reading.result import Reading
from nemovideo.editing.selectors import Refs, find_clips, find_pictures
from nemovideo.editing.time import SetClipLength, SetLength


def settle(reading: Reading, scene: Scene) -> None:
    """Settle what the clauses of a message, each read by itself, say about each other."""
    _drop_echoes(reading, scene)
    _tell_two_lengths(reading)
    _take_exceptions(reading, scene)
    _pass_over_removed(reading, scene)
    _keep_named_lengths(reading)
    if reading.history is not None and reading.edits:
        # Which of them comes first can't be known.
        reading.history = None
        reading.not_understood.append(reading.history_text)


def beyond_removed(part: Sequence[Item], reading: Reading, scene: Scene) -> Sequence[Item]:
    """Let "it" be the video where it would be a clip that was just removed."""
    meant = [item.value for item in part if isinstance(item.value, Ref) and item.value.is_it]
    if not any(ref.places for ref in meant):
        return part
    gone = {p for e in reading.edits if isinstance(e, Remove) for p in _places(scene, e.clips)}
    whole = Ref((), is_it=True, is_all=True)
    return [
        item._replace(value=whole)
        if isinstance(item.value, Ref) and item.value.is_it and gone & set(item.value.places)
        else item
        for item in part
    ]


def _pass_over_removed(reading: Reading, scene: Scene) -> None:
    """Leave out clips that are gone: "remove the second and make all photos sepia"."""
    gone: set[tuple[int, int]] = set()
    for number, edit in enumerate(reading.edits):
        if isinstance(edit, Remove):
            gone |= _pictures(scene, edit.clips)
        elif isinstance(edit, Keep):
            gone |= _pictures(scene, "all") - _pictures(scene, edit.clips)
        elif isinstance(clips := getattr(edit, "clips", None), list) and gone:
            left = [clip for clip in clips if not _is_gone(_pictures(scene, [clip]), gone)]
            if left and left != clips:
                reading.edits[number] = edit.model_copy(update={"clips": left})


def _pictures(scene: Scene, clips: Refs) -> set[tuple[int, int]]:
    """Return what is meant, by the places of the clips and the sides of those that are pairs."""
    try:
        found = find_pictures(scene.timeline, clips)
    except EditError:
        return set()
    return {(place, side) for place, sides in found.items() for side in sides}


def _is_gone(meant: set[tuple[int, int]], gone: set[tuple[int, int]]) -> bool:
    return bool(meant) and meant <= gone


def _keep_named_lengths(reading: Reading) -> None:
    """Leave out of "the rest 2 seconds" what was given a length of its own before."""
    named: list[object] = []
    for number, edit in enumerate(reading.edits):
        if isinstance(edit, SetClipLength) and isinstance(edit.clips, list) and edit.duration_ms:
            left = [clip for clip in edit.clips if clip not in named]
            if len(edit.clips) > 1 and left and left != edit.clips:
                reading.edits[number] = edit.model_copy(update={"clips": left})
            named += edit.clips if len(edit.clips) == 1 else []


def _drop_echoes(reading: Reading, scene: Scene) -> None:
    """Take "drop the rest" after "keep only these" for what it is: the same wish again.

    So is "turn the order round, from back to front".
    """
    kept: set[int] | None = None
    edits: list[Edit] = []
    for edit in reading.edits:
        if isinstance(edit, Keep):
            kept = set(_places(scene, edit.clips))
        elif isinstance(edit, Remove) and kept and kept.isdisjoint(_places(scene, edit.clips)):
            continue
        elif isinstance(edit, SetCanvas) and (shape := _other_shape(edit, edits)) is not None:
            reading.not_understood.append(shape)  # "square, for Instagram"
            continue
        elif _is_said_again(edit, edits):
            continue
        if edits[-1:] != [edit]:
            edits.append(edit)
    reading.edits = edits


def _is_said_again(edit: Edit, before: Sequence[Edit]) -> bool:
    """Return whether "no transition" stands behind "a hard cut between the first two"."""
    both = (edit, *before[-1:])
    are_none = all(isinstance(one, SetTransition) and one.name == "none" for one in both)
    return len(both) > 1 and are_none and getattr(edit, "clips", None) in (None, "all")


def _other_shape(edit: SetCanvas, before: Sequence[Edit]) -> str | None:
    """Return a shape that differs from one that was wished before."""
    shapes = {one.aspect for one in before if isinstance(one, SetCanvas) and one.aspect}
    return edit.aspect if shapes and edit.aspect not in (None, *shapes) else None


def _tell_two_lengths(reading: Reading) -> None:
    """Say that a length for each photo gives way to one for the whole video."""
    totals = [e for e in reading.edits if isinstance(e, SetLength) and e.duration_ms]
    each = [
        edit
        for edit in reading.edits
        if isinstance(edit, SetClipLength) and edit.duration_ms and isinstance(edit.clips, str)
    ]
    if totals and each:
        total, length = totals[-1].duration_ms or 0, each[-1].duration_ms or 0
        values: dict[str, object] = {"total": total / 1000, "each": length / 1000}
        reading.problems.append(("total_counts", values))


def _places(scene: Scene, clips: Refs) -> list[int]:
    try:
        return find_clips(scene.timeline, clips)
    except EditError:
        return []


def _take_exceptions(reading: Reading, scene: Scene) -> None:
    """Leave out clips that shall stay as they are."""
    if not reading.kept:
        return
    clips = scene.timeline.clips
    changed = []
    for edit in reading.edits:
        if edit.goes_on and getattr(edit, "clips", None) == "all":
            rest = [c.id or p + 1 for p, c in enumerate(clips) if p not in reading.kept]
            changed.append(edit.model_copy(update={"clips": rest}) if rest else edit)
        else:
            changed.append(edit)
    reading.edits = changed
