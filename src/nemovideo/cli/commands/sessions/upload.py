"""`nemo upload`: files and links into the current session."""

from __future__ import annotations

from typing import Annotated

import typer

from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.names_from import all_names
from nemovideo.cli.input.options import FilesFrom, KeepMetadata, Recursive, single


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

    made = films_made(context.settings.data_dir)
    inputs = collect_inputs(
        all_names(names, files_from, "upload"), is_recursive=recursive, made=made
    )
    with context.workspace() as workspace:
        session = workspace.open_or_create(context.options.session)
        uploaded = session.upload(inputs, keeps_metadata=keep_metadata)
    context.output.document(
        {
            "session_id": session.session_id,
            "files": [_documents.file_document(file) for file in uploaded.files],
            "notes": [*workspace.take_notes(), *uploaded.notes],
        }
    )
    for file in uploaded.files:
        context.output.result(f"{file.filename}\t{file.file_type or 'file'}")


register = single("upload", upload)
