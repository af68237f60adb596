"""`nemo edit`: exact edits of a local session's timeline."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.long_texts import STDIN, read_long_text
from nemovideo.cli.input.options import single
from nemovideo.errors import UsageError


def edit(
    context: CommandContext,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="Edits as JSON; stdin if left out.")
    ] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of an edit and exit.")
    ] = False,
    list_all: Annotated[
        bool, typer.Option("--list", help="Print every kind of edit with an example and exit.")
    ] = False,
) -> None:
    """Change the timeline exactly, all edits or none: a JSON list, or one object a line.

    For example: echo '{"do": "move", "clips": -1, "to": "start"}' | nemo edit
    """
    if schema:
        _print_schema(context)
    elif list_all:
        _print_examples(context)
    else:
        _edit(context, file)


register = single("edit", edit)


def _edit(context: CommandContext, file: str | None) -> None:
    from nemovideo.cli.results import documents as _documents
    from nemovideo.projects.session.edits import parse_lines

    edits = parse_lines(_read(file))
    with context.workspace() as workspace:
        session = workspace.open(context.options.session)
        answer = session.edit(edits)
    context.output.document(_documents.edit_document(session.record, answer))
    if answer.changes:
        for change in answer.changes:
            context.output.result(context.output.translate(str(change)))
    else:
        context.output.result(answer.reply)


def _read(file: str | None) -> str:
    if file in (None, STDIN):
        if sys.stdin.isatty():
            raise UsageError(
                "no edits were given", hint="Name a file, or pipe JSON in: nemo edit edits.json"
            )
        return read_long_text(STDIN)
    return read_long_text(f"@{file}")


def _print_schema(context: CommandContext) -> None:
    from nemovideo.editing import edit_schema

    schema = edit_schema()
    context.output.document(schema)
    context.output.result(json.dumps(schema, ensure_ascii=False, indent=2))


def _print_examples(context: CommandContext) -> None:
    from nemovideo.editing import examples

    families = examples()
    context.output.document(
        [
            {"edit": dict(example.document), "said": dict(example.said)}
            for family in families.values()
            for example in family
        ]
    )
    for title, family in families.items():
        context.output.result(title)
        for example in family:
            context.output.result(f"  {json.dumps(example.document, ensure_ascii=False)}")
            context.output.result(f"      {example.said['en']}")
