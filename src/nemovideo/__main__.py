"""The commands `nemo` and `nemovideo`, and ``python -m nemovideo``."""

from __future__ import annotations

import gc
import os
import signal
import sys

from nemovideo._threads import leave_threads_behind
from nemovideo.cli.output.streams import prepare_streams
from nemovideo.errors import ExitCode, NemoError

GARBAGE_THRESHOLD = 10_000
"""So many objects more than at the last look, and garbage is looked for; Python's own is 700."""
LOADED_OBJECTS = 400_000
"""More than loading makes for any command."""


def main() -> None:
    """Run the command line and exit; the version is told without loading anything else."""
    prepare_streams()
    _start_lightly()
    code = _outcome()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is said
    leave_threads_behind(code)
    gc.freeze()  # nothing is left to be searched for garbage: the system takes it all
    sys.exit(code)


def _start_lightly() -> None:
    """Leave out what would take a fifth of a short command's time."""
    # What loading makes stays; looking among that finds no garbage.
    gc.set_threshold(LOADED_OBJECTS)
    gc.callbacks.append(_leave_out_what_is_loaded)
    # HTTPX has a command line of its own, which loads Pygments and all of Rich for nobody here.
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
    # Pydantic would look for plugins in the metadata of every package that is installed.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")


def _leave_out_what_is_loaded(phase: str, _: object) -> None:
    """Have the garbage collector look among later objects only, once it has looked at all."""
    if phase == "stop":
        gc.callbacks.remove(_leave_out_what_is_loaded)
        gc.freeze()
        gc.set_threshold(GARBAGE_THRESHOLD)


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
        return ExitCode.INTERRUPTED
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
