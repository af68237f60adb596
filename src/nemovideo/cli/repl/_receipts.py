"""What came of a turn, as the user reads it: the answer, what changed, what fits next."""

from __future__ import annotations

from collections.abc import Sequence

from nemovideo.cli.output.output import Output
from nemovideo.cli.progress.answer import AnswerWriter
from nemovideo.cli.results.answers import show_changes
from nemovideo.cli.results.chat import reply_of
from nemovideo.cli.results.exports import show_export
from nemovideo.language import Intent
from nemovideo.projects.chat import ChatResult, DoneAction
from nemovideo.projects.recovery.turns import StoppedTurn
from nemovideo.timeline import Change, Timeline
from nemovideo.timeline.model import TrackType

START = "make a 30-second video with crossfades and calm music"
_NOT_DONE = {"export": "to save the video: /export", "edit": "suggested"}


class Receipts:
    """Writes them."""

    def __init__(self, output: Output, answer: AnswerWriter) -> None:
        self._output = output
        self._answer = answer

    def show(self, result: ChatResult) -> None:
        """Show a turn that was routed."""
        is_silent = not result.reply and not result.changes and result.export is None
        self._answer.finish()
        if result.own_words and result.intent is not Intent.EXPORT:
            self._output.result(reply_of(self._output, result))
        self._changes(result.changes)
        if is_silent:
            self._output.say("The agent said nothing and the timeline did not change.")
        for action in result.actions:
            if not action.done and (hint := _hint(action)):
                self._output.notice(hint)
        if result.export is not None:
            show_export(self._output, result.export)
        if result.question is not None:
            self._output.notice("The agent waits for your answer.")

    def show_stopped(self, stopped: StoppedTurn) -> None:
        """Show what a stopped message has done so far."""
        self._answer.end_line()
        if stopped.changes:
            self._output.notice("Stopped; this was done by then. The message was not sent again.")
            self._changes(stopped.changes)
        else:
            self._output.notice(
                "Stopped; nothing has changed so far. The message was not sent again:"
                " /status shows whether the agent still finishes it."
            )

    def suggest(self, timeline: Timeline, *, has_media: bool) -> None:
        """Name one or two steps that fit."""
        steps = next_steps(timeline, has_media=has_media)
        either = self._output.translate(", or ")
        said = [self._output.translate(step) for step in steps]
        self._output.notice(f"{self._output.translate('Next: ')}{either.join(said)}")

    def _changes(self, changes: Sequence[Change]) -> None:
        show_changes(self._output, changes)


def _hint(action: DoneAction) -> str | None:
    """Return what to say of something that the agent would have had done on a screen."""
    words = _NOT_DONE.get(action.kind)
    if action.kind == "edit":
        return f"{words}: {action.target}" if action.target else None
    return words


def next_steps(timeline: Timeline, *, has_media: bool) -> tuple[str, ...]:
    """Return one or two things to say or type next."""
    if not timeline.is_ready:
        return (START,) if has_media else ("drop photos or clips here", "/upload photos/")
    there = {track.type for track in timeline.tracks if track.segments}
    if TrackType.TEXT not in there:
        step = 'add the title "Our summer"'
    elif TrackType.AUDIO not in there:
        step = "add calm music"
    else:
        step = "make it vertical"
    return step, "/export video.mp4"
