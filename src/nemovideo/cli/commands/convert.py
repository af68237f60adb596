"""`nemo convert`: photos, clips and audio → one video."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nemovideo.cli._context import CommandContext
from nemovideo.cli._long_texts import STDIN, read_long_text
from nemovideo.cli._names_from import all_names
from nemovideo.cli._options import (
    DryRun,
    FilesFrom,
    KeepMetadata,
    OpenResult,
    Recursive,
    Strict,
    command,
)
from nemovideo.errors import UsageError

if TYPE_CHECKING:
    from nemovideo.projects.requests import Prepared


def register(app: typer.Typer) -> None:
    """Add the command."""
    command(app, "convert")(convert)


def convert(
    context: CommandContext,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATHS", help="Photos, clips, audio, folders, patterns, links; - for a list."
        ),
    ] = None,
    duration: Annotated[
        str | None,
        typer.Option(
            "--duration", "-d", metavar="LENGTH", help="90, 1:30, 1m30s …; about 3 s a photo."
        ),
    ] = None,
    prompt: Annotated[
        str | None,
        typer.Option(
            "--prompt", "-p", metavar="TEXT", help="Say it in your own words; @FILE, - for stdin."
        ),
    ] = None,
    aspect: Annotated[
        str | None,
        typer.Option("--aspect", "-a", metavar="W:H", help="16:9, 9:16, 1:1, 4:5 or 21:9."),
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", "-t", metavar="TEXT", help="Shown at the start.")
    ] = None,
    music: Annotated[
        str | None,
        typer.Option(
            "--music",
            "-m",
            metavar="TEXT|FILE|none",
            help="A style (below), an audio file, or none.",
        ),
    ] = None,
    transition: Annotated[
        str | None,
        typer.Option(
            "--transition", metavar="NAME", help="Between the pictures; the names stand below."
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option("--out", "-o", metavar="FILE", help="Where the video goes; - for stdout."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", "-f", help="Replace an existing file.")] = False,
    no_export: Annotated[bool, typer.Option("--no-export", help="Stop at the timeline.")] = False,
    name: Annotated[
        str | None, typer.Option("--name", metavar="TEXT", help="Name the session.")
    ] = None,
    quality: Annotated[
        str, typer.Option("--quality", metavar="NAME", help="low, medium or high.")
    ] = "high",
    order: Annotated[
        str | None,
        typer.Option(
            "--order", metavar="HOW", help="name, date (when taken) or shuffle; else as named."
        ),
    ] = None,
    files_from: FilesFrom = None,
    dry_run: DryRun = False,
    recursive: Recursive = False,
    strict: Strict = False,
    keep_metadata: KeepMetadata = False,
    open_result: OpenResult = False,
) -> None:
    """Make a video out of photos, clips and audio."""
    from nemovideo.cli import _documents, _results
    from nemovideo.projects import convert as conversions
    from nemovideo.projects.requests import ConvertRequest, prepare

    if paths and prompt == STDIN and (STDIN in paths or files_from == STDIN):
        raise UsageError("stdin can be read only once")
    if prompt is not None:
        prompt = read_long_text(prompt)
        if not prompt.strip():
            raise UsageError("--prompt is empty")
    request = ConvertRequest(
        paths=all_names(paths, files_from),
        duration=duration,
        prompt=prompt,
        aspect=aspect,
        title=title,
        music=music,
        transition=transition,
        quality=quality,
        name=name,
        session_id=context.options.session,
        is_exported=not no_export,
        is_recursive=recursive,
        is_strict=strict,
        order=order,
        keeps_metadata=keep_metadata,
    )
    with context.workspace() as workspace:
        prepared = prepare(
            workspace,
            request,
            lambda formats: _results.choose_target(
                context, out, force=force, formats=formats, is_dry=dry_run
            ),
            out=out,
            prefix="--",
        )
        if dry_run:
            _tell_preview(context, prepared)
            return
        _results.check_playable(is_opened=open_result, target=prepared.target)
        result = conversions.convert(workspace, prepared.plan, prepared.target)
    context.output.document(_documents.convert_document(result))
    _results.show_conversion(context.output, result)
    if open_result:
        _results.play(context.output, result.export)


def _tell_preview(context: CommandContext, prepared: Prepared) -> None:
    from nemovideo.cli import _preview, _results
    from nemovideo.projects.preview import preview

    shown = preview(prepared, language=context.settings.language)
    context.output.document(_preview.preview_document(shown))
    _results.warn_not_understood(context.output, shown.not_understood)
    _preview.show_preview(context.output, shown)
