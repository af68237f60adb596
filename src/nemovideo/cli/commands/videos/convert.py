"""`nemo convert`: photos, clips and audio → one video."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.long_texts import STDIN, read_long_text
from nemovideo.cli.input.names_from import all_names
from nemovideo.cli.input.options import (
    DryRun,
    FilesFrom,
    OpenResult,
    Poster,
    Report,
    Subtitles,
    Wished,
    single,
)
from nemovideo.errors import UsageError

if TYPE_CHECKING:
    from nemovideo.projects.convert.requests import Prepared


def convert(
    context: CommandContext,
    wished: Wished,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATHS", help="Photos, clips, audio, folders, patterns, links; - for a list."
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option("--out", "-o", metavar="FILE", help="Where the video goes; - for stdout."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", "-f", help="Replace an existing file.")] = False,
    no_export: Annotated[bool, typer.Option("--no-export", help="Stop at the timeline.")] = False,
    files_from: FilesFrom = None,
    poster: Poster = None,
    report: Report = None,
    subtitles: Subtitles = None,
    dry_run: DryRun = False,
    open_result: OpenResult = False,
) -> None:
    """Make a video out of photos, clips and audio."""
    from nemovideo.cli.input.targets import Beside, Destination
    from nemovideo.cli.results import documents as _documents
    from nemovideo.cli.results.exports import show_conversion
    from nemovideo.projects.convert.options import ConvertRequest
    from nemovideo.projects.convert.requests import prepare
    from nemovideo.projects.convert.run import convert as run_conversion

    prompt = wished["prompt"]
    if paths and prompt == STDIN and (STDIN in paths or files_from == STDIN):
        raise UsageError("stdin can be read only once")
    if prompt is not None:
        wished["prompt"] = read_long_text(prompt)
    request = ConvertRequest.of(
        wished,
        paths=all_names(paths, files_from),
        session_id=context.options.session,
        is_exported=not no_export,
    )
    beside = Beside(poster, report, subtitles)
    destination = Destination(
        context, out, beside, force=force, is_opened=open_result, is_dry=dry_run
    )
    with context.workspace() as workspace:
        prepared = prepare(workspace, request, destination.choose, out=out, prefix="--")
        if dry_run:
            _tell_preview(context, prepared)
            return
        if no_export:
            destination.check(None)
        result = run_conversion(workspace, prepared.plan, prepared.target)
        destination.save_beside(result.export)
    context.output.document(_documents.convert_document(result, destination.beside))
    show_conversion(context.output, result)
    destination.play(result.export)


register = single("convert", convert)


def _tell_preview(context: CommandContext, prepared: Prepared) -> None:
    from nemovideo.cli.results import preview as _preview
    from nemovideo.cli.results.answers import warn_not_understood
    from nemovideo.projects.convert.preview import preview

    shown = preview(prepared, language=context.settings.language)
    context.output.document(_preview.preview_document(shown))
    warn_not_understood(context.output, shown.not_understood)
    _preview.show_preview(context.output, shown)
