"""`nemo serve`: the local engine as a server."""

from __future__ import annotations

from typing import Annotated

import typer

from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.options import PLAIN, single

DEFAULT_PORT = 8765


def serve(
    context: CommandContext,
    host: Annotated[
        str, typer.Option("--host", metavar="HOST", help="The address to listen on.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="PORT", min=0, max=65535, help="0 takes a free one.")
    ] = DEFAULT_PORT,
) -> None:
    """Run the local engine as a server for any client of the API."""
    from nemovideo.engine import serve as run_engine

    def announce(url: str) -> None:
        context.output.document({"url": url})
        context.output.say(f"The local engine listens at {url}")
        context.output.notice(f"In another shell: NEMO_API_URL={url} nemo convert photos/")
        context.output.notice("Ctrl-C stops it.")

    context.show_warnings()
    context.is_conversation = True
    settings = context.settings
    run_engine(
        *(settings.data_dir, host, port), pieces_limit=settings.pieces_limit, on_ready=announce
    )


register = single("serve", serve, options=PLAIN)
