"""One process at a time at one run or one render.

A lock is the operating system's, so that it ends with its process however that ends: what a killed
process left behind can be taken up, what a living one works on can't.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from nemovideo.errors import NemoError, NothingToResumeError

LOCKS_DIR = "locks"


@contextmanager
def held(data_dir: Path, name: str) -> Iterator[None]:
    """Hold the lock of a run or render.

    Raises:
        NothingToResumeError: Another process holds it.
        NemoError: The data folder can't be written.
    """
    path = data_dir / LOCKS_DIR / f"{name}.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path, timeout=0)
        lock.acquire()
    except Timeout as exc:
        raise NothingToResumeError(
            f"another nemo is at work on {name}", hint="Wait until it is done, or stop it first."
        ) from exc
    except OSError as exc:
        raise NemoError(f"{path} can't be locked: {exc.strerror or exc}") from exc
    try:
        yield
    finally:
        # The file stays: were it taken away, another process might lock the one that is gone.
        lock.release()


def is_held(data_dir: Path, name: str) -> bool:
    """Tell whether another process is at work on a run or render."""
    path = data_dir / LOCKS_DIR / f"{name}.lock"
    if not path.exists():
        return False
    try:
        with FileLock(path, timeout=0):
            return False
    except Timeout:
        return True
