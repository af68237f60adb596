"""From a message to an outcome: read it, make or change the timeline, say what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from nemovideo.engine.director._first_cut import Cut, make_first_cut, visuals
from nemovideo.engine.director._grammar import read_instruction
from nemovideo.engine.director._model import Instruction, MediaItem, Outcome
from nemovideo.engine.director._reply import Speaker, language_of, seconds
from nemovideo.engine.director._revision import revise
from nemovideo.engine.director._tracks import segments_of
from nemovideo.engine.director._wire import TrackType
from nemovideo.protocol.draft import JsonObject


def direct(
    message: str,
    media: Sequence[MediaItem],
    draft: JsonObject | None,
    *,
    language: str = "en",
    title: str = "project",
) -> Outcome:
    """Carry a message out.

    Args:
        message: What the user wrote, in English, Chinese or both.
        media: The session's files, in the order of their upload.
        draft: The timeline as it is; None when there is none yet.
        language: The session's; it counts when the message has no letters of its own.
        title: The project's name.

    Returns:
        The new draft, if anything changed, and what to answer. `draft` itself is left as it is.
    """
    speaker = Speaker(language_of(message, language))
    if not visuals(media) and not _is_cut(draft):
        return Outcome(None, speaker.say("only_audio" if media else "no_media"))
    wishes = read_instruction(message, media)
    if draft is not None and _is_cut(draft) and not (wishes.is_new_cut and visuals(media)):
        return _change(message, wishes, media, draft, speaker)
    return _begin(message, wishes, media, title, speaker)


def _is_cut(draft: JsonObject | None) -> bool:
    """Return whether there is a timeline that can be changed."""
    if draft is None or not isinstance(draft.get("d"), int):
        return False
    return bool(segments_of(draft, TrackType.VIDEO))


def _begin(
    message: str,
    wishes: Instruction,
    media: Sequence[MediaItem],
    title: str,
    speaker: Speaker,
) -> Outcome:
    is_clear = (wishes.is_new_cut or wishes.wishes or wishes.mood) and not (
        {"duration_range"} & set(wishes.problems)
    )
    if not is_clear:
        return _refuse(message, wishes, speaker, "help_first", wishes.leftovers)
    cut = make_first_cut(wishes, media, title)
    metadata = cut.draft["m"]
    made = speaker.say(
        "made" if cut.facts else "made_plain",
        length=speaker.say("seconds", count=seconds(cut.draft["d"])),
        size=f"{metadata['width']}x{metadata['height']}",
        what=speaker.material(visuals(media)),
        parts=speaker.parts(cut.facts),
    )
    notes, words = _notes(wishes, cut, speaker), speaker.leftovers(wishes.leftovers)
    reply = speaker.sentences([made, *notes, words])
    return Outcome(
        cut.draft,
        reply,
        tuple(cut.tool_calls),
        not_understood=wishes.leftovers,
        notes=notes,
    )


def _change(
    message: str,
    wishes: Instruction,
    media: Sequence[MediaItem],
    draft: JsonObject,
    speaker: Speaker,
) -> Outcome:
    leftovers = (*wishes.mood_words, *wishes.leftovers)
    if not wishes.wishes:
        return _refuse(message, wishes, speaker, "help", leftovers)
    cut = revise(wishes, media, draft)
    notes, words = _notes(wishes, cut, speaker), speaker.leftovers(leftovers)
    remarks = [*notes, *([words] if words else [])]
    if cut.draft == draft or not cut.facts:
        opening = "nothing_done" if remarks else "already"
        reply = speaker.sentences([speaker.say(opening), *remarks])
        return Outcome(None, reply, not_understood=leftovers, notes=notes)
    reply = speaker.sentences([speaker.say("changed", parts=speaker.parts(cut.facts)), *remarks])
    is_silent = len(wishes.wishes) == 1 and not remarks
    return Outcome(cut.draft, reply, tuple(cut.tool_calls), is_silent, leftovers, notes)


def _refuse(
    message: str,
    wishes: Instruction,
    speaker: Speaker,
    help_key: str,
    leftovers: tuple[str, ...],
) -> Outcome:
    """Say that nothing was done, why, and what can be done."""
    words = speaker.leftovers(leftovers)
    if wishes.problems:
        notes = _notes(wishes, None, speaker)
        reply = speaker.sentences([speaker.say("nothing_done"), *notes, words])
        return Outcome(None, reply, not_understood=leftovers, notes=notes)
    opening = speaker.say("nothing_understood")
    reply = speaker.sentences([opening, words, speaker.say(help_key)])
    return Outcome(None, reply, not_understood=leftovers or (message.strip(),))


def _notes(wishes: Instruction, cut: Cut | None, speaker: Speaker) -> tuple[str, ...]:
    """Return what the user must know besides: what is other than asked, and what can't be."""
    notes = [speaker.fact(note) for note in (cut.notes if cut else [])]
    return (*notes, *(speaker.say(problem) for problem in wishes.problems))
