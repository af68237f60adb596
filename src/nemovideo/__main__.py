"""The commands `nemo` and `nemovideo`, and ``python -m nemovideo``."""

from __future__ import annotations

import os
import signal
import sys

from nemovideo._threads import leave_threads_behind
from nemovideo.cli._streams import prepare_streams
from nemovideo.errors import NemoError


def main() -> None:
    """Run the command line and exit; the version is told without loading anything else."""
    prepare_streams()
    # Pydantic would look for plugins in the metadata of every package that is installed.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    code = _outcome()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is said
    leave_threads_behind(code)
    sys.exit(code)


def _outcome() -> int:
    try:
        _run()
        sys.stdout.flush()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except NemoError as error:
        sys.stderr.write(f"error: {error}\n")
        return error.exit_code
    except KeyboardInterrupt:
        # Outside of a command; within one, its error says what goes on.
        sys.stderr.write("error: interrupted\n")
        return 130
    return 0


def _run() -> None:
    if sys.argv[1:] in (["--version"], ["-V"]):
        from nemovideo._version import __version__

        sys.stdout.write(f"nemo {__version__}\n")
    else:
        from nemovideo.cli import run

        run()


if __name__ == "__main__":
    main()
