"""The commands `nemo` and `nemovideo`, and ``python -m nemovideo``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; the version is told without loading anything else."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from nemovideo._version import __version__

        sys.stdout.write(f"nemo {__version__}\n")
        return
    try:
        from nemovideo.cli import run

        run()
    except KeyboardInterrupt:
        # Outside of a command; within one, its error says what goes on.
        sys.stderr.write("error: interrupted\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
