"""`nemo upload`: files and links into the current session."""

from __future__ import annotations

from typing import Annotated

import typer

from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.names_from import all_names
from nemovideo.cli.input.options import FilesFrom, KeepMetadata, Recursive, command
from nemovideo.errors import SessionNotFoundError


def register(app: typer.Typer) -> None:
    """Add the command."""
    command(app, "upload")(upload)


def upload(
    context: CommandContext,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATHS|URLS", help="Files, folders, patterns, http(s) links; - for a list."
        ),
    ] = None,
    files_from: FilesFrom = None,
    recursive: Recursive = False,
    keep_metadata: KeepMetadata = False,
) -> None:
    """Upload files or links into the session."""
    from nemovideo.cli.results import documents as _documents
    from nemovideo.projects.inputs.expansion import collect_inputs
    from nemovideo.projects.inputs.made import films_made
    from nemovideo.projects.session.uploads import upload_inputs

    made = films_made(context.settings.data_dir)
    inputs = collect_inputs(
        all_names(names, files_from, "upload"), is_recursive=recursive, made=made
    )
    with context.workspace() as workspace:
        session = workspace.session_or_new(context.options.session)
        try:
            uploaded = upload_inputs(workspace, session, inputs, keeps_metadata=keep_metadata)
        except SessionNotFoundError:
            if context.options.session is not None:
                raise
            workspace.reporter.notice("The server has lost the session; starting a new one.")
            session = workspace.create_session(name=session.name, place=session.place)
            uploaded = upload_inputs(workspace, session, inputs, keeps_metadata=keep_metadata)
    context.output.document(
        {
            "session_id": session.session_id,
            "files": [_documents.file_document(file) for file in uploaded.files],
            "notes": [*workspace.take_notes(), *uploaded.notes],
        }
    )
    for file in uploaded.files:
        context.output.result(f"{file.filename}\t{file.file_type or 'file'}")
