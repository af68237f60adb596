"""What nobody foresaw, in words for whoever waits: what the machine lacks, or that it is a bug."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

from nemovideo._machine import machine_failure
from nemovideo.errors import DiskFullError, NemoError

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


def as_told(exc: Exception, what: str, folder: Path | None = None) -> NemoError:
    """Return the error to tell; it holds nothing of the exception's own words.

    It begins with what failed ("the engine failed"); a folder is not told to strangers.
    """
    is_full = isinstance(exc, OSError) and exc.errno in _FULL
    if is_full or (isinstance(exc, sqlite3.OperationalError) and "disk is full" in str(exc)):
        return DiskFullError(f"no space is left on the disk of {folder}" if folder else None)
    failure = machine_failure(exc, with_place=folder is not None)
    if failure is not None:
        return NemoError(f"{what}: {failure.message}", hint=failure.hint)
    return NemoError(f"{what} ({type(exc).__name__}); its log, seen with --verbose, says more")
