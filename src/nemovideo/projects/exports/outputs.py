"""Where a video goes: the name, and whether it can be written, before any work is done."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

from nemovideo._files import expand_home, is_written_into
from nemovideo.errors import OutputExistsError, OutputNotWritableError, UsageError

STDOUT = "-"
NAMES_DIR = "names"
_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_KEPT_NAMES_S = 24 * 3600
"""How long a dated name stays given away; its second will not come again."""


@dataclass(frozen=True)
class OutputTarget:
    """Where a video is to go: a path, or stdout when there is none."""

    path: Path | None
    format: str = "mp4"
    """The container, by the name's ending."""
    notes: tuple[str, ...] = ()
    """What is other than the user wrote it, in sentences."""

    @property
    def is_stdout(self) -> bool:
        """Whether the video goes to stdout."""
        return self.path is None

    @property
    def is_written_into(self) -> bool:
        """Whether the video is written into what is there: stdout, a pipe or a device."""
        return self.path is None or is_written_into(self.path)

    def stream(self) -> BinaryIO:
        """Return what `is_written_into`; it is opened with the first byte.

        Raises:
            OutputNotWritableError: From its methods; nobody reads it any more, or it is full.
        """
        if self.path is None:
            return sys.stdout.buffer
        return cast(BinaryIO, _Opened(self.path))

    @property
    def replaced(self) -> Path:
        """The file that the video takes the place of; a link stays a link to it."""
        assert self.path is not None
        return self.path.resolve() if self.path.is_symlink() else self.path

    @property
    def absolute(self) -> str:
        """The absolute path, ``-`` for stdout."""
        return STDOUT if self.path is None else str(self.path.absolute())

    def __str__(self) -> str:
        return STDOUT if self.path is None else str(self.path)


class _Opened:
    """A pipe or a device; both may wait for somebody at their other end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def write(self, data: bytes) -> int:
        view = memoryview(data)
        try:
            if self._descriptor is None:
                self._descriptor = os.open(self._path, os.O_WRONLY)
            while view:
                view = view[os.write(self._descriptor, view) :]
        except OSError as exc:
            raise OutputNotWritableError(
                f"{self._path} can't be written: {exc.strerror or exc}",
                hint="Choose another --out; `nemo export --resume` goes on.",
            ) from exc
        return len(data)

    def flush(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def choose_output(
    out: str | None,
    output_dir: Path,
    *,
    formats: Sequence[str] = ("mp4",),
    format: str | None = None,
    is_dry: bool = False,
    may_replace: Callable[[Path], bool],
    take_name: Callable[[Path], bool] = lambda _: True,
    now: Callable[[], datetime] = datetime.now,
) -> OutputTarget:
    """Decide where the video goes, make missing folders and prove that it can be written there.

    Args:
        out: What the user named, ``-`` for stdout, None for a dated name in `output_dir`.
        output_dir: The folder of dated names.
        formats: What can be made; the first one unless the user says otherwise.
        format: What the user wishes; by the name's ending if None.
        is_dry: Whether nothing is written, not even to prove that it can be.
        may_replace: Asked when the file exists.
        take_name: Takes a dated name before any other process does; False when one has.
        now: The clock of dated names.

    Raises:
        OutputExistsError: The file is there and may not be replaced.
        OutputNotWritableError: Nothing can be written there.
        UsageError: The name is that of a folder, or what it asks for can't be made.
    """
    notes: tuple[str, ...] = ()
    if out is None or out == STDOUT:
        container = _known_format(format or formats[0], formats)
        if out == STDOUT:
            return OutputTarget(None, container)
        path = _dated_name(output_dir, container, now(), take_name)
    else:
        if not out.strip():
            raise UsageError("--out is empty", hint="Name the file: --out video.mp4")
        path = expand_home(out)
        if is_written_into(path):
            return _written_into(path, may_replace)
        if path.is_dir() or out.endswith(("/", os.sep)):
            raise UsageError(
                f"{out} is a folder", hint=f"Name the file: --out {path / 'video.mp4'}"
            )
        path, container, notes = name_and_format(path, formats, format)
        if path.exists() and not may_replace(path):
            raise OutputExistsError(f"{path} exists already")
    if not is_dry:
        _prove_writable(path)
    return OutputTarget(path, container, notes)


def name_and_format(
    path: Path, formats: Sequence[str], format: str | None = None
) -> tuple[Path, str, tuple[str, ...]]:
    """Return a path with its ending, the container that it asks for, and what was changed.

    What is no regular file (a device, a pipe) keeps its name. An ending decides; else the format
    that the user wishes, or the first of those that can be made.

    Raises:
        UsageError: The ending, or the wish, is of something that can't be made.
    """
    ending = path.suffix.lower().removeprefix(".")
    if path.exists() and not path.is_file():
        return path, _known_format(format or formats[0], formats), ()
    if not ending:
        container = _known_format(format or formats[0], formats)
        path = path.with_name(f"{path.name}.{container}")
        return path, container, (f"The file is called {path.name}.",)
    container = _known_format(ending, formats, path)
    if format is not None and format.lower() != container:
        raise UsageError(
            f"{path.name} is no {format} file",
            hint="Leave --format out: the name's ending decides.",
        )
    return path, container, ()


def _known_format(name: str, formats: Sequence[str], path: Path | None = None) -> str:
    name = name.lower().removeprefix(".")
    if name in formats:
        return name
    listed = f"{', '.join(formats[:-1])} and {formats[-1]}"
    what = f"{path}: " if path else ""
    raise UsageError(
        f"{what}{name} files can't be made here, but {listed} can",
        hint=f"Call it {path.with_suffix('.' + formats[0]).name}." if path else None,
    )


def _written_into(path: Path, may_replace: Callable[[Path], bool]) -> OutputTarget:
    """Take a pipe, a device or an open descriptor as it is; nothing there is ever replaced."""
    found = path.stat()
    if _is_stdout(found):
        return OutputTarget(None)
    if stat.S_ISCHR(found.st_mode) and _is_terminal(path):
        raise UsageError(f"{path} is a terminal, which shows no videos", hint="Name a file.")
    if not os.access(path, os.W_OK) or stat.S_ISSOCK(found.st_mode):
        raise OutputNotWritableError(f"{path} can't be written", hint="Choose another --out.")
    if stat.S_ISBLK(found.st_mode) and not may_replace(path):
        raise OutputExistsError(f"{path} is a disk, and what is on it would be lost")
    return OutputTarget(path)


def _is_stdout(found: os.stat_result) -> bool:
    """Return whether it is what stdout leads to, as /dev/stdout is by whatever name."""
    try:
        return os.path.samestat(found, os.fstat(1))
    except OSError:
        return False


def _is_terminal(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDONLY | _WITHOUT_WAITING)
    except OSError:
        return False
    try:
        return os.isatty(descriptor)
    finally:
        os.close(descriptor)


def take_name(data_dir: Path, path: Path) -> bool:
    """Give a name away to one process, whose file comes minutes later; False if another has it."""
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
    folder = (path.resolve() if path.is_symlink() else path).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as exc:
        raise OutputNotWritableError(
            f"{path} can't be written: {exc.strerror or exc}",
            hint="Choose another --out, or mend the folder's permissions.",
        ) from exc
