"""`nemo export`: render the timeline and save the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.options import (
    Encoder,
    Format,
    MaxSize,
    OpenResult,
    Poster,
    Purpose,
    Quality,
    Report,
    Subtitles,
    single,
)
from nemovideo.errors import UsageError

if TYPE_CHECKING:
    from nemovideo.projects.exports.render import ExportResult
    from nemovideo.projects.workspace import Workspace


def export(
    context: CommandContext,
    render_id: Annotated[
        str | None, typer.Argument(metavar="RENDER_ID", help="With --resume: which render.")
    ] = None,
    out: Annotated[
        str | None,
        typer.Option("--out", "-o", metavar="FILE", help="Where the video goes; - for stdout."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", "-f", help="Replace an existing file.")] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Take up a render that an earlier process started.")
    ] = False,
    no_wait: Annotated[
        bool, typer.Option("--no-wait", help="Print the render's id and leave.")
    ] = False,
    format: Format = None,
    purpose: Purpose = None,
    quality: Quality = None,
    max_size: MaxSize = None,
    encoder: Encoder = None,
    poster: Poster = None,
    report: Report = None,
    subtitles: Subtitles = None,
    open_result: OpenResult = False,
) -> None:
    """Render the timeline, wait, and save the video."""
    from nemovideo.cli.input.targets import Beside, Destination
    from nemovideo.cli.results import documents as _documents
    from nemovideo.cli.results.exports import show_export, show_submitted
    from nemovideo.projects.exports.export import ExportWish

    _check(resume=resume, no_wait=no_wait, render_id=render_id)
    named = {"--poster": poster, "--report": report, "--subtitles": subtitles}
    if (beside_it := [option for option, name in named.items() if name]) and (no_wait or resume):
        raise UsageError(f"{beside_it[0]} goes with neither --no-wait nor --resume")
    if open_result and (no_wait or out == "-"):
        raise UsageError("--open needs a file", hint="Wait for it and name one with --out.")
    beside = Beside(poster, report, subtitles)
    destination = Destination(
        context, out, beside, force=force, format=format, is_opened=open_result
    )
    with context.workspace() as workspace:
        if resume:
            result = _resume(context, workspace, render_id, out, force=force)
        else:
            wish = ExportWish(
                *(destination.choose, quality, max_size, encoder, purpose), prefix="--"
            )
            session = workspace.open(context.options.session, to="export")
            if no_wait:
                render = session.submit(wish, keeps_target=out is not None)
                show_submitted(context.output, render, session.record)
                return
            result = session.export(wish)
            destination.save_beside(result)
    context.output.document(_documents.export_document(result, destination.beside))
    show_export(context.output, result)
    destination.play(result)


register = single("export", export)


def _check(*, resume: bool, no_wait: bool, render_id: str | None) -> None:
    """Refuse what does not go together, and a stray argument."""
    if resume and no_wait:
        raise UsageError("--resume and --no-wait exclude each other")
    if render_id and not resume:
        raise UsageError(f"unexpected argument {render_id}", hint="Did you mean --out or --resume?")


def _resume(
    context: CommandContext,
    workspace: Workspace,
    render_id: str | None,
    out: str | None,
    *,
    force: bool,
) -> ExportResult:
    """Take up a render; its file goes where the user says now, or where it was to go then."""
    from nemovideo.cli.input.targets import Destination
    from nemovideo.projects.recovery.renders import find_unfinished, resume_export

    record = find_unfinished(workspace, context.options.session, render_id)
    target = Destination(context, out or record.output, force=force).choose((record.format,))
    return resume_export(workspace, record, target)
