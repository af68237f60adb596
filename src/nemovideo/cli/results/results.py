"""Results in words, and the questions that lead to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nemovideo.errors import UsageError
from nemovideo.timeline import Timeline

if TYPE_CHECKING:
    from nemovideo.cli._answer_writer import AnswerWriter
    from nemovideo.cli._context import CommandContext
    from nemovideo.cli.output.output import Output
    from nemovideo.language import Action
    from nemovideo.projects.chat import ChatResult, DoneAction
    from nemovideo.projects.convert.run import ConvertResult
    from nemovideo.projects.exports.outputs import OutputTarget
    from nemovideo.projects.exports.renders import ExportResult
    from nemovideo.projects.journal import RenderRecord, SessionRecord
    from nemovideo.projects.recovery.resume import ResumeResult
    from nemovideo.projects.turns import Answer
    from nemovideo.timeline import Change

_LABEL = re.compile(r"(?<=\. )(?:Video|BGM|Title|Track)(?=: )|\+\d+ more")
"""The words of the summary that are not names."""
_ACTION_HINTS = {
    "export": "to save the video: nemo export",
    "edit": "suggested edit",
    "click": "nothing here matches the button",
}


def choose_target(
    context: CommandContext,
    out: str | None,
    *,
    force: bool,
    formats: Sequence[str],
    format: str | None = None,
    is_dry: bool = False,
) -> OutputTarget:
    """Decide where the video goes, before any work is done.

    Args:
        context: The run of the command.
        out: What the user named.
        force: Whether an existing file may be replaced.
        formats: What can be made, the usual one first.
        format: What the user wishes; by the name's ending if None.
        is_dry: Whether nothing is written.

    Raises:
        UsageError: The video and the JSON document would both go to stdout.
        NemoError: As `choose_output` raises.
    """
    from nemovideo.projects.exports.outputs import choose_output, take_name

    target = choose_output(
        out,
        context.settings.output_dir,
        formats=formats,
        format=format,
        is_dry=is_dry,
        may_replace=lambda path: context.may_replace(path, force=force),
        take_name=lambda path: is_dry or take_name(context.settings.data_dir, path),
    )
    check_stdout(context, target)
    for note in target.notes:
        context.output.notice(note)
    return target


def check_stdout(context: CommandContext, target: OutputTarget | None) -> None:
    """Make sure that a video that goes to stdout has it for itself, and that it is no terminal.

    Raises:
        UsageError: It would be written among JSON, or to a terminal.
    """
    if target is None or not target.is_stdout:
        return
    if context.output.is_json:
        raise UsageError("--json and --out - would both write to stdout")
    if context.output.is_terminal:
        raise UsageError(
            "--out - would write the video to the terminal",
            hint="Pipe it, or name a file: --out video.mp4",
        )


def resume_target(
    context: CommandContext, out: str | None, record: RenderRecord, *, force: bool
) -> OutputTarget:
    """Return where a render's file goes: where the user says now, or where it was to go then."""
    return choose_target(context, out or record.output, force=force, formats=(record.format,))


def question_for(action: Action) -> str:
    """Return what to ask before an action is done."""
    if action.kind == "export":
        return "Render the video and save it now?"
    return f"The agent suggests: {action.target}. Send it?"


def timeline_line(output: Output, timeline: Timeline) -> str:
    """Return the timeline in one line: in the user's language on a terminal, as ever off it."""
    summary = timeline.summary()
    if not output.is_terminal:
        return summary
    head, colon, rows = summary.partition(": ")
    rows = _LABEL.sub(lambda label: output.translate(label.group()), rows)
    return f"{output.translate(head)}{output.translate(colon)}{rows}"


def reply_of(output: Output, result: ChatResult) -> str:
    """Return what of a reply the program itself says, in the user's language."""
    from nemovideo.language import Intent

    if result.intent is Intent.STATE:
        return timeline_line(output, Timeline.from_draft(result.draft))
    return output.translate(result.own_words)


def show_conversion(output: Output, result: ConvertResult) -> None:
    """Show a finished conversion: the timeline, and the file on stdout."""
    warn_not_understood(output, result.not_understood)
    timeline = Timeline.from_draft(result.draft)
    if result.export is None:
        output.result(timeline_line(output, timeline))
        output.notice('Next: nemo status, nemo chat "…", nemo export --out video.mp4')
        return
    output.notice(timeline_line(output, timeline))
    show_export(output, result.export, duration_ms=timeline.duration_ms)


def warn_not_understood(output: Output, words: Sequence[str]) -> None:
    """Name what was not understood, on stderr, also when told to be quiet."""
    if words:
        output.warning(f"not understood: {', '.join(f'“{word}”' for word in words)}")


def show_export(output: Output, result: ExportResult, *, duration_ms: int | None = None) -> None:
    """Show a finished export; the path stands alone on stdout."""
    if result.output != "-":
        output.file(result.output, Path(result.output))
    from nemovideo.projects.texts import format_bytes

    size = format_bytes(result.size_bytes)
    if duration_ms:
        output.notice(f"Done: {size}, {duration_ms / 1000:g} s")
    else:
        output.notice(f"Done: {size}")


def play(output: Output, result: ExportResult | None) -> None:
    """Open a finished film with the program that this machine has for it."""
    from nemovideo.cli.output.opening import open_file

    if result is not None and result.output != "-":
        problem = open_file(Path(result.output))
        if problem is not None:
            output.notice(f"The video could not be opened here: {problem}")


def choose_poster(
    context: CommandContext, poster: str | None, target: OutputTarget | None, *, force: bool
) -> Path | None:
    """Decide where a picture of the video goes, before any work is done; None when none is asked.

    Raises:
        NemoError: As `check_poster` raises.
    """
    from nemovideo.projects.exports.posters import check_poster

    if poster is None:
        return None
    return check_poster(
        poster, target, may_replace=lambda path: context.may_replace(path, force=force)
    )


def save_poster(output: Output, export: ExportResult | None, poster: Path | None) -> None:
    """Save a picture of what was exported, where one is asked for."""
    from nemovideo.projects.exports.posters import save_poster

    if poster is not None and export is not None:
        save_poster(Path(export.output), poster)
        output.say(f"Poster: {poster}")


def check_playable(*, is_opened: bool, target: OutputTarget | None) -> None:
    """Refuse to open what will be no file.

    Raises:
        UsageError: The video goes to stdout, or none is made.
    """
    if is_opened and (target is None or target.is_stdout):
        raise UsageError("--open needs a file", hint="Name one with --out, or leave --open out.")


def show_resumed(output: Output, result: ResumeResult, writer: AnswerWriter | None = None) -> None:
    """Show what was taken up.

    Args:
        output: Where it goes.
        result: What came of it.
        writer: What has written the agent's words as they came, if anything has.
    """
    if result.conversion is not None:
        show_conversion(output, result.conversion)
    elif result.export is not None:
        show_export(output, result.export)
    elif result.answer is not None:
        _show_answer(output, result.answer, writer)


def _show_answer(output: Output, answer: Answer, writer: AnswerWriter | None) -> None:
    """Show what came of a message that was taken up."""
    warn_not_understood(output, answer.not_understood)
    if writer is not None:
        writer.finish()
    elif answer.reply:
        output.result(answer.reply)
    show_changes(output, answer.changes)


def show_changes(output: Output, changes: Iterable[Change]) -> None:
    """Show what changed on the timeline."""
    for change in changes:
        output.result(f"• {change.in_language(output.language)}")


def show_submitted(output: Output, render: RenderRecord, session: SessionRecord) -> None:
    """Show a render that goes on without us."""
    output.document(
        {"render_id": render.render_id, "session_id": render.session_id, "status": render.status}
    )
    output.result(render.render_id)
    goes_on = "goes on when nemo runs again" if session.place.is_local else "goes on in the cloud"
    output.notice(f"The render {goes_on}; fetch it: nemo export --resume {render.render_id}")


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


def show_chart(output: Output, timeline: Timeline) -> None:
    """Draw the timeline on a terminal; nothing elsewhere."""
    if output.shows_pictures:
        from nemovideo.cli.results.chart import draw_chart

        chart = draw_chart(timeline, translate=output.translate, language=output.language)
        output.picture(chart)


def _hint(action: DoneAction) -> str:
    what = f": {action.target}" if action.target else ""
    return f"not done: {_ACTION_HINTS.get(action.kind, action.kind)}{what}"
