"""`nemo credits`: the balance."""

from __future__ import annotations

import typer

from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.options import PLACED, command


def register(app: typer.Typer) -> None:
    """Add the command."""
    command(app, "credits", options=PLACED)(credits)


def credits(context: CommandContext) -> None:
    """Show how many credits are left."""
    from nemovideo.projects.chat import describe_credits

    with context.workspace() as workspace:
        balance = workspace.client().credits.get()
    context.output.document(
        {"available": balance.available, "frozen": balance.frozen, "total": balance.total}
    )
    context.output.say(describe_credits(balance))
    if context.settings.backend == "local":
        context.output.notice("The local engine is free: it never spends them.")
