"""Where a video goes: the name, and whether it can be written, before any work is done."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nemovideo.errors import OutputExistsError, OutputNotWritableError, UsageError

STDOUT = "-"


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
    now: Callable[[], datetime] = datetime.now,
) -> OutputTarget:
    """Decide where the video goes, make missing folders and prove that it can be written there.

    Args:
        out: What the user named, ``-`` for stdout, None for a dated name in `output_dir`.
        output_dir: The folder of dated names.
        extension: Of dated names.
        may_replace: Asked when the file exists.
        now: The clock of dated names.

    Raises:
        OutputExistsError: The file is there and may not be replaced.
        OutputNotWritableError: Nothing can be written there.
        UsageError: The name is that of a folder.
    """
    if out == STDOUT:
        return OutputTarget(None)
    if out is None:
        path = _dated_name(output_dir, extension, now())
    else:
        path = Path(out).expanduser()
        if path.is_dir() or out.endswith(("/", os.sep)):
            raise UsageError(
                f"{out} is a folder", hint=f"Name the file: --out {path / 'video.mp4'}"
            )
        if path.exists() and not may_replace(path):
            raise OutputExistsError(f"{path} exists already")
    _prove_writable(path)
    return OutputTarget(path)


def _dated_name(folder: Path, extension: str, now: datetime) -> Path:
    stem = f"nemo-{now:%Y%m%d-%H%M%S}"
    path, number = folder / f"{stem}.{extension}", 2
    while path.exists():
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
