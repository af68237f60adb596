"""`nemo open`: the project in the web workspace."""

from __future__ import annotations

from typing import Annotated

import typer

from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.options import single


def open_project(
    context: CommandContext,
    print_only: Annotated[
        bool, typer.Option("--print", help="Print the URL, open nothing.")
    ] = False,
) -> None:
    """Open the project in the web workspace."""
    import webbrowser

    with context.workspace() as workspace:
        url = workspace.open(context.options.session).web_url()
    context.output.document({"url": url})
    context.output.result(url)
    if not print_only and not context.output.is_json and not webbrowser.open(url):
        context.output.notice("No browser could be opened; copy the address above.")


register = single("open", open_project)
