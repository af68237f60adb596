"""Taking files into a session: all of a request or none of it."""

from __future__ import annotations

import asyncio
import secrets
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from starlette.concurrency import run_in_threadpool

from nemovideo.engine.store.linking import mark_linked
from nemovideo.engine.store.sessions import MediaRow
from nemovideo.engine.store.store import Store
from nemovideo.engine.uploads.incoming import ReceivedFile, receive_path
from nemovideo.engine.work.collaborators import Probe
from nemovideo.protocol.media_types import MAX_UPLOAD_BYTES

PROBES_AT_ONCE = 2


class Uploads:
    """Receives, examines and keeps files; strangers' URLs may not reach this machine's network.

    All of a request are kept or none: each method raises `RequestError` for no proper request, and
    `UnsupportedFileError` or `FileTooLargeError` for a file that is refused.
    """

    def __init__(
        self,
        store: Store,
        probe: Probe,
        *,
        max_bytes: int = MAX_UPLOAD_BYTES,
        may_reach_private: bool = True,
    ) -> None:
        self._store = store
        self._probe = probe
        self._max_bytes = max_bytes
        self._may_reach_private = may_reach_private

    async def take_multipart(
        self, session_id: str, content_type: str, chunks: AsyncIterator[bytes]
    ) -> list[MediaRow]:
        """Keep the files of a multipart body."""
        from nemovideo.engine.uploads.multipart import receive_multipart

        with self._folder() as folder:
            files = await receive_multipart(content_type, chunks, folder, max_bytes=self._max_bytes)
            return await self._keep(session_id, files)

    async def take_urls(self, session_id: str, urls: Sequence[str]) -> list[MediaRow]:
        """Fetch files and keep them."""
        from nemovideo.engine.uploads.fetch import fetch_files

        with self._folder() as folder:
            files = await fetch_files(
                urls, folder, max_bytes=self._max_bytes, may_reach_private=self._may_reach_private
            )
            return await self._keep(session_id, files)

    async def take_paths(
        self, session_id: str, files: Sequence[tuple[Path, str]]
    ) -> list[MediaRow]:
        """Keep files of this machine's own user, without copying their bytes where that can be.

        Each is an absolute path with its SHA-256.
        """
        with self._folder() as folder:

            def receive() -> list[ReceivedFile]:
                return [
                    receive_path(
                        path,
                        folder / f"{number:04d}",
                        content_hash=content_hash,
                        max_bytes=self._max_bytes,
                    )
                    for number, (path, content_hash) in enumerate(files, start=1)
                ]

            return await self._keep(session_id, await run_in_threadpool(receive))

    @contextmanager
    def _folder(self) -> Iterator[Path]:
        folder = self._store.new_upload_folder()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    async def _keep(self, session_id: str, files: Sequence[ReceivedFile]) -> list[MediaRow]:
        slots = asyncio.Semaphore(PROBES_AT_ONCE)

        async def look(file: ReceivedFile) -> MediaRow:
            async with slots:
                return await run_in_threadpool(self._examine, session_id, file)

        # All are awaited even when one is refused: the folder must not vanish under a probe.
        results = await asyncio.gather(*map(look, files), return_exceptions=True)
        rows: list[MediaRow] = []
        for result in results:
            if isinstance(result, BaseException):
                raise result
            rows.append(result)
        await run_in_threadpool(self._move_in, files, rows)
        return rows

    def _examine(self, session_id: str, file: ReceivedFile) -> MediaRow:
        info = self._probe(file.path, file.filename)
        return MediaRow(
            id=uuid.uuid4().hex,
            session_id=session_id,
            key=secrets.token_urlsafe(24),
            filename=file.filename,
            kind=info.kind,
            size_bytes=file.size_bytes,
            sha256=file.sha256,
            width=info.width,
            height=info.height,
            duration_s=None if info.duration_s is None else float(info.duration_s),
            fps=None if info.fps is None else float(info.fps),
            has_audio=info.has_audio,
            taken_ms=info.taken_ms,
            taken_on=info.taken_on,
            beat=info.beat,
            place=info.place,
            focus=None if info.subject is None else info.subject.focus,
            faces=None if info.subject is None else info.subject.faces,
            notes=info.notes,
        )

    def _move_in(self, files: Sequence[ReceivedFile], rows: Sequence[MediaRow]) -> None:
        targets = [self._store.media_path(row) for row in rows]
        try:
            for file, target in zip(files, targets, strict=True):
                target.parent.mkdir(exist_ok=True)
                file.path.replace(target)
                if file.is_linked:
                    mark_linked(target)
            self._store.sessions.add_media(rows)
        except BaseException:
            for target in targets:
                target.unlink(missing_ok=True)
            raise
