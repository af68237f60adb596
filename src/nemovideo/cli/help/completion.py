"""Completion scripts for a shell that is named, or the one that runs us.

Typer's own options take no name and would give the script of whatever shell they find above
themselves, which is the wrong one in a build or a dotfiles script.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from typing import NoReturn

import typer
from typer.core import TyperGroup

from nemovideo.errors import UsageError

SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
"""Those that Typer has a script for."""
_SHOW, _INSTALL = "--show-completion", "--install-completion"


def is_about_completion(args: Sequence[str]) -> bool:
    """Return whether the command line asks for nothing but completion, maybe for one shell."""
    return 0 < len(args) <= 2 and args[0] in (_SHOW, _INSTALL) and not args[-1].startswith("-h")


def complete_shell(args: Sequence[str], root: TyperGroup, program: str) -> NoReturn:
    """Show or install the completion of a shell, and exit.

    Raises:
        UsageError: The shell is not known.
        typer.Exit: It could not be installed, which Typer has said.
    """
    from typer.completion import install_callback, show_callback

    shell = args[1] if len(args) > 1 else _shell_above()
    if shell not in SHELLS:
        message = f"no completion for {shell!r}" if shell else "this shell can't be recognised"
        raise UsageError(message, hint=f"Name one: nemo {args[0]} {'|'.join(SHELLS)}")
    with typer.Context(root, info_name=program) as context:
        if args[0] == _SHOW:
            show_callback(context, root.params[0], shell)
        try:
            with redirect_stdout(sys.stderr):
                install_callback(context, root.params[0], shell)
        except FileNotFoundError as exc:  # PowerShell itself tells where its profile is
            raise UsageError(f"{exc.filename or shell} is not installed here") from exc
    raise typer.Exit


def _shell_above() -> str | None:
    import shellingham

    try:
        name: str = shellingham.detect_shell()[0]
    except shellingham.ShellDetectionFailure:
        return None
    return name
