"""Where a video goes: the name, and whether it can be written, before any work is done."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nemovideo._files import expand_home
from nemovideo.errors import OutputExistsError, OutputNotWritableError, UsageError

STDOUT = "-"
NAMES_DIR = "names"
_KEPT_NAMES_S = 24 * 3600
"""How long a dated name stays given away; its second will not come again."""


@dataclass(frozen=True)
class OutputTarget:
    """Where a video is to go: a path, or stdout when there is none."""

    path: Path | None

    @property
    def is_stdout(self) -> bool:
        """Whether the video goes to stdout."""
        return self.path is None

    @property
    def absolute(self) -> str:
        """The absolute path, ``-`` for stdout."""
        return STDOUT if self.path is None else str(self.path.absolute())

    def __str__(self) -> str:
        return STDOUT if self.path is None else str(self.path)


def choose_output(
    out: str | None,
    output_dir: Path,
    *,
    extension: str = "mp4",
    may_replace: Callable[[Path], bool],
    take_name: Callable[[Path], bool] = lambda _: True,
    now: Callable[[], datetime] = datetime.now,
) -> OutputTarget:
    """Decide where the video goes, make missing folders and prove that it can be written there.

    Args:
        out: What the user named, ``-`` for stdout, None for a dated name in `output_dir`.
        output_dir: The folder of dated names.
        extension: Of dated names.
        may_replace: Asked when the file exists.
        take_name: Takes a dated name before any other process does; False when one has.
        now: The clock of dated names.

    Raises:
        OutputExistsError: The file is there and may not be replaced.
        OutputNotWritableError: Nothing can be written there.
        UsageError: The name is that of a folder.
    """
    if out == STDOUT:
        return OutputTarget(None)
    if out is None:
        path = _dated_name(output_dir, extension, now(), take_name)
    else:
        path = expand_home(out)
        if path.is_dir() or out.endswith(("/", os.sep)):
            raise UsageError(
                f"{out} is a folder", hint=f"Name the file: --out {path / 'video.mp4'}"
            )
        if path.exists() and not may_replace(path):
            raise OutputExistsError(f"{path} exists already")
    _prove_writable(path)
    return OutputTarget(path)


def take_name(data_dir: Path, path: Path) -> bool:
    """Give a name away to one process; its file comes minutes later.

    Returns:
        False when it was given away before. True too where nothing can be written down.
    """
    folder = data_dir / NAMES_DIR
    mark = folder / hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:32]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _forget_names(folder)
        mark.touch(exist_ok=False)
    except FileExistsError:
        return False
    except OSError:
        return True
    return True


def _forget_names(folder: Path) -> None:
    oldest = time.time() - _KEPT_NAMES_S
    for mark in folder.iterdir():
        with suppress(OSError):  # another process may have been quicker
            if mark.stat().st_mtime < oldest:
                mark.unlink()


def _dated_name(
    folder: Path, extension: str, now: datetime, take_name: Callable[[Path], bool]
) -> Path:
    stem = f"nemo-{now:%Y%m%d-%H%M%S}"
    path, number = folder / f"{stem}.{extension}", 2
    while path.exists() or not take_name(path):
        path, number = folder / f"{stem}-{number}.{extension}", number + 1
    return path


def _prove_writable(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except OSError as exc:
        raise OutputNotWritableError(
            f"{path} can't be written: {exc.strerror or exc}",
            hint="Choose another --out, or mend the folder's permissions.",
        ) from exc
