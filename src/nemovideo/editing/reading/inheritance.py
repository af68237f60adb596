"""What a clause takes over from the one before it: clips, a verb, what a remark was about. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nemovideo.editing.arrange import Add, Remove
from nemovideo.editing.frame import SetCanvas
from nemovideo.editing.joints import SetTransition
from nemovideo.editing.model import Edit, EditError, HistoryStep
from nemovideo.editing.reading.corrections import in_its_place, with_manner
from nemovideo.editing.reading.items import VERBS, Item, Ref, Scene
from nemovideo.editing.reading.matching import Match, Matcher
from nemovideo.editing.reading.pieces import (
    OWN_TARGET,
    adds_text,
    goes_elsewhere,
    has_own_target,
    is_complaint,
    is_idle,
    is_it,
    is_meant_again,
    is_value,
    subject_of,
)
from nemovideo.editing.reading.progress import Progress
from nemovideo.editing.said.frames import Said
from nemovideo.editing.said.unclear import UnclearError
from nemovideo.editing.sound import SetDucking, SetMusic, SetMusicStart, SetSoundFades, SetVolume
from nemovideo.editing.time import SetClipLength, Trim
from nemovideo.editing.words import AddText

_STRETCHES = ("range", "head", "tail")
_DEGREES = (
    *("speed-up", "slow-down", "lengthen", "shorten", "louder", "quieter"),
    *("more", "less", "bigger", "smaller"),
)
_WAYS = ("left", "right", "upward", "downward")
_OF_SOUND = {SetDucking, SetMusic, SetMusicStart, SetSoundFades, SetVolume}


def match_with_inheritance(
    part: Sequence[Item], is_alone: bool, progress: Progress, matcher: Matcher
) -> Match | None:
    """Read a clause by itself, or with what the clause before it named.

    Raises:
        EditError: It is understood but can't be done.
        UnclearError: It may mean one of several clips, or words.
    """
    before, subject = progress.before, progress.reading.subject
    is_same = any(item.has("same-length") for item in part)  # "let the video last as long as it"
    is_other = any((item.has("video") and not is_same) or _names_clip(item) for item in part)
    if subject is not None and any(is_it(item) for item in part) and not is_other:
        match = matcher.match([subject if is_it(item) else item for item in part], is_alone)
        if match is not None and match.said:
            return match
    if before is None:
        return matcher.match(part, is_alone)
    has_target = has_own_target(part) and not _goes_with(part)
    is_free = not has_target and not any(item.kind == "captions" for item in part)
    own = [item for item in part if not is_meant_again(item)]
    is_free_of_own = not has_own_target(own) and not any(i.kind == "captions" for i in own)
    if not before.said and is_free_of_own and is_complaint(before.items):
        helped = _against(before, own, is_alone, matcher)
        if helped is not None:
            progress.settle_complaint()
            return helped
        if is_free:
            return matcher.match(part, is_alone) if _says_enough(part) else None
    if before.target is not None and not (has_target or _removes(before.said)):
        match = matcher.match([*part, before.target], is_alone)
        is_joint = before.target.role == "between"
        if match is not None and not isinstance(match.said, HistoryStep):
            joined = is_joint and all(isinstance(edit, SetTransition) for edit in match.said)
            if joined or _goes_on(match.said) or any(item.has("of-it") for item in part):
                return match
    match = matcher.match(part, is_alone)
    if match is not None and (said := with_manner(match.said, part, before)):
        progress.withdraw(before.said)
        match = replace(match, said=said)
    if match is not None and (said := in_its_place(match.said, part, before)):
        progress.withdraw(before.said)
        match = replace(match, said=said)
    if before.subject is not None and (before.said or match):
        match = _of_the_same(part, is_alone, before, matcher) or match
    is_elsewhere = goes_elsewhere(part) and not any(item.kind == "text" for item in part)
    is_other = any(i.has("only", "keep", "as-is") for i in part) or is_elsewhere
    is_other = is_other or _leaves_motion(part, before)
    if match is None and before.verbs and not is_other:
        about = [] if has_target or before.target is None else [before.target]
        is_way = any(item.has(*_WAYS) for item in part)
        verbs = [verb for verb in before.verbs if not (is_way and verb.has(*_WAYS))]
        match = matcher.match([*part, *about], is_alone, verbs)
        if match is not None and _removes(match.said) and not _removes(before.said):
            match = None  # "cut the first two seconds off, and the last three": no clips
    is_open = is_free and not before.said and not adds_text(before.items)
    if match is None and before.subject is not None and is_open:
        match = matcher.match([*part, before.subject], is_alone)
    if match is None and _lists_lengths(before):
        lengths = _with_seconds(part) or _of_edge(part, matcher.scene)
        match = matcher.match(lengths, is_alone) if lengths else None
    match = match or _on_added(before.said, part, matcher) or _of_other_edge(before, part)
    if match is None and is_value(part) and _is_of_whole(before):
        match = matcher.match(part, is_alone=True)
    return match


def _says_enough(part: Sequence[Item]) -> bool:
    """Return whether a clause says what to do whatever was complained of: "…, shuffle them"."""
    is_more = any(item.has(*_DEGREES) for item in part) and not any(map(_is_amount, part))
    return not is_more and not any(isinstance(item.value, Ref) for item in part)


def _is_amount(item: Item) -> bool:
    return item.kind in ("duration", "clock", "percent")


def _goes_with(part: Sequence[Item]) -> bool:
    """Return whether a clause says more of a clip: "show it whole, with a white background"."""
    owned = [item for item in part if isinstance(item.value, Ref) or item.has(*OWN_TARGET)]
    is_with = any(item.has("with") for item in part[:2])
    return is_with and all(item.kind == "concept" and item.has("background") for item in owned)


def _leaves_motion(part: Sequence[Item], before: Match) -> bool:
    """Return whether "and out of the lake" is said behind a move into something: the opposite."""
    moves = any(verb.named("motion") for verb in before.verbs)
    return moves and any(isinstance(i.value, Ref) and i.role == "from" for i in part)


def _names_clip(item: Item) -> bool:
    return isinstance(item.value, Ref) and not item.value.is_it


def _removes(said: Said) -> bool:
    return not isinstance(said, HistoryStep) and any(isinstance(edit, Remove) for edit in said)


def _lists_lengths(before: Match) -> bool:
    return (
        bool(before.said)
        and not isinstance(before.said, HistoryStep)
        and all(isinstance(edit, SetClipLength) and edit.duration_ms for edit in before.said)
    )


def _of_edge(part: Sequence[Item], scene: Scene) -> list[Item]:
    """Read "last 6 s" in a list as the last photo's length: "first photo 5 s, last 6 s"."""
    said = [item for item in part if not is_idle(item)]
    if len(said) != 1 or said[0].kind not in ("head", "tail"):
        return []
    photos = scene.places("photo")
    place = photos[0] if said[0].kind == "head" else photos[-1]
    clip = said[0]._replace(kind="clips", value=Ref((place,), "photo", is_ordinal=True))
    return [clip, said[0]._replace(kind="duration", role=None)]


def _on_added(said: Said, part: Sequence[Item], matcher: Matcher) -> Match | None:
    """Read "add the dog and write "Rex" on it": on the file that is added."""
    added = [] if isinstance(said, HistoryStep) else [e for e in said if isinstance(e, Add)]
    own = [item for item in part if not is_meant_again(item)]
    if len(added) != 1 or not added[0].media or len(own) == len(part):
        return None
    match = matcher.match(own, is_alone=True)
    if match is None or isinstance(match.said, HistoryStep):
        return None
    if not match.said or not all(isinstance(edit, AddText) for edit in match.said):
        return None
    place = {"on": added[0].media[0], "style": "caption", "place": None}
    return replace(match, said=[edit.model_copy(update=place) for edit in match.said])


def _of_other_edge(before: Match, part: Sequence[Item]) -> Match | None:
    """Read "cut off the first 3 seconds of the clip, and the last 2": seconds, too."""
    rest = [item for item in part if not is_idle(item)]
    numbers = rest[0].value.numbers if len(rest) == 1 and isinstance(rest[0].value, Ref) else ()
    said = [] if isinstance(before.said, HistoryStep) else before.said
    trims = [edit for edit in said if isinstance(edit, Trim)]
    if len(trims) != 1 or not numbers or abs(numbers[0] if numbers[0] > 0 else numbers[-1]) != 1:
        return None
    edge = "off_start_ms" if numbers[0] > 0 else "off_end_ms"
    if getattr(trims[0], edge) or not (trims[0].off_start_ms or trims[0].off_end_ms):
        return None
    other = Trim.model_validate({"clips": trims[0].clips, edge: len(numbers) * 1000})
    return replace(before, said=[other])


def _with_seconds(part: Sequence[Item]) -> list[Item]:
    """Read a bare number behind a clip as seconds, in a list: "lake 4 seconds, mountain 6"."""
    if not any(isinstance(item.value, Ref) for item in part):
        return []
    return [
        item._replace(kind="duration", role=None, value=round(item.value * 1000))
        if item.kind == "number" and item.role in (None, "for", "at", "to")
        else item
        for item in part
    ]


def _is_of_whole(before: Match) -> bool:
    """Return whether a wish is about all of the video: "no music, 20 seconds, vertical"."""
    if isinstance(before.said, HistoryStep) or before.target is not None:
        return False
    return bool(before.said) and all(
        isinstance(edit, SetCanvas | SetMusic) or getattr(edit, "clips", None) == "all"
        for edit in before.said
    )


def _goes_on(said: Sequence[Edit]) -> bool:
    """Return whether edits are of a kind that goes on with the clips named before."""
    return bool(said) and all(
        edit.goes_on or (isinstance(edit, SetVolume) and edit.of == "clips") for edit in said
    )


def _against(before: Match, part: Sequence[Item], is_alone: bool, matcher: Matcher) -> Match | None:
    """Read "the first is too long, shorten it": what helps against a complaint."""
    told = next((item for item in before.items if item.kind == "duration"), None)
    if told is not None:  # "10 seconds too long, shorten it by that much"
        part = [told._replace(role="by") if i.has("that-much") else i for i in part]
    video = next((item for item in before.items if item.has("video")), None)
    move = next((item for item in before.items if item.has("motion", "zoom")), None)
    # "The movement of the photos is too strong, make it softer" is about both.
    tries = [[move, before.target]] if move is not None else []
    for about in (*tries, [before.target], [before.subject], [video]):
        named = [item for item in about if item is not None]
        if named and (match := matcher.match([*part, *named], is_alone)) is not None:
            return match
    return None


def _of_the_same(
    part: Sequence[Item], is_alone: bool, before: Match, matcher: Matcher
) -> Match | None:
    """Read "fade the music in, then out": what goes on with the music or words before it."""
    assert before.subject is not None
    is_own = subject_of(part) is not None or any(item.has(*OWN_TARGET) for item in part)
    is_own = is_own or (any(map(_names_clip, part)) and any(i.has(*VERBS - {"make"}) for i in part))
    if isinstance(before.said, HistoryStep) or is_own:
        return None
    try:
        match = matcher.match([*part, before.subject], is_alone)
    except (EditError, UnclearError):
        if before.said:
            return None
        raise
    if match is None or isinstance(match.said, HistoryStep):
        return None
    edits = (*match.said, *before.said)
    kinds = {type(edit) for edit in edits}
    if any(isinstance(edit, SetMusic) and edit.none for edit in edits):
        return None
    return match if len(kinds) == 1 or kinds <= _OF_SOUND else None
