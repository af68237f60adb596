"""`nemo resume`: take up what was broken off."""

from __future__ import annotations

from typing import Annotated

import typer

from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.options import PLACED, single


def resume(
    context: CommandContext,
    some_id: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="A run, session or render; the last one broken off."),
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", "-o", metavar="FILE", help="Another place for the video.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", "-f", help="Replace an existing file.")] = False,
) -> None:
    """Finish what was broken off.

    An upload, a message without an answer, a render or a download: nothing is sent twice.
    """
    from nemovideo.cli.input.targets import Destination
    from nemovideo.cli.results import documents as _documents
    from nemovideo.cli.results.exports import show_resumed
    from nemovideo.projects.recovery import resume as resumption

    with context.workspace() as workspace:
        result = resumption.resume(
            workspace,
            resumption.find_broken(workspace, some_id),
            lambda name, formats: Destination(context, name, force=force).choose(formats),
            out=out,
            may_replace=force or context.options.yes,
        )
    context.output.document(_documents.resume_document(result))
    show_resumed(context.output, result)


register = single("resume", resume, options=(*PLACED, "yes"))
