"""`nemo renders`: renders known to this machine."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.options import WORKING, command


class _ListByDefault(TyperGroup):
    """Reads `nemo renders` as `nemo renders list`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        names_nothing = not args or (args[0].startswith("-") and args[0] not in ("-h", "--help"))
        return super().parse_args(ctx, ["list", *args] if names_nothing else args)


def register(app: typer.Typer) -> None:
    """Add the group; without a subcommand it lists."""
    group = typer.Typer(cls=_ListByDefault, help="List or cancel renders.")
    command(group, "list")(list_renders)
    command(group, "cancel", options=WORKING)(cancel)
    app.add_typer(group, name="renders")


def list_renders(context: CommandContext) -> None:
    """List the renders known to this machine, the newest first."""
    from nemovideo.cli.results import documents as _documents
    from nemovideo.projects.sessions import list_renders as find_renders

    with context.workspace() as workspace:
        renders = find_renders(workspace, context.options.session)
    context.output.document([_documents.render_document(render) for render in renders])
    for render in renders:
        context.output.result(f"{render.render_id}\t{render.status}\t{render.output or '-'}")
    if not renders:
        context.output.notice("No renders yet. Start one with `nemo export`.")


def cancel(
    context: CommandContext,
    render_id: Annotated[str, typer.Argument(metavar="ID", help="The render.")],
) -> None:
    """Cancel a render."""
    from nemovideo.projects.recovery.renders import cancel_render

    with context.workspace() as workspace:
        render = cancel_render(workspace, render_id)
    context.output.document(
        {"render_id": render.render_id, "session_id": render.session_id, "status": render.status}
    )
    context.output.result(f"{render.render_id}\t{render.status}")
