"""Files as one multipart body, streamed from disk: its length is known, its memory is constant.

httpx's own multipart (``files=``) is as fast and as small, but it holds every file of a request
open (200 files, 200 descriptors), tells nobody how far it is, and does not notice a file that
changes.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from nemovideo.client._calls import Body
from nemovideo.errors import InputError, InputNotFoundError
from nemovideo.protocol.media_types import mime_type_of

CHUNK_BYTES = 256 * 1024

OnBytes = Callable[[int, int], None]
"""Told how many bytes of how many have been handed to the network."""


@dataclass(frozen=True)
class UploadSource:
    """Something to upload: where its bytes come from and what it is called.

    Args:
        filename: The name that the server sees.
        size_bytes: How many bytes `open` gives.
        open: Opens the bytes; called anew when a request is repeated.
        mime_type: What it is; by name if None.
    """

    filename: str
    size_bytes: int
    open: Callable[[], BinaryIO]
    mime_type: str | None = None

    @classmethod
    def from_path(cls, path: Path) -> UploadSource:
        """Return a file on disk as it is.

        Raises:
            InputNotFoundError: It is not there or can't be read.
        """
        try:
            size_bytes = path.stat().st_size
        except OSError as exc:
            raise _unreadable(path.name, exc) from exc
        return cls(path.name, size_bytes, lambda: path.open("rb"))


class MultipartBody:
    """The files of one request, as the field ``files`` repeated, in order.

    The bytes that are told are those of the files alone.
    """

    def __init__(self, sources: Sequence[UploadSource], on_bytes: OnBytes | None = None) -> None:
        self._boundary = secrets.token_hex(16)
        self._parts = [(self._head(source), source) for source in sources]
        self._end = f"--{self._boundary}--\r\n".encode("ascii")
        self._on_bytes = on_bytes
        self._total_bytes = sum(source.size_bytes for source in sources)

    def __call__(self) -> Body:
        """Return the body, to be read from its start."""
        length = len(self._end) + sum(
            len(head) + source.size_bytes + len(b"\r\n") for head, source in self._parts
        )
        return Body(
            self._chunks(),
            {
                "Content-Type": f"multipart/form-data; boundary={self._boundary}",
                "Content-Length": str(length),
            },
        )

    def _chunks(self) -> Iterator[bytes]:
        done = 0
        for head, source in self._parts:
            yield head
            for chunk in _read_exactly(source):
                yield chunk
                done += len(chunk)
                if self._on_bytes is not None:
                    self._on_bytes(done, self._total_bytes)
            yield b"\r\n"
        yield self._end

    def _head(self, source: UploadSource) -> bytes:
        mime_type = source.mime_type or mime_type_of(source.filename)
        lines = (
            f"--{self._boundary}",
            f'Content-Disposition: form-data; name="files"; filename="{_escape(source.filename)}"',
            f"Content-Type: {mime_type}",
        )
        return "".join(f"{line}\r\n" for line in (*lines, "")).encode("utf-8", "replace")


def _read_exactly(source: UploadSource) -> Iterator[bytes]:
    """Yield a file's bytes; the length was promised, so a file that changes is an error."""
    left = source.size_bytes
    try:
        with source.open() as file:
            while left and (chunk := file.read(min(CHUNK_BYTES, left))):
                left -= len(chunk)
                yield chunk
            if left or file.read(1):
                raise InputError(
                    f"{source.filename} changed while it was being sent",
                    hint="Run the command again when nothing writes to the file any more.",
                )
    except OSError as exc:
        raise _unreadable(source.filename, exc) from exc


def _unreadable(filename: str, exc: OSError) -> InputNotFoundError:
    return InputNotFoundError(f"{filename} can't be read: {exc.strerror or exc}")


def _escape(filename: str) -> str:
    """Escape a file name as browsers do in form data: UTF-8, with quotes and controls as %XX."""
    return "".join(
        f"%{ord(char):02X}" if char == '"' or char < " " or char == "\x7f" else char
        for char in filename
    )
