"""`nemo chat`: one turn with the agent, or a conversation."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.long_texts import STDIN, read_long_text
from nemovideo.cli.input.options import Strict, single
from nemovideo.errors import NemoError, UsageError


def chat(
    context: CommandContext,
    text: Annotated[
        list[str] | None, typer.Argument(metavar="TEXT", help="What you want; @FILE, - for stdin.")
    ] = None,
    out: Annotated[
        str | None,
        typer.Option("--out", "-o", metavar="FILE", help="Where an export goes; - for stdout."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", "-f", help="Replace an existing file.")] = False,
    strict: Strict = False,
) -> None:
    """Say in words what you want; without TEXT, in a conversation.

    An edit ("make it vertical"), or "export", "status", "credits", "upload a.jpg".
    """
    said = _read_text(text)
    if said is not None:
        _say_once(context, said, out, force=force, strict=strict)
    elif context.can_ask:
        from nemovideo.cli.repl import run_repl

        run_repl(context, out=out, force=force, is_strict=strict)
    else:
        raise UsageError(
            "nothing was said", hint='Say what you want: nemo chat "make a 30-second video".'
        )


register = single("chat", chat)


def _say_once(
    context: CommandContext, said: str, out: str | None, *, force: bool, strict: bool
) -> None:
    from nemovideo.cli.input.targets import Destination
    from nemovideo.cli.progress.answer import AnswerWriter
    from nemovideo.cli.results import documents as _documents
    from nemovideo.cli.results.chat import question_for, show_chat
    from nemovideo.projects.chat import ChatPolicy

    shown = AnswerWriter(context.output)
    policy = ChatPolicy(
        choose_target=Destination(context, out, force=force).choose,
        may=lambda action: context.confirm(question_for(action)),
        is_strict=strict,
    )
    try:
        with context.workspace(shown) as workspace:
            result = workspace.open_or_create(context.options.session).say(said, policy)
    except NemoError:
        if context.output.is_json and shown.text:
            context.output.notice(f"The agent said before that: {shown.text.strip()}")
        raise
    context.output.document(_documents.chat_document(result))
    show_chat(context.output, result, shown)


def _read_text(words: list[str] | None) -> str | None:
    """Return what is said on the command line or piped in; None when there is nothing."""
    text = " ".join(words or []).strip()
    if text == "" and not sys.stdin.isatty():
        text = STDIN
    return read_long_text(text).strip() or None
