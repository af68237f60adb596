"""`nemo auth`: the token, without ever showing it."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.options import PLACED, command
from nemovideo.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(help="The token: a user's, or the anonymous one.", no_args_is_help=True)
    command(group, "login", options=PLACED)(login)
    command(group, "status", options=PLACED)(status)
    command(group, "logout", options=(*PLACED, "yes"))(logout)
    app.add_typer(group, name="auth")


def login(
    context: CommandContext,
    with_token: Annotated[
        bool, typer.Option("--with-token", help="Read the token from stdin.")
    ] = False,
) -> None:
    """Keep a token of your own for this API; it is never shown."""
    from nemovideo.projects.setup.tokens import keep_token

    if with_token:
        token = sys.stdin.readline()
    elif context.can_ask:
        import getpass

        token = getpass.getpass("Token (not shown): ", stream=sys.stderr)
    else:
        raise UsageError("there is no terminal to ask on", hint="Use --with-token and pipe it in.")
    context.output.add_secrets([token.strip()])
    keep_token(context.settings, token)
    status(context)


def logout(context: CommandContext) -> None:
    """Forget your own token for this API; an anonymous one is used again."""
    from nemovideo.projects.setup.tokens import drop_token

    was_there = drop_token(context.settings)
    context.output.document({"logged_out": was_there})
    context.output.say("token forgotten" if was_there else "there was no token of your own")


def status(context: CommandContext) -> None:
    """Tell which token is used and until when; never the token itself."""
    from nemovideo.projects.setup.tokens import token_status

    found = token_status(context.settings)
    context.output.document(
        {
            "authenticated": found.is_authenticated,
            "kind": found.kind,
            "user_id": found.user_id,
            "expires_at": found.expires_at.isoformat() if found.expires_at else None,
            "client_id": found.client_id,
        }
    )
    context.output.say(_words(found.kind))
    if found.user_id:
        context.output.say(f"user id: {found.user_id}")
    if found.expires_at:
        context.output.say(f"valid until: {found.expires_at:%Y-%m-%d %H:%M %Z}")
    if found.client_id:
        context.output.say(f"client id: {found.client_id}")


def _words(kind: str) -> str:
    return {
        "env": "the token of NEMO_TOKEN is used",
        "user": "your own token is used",
        "anonymous": "an anonymous token is used",
    }.get(kind, "no token yet: an anonymous one is fetched when it is needed")
