"""Files of this machine taken in without copying their bytes, and whether they are still the same.

A file is cloned where the file system can (both then change apart), else linked (one content under
two names: the original may go, but what is written into it shows here, too), else copied. A linked
file has a mark beside it with the time of the original as it was, so that a change is seen.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

_FICLONE = 0x40049409
"""Linux' ``ioctl_ficlone(2)``."""
_MARK = ".linked"


def take_file(source: Path, target: Path) -> bool:
    """Give a regular file's content a second name, which must not exist.

    Returns whether both names share the content, so that a change of the one is one of the other.

    Raises:
        OSError: It can't be read, or the disk is full.
    """
    if _clone(source, target):
        return False
    with suppress(OSError):  # another disk, another owner, a file system without links
        os.link(source.resolve(), target)
        return True
    shutil.copyfile(source, target)
    return False


def mark_linked(path: Path) -> None:
    """Remember how a linked file is, for `has_changed`."""
    found = path.stat()
    mark = _mark_of(path)
    mark.touch()
    os.utime(mark, ns=(found.st_mtime_ns, found.st_mtime_ns))


def has_changed(path: Path, size_bytes: int) -> bool:
    """Return whether a linked file's content was written to since it was taken in."""
    try:
        was, found = _mark_of(path).stat(), path.stat()
    except OSError:
        return False
    return (found.st_size, found.st_mtime_ns) != (size_bytes, was.st_mtime_ns)


def _mark_of(path: Path) -> Path:
    return path.with_name(path.name + _MARK)


def _clone(source: Path, target: Path) -> bool:
    if sys.platform != "linux":
        return False
    import fcntl

    with source.open("rb") as original, target.open("xb") as copy:
        try:
            fcntl.ioctl(copy.fileno(), _FICLONE, original.fileno())
        except OSError:
            pass
        else:
            return True
    target.unlink()
    return False
