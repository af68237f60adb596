"""Failures of the machine rather than of the program: limits, full disks, closed folders."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator

from nemovideo.errors import NemoError

_QUOTA = getattr(errno, "EDQUOT", errno.ENOSPC)
_HINTS = {
    errno.EMFILE: "Raise the limit on open files: ulimit -n 1024",
    errno.ENFILE: "Close other programs, then run the command again.",
    errno.ENOMEM: "Close other programs, then run the command again.",
    errno.EAGAIN: "Raise the limit on processes and threads: ulimit -u",
    errno.ENOSPC: "Free some space there, or name another place: --out, NEMO_DATA_DIR, TMPDIR.",
    _QUOTA: "Free some space there, or name another place: --out, NEMO_DATA_DIR, TMPDIR.",
    errno.EFBIG: "Raise the limit on the size of files: ulimit -f unlimited",
    errno.EROFS: "Name another place: --out, NEMO_DATA_DIR, NEMO_CONFIG_DIR.",
    errno.EACCES: "Mend the permissions, or name another place: --out, NEMO_DATA_DIR.",
    errno.EPERM: "Mend the permissions, or name another place: --out, NEMO_DATA_DIR.",
}
_SAID = {errno.EAGAIN: "no more processes or threads can be started"}
"""Where the system's own words don't say what is lacking."""
_NO_THREAD = "can't start new thread"


def machine_failure(error: BaseException, *, with_place: bool = True) -> NemoError | None:
    """Return an error for people when the machine is at fault, None when the program may be.

    Without `with_place` the message holds no path.
    """
    for cause in _chain(error):
        number = cause.errno if isinstance(cause, OSError) else None
        if isinstance(cause, RuntimeError) and str(cause) == _NO_THREAD:
            number = errno.EAGAIN
        if isinstance(cause, MemoryError):
            number = errno.ENOMEM
        if number is not None and number in _HINTS:
            place = cause.filename if isinstance(cause, OSError) else None
            where = (
                f"{os.fsdecode(place)}: " if with_place and isinstance(place, str | bytes) else ""
            )
            said = _SAID.get(number) or os.strerror(number)
            return NemoError(f"{where}{said}", hint=_HINTS[number])
    return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
