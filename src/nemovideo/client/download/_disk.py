"""A file while it is being downloaded, and what the disk has against it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from nemovideo.errors import OutputNotWritableError


@contextmanager
def part_file(target: Path, tag: str) -> Iterator[tuple[BinaryIO, Path]]:
    """Open a temporary file beside the target; it is gone afterwards unless it was moved.

    Its name depends on the target and the video alone. So a run that takes up the download of a
    killed one writes over its remains, and two runs at once write the same bytes to the same
    places.
    """
    digest = hashlib.sha256(tag.encode()).hexdigest()[:8]
    name = f".{target.name}.{digest}.part"
    part = target.with_name(name if len(os.fsencode(name)) <= 255 else f".{digest}.part")
    if target.is_dir():
        raise OutputNotWritableError(f"{target} is a folder")
    part.touch()
    try:
        with part.open("r+b") as file:
            yield file, part
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@contextmanager
def disk_errors(target: Path | None) -> Iterator[None]:
    """Translate what the disk raises."""
    try:
        yield
    except OSError as exc:
        place = target if target is not None else "the video"
        raise OutputNotWritableError(
            f"{place} can't be written: {exc.strerror or exc}",
            hint="Free some space or choose another --out; `nemo export --resume` goes on.",
        ) from exc
