"""`nemo undo` and `nemo redo`: steps back and forth in the session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.options import command

if TYPE_CHECKING:
    from nemovideo.projects.session.session import Direction

MAX_STEPS = 100

Steps = Annotated[
    int, typer.Argument(metavar="N", min=1, max=MAX_STEPS, help="How many changes; 1.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    command(app, "undo")(undo)
    command(app, "redo")(redo)


def undo(context: CommandContext, steps: Steps = 1) -> None:
    """Take the last change back, or the last N."""
    _ask(context, "undo", steps)


def redo(context: CommandContext, steps: Steps = 1) -> None:
    """Bring back what was taken back."""
    _ask(context, "redo", steps)


def _ask(context: CommandContext, direction: Direction, steps: int) -> None:
    from nemovideo.cli.progress.answer import AnswerWriter
    from nemovideo.cli.results import documents as _documents
    from nemovideo.cli.results.chat import show_chat

    shown = AnswerWriter(context.output)
    with context.workspace(shown) as workspace:
        result = workspace.open(context.options.session).step(direction, steps)
    context.output.document(_documents.chat_document(result))
    show_chat(context.output, result, shown)
