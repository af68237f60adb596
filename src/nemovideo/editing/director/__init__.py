"""From a message to an outcome: read it, make or change the timeline, say what came of it."""

from __future__ import annotations

from nemovideo.editing.director._turn import Turn, spoken_language
from nemovideo.editing.model import HistoryStep, Media, Outcome, ToolCall
from nemovideo.editing.replies import Speaker
from nemovideo.protocol.draft import JsonObject

__all__ = ["direct", "gone_back"]


def direct(
    message: str,
    media: Media,
    draft: JsonObject | None,
    *,
    language: str = "en",
    title: str = "project",
    question: JsonObject | None = None,
    strict: bool = False,
) -> Outcome:
    """Carry a message out.

    Args:
        message: What the user wrote, or edits as JSON, which are applied as they stand.
        media: The session's files, in the order of their upload.
        draft: The timeline as it is; None when there is none yet.
        language: The session's; it counts when the message has no letters of its own.
        title: The project's name.
        question: What was asked back by the turn before (`Outcome.question`).
        strict: Whether nothing may change when anything was not understood.

    Returns:
        The new draft, if anything changed, and what to answer. `draft` itself is left as it is.
    """
    return Turn(message, media, draft, language, title, strict=strict).run(question)


def gone_back(
    step: HistoryStep, done: int, draft: JsonObject | None, message: str, language: str
) -> Outcome:
    """Say what came of a wish about earlier timelines.

    Args:
        step: The wish.
        done: How many steps it went.
        draft: The timeline as it is now.
        message: In which the wish was said.
        language: The session's.
    """
    speaker = Speaker(spoken_language(message, language))
    if step.kind == "first_cut":
        reply = speaker.say("first_cut_back")
        return Outcome(draft if done else None, reply, _history_call(step, done))
    word = "undone" if step.kind == "undo" else "redone"
    if not done:
        return Outcome(None, speaker.say(f"nothing_to_{step.kind}"))
    reply = speaker.say(word) if done == 1 else speaker.say(f"{word}_steps", count=done)
    return Outcome(draft, reply, _history_call(step, done))


def _history_call(step: HistoryStep, done: int) -> tuple[ToolCall, ...]:
    return (ToolCall(step.kind, {"steps": done}, {"ok": True}),) if done else ()
