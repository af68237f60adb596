"""`nemo auth`: the token, without ever showing it."""

from __future__ import annotations

import typer

from nemovideo.cli._context import CommandContext
from nemovideo.cli._options import PLACED, command


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(help="The token: a user's, or the anonymous one.", no_args_is_help=True)
    command(group, "status", options=PLACED)(status)
    app.add_typer(group, name="auth")


def status(context: CommandContext) -> None:
    """Tell which token is used and until when; never the token itself."""
    from nemovideo.projects.tokens import token_status

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
    context.output.result(_words(found.kind))
    if found.user_id:
        context.output.result(f"user id: {found.user_id}")
    if found.expires_at:
        context.output.result(f"valid until: {found.expires_at:%Y-%m-%d %H:%M %Z}")
    if found.client_id:
        context.output.result(f"client id: {found.client_id}")


def _words(kind: str) -> str:
    return {
        "env": "the token of NEMO_TOKEN is used",
        "user": "your own token is used",
        "anonymous": "an anonymous token is used",
    }.get(kind, "no token yet: an anonymous one is fetched when it is needed")
