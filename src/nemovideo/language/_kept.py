"""Lexicons as they are once they were read, kept beside their files.

Python keeps its own code in the same way, and the same switches turn it off: where nothing may be
written, a lexicon is read anew, which takes ten times as long.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import TypeVar

from nemovideo._files import write_whole

T = TypeVar("T")


def kept(path: Path, made_by: tuple[str, ...], kind: type[T], read: Callable[[], T]) -> T:
    """Return what was made of a file; it is made anew when that file or its makers have changed.

    Args:
        path: The file.
        made_by: The files of the code that makes it.
        kind: What is made.
        read: Makes it.
    """
    try:
        place = Path(cache_from_source(str(path))).with_suffix(".lexicon")
        state = [_state_of(each) for each in (path, *map(Path, made_by))]
    except (OSError, NotImplementedError):  # Python has no such place, or there are no files
        return read()
    with suppress(Exception):  # whatever it is that cannot be taken is made anew
        found_state, found = pickle.loads(place.read_bytes())  # noqa: S301 - ours, as code is
        if found_state == state and isinstance(found, kind):
            return found
    made = read()
    if not sys.dont_write_bytecode:
        with suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            write_whole(place, pickle.dumps((state, made)))
    return made


def _state_of(file: Path) -> tuple[int, int]:
    found = file.stat()
    return found.st_mtime_ns, found.st_size
