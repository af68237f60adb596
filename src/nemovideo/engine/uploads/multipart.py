"""Multipart bodies, streamed: each file goes to disk while the request is still coming in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool

from nemovideo.engine._refusals import RequestError
from nemovideo.engine.uploads.incoming import FileSink, ReceivedFile, clean_filename
from nemovideo.protocol.media_types import MAX_UPLOAD_BYTES

FIELD = "files"
MAX_FILES = 1000


async def receive_multipart(
    content_type: str,
    chunks: AsyncIterator[bytes],
    folder: Path,
    *,
    max_bytes: int = MAX_UPLOAD_BYTES,
) -> list[ReceivedFile]:
    """Write the files of a multipart body into an empty folder, which the caller removes.

    Returns the files in the order of the body.

    Raises:
        UnsupportedFileError: A file is of no accepted kind, or empty; the message names it.
        FileTooLargeError: A file is too large; the message names it.
        RequestError: The body is no proper multipart body with files in it.
    """
    _, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if not boundary:
        raise RequestError("the multipart body has no boundary")
    parts = _Parts(folder, max_bytes)
    try:
        parser = MultipartParser(
            boundary,
            {
                "on_part_begin": parts.on_part_begin,
                "on_header_field": parts.on_header_field,
                "on_header_value": parts.on_header_value,
                "on_header_end": parts.on_header_end,
                "on_headers_finished": parts.on_headers_finished,
                "on_part_data": parts.on_part_data,
                "on_part_end": parts.on_part_end,
                "on_end": parts.on_end,
            },
        )
        async for chunk in chunks:
            parser.write(chunk)
            if parts.has_work:
                await run_in_threadpool(parts.work)
    except FormParserError as exc:
        raise RequestError(f"the multipart body is broken: {exc}") from exc
    finally:
        parts.close()
    if not parts.is_complete:
        raise RequestError("the multipart body ends too early")
    if not parts.received:
        raise RequestError(f"there is no file in the field {FIELD!r}")
    return parts.received


class _Parts:
    """The parser's callbacks: follows the parts of a body, one sink per file."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._header_name = bytearray()
        self._header_value = bytearray()
        self._disposition = b""
        self._sink: FileSink | None = None
        self._finished: list[FileSink] = []
        self._file_count = 0
        self.received: list[ReceivedFile] = []
        self.is_complete = False

    @property
    def has_work(self) -> bool:
        """Whether there is enough to write for a trip to a thread."""
        return bool(self._finished) or (self._sink is not None and self._sink.is_full)

    def work(self) -> None:
        """Write to disk what has gathered."""
        while self._finished:
            self.received.append(self._finished[0].finish())
            self._finished.pop(0)
        if self._sink is not None and self._sink.is_full:
            self._sink.flush()

    def close(self) -> None:
        """Close whatever is still open."""
        for sink in (*self._finished, self._sink):
            if sink is not None:
                sink.close()

    def on_part_begin(self) -> None:
        self._disposition = b""

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]

    def on_header_end(self) -> None:
        if self._header_name.lower() == b"content-disposition":
            self._disposition = bytes(self._header_value)
        self._header_name.clear()
        self._header_value.clear()

    def on_headers_finished(self) -> None:
        _, options = parse_options_header(self._disposition)
        is_files = options.get(b"name") == FIELD.encode()
        filename = options.get(b"filename")
        if filename is None:
            if is_files:
                raise RequestError(f"a part of the field {FIELD!r} has no file name")
            return
        if not is_files:
            raise RequestError(f"send the files in the field {FIELD!r}")
        self._file_count += 1
        if self._file_count > MAX_FILES:
            raise RequestError(f"more than {MAX_FILES} files in one request")
        self._sink = FileSink(
            clean_filename(_decode(filename)),
            self._folder / f"{self._file_count:04d}",
            max_bytes=self._max_bytes,
        )

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        # Parts without a file name are fields that this endpoint doesn't know: passed over.
        if self._sink is not None:
            self._sink.feed(memoryview(data)[start:end])

    def on_part_end(self) -> None:
        if self._sink is not None:
            self._finished.append(self._sink)
            self._sink = None

    def on_end(self) -> None:
        self.is_complete = True


def _decode(raw: bytes) -> str:
    # Clients send UTF-8 and, as HTML has it, escape a quotation mark as %22.
    try:
        return raw.decode("utf-8").replace("%22", '"')
    except UnicodeDecodeError:
        return raw.decode("latin-1")
