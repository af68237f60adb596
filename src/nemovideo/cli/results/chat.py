"""One turn of chat in words: the answer, what it asks for, what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemovideo.cli.results.answers import show_changes, warn_not_understood
from nemovideo.cli.results.exports import show_export
from nemovideo.cli.results.timelines import show_chart, timeline_line
from nemovideo.timeline import Timeline

if TYPE_CHECKING:
    from nemovideo.cli.output.output import Output
    from nemovideo.cli.progress.answer import AnswerWriter
    from nemovideo.language import Action
    from nemovideo.projects.chat import ChatResult, DoneAction


_ACTION_HINTS = {
    "export": "to save the video: nemo export",
    "edit": "suggested edit",
    "click": "nothing here matches the button",
}


def question_for(action: Action) -> str:
    """Return what to ask before an action is done."""
    if action.kind == "export":
        return "Render the video and save it now?"
    return f"The agent suggests: {action.target}. Send it?"


def reply_of(output: Output, result: ChatResult) -> str:
    """Return what of a reply the program itself says, in the user's language."""
    from nemovideo.language import Intent

    if result.intent is Intent.STATE:
        return timeline_line(output, Timeline.from_draft(result.draft))
    return output.translate(result.own_words)


def show_chat(output: Output, result: ChatResult, answer: AnswerWriter) -> None:
    """Show what a turn brought besides the agent's words, which were written as they came."""
    from nemovideo.language import Intent

    is_ours = result.intent is not Intent.MESSAGE
    answer.finish()
    if result.own_words:
        output.result(reply_of(output, result))
    show_changes(output, result.changes)
    if output.is_quiet or not output.is_terminal:  # else the reply has said it
        warn_not_understood(output, result.not_understood)
    if not result.reply and not result.changes and not is_ours:
        output.say("The agent said nothing and the timeline did not change.")
    for action in result.actions:
        if not action.done:
            output.notice(_hint(action))
    if result.question is not None:
        output.notice('The agent waits for an answer: nemo chat "…"')
    if result.export is not None:
        show_export(output, result.export)
    elif result.changes:
        show_chart(output, Timeline.from_draft(result.draft))


def _hint(action: DoneAction) -> str:
    what = f": {action.target}" if action.target else ""
    return f"not done: {_ACTION_HINTS.get(action.kind, action.kind)}{what}"
