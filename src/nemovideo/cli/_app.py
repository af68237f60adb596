"""The tree of commands; each stands in a module of its own below `commands`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from nemovideo._version import __version__
from nemovideo.cli._exit import NemoGroup
from nemovideo.cli._output import Output
from nemovideo.cli.commands import (
    auth,
    batch,
    chat,
    clean,
    config,
    convert,
    credits,
    doctor,
    edit,
    export,
    mcp,
    open,
    renders,
    resume,
    serve,
    session,
    skill,
    status,
    storyboard,
    undo,
    upload,
)
from nemovideo.cli.commands._greeting import greet

app = typer.Typer(
    name="nemo",
    cls=NemoGroup,
    help="Photos and clips in, video out: in the NemoVideo cloud or on this machine.",
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Begin with: nemo convert photos/ --local --out trip.mp4",
)


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", "-V", help="Show the version and exit.")
    ] = False,
) -> None:
    if version:
        sys.stdout.write(f"nemo {__version__}\n")
    elif context.invoked_subcommand is None:
        greet(Output())


for module in (
    convert,
    chat,
    upload,
    status,
    storyboard,
    edit,
    undo,
    export,
    resume,
    batch,
    renders,
    credits,
    session,
    auth,
    open,
    config,
    serve,
    doctor,
    clean,
    mcp,
    skill,
):
    module.register(app)
