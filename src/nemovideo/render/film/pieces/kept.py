"""Pieces of films kept on disk, so that what did not change is not rendered again.

A folder of files, each under its key and behind a checksum. Files are put in place whole, so
several processes may work on the folder at once: at the worst two make the same piece. Needs
nothing but the standard library.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from nemovideo._files import write_whole

logger = logging.getLogger(__name__)

DEFAULT_LIMIT_BYTES = 2 * 10**9
_ENDING = ".piece"
_LEFT_FREE_BYTES = 10**9
"""Nothing is kept where the disk has less room: a video needs it more."""
_DIGEST_BYTES = 32


@dataclass(frozen=True)
class KeptPieces:
    """A folder of pieces."""

    folder: Path
    """Made when it isn't there."""
    limit_bytes: int = DEFAULT_LIMIT_BYTES
    """How much is kept; with 0 nothing is."""

    def get(self, key: str) -> bytes | None:
        """Return what was kept under a key; None when there is nothing, or it is damaged."""
        path = self._path(key)
        try:
            stored = path.read_bytes()
        except OSError:
            return None
        digest, content = stored[:_DIGEST_BYTES], stored[_DIGEST_BYTES:]
        if sha256(content).digest() != digest:
            logger.info("the kept piece %s is damaged and is made anew", path.name)
            self.drop(key)
            return None
        with suppress(OSError):
            os.utime(path)  # the ones that are not used go first
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep something, and let go of what was not used for longest where room is needed.

        Where there is none it is not kept, and made again the next time.
        """
        if len(content) > self.limit_bytes:
            return
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.trim(self.limit_bytes - len(content))
            if shutil.disk_usage(self.folder).free > _LEFT_FREE_BYTES:
                write_whole(self._path(key), sha256(content).digest() + content)
        except OSError as exc:
            logger.info("a piece could not be kept in %s: %s", self.folder, exc)

    def has(self, key: str) -> bool:
        """Return whether something is kept under a key, whole or damaged."""
        return self._path(key).exists()

    def drop(self, key: str) -> None:
        """Let go of what is kept under a key."""
        with suppress(OSError):
            self._path(key).unlink()

    def trim(self, limit_bytes: int | None = None) -> int:
        """Remove what was not used for longest, down to a limit; return the bytes that go."""
        limit = self.limit_bytes if limit_bytes is None else limit_bytes
        files = sorted(self._files(), key=lambda found: found[1].st_mtime)
        left, freed = sum(status.st_size for _, status in files), 0
        for path, status in files:
            if left <= limit:
                break
            with suppress(OSError):  # another process was quicker, or reads it just now
                path.unlink()
                freed += status.st_size
            left -= status.st_size
        return freed

    @property
    def size_bytes(self) -> int:
        """What it takes on disk."""
        return sum(status.st_size for _, status in self._files())

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{_ENDING}"

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        """Yield all files: what a process that died left half-written, too."""
        try:
            paths = list(self.folder.iterdir())
        except OSError:
            return
        for path in paths:
            with suppress(OSError):
                yield path, path.stat()
