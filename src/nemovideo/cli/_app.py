"""The tree of commands; each stands in a module of its own below `commands`."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Annotated

import typer

from nemovideo._version import __version__
from nemovideo.cli._exit import NemoGroup
from nemovideo.cli._output import Output

_MODULES = {
    "convert": "convert",
    "chat": "chat",
    "upload": "upload",
    "status": "status",
    "storyboard": "storyboard",
    "edit": "edit",
    "undo": "undo",
    "redo": "undo",
    "export": "export",
    "resume": "resume",
    "batch": "batch",
    "renders": "renders",
    "credits": "credits",
    "session": "session",
    "auth": "auth",
    "open": "open",
    "config": "config",
    "serve": "serve",
    "doctor": "doctor",
    "clean": "clean",
    "mcp": "mcp",
    "skill": "skill",
}
"""The commands in the order of the help, and where each stands."""


def make_app(command: str | None = None) -> typer.Typer:
    """Return the tree of commands.

    Args:
        command: The one that is wanted: the others are then left out, since building each takes
            time. All are there if it is none of them.
    """
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
    app.callback(invoke_without_command=True)(_root)
    wanted = [_MODULES[command]] if command in _MODULES else dict.fromkeys(_MODULES.values())
    for name in wanted:
        import_module(f"nemovideo.cli.commands.{name}").register(app)
    return app


def _root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", "-V", help="Show the version and exit.")
    ] = False,
) -> None:
    if version:
        sys.stdout.write(f"nemo {__version__}\n")
    elif context.invoked_subcommand is None:
        from nemovideo.cli.commands._greeting import greet

        greet(Output())
