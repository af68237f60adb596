"""`nemo doctor`: what works here, and what to do about the rest."""

from __future__ import annotations

import typer

from nemovideo.cli._context import CommandContext
from nemovideo.cli._options import PLACED, command


def register(app: typer.Typer) -> None:
    """Add the command."""
    command(app, "doctor", options=PLACED)(doctor)


def doctor(context: CommandContext) -> None:
    """Check what works here, and say what to do."""
    from nemovideo.projects.doctor import run_checks

    checks = run_checks(context.settings)
    is_ok = all(check.is_ok for check in checks)
    context.output.document(
        {
            "ok": is_ok,
            "checks": [
                {"name": c.name, "ok": c.is_ok, "detail": c.detail, "hint": c.hint} for c in checks
            ],
        }
    )
    for check in checks:
        context.output.result(f"{'ok  ' if check.is_ok else 'FAIL'}  {check.name}: {check.detail}")
        if check.hint:
            context.output.result(f"      → {check.hint}")
    if not is_ok:
        raise typer.Exit(1)
