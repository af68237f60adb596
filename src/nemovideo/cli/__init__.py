"""The command line: parse, call one function of `projects`, show its result."""

from __future__ import annotations

import sys
from collections.abc import Sequence

PROGRAM = "nemo"


def run(args: Sequence[str] | None = None) -> None:
    """Run `nemo` with these arguments (the process's own if None) and exit."""
    from typer.main import get_command

    from nemovideo.cli._app import make_app

    given = sys.argv[1:] if args is None else args
    get_command(make_app(given[0] if given else None)).main(args, prog_name=PROGRAM)
