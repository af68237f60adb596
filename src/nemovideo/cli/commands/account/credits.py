"""`nemo credits`: the balance."""

from __future__ import annotations

from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.options import PLACED, single


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


register = single("credits", credits, options=PLACED)
