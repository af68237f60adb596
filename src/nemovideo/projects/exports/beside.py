"""Files that are saved beside a film: where they go is decided before any work is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from nemovideo._files import expand_home, write_whole_with
from nemovideo._installation import missing_engine_modules
from nemovideo.errors import (
    MissingExtraError,
    OutputExistsError,
    OutputNotWritableError,
    UsageError,
)
from nemovideo.projects.exports.outputs import OutputTarget


def check_beside(
    option: str,
    name: str,
    endings: Sequence[str],
    target: OutputTarget | None,
    *,
    may_replace: Callable[[Path], bool],
) -> Path:
    """Return where a file goes that is made of a film.

    Of the endings that its name may have the usual one comes first; the option is named in
    messages.

    Raises:
        UsageError: The video goes to stdout or is not made, or the name ends in something else.
        OutputExistsError: The file is there and may not be replaced.
        MissingExtraError: What reads films is not installed.
    """
    path = expand_home(name)
    if target is None or target.is_written_into:
        raise UsageError(f"{option} needs a video file, named or dated, not a stream")
    if path.suffix.lower() not in endings:
        raise UsageError(
            f"{option} is {name!r}, but must end in {', '.join(endings)}",
            hint=f"Call it {path.with_suffix(endings[0]).name}.",
        )
    if missing_engine_modules():
        raise MissingExtraError
    if path.exists() and not may_replace(path):
        raise OutputExistsError(
            f"{path} exists already",
            hint=f"Choose another {option}, or pass --force to replace it.",
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def save_beside(option: str, path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Put a file in place whole or not at all, with what `write` puts into it.

    Raises:
        OutputNotWritableError: It can't be written.
    """
    try:
        write_whole_with(path, write)
    except OSError as exc:
        raise OutputNotWritableError(
            f"{path} can't be written: {exc.strerror or exc}", hint=f"Choose another {option}."
        ) from exc
