"""The three standard streams, made fit to use whatever the process was started with.

A stream may be closed, its reader may go away, its disk may be full, and its encoding may lack
letters. A result that can't be written ends the program and says why (a reader that has gone ends
it quietly, as it ends other tools); a remark that can't be written is nobody's loss.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import IO, Any

from nemovideo.errors import ExitCode


def prepare_streams() -> None:
    """Open what was closed, and let writing end as this module says."""
    _occupy_descriptors()
    if sys.stdin is None:
        sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0)), encoding="utf-8")
    sys.stdout = _wrapped(sys.stdout, 1, _Results)
    sys.stderr = _wrapped(sys.stderr, 2, _Remarks)


def _occupy_descriptors() -> None:
    """Fill closed descriptors below 3, lest the next file that is opened be taken for a stream.

    What is written to a closed stdout or stderr fails, as it does for every other tool.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDONLY)  # takes the lowest number that is free


def _wrapped(stream: Any, descriptor: int, wrapper: type[_Stream]) -> Any:
    if isinstance(stream, _Stream):
        return stream
    if stream is None:
        stream = _text_stream(io.FileIO(descriptor, "w", closefd=False), "utf-8", "strict")
    elif isinstance(stream.buffer, io.RawIOBase):  # PYTHONUNBUFFERED
        stream = _text_stream(stream.buffer, stream.encoding, stream.errors)
    return wrapper(stream)


def _text_stream(file: io.RawIOBase, encoding: str, errors: str) -> io.TextIOWrapper:
    """Return a stream of text; it is the buffer that writes on where a write ended halfway."""
    return io.TextIOWrapper(
        io.BufferedWriter(file), encoding=encoding, errors=errors, line_buffering=True
    )


class _Stream:
    """A stream whose failures have one place; everything else is the stream's own."""

    def __init__(self, stream: IO[Any]) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    @property
    def buffer(self) -> Any:
        """The stream of bytes below a stream of text."""
        return type(self)(self._stream.buffer)  # type: ignore[attr-defined]

    def write(self, data: Any) -> int:
        """Write text, with escapes for letters that the encoding lacks, or bytes."""
        try:
            return self._stream.write(data)
        except UnicodeEncodeError:
            encoding = self.encoding
        except OSError as exc:
            self._fail(exc)
            return len(data)
        return self.write(data.encode(encoding, "backslashreplace").decode(encoding))

    def flush(self) -> None:
        """Write what has gathered."""
        try:
            self._stream.flush()
        except OSError as exc:
            self._fail(exc)

    def _fail(self, exc: OSError) -> None:  # noqa: ARG002 - for those who tell it
        """Let nothing that has gathered fail once more when the program ends."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)


class _Results(_Stream):
    def _fail(self, exc: OSError) -> None:
        from nemovideo.errors import OutputNotWritableError

        super()._fail(exc)
        # Windows has no such error of its own.
        if isinstance(exc, BrokenPipeError) or (os.name == "nt" and exc.errno == errno.EINVAL):
            raise SystemExit(ExitCode.READER_GONE) from exc
        raise OutputNotWritableError(
            f"stdout can't be written: {exc.strerror or exc}",
            hint="What was done is done; only the result had nowhere to go.",
        ) from exc


class _Remarks(_Stream):
    """Failures are told nowhere: there is no place left for it."""
