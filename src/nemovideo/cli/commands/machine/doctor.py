"""`nemo doctor`: what works here, and what to do about the rest."""

from __future__ import annotations

import typer

from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.options import PLACED, single


def doctor(context: CommandContext) -> None:
    """Check what works here, and say what to do."""
    from nemovideo.cli.results.checks import show_checks
    from nemovideo.projects.setup.doctor import run_checks

    checks = run_checks(context.settings)
    is_ok = all(check.is_ok or not check.is_needed for check in checks)
    context.output.document(
        {
            "ok": is_ok,
            "checks": [
                {
                    "name": check.name,
                    "ok": check.is_ok,
                    "needed": check.is_needed,
                    "detail": check.detail,
                    "hint": check.hint,
                }
                for check in checks
            ],
        }
    )
    show_checks(context.output, checks)
    if not is_ok:
        raise typer.Exit(1)


register = single("doctor", doctor, options=PLACED)
