"""Uploads: photos, clips and sound into a session."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nemovideo.client._calls import Call
from nemovideo.client._multipart import MultipartBody, OnBytes, UploadSource
from nemovideo.client.download import Downloader, DownloadResult
from nemovideo.client.resources._base import Resource, json_body
from nemovideo.errors import ProtocolError
from nemovideo.protocol import endpoints
from nemovideo.protocol.models import UploadResult

_READ_TIMEOUT_S = 300.0
"""The server looks into every file before it answers."""


class Uploads(Resource):
    """``POST /api/upload-video/nemo_agent/me/<session>``.

    Whatever files come from, `FileError` is raised for one that the server refuses, and
    `ProtocolError` where its response leaves some out.
    """

    def create(
        self,
        session_id: str,
        files: Sequence[Path | UploadSource],
        *,
        on_bytes: OnBytes | None = None,
    ) -> UploadResult:
        """Send files in one request, in the given order, streamed from disk.

        Args:
            session_id: Where they go.
            files: Files on disk, or sources of bytes.
            on_bytes: Told about progress; starts over when a request is repeated.

        Raises:
            InputNotFoundError: A file is not there or can't be read.
            InputError: A file changed while it was being sent.
        """
        sources = [
            UploadSource.from_path(file) if isinstance(file, Path) else file for file in files
        ]
        call = Call(
            "POST",
            endpoints.upload(session_id),
            body=MultipartBody(sources, on_bytes),
            read_timeout_s=_READ_TIMEOUT_S,
        )
        return self._fetch(call, len(sources))

    def download(self, url: str, target: Path) -> DownloadResult:
        """Fetch an uploaded file by the URL that the server gave it, whole or not at all.

        Raises:
            OutputNotWritableError: The target can't be written.
            NemoError: The file could not be got whole.
        """
        downloader = Downloader(self._requests, container=None)
        call = Call("GET", url, is_repeatable=True, may_leave=True)
        return downloader.to_path([call], target, tag=url)

    def create_from_urls(self, session_id: str, urls: Sequence[str]) -> UploadResult:
        """Let the server fetch files by itself."""
        call = Call(
            "POST",
            endpoints.upload(session_id),
            body=lambda: json_body({"urls": list(urls), "source_type": "url"}),
            read_timeout_s=_READ_TIMEOUT_S,
        )
        return self._fetch(call, len(urls))

    def create_from_paths(self, session_id: str, files: Sequence[tuple[Path, str]]) -> UploadResult:
        """Let the engine on this machine take files in by itself, in the given order.

        With each path goes the SHA-256 of its file, as hex.
        """
        named = [{"path": str(path.absolute()), "sha256": digest} for path, digest in files]
        call = Call(
            "POST",
            endpoints.upload(session_id),
            body=lambda: json_body({"paths": named, "source_type": "path"}),
            read_timeout_s=_READ_TIMEOUT_S,
        )
        return self._fetch(call, len(files))

    def _fetch(self, call: Call, count: int) -> UploadResult:
        result = self._requests.fetch(call, UploadResult)
        if len(result.files) < count:
            raise ProtocolError(
                f"{call.endpoint}: the answer names {len(result.files)} of {count} files"
            )
        return result
