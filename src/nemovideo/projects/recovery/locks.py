"""One process at a time at one run, one render or one batch.

What a killed process left behind can be taken up, what a living one works on can't.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from nemovideo._files import locked
from nemovideo.errors import NemoError, NothingToResumeError

LOCKS_DIR = "locks"


@contextmanager
def held(data_dir: Path, name: str, busy: NemoError | None = None) -> Iterator[None]:
    """Hold the lock of a run, a render or a batch.

    Where another process holds it, `busy` is raised if it is given.

    Raises:
        NothingToResumeError: Another process holds it.
        NemoError: The data folder can't be written.
    """
    path = data_dir / LOCKS_DIR / f"{name}.lock"
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(path))
        except TimeoutError as exc:
            raise busy or NothingToResumeError(
                f"another nemo is at work on {name}",
                hint="Wait until it is done, or stop it first.",
            ) from exc
        except OSError as exc:
            raise NemoError(f"{path} can't be locked: {exc.strerror or exc}") from exc
        yield


def is_held(data_dir: Path, name: str) -> bool:
    """Return whether another process is at work on a run or render."""
    path = data_dir / LOCKS_DIR / f"{name}.lock"
    if not path.exists():
        return False
    try:
        with locked(path):
            return False
    except TimeoutError:
        return True
