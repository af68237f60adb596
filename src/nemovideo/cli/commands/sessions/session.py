"""`nemo session`: the sessions known to this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.options import PLACED, command

if TYPE_CHECKING:
    from nemovideo.projects.journal import SessionRecord

SessionId = Annotated[
    str, typer.Argument(metavar="SESSION", help="Its name, its id, or how either begins.")
]


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(help="Start, list and pick sessions.", no_args_is_help=True)
    command(group, "new", options=PLACED)(new)
    command(group, "list", options=PLACED)(list_sessions)
    command(group, "use", options=PLACED)(use)
    command(group, "show", options=PLACED)(show)
    command(group, "rename", options=PLACED)(rename)
    command(group, "forget", options=(*PLACED, "yes"))(forget)
    app.add_typer(group, name="session")


def new(
    context: CommandContext,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="What to call it.")] = None,
) -> None:
    """Start a session and make it the current one."""
    with context.workspace() as workspace:
        workspace.reporter.begin("setup", "Setting things up…")
        session = workspace.create(name=name)
        workspace.reporter.end(f"working with {session.backend.label}")
        _show(context, session.record, workspace.url)
    _tell_of_project(context, session.record)


def list_sessions(context: CommandContext) -> None:
    """List the sessions known to this machine, the newest first."""
    from nemovideo.cli.results.sessions import session_documents, show_sessions
    from nemovideo.projects.sessions import list_sessions as find_sessions

    with context.workspace() as workspace:
        sessions = find_sessions(workspace)
    context.output.document(session_documents(sessions))
    show_sessions(context.output, sessions)
    if not sessions:
        context.output.notice(
            "No sessions yet. Start one with `nemo convert` or `nemo session new`."
        )


def use(context: CommandContext, session_id: SessionId) -> None:
    """Make a session the current one."""
    with context.workspace() as workspace:
        session = workspace.open(session_id)
        workspace.make_current(session.record)
        _show(context, session.record, workspace.url)
    _tell_of_project(context, session.record)


def show(
    context: CommandContext,
    session_id: Annotated[
        str | None, typer.Argument(metavar="SESSION", help="The current one if none is named.")
    ] = None,
) -> None:
    """Show a session."""
    with context.workspace() as workspace:
        _show(context, workspace.open(session_id, to="read").record, workspace.url)


def rename(
    context: CommandContext,
    session_id: SessionId,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What to call it.")],
) -> None:
    """Call a session something else, on this machine."""
    from nemovideo.projects.sessions import rename_session

    with context.workspace() as workspace:
        _show(context, rename_session(workspace, session_id, name), workspace.url)


def forget(context: CommandContext, session_id: SessionId) -> None:
    """Forget a session on this machine; the server keeps it."""
    from nemovideo.projects.sessions import forget_session

    with context.workspace() as workspace:
        session = forget_session(workspace, session_id)
    context.output.document({"session_id": session.session_id, "forgotten": True})
    context.output.say(f"forgot {session.session_id}")


def _tell_of_project(context: CommandContext, session: SessionRecord) -> None:
    named = context.settings.session
    if named is not None and named not in (session.session_id, session.name):
        context.output.notice(
            f"In this folder {context.settings.project_file} names another session: {named}."
        )


def _show(context: CommandContext, session: SessionRecord, workspace_url: str) -> None:
    from nemovideo.cli.results import documents as _documents

    context.output.document(_documents.session_document(session, workspace_url))
    context.output.result(f"{session.session_id}\t{session.backend.kind}\t{session.name}")
