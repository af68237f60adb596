"""Completion scripts for a shell that is named, or the one that runs us.

Typer alone takes no name after ``--show-completion`` and would give the script of whatever shell it
finds above itself, which is the wrong one in a build or a dotfiles script.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from nemovideo.errors import UsageError

_SHOW, _INSTALL = "--show-completion", "--install-completion"


def is_about_completion(args: Sequence[str]) -> bool:
    """Return whether the command line asks for nothing but completion, maybe for one shell."""
    return 0 < len(args) <= 2 and args[0] in (_SHOW, _INSTALL) and not args[-1].startswith("-h")


def complete_shell(args: Sequence[str], program: str) -> int:
    """Show or install the completion of a shell; return the exit code.

    Raises:
        UsageError: The shell is not known.
    """
    from typer._completion_shared import Shells, _get_shell_name, get_completion_script, install

    known = [shell.value for shell in Shells]
    shell = args[1] if len(args) > 1 else _get_shell_name()
    if shell not in known:
        message = f"no completion for {shell!r}" if shell else "this shell can't be recognised"
        raise UsageError(message, hint=f"Name one: nemo {args[0]} {'|'.join(known)}")
    variable = f"_{program.replace('-', '_').upper()}_COMPLETE"
    if args[0] == _SHOW:
        script = get_completion_script(prog_name=program, complete_var=variable, shell=shell)
        sys.stdout.write(f"{script}\n")
        return 0
    _, path = install(shell=shell, prog_name=program, complete_var=variable)
    sys.stderr.write(f"Completion for {shell} stands in {path}; open a new shell to use it.\n")
    return 0
