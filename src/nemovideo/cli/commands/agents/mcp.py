"""`nemo mcp`: the tools for AI agents, as a Model Context Protocol server."""

from __future__ import annotations

import sys

from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.options import single
from nemovideo.errors import MissingExtraError


def mcp(context: CommandContext) -> None:
    """Serve AI agents over stdin and stdout (Model Context Protocol).

    An agent's program starts it; by hand there is nothing to type.
    """
    try:
        from nemovideo.cli.mcp.server import serve
    except ImportError as exc:
        from nemovideo._installation import install_hint

        if (exc.name or "").partition(".")[0] != "mcp":
            raise
        raise MissingExtraError(
            "the MCP server is not installed", hint=install_hint("mcp")
        ) from exc
    if sys.stdin.isatty():
        context.output.notice("This waits for an AI agent's program to talk to it. Ctrl-C ends it.")
    context.is_conversation = True
    serve(context.options, context.settings)


register = single("mcp", mcp, options=("session", "local", "cloud", "api_url", "verbose"))
