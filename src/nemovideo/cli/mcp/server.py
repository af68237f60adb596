"""The Model Context Protocol server: the one module that knows the ``mcp`` package.

Calls run on threads of their own, so that the server answers while a render goes on. While it
serves, stdout belongs to the protocol; the package sends whatever else is written there to stderr.
"""

from __future__ import annotations

import base64
import signal
from functools import partial
from pathlib import Path
from typing import Any

import anyio
from anyio import to_thread
from anyio.from_thread import BlockingPortal
from mcp import types
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server

from nemovideo._version import __version__
from nemovideo.cli._context import CommonOptions
from nemovideo.cli.mcp._calls import Outcome, run_call
from nemovideo.cli.mcp._inputs import Inputs
from nemovideo.cli.mcp._tools import TOOLS
from nemovideo.config import Settings
from nemovideo.projects.cancellation import Cancellation
from nemovideo.projects.first_contact import may_work_here

NAME = "nemo"
INSTRUCTIONS = """\
nemo makes videos (MP4) out of photos, clips and audio files, {where}.
convert makes one; status tells and storyboard shows what is on its timeline; chat changes it in
plain words; export renders it again; resume finishes what was broken off.
Calls work in the current session, the one used last, unless session_id names another.
Relative paths start at {folder}. A file that exists is only replaced with force: true.
Errors are {{"error": {{kind, code, message, hint}}}}. Hints are written for the command line:
"nemo export --force" is the tool export with force: true here. Errors of kind credits, plan and
token need the user. After any error of chat or convert, resume or status, never the same again."""


def serve(options: CommonOptions, settings: Settings) -> None:
    """Serve until stdin ends, every call with the command's options."""
    # Reading stdin can't be broken off in good order, so Ctrl-C ends the process as a kill does:
    # what a call had begun stands in the journal.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    anyio.run(partial(_serve, make_server(options, settings)))


def make_server(options: CommonOptions, settings: Settings) -> Server[Any]:
    """Return the server; it has no transport yet."""

    async def list_tools(
        _: ServerRequestContext[Any], __: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=describe_tools())

    async def call_tool(
        request: ServerRequestContext[Any], params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        return _to_result(await _call(options, request, params))

    where = "in NemoVideo's cloud, or with local: true on this machine"
    if settings.backend == "local":
        where = "with the engine on this machine: no upload, no account, no credits"
    elif may_work_here(settings):
        where += ", where new work is done too when the cloud can't be reached (notes say so)"
    return Server(
        NAME,
        version=__version__,
        instructions=INSTRUCTIONS.format(where=where, folder=Path.cwd()),
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def describe_tools() -> list[types.Tool]:
    """Return the tools as the protocol describes them."""
    return [
        types.Tool(
            name=name,
            title=tool.title,
            description=tool.description,
            input_schema=_schema_of(tool.inputs),
            annotations=types.ToolAnnotations(
                title=tool.title, read_only_hint=tool.is_reading, open_world_hint=True
            ),
        )
        for name, tool in TOOLS.items()
    ]


def _schema_of(inputs: type[Inputs]) -> dict[str, Any]:
    """Return the schema of a tool's arguments without what is said of it to programmers."""
    schema = inputs.model_json_schema()
    return {key: value for key, value in schema.items() if key not in ("title", "description")}


async def _serve(server: Server[Any]) -> None:
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


async def _call(
    options: CommonOptions, request: ServerRequestContext[Any], params: types.CallToolRequestParams
) -> Outcome:
    cancellation = Cancellation()
    async with BlockingPortal() as portal, anyio.create_task_group() as watch:
        watch.start_soon(_pass_on, cancellation)

        def tell(progress: float, total: float | None, text: str) -> None:
            portal.start_task_soon(request.session.report_progress, progress, total, text)

        outcome = await to_thread.run_sync(
            partial(
                run_call,
                options,
                params.name,
                params.arguments or {},
                tell=tell,
                cancellation=cancellation,
            )
        )
        watch.cancel_scope.cancel()
    return outcome


async def _pass_on(cancellation: Cancellation) -> None:
    """Tell the call's thread when the call is given up: a cancellation can't reach it."""
    try:
        await anyio.sleep_forever()
    finally:
        cancellation.cancel()


def _to_result(outcome: Outcome) -> types.CallToolResult:
    content: list[types.ContentBlock] = [types.TextContent(type="text", text=outcome.text)]
    if outcome.jpeg is not None:
        picture = base64.b64encode(outcome.jpeg).decode("ascii")
        content.append(types.ImageContent(type="image", data=picture, mime_type="image/jpeg"))
    return types.CallToolResult(
        content=content, structured_content=outcome.document, is_error=outcome.is_error
    )
