"""Why a clause is no edit: what it lacks, what it leaves alone, what it may mean. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from nemovideo.editing.model import Edit, EditError, HistoryStep
from nemovideo.editing.reading.items import Item, Ref
from nemovideo.editing.reading.matching import Matcher
from nemovideo.editing.reading.pieces import about_one_clip, is_idle, names_subject
from nemovideo.editing.reading.progress import Progress
from nemovideo.editing.reading.result import Choice, Reading
from nemovideo.editing.said.unclear import UnclearError

_KEEPABLE = (
    *("music", "title", "caption", "text", "transition", "order", "length", "video", "it", "sound"),
    *("motion", "shape", "speed", "filter", "background", "volume", "color", "normal", "rest"),
    *("all", "photo", "clip", "current-order", "same", "subtitle", "size", "position", "lasting"),
)


def explain(part: Sequence[Item], is_alone: bool, progress: Progress, matcher: Matcher) -> None:
    """Note a clause as a negation, a thing to be kept, or not understood."""
    reading, text = progress.reading, progress.text(part)
    keeps = any(item.kind == "concept" and item.has("keep", "as-is") for item in part)
    if _is_negation(part, is_alone, matcher) or (keeps and _keeps(part, reading)):
        reading.left_alone.append(text)
        reading.is_understood = True
        return
    if any(item.kind == "concept" and item.has("eyes") for item in part):
        reading.unseen.append(text)
    reading.not_understood.append(text)


def _is_negation(part: Sequence[Item], is_alone: bool, matcher: Matcher) -> bool:
    """Return whether a clause without its "not" would be a wish."""
    without = [item for item in part if not (item.kind == "concept" and item.has("not"))]
    if len(without) == len(part) or not without:
        return False
    try:
        return matcher.match(without, is_alone) is not None
    except (EditError, UnclearError):
        return False


def _keeps(part: Sequence[Item], reading: Reading) -> bool:
    """Return whether a clause only says what shall stay; clips in it are exceptions."""
    for item in part:
        if isinstance(item.value, Ref):
            if item.value.problem or item.value.choices:
                return False
            reading.kept.update(item.value.places)
        elif not (
            item.kind in ("punct", "captions")
            or item.has("keep", "as-is", *_KEEPABLE)
            or is_idle(item)
        ):
            return False
    return True


def choices_of(
    part: Sequence[Item], is_alone: bool, unclear: UnclearError, matcher: Matcher
) -> list[Choice]:
    """Return what a clause says with each of the clips or words that it may mean."""
    found = []
    for place in unclear.places:
        chosen = [
            item._replace(value=unclear.chosen(place)) if item is unclear.item else item
            for item in part
        ]
        try:
            match = matcher.match(chosen, is_alone)
        except (EditError, UnclearError):
            continue
        if match is not None and not isinstance(match.said, HistoryStep):
            label = unclear.label(place, matcher.scene.timeline)
            found.append(Choice(label, tuple(match.said)))
    return found


def alternatives_of(part: Sequence[Item], is_alone: bool, matcher: Matcher) -> list[Choice]:
    """Return what a clause says with each of two clips: "remove the lake or the mountain"."""
    refs = [(n, item.value) for n, item in enumerate(part) if isinstance(item.value, Ref)]
    clips = [n for n, ref in refs if ref.places and not ref.is_it]
    joint = next((n for n, item in enumerate(part) if item.has("or")), None)
    before = [n for n in clips if joint is not None and n < joint]
    behind = [n for n in clips if joint is not None and n > joint]
    if joint is None or not (before and behind):
        return []
    first, second = before[-1], behind[0]
    found = []
    for chosen, other in ((first, second), (second, first)):
        left = [item for n, item in enumerate(part) if n not in (joint, other)]
        try:
            match = matcher.match(left, is_alone)
        except (EditError, UnclearError):
            return []
        if match is None or isinstance(match.said, HistoryStep) or not match.said:
            return []
        clip = matcher.scene.timeline.clips[part[chosen].value.places[0]]
        found.append(Choice(clip.name or part[chosen].raw, tuple(match.said)))
    return found


def look_for_lack(
    part: Sequence[Item], is_alone: bool, progress: Progress, matcher: Matcher
) -> None:
    """Note that a clip is meant and none is named: "put it last", "and mute it" is of it, too.

    What was understood of "it" before is taken back.
    """
    reading, before = progress.reading, progress.before
    has_target = before is not None and before.target is not None
    is_vain = not matcher.scene.timeline.clips or reading.lacks_clip
    if names_subject(part) or has_target or is_vain:
        return
    try:
        match = matcher.match(about_one_clip(part), is_alone)
    except (EditError, UnclearError):
        return
    if match is None or isinstance(match.said, HistoryStep) or not _places(match.said):
        return
    reading.lacks_clip = True
    for said, text in reading.loose:
        progress.withdraw(said)
        reading.not_understood.append(text)


def _places(said: Sequence[Edit]) -> bool:
    """Return whether edits choose clips, or where they stand."""
    return all(edit.do in ("move", "remove", "keep", "swap", "duplicate") for edit in said)
