"""`nemo export`: render the timeline and save the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.options import MaxSize, OpenResult, Poster, Quality, command
from nemovideo.errors import UsageError

if TYPE_CHECKING:
    from nemovideo.projects.exports.outputs import OutputTarget


def register(app: typer.Typer) -> None:
    """Add the command."""
    command(app, "export")(export)


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
        bool,
        typer.Option("--resume", help="Take up a render that an earlier process started."),
    ] = False,
    no_wait: Annotated[
        bool, typer.Option("--no-wait", help="Print the render's id and leave.")
    ] = False,
    format: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="NAME", help="mp4, mov, webm or gif; by the name's ending."
        ),
    ] = None,
    quality: Quality = None,
    max_size: MaxSize = None,
    poster: Poster = None,
    open_result: OpenResult = False,
) -> None:
    """Render the timeline, wait, and save the video."""
    from nemovideo.cli.input.targets import choose_poster, choose_target, resume_target
    from nemovideo.cli.results import documents as _documents
    from nemovideo.cli.results.exports import play, save_poster, show_export, show_submitted
    from nemovideo.projects.exports import renders as exports
    from nemovideo.projects.exports.here import (
        export_where_asked,
        formats_of,
        is_rendered_here,
        limit_of,
        quality_of,
        session_to_export,
    )

    def choose(formats: Sequence[str]) -> OutputTarget:
        return choose_target(context, out, force=force, formats=formats, format=format)

    if resume and no_wait:
        raise UsageError("--resume and --no-wait exclude each other")
    if poster and (no_wait or resume):
        raise UsageError("--poster goes with neither --no-wait nor --resume")
    if open_result and (no_wait or out == "-"):
        raise UsageError("--open needs a file", hint="Wait for it and name one with --out.")
    if render_id and not resume:
        raise UsageError(f"unexpected argument {render_id}", hint="Did you mean --out or --resume?")
    picture = None
    with context.workspace() as workspace:
        if resume:
            record = exports.find_unfinished(
                workspace, workspace.known_id(context.options.session), render_id
            )
            result = exports.resume_export(
                workspace, record, resume_target(context, out, record, force=force)
            )
        elif no_wait:
            session = session_to_export(workspace, context.options.session)
            if is_rendered_here(workspace, session):
                raise UsageError(
                    "--no-wait can't render the cloud's timeline on this machine",
                    hint="Leave --no-wait or --local out.",
                )
            quality = quality_of(workspace, session, quality, prefix="--")
            max_bytes = limit_of(workspace, session, max_size, prefix="--")
            target = choose(formats_of(workspace, session))
            submitted = exports.submit_render(
                *(workspace, session, target if out else None),
                format=target.format,
                quality=quality,
                max_bytes=max_bytes,
            )
            show_submitted(context.output, submitted, session)
            return
        else:
            session = session_to_export(workspace, context.options.session)
            quality = quality_of(workspace, session, quality, prefix="--")
            max_bytes = limit_of(workspace, session, max_size, prefix="--")
            target = choose(formats_of(workspace, session))
            picture = choose_poster(context, poster, target, force=force)
            result = export_where_asked(
                workspace, session, target, quality=quality, max_bytes=max_bytes
            )
            save_poster(context.output, result, picture)
    context.output.document(_documents.export_document(result, picture))
    show_export(context.output, result)
    if open_result:
        play(context.output, result)
