"""Finished videos to disk: under a temporary name, taken up where they broke off, checked, moved.

Nothing but a whole file ever stands under the target's name. What is downloaded first comes from
the URL that the server named and, when that fails, from the API itself.
"""

from __future__ import annotations

import itertools
import os
import random
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import httpx

from nemovideo.client._calls import Call
from nemovideo.client._requests import Requests
from nemovideo.client.download._disk import disk_errors, part_file
from nemovideo.client.download._progress import (
    CONTENT_RANGE,
    Progress,
    agree,
    content_length,
    marks_of,
    range_headers,
)
from nemovideo.errors import NemoError, NetworkError, ProtocolError, WaitTimeoutError
from nemovideo.protocol.media_types import sniff_kind

OnBytes = Callable[[int, int | None], None]
"""Told how many bytes of how many are there; the second is None while the length is unknown."""

_PROGRESS_INTERVAL_S = 0.05
_HEAD_BYTES = 16
_COPY_BYTES = 1024 * 1024
_MAX_FAILURES = 4
"""Tries in a row that bring nothing new."""
_MAX_CUTS = 200
"""Tries in all."""
_ISO_MEDIA = frozenset({"mp4", "mov", "m4v"})


@dataclass(frozen=True)
class DownloadResult:
    """What a download has put in place."""

    size_bytes: int


class _CutError(Exception):
    """A transfer broke off; what came so far may be kept."""

    def __init__(self, error: NemoError) -> None:
        self.error = error
        super().__init__(error.message)


class Downloader:
    """Fetches one file from the first of several places that gives it.

    The container is what the file has to be: ``mp4``, ``mov``, ``webm``…; any video if None.
    """

    def __init__(
        self, requests: Requests, *, container: str | None, on_bytes: OnBytes | None = None
    ) -> None:
        self._requests = requests
        self._container = container
        self._on_bytes = on_bytes
        self._told_at = 0.0

    def to_path(self, calls: Sequence[Call], target: Path, tag: str) -> DownloadResult:
        """Put the file in place of the target, whole or not at all.

        Args:
            calls: Where to get it, in order of preference.
            target: Where it goes; what stands there is replaced.
            tag: What tells this video from others, for the temporary name.

        Raises:
            OutputNotWritableError: The folder can't be written, or the disk is full.
            NemoError: None of the places gave the whole file.
        """
        # Everything else is translated where it happens, so an OSError here is the disk's.
        with disk_errors(target), part_file(target, tag) as (file, part):
            size_bytes = self._fetch_first(calls, file)
            file.truncate(size_bytes)
            written = os.fstat(file.fileno())
            file.close()
            try:
                part.replace(target)
            except FileNotFoundError:
                # Another run that brought the same video has moved this very file already.
                if not os.path.samestat(written, target.stat()):
                    raise
        return DownloadResult(size_bytes)

    def to_stream(self, calls: Sequence[Call], stream: BinaryIO) -> DownloadResult:
        """Write the whole file to a stream; nothing is written when it can't be got."""
        with ExitStack() as stack:
            with disk_errors(None):
                file = stack.enter_context(tempfile.TemporaryFile())
                size_bytes = self._fetch_first(calls, file)
                file.seek(0)
            # What the stream raises is its owner's to translate: its reader may have gone.
            shutil.copyfileobj(file, stream, _COPY_BYTES)
            stream.flush()
        return DownloadResult(size_bytes)

    def _fetch_first(self, calls: Sequence[Call], file: BinaryIO) -> int:
        problems: list[NemoError] = []
        for call in calls:
            try:
                return self._fetch(call, file)
            except NemoError as exc:
                problems.append(exc)
        if not problems:
            raise ProtocolError("the server named no place to download the video from")
        # The API's own refusal says more than a link that has gone stale.
        is_vague = isinstance(problems[-1], ProtocolError | NetworkError | WaitTimeoutError)
        raise problems[0] if is_vague else problems[-1]

    def _fetch(self, call: Call, file: BinaryIO) -> int:
        """Fetch the whole file from one place, with as many tries as bring it further."""
        progress = Progress()
        furthest, failures = 0, 0
        for cuts in itertools.count(1):
            try:
                self._fetch_piece(call, file, progress)
            except _CutError as cut:
                failures = 0 if progress.have > furthest else failures + 1
                furthest = max(furthest, progress.have)
                if failures >= _MAX_FAILURES or cuts >= _MAX_CUTS:
                    raise cut.error from cut.__cause__
                self._requests.sleep(self._requests.policy.backoff_s(failures + 1, random.random))
            else:
                self._tell(progress, is_last=True)
                break
        return progress.have

    def _fetch_piece(self, call: Call, file: BinaryIO, progress: Progress) -> None:
        """Fetch what is missing, or everything where the server can't give just that."""
        headers = {"Accept-Encoding": "identity", **range_headers(progress)}
        is_resumed = "Range" in headers
        try:
            with self._requests.stream(
                replace(call, headers={**call.headers, **headers})
            ) as response:
                self._place(response, file, progress, call)
                self._copy(response, file, progress, call)
        except NemoError as exc:
            if not is_resumed:
                raise
            # A server that refuses the rest may still give the whole.
            progress.restart()
            raise _CutError(exc) from exc

    def _place(
        self, response: httpx.Response, file: BinaryIO, progress: Progress, call: Call
    ) -> None:
        """Find out which bytes a response brings and move the file to their place."""
        if response.status_code == 206:
            match = CONTENT_RANGE.fullmatch(response.headers.get("content-range", ""))
            start, total = (int(match[1]), int(match[3])) if match else (None, None)
            if start != progress.have or progress.total not in (None, total):
                progress.restart()
                raise _CutError(ProtocolError(f"{call.endpoint}: the server resumed elsewhere"))
            if not agree(progress.marks, marks_of(response)):
                # Not every server heeds If-Range.
                progress.restart()
                raise _CutError(ProtocolError(f"{call.endpoint}: the file changed on the way"))
            progress.total = total
        else:
            progress.restart()
            progress.total = content_length(response)
            progress.marks = marks_of(response)
        file.seek(progress.have)

    def _copy(
        self, response: httpx.Response, file: BinaryIO, progress: Progress, call: Call
    ) -> None:
        encoded = response.headers.get("content-encoding", "identity").lower() != "identity"
        try:
            for chunk in response.iter_bytes() if encoded else response.iter_raw():
                if len(progress.head) < _HEAD_BYTES:
                    progress.head += chunk[:_HEAD_BYTES]
                    if len(progress.head) >= _HEAD_BYTES:
                        self._check_head(progress, call)
                file.write(chunk)
                progress.have += len(chunk)
                self._tell(progress)
        except (httpx.HTTPError, httpx.StreamError) as exc:
            raise _CutError(self._requests.failure_of(exc, call)) from exc
        if progress.total is not None and progress.have != progress.total:
            raise _CutError(
                ProtocolError(f"{call.endpoint}: {progress.have} of {progress.total} bytes came")
            )
        self._check_head(progress, call)

    def _check_head(self, progress: Progress, call: Call) -> None:
        """Refuse what is no video: an error page, a JSON error, nothing at all."""
        head = progress.head.lstrip()
        is_iso = self._container in _ISO_MEDIA
        if progress.head[4:8] == b"ftyp" if is_iso else sniff_kind(progress.head) is not None:
            return
        what = "something else"
        if not head:
            what = "an empty file"
        elif head.startswith(b"<"):
            what = "a web page"
        elif head.startswith((b"{", b"[")):
            what = "JSON"
        wanted = f"{self._container} video" if self._container else "video"
        raise ProtocolError(f"{call.endpoint}: no {wanted} came, but {what}")

    def _tell(self, progress: Progress, *, is_last: bool = False) -> None:
        if self._on_bytes is None:
            return
        now = self._requests.clock()
        if is_last or now - self._told_at >= _PROGRESS_INTERVAL_S:
            self._told_at = now
            self._on_bytes(progress.have, progress.have if is_last else progress.total)
