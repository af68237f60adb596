"""`nemo storyboard`: pictures of the timeline, in the terminal or as a PNG."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.options import single
from nemovideo.errors import MissingExtraError


def storyboard(
    context: CommandContext,
    out: Annotated[
        str | None,
        typer.Option("--out", "-o", metavar="FILE", help="Where the PNG goes; - for stdout."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", "-f", help="Replace an existing file.")] = False,
) -> None:
    """Show pictures of the timeline: in the terminal, else as a PNG."""
    from nemovideo.cli.input.targets import Destination

    try:
        from nemovideo.cli.results import storyboard as _storyboard
    except ImportError as exc:
        raise MissingExtraError("pictures need the parts of the local engine") from exc
    # A terminal is asked what it can show, and answers on stdin.
    is_terminal = context.output.is_terminal and sys.stdin.isatty()
    is_shown = out is None and is_terminal and not context.output.is_json
    target = None
    if not is_shown:
        target = Destination(context, out, force=force).choose(("png",))
    with context.workspace() as workspace:
        board = workspace.open(context.options.session, to="read").storyboard()
    context.output.document(_storyboard.to_document(board, target))
    _storyboard.show(context.output, board, target)


register = single("storyboard", storyboard)
