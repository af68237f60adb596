"""The commands `nemo` and `nemovideo`, and ``python -m nemovideo``."""

from __future__ import annotations

import sys

from nemovideo.cli._streams import prepare_streams
from nemovideo.errors import NemoError


def main() -> None:
    """Run the command line; the version is told without loading anything else."""
    prepare_streams()
    try:
        _run()
        sys.stdout.flush()
    except NemoError as error:
        sys.stderr.write(f"error: {error}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        # Outside of a command; within one, its error says what goes on.
        sys.stderr.write("error: interrupted\n")
        sys.exit(130)


def _run() -> None:
    if sys.argv[1:] in (["--version"], ["-V"]):
        from nemovideo._version import __version__

        sys.stdout.write(f"nemo {__version__}\n")
    else:
        from nemovideo.cli import run

        run()


if __name__ == "__main__":
    main()
