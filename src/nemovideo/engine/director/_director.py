"""From a message to an outcome: read it, make or change the timeline, say what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from nemovideo.engine.director._first_cut import Cut, make_first_cut, visuals
from nemovideo.engine.director._grammar import read_instruction
from nemovideo.engine.director._model import Instruction, MediaItem, Outcome
from nemovideo.engine.director._reply import Speaker, language_of, seconds
from nemovideo.engine.director._revision import revise
from nemovideo.engine.director._tracks import segments_of
from nemovideo.protocol.draft import JsonObject, TrackType


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
        return _change(wishes, media, draft, speaker)
    return _begin(wishes, media, title, speaker)


def _is_cut(draft: JsonObject | None) -> bool:
    """Return whether there is a timeline that can be changed."""
    if draft is None or not isinstance(draft.get("d"), int):
        return False
    return bool(segments_of(draft, TrackType.VIDEO))


def _begin(
    wishes: Instruction, media: Sequence[MediaItem], title: str, speaker: Speaker
) -> Outcome:
    is_clear = (wishes.is_new_cut or wishes.wishes or wishes.mood) and not (
        {"duration_range"} & set(wishes.problems)
    )
    if not is_clear:
        return _refuse(wishes, speaker, "help_first")
    cut = make_first_cut(wishes, media, title)
    metadata = cut.draft["m"]
    made = speaker.say(
        "made" if cut.facts else "made_plain",
        length=speaker.say("seconds", count=seconds(cut.draft["d"])),
        size=f"{metadata['width']}x{metadata['height']}",
        what=speaker.material(visuals(media)),
        parts=speaker.parts(cut.facts),
    )
    reply = speaker.sentences([made, *_remarks(wishes, cut, speaker)])
    return Outcome(cut.draft, reply, tuple(cut.tool_calls))


def _change(
    wishes: Instruction, media: Sequence[MediaItem], draft: JsonObject, speaker: Speaker
) -> Outcome:
    leftovers = (*wishes.mood_words, *wishes.leftovers)
    if not wishes.wishes:
        return _refuse(wishes, speaker, "help", leftovers)
    cut = revise(wishes, media, draft)
    remarks = _remarks(wishes, cut, speaker, leftovers)
    if cut.draft == draft or not cut.facts:
        opening = "nothing_done" if remarks else "already"
        return Outcome(None, speaker.sentences([speaker.say(opening), *remarks]))
    reply = speaker.sentences([speaker.say("changed", parts=speaker.parts(cut.facts)), *remarks])
    is_silent = len(wishes.wishes) == 1 and not remarks
    return Outcome(cut.draft, reply, tuple(cut.tool_calls), is_silent)


def _refuse(
    wishes: Instruction, speaker: Speaker, help_key: str, leftovers: Sequence[str] | None = None
) -> Outcome:
    """Say that nothing was done, why, and what can be done."""
    if wishes.problems:
        return Outcome(
            None,
            speaker.sentences([speaker.say("nothing_done"), *_remarks(wishes, None, speaker)]),
        )
    words = speaker.leftovers(wishes.leftovers if leftovers is None else leftovers)
    opening = speaker.say("nothing_understood")
    return Outcome(None, speaker.sentences([opening, words, speaker.say(help_key)]))


def _remarks(
    wishes: Instruction,
    cut: Cut | None,
    speaker: Speaker,
    leftovers: Sequence[str] | None = None,
) -> list[str]:
    """Return what the user must know besides: problems, notes, words that were not understood."""
    notes = [speaker.fact(note) for note in (cut.notes if cut else [])]
    problems = [speaker.say(problem) for problem in wishes.problems]
    words = speaker.leftovers(wishes.leftovers if leftovers is None else leftovers)
    return [*notes, *problems, *([words] if words else [])]
