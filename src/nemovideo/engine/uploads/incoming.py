"""A file on its way in: written to disk as it comes, counted, hashed, refused as early as can be.

Where the bytes come from (a multipart body, a URL) is the business of the modules that use it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from nemovideo.engine.store.linking import take_file
from nemovideo.errors import FileTooLargeError, UnsupportedFileError
from nemovideo.protocol.media_types import MAX_UPLOAD_BYTES, SNIFF_BYTES, kind_of, sniff_kind
from nemovideo.protocol.refused_types import why_not

BLOCK_BYTES = 1024 * 1024
"""So much is gathered before it is written: few trips to a thread, little memory."""

MAX_NAME_LENGTH = 200
_WINDOWS_PATH = re.compile(r"[A-Za-z]:\\|\\\\")
_JOINERS = "\u200c\u200d\u2060\ufeff"


@dataclass(frozen=True)
class ReceivedFile:
    """A file that came in whole; nobody looked into it yet beyond its beginning."""

    filename: str
    path: Path
    size_bytes: int
    sha256: str
    is_linked: bool = False
    """Whether its owner's own file has the same content under another name."""


class FileSink:
    """One file being written. `feed` is cheap; `flush` and `finish` belong into a thread.

    Its name is clean already, its path must not exist, its largest size is inclusive.

    Raises:
        UnsupportedFileError: Its name says that it is of no accepted kind.
    """

    def __init__(self, filename: str, path: Path, *, max_bytes: int = MAX_UPLOAD_BYTES) -> None:
        _check_name(filename)
        self._filename = filename
        self._path = path
        self._max_bytes = max_bytes
        self._size_bytes = 0
        self._hash = sha256()
        self._buffer = bytearray()
        self._head = b""
        self._file = path.open("xb")

    @property
    def is_full(self) -> bool:
        """Whether it is time to flush."""
        return len(self._buffer) >= BLOCK_BYTES

    def feed(self, data: bytes | memoryview) -> None:
        """Take more bytes.

        Raises:
            FileTooLargeError: It is more than is accepted.
        """
        self._size_bytes += len(data)
        _check_size(self._filename, self._size_bytes, self._max_bytes)
        self._buffer += data

    def flush(self) -> None:
        """Write what has gathered; what `finish` will refuse is only counted.

        A file that is too large is told so whatever it holds, as the client's own check does.
        """
        self._head = self._head or bytes(self._buffer[:SNIFF_BYTES])
        if sniff_kind(self._head) is not None:
            self._hash.update(self._buffer)
            self._file.write(self._buffer)
        self._buffer = bytearray()

    def finish(self) -> ReceivedFile:
        """Write the rest and close.

        Raises:
            UnsupportedFileError: It is empty, or its beginning is of no accepted kind.
        """
        self.flush()
        _check_head(self._filename, self._head)
        self._file.close()
        return ReceivedFile(self._filename, self._path, self._size_bytes, self._hash.hexdigest())

    def close(self) -> None:
        """Close the file as it is."""
        self._file.close()


def receive_path(
    source: Path, path: Path, *, content_hash: str, max_bytes: int = MAX_UPLOAD_BYTES
) -> ReceivedFile:
    """Take in a file of this machine's own user, without copying its bytes where that can be.

    Its SHA-256 is as its owner computed it; the path where it goes must not exist.

    Raises:
        UnsupportedFileError: It is not there, or of no accepted kind.
        FileTooLargeError: It is more than is accepted.
    """
    filename = clean_filename(source.name)
    _check_name(filename)
    if not source.is_absolute() or not source.is_file():
        raise UnsupportedFileError(f"{source} is no file of this machine")
    try:
        size_bytes = source.stat().st_size
        _check_size(filename, size_bytes, max_bytes)
        with source.open("rb") as file:
            _check_head(filename, file.read(SNIFF_BYTES))
    except (FileNotFoundError, PermissionError) as exc:
        raise UnsupportedFileError(f"{source} can't be read: {exc.strerror}") from exc
    is_linked = take_file(source, path)
    return ReceivedFile(filename, path, size_bytes, content_hash, is_linked)


def _check_name(filename: str) -> None:
    if kind_of(filename) is None:
        reason, hint = why_not(filename)
        raise UnsupportedFileError(f"{filename} {reason}", hint=hint)


def _check_size(filename: str, size_bytes: int, max_bytes: int) -> None:
    if size_bytes > max_bytes:
        raise FileTooLargeError(f"{filename} is larger than {max_bytes // (1024 * 1024)} MB")


def _check_head(filename: str, head: bytes) -> None:
    if not head:
        raise UnsupportedFileError(f"{filename} is empty")
    if sniff_kind(head) is None:
        reason, hint = why_not(filename, head)
        raise UnsupportedFileError(f"{filename} {reason}", hint=hint)


def clean_filename(raw: str) -> str:
    """Return a file name that is safe to keep: no folders, no control characters, not too long.

    A backslash is a letter like others, unless the name is a path of Windows'. Joiners stay: they
    are letters of names, too. What turns the direction of writing goes: it hides what a name is.
    """
    name = raw.rpartition("/")[2]
    if _WINDOWS_PATH.match(name):
        name = name.rpartition("\\")[2]
    name = "".join(character for character in name if _is_kept(character)).strip()
    stem, dot, extension = name.rpartition(".")
    if not dot:
        return name[:MAX_NAME_LENGTH] or "file"
    return f"{stem[:MAX_NAME_LENGTH]}.{extension[:16]}"


def _is_kept(character: str) -> bool:
    return character.isprintable() or character in _JOINERS
