"""The commands `nemo` and `nemovideo`, and ``python -m nemovideo``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; the version is told without loading anything else."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from nemovideo._version import __version__

        sys.stdout.write(f"nemo {__version__}\n")
        return
    from nemovideo.cli import run

    run()


if __name__ == "__main__":
    main()
