"""The tree of commands; each stands in a module of its own in a folder of `commands`."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Annotated

import typer

from nemovideo._version import __version__
from nemovideo.cli._exit import NemoGroup
from nemovideo.cli.output.output import Output

_MODULES = {
    "convert": "videos.convert",
    "chat": "sessions.chat",
    "upload": "sessions.upload",
    "status": "sessions.status",
    "storyboard": "sessions.storyboard",
    "edit": "sessions.edit",
    "undo": "sessions.undo",
    "redo": "sessions.undo",
    "export": "videos.export",
    "resume": "videos.resume",
    "batch": "videos.batch",
    "renders": "videos.renders",
    "credits": "account.credits",
    "session": "sessions.session",
    "auth": "account.auth",
    "open": "sessions.open",
    "config": "machine.config",
    "serve": "machine.serve",
    "doctor": "machine.doctor",
    "clean": "machine.clean",
    "mcp": "agents.mcp",
    "skill": "agents.skill",
}
"""The commands in the order of the help, and where each stands."""


def make_app(command: str | None = None) -> typer.Typer:
    """Return the tree of commands; of one alone where it is wanted, which takes less time."""
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
        from nemovideo.cli.help.greeting import greet

        greet(Output())
