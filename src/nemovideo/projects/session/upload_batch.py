"""One upload's files on their way: what is missing is sent, a request a file, and written down."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread

from nemovideo.client import UploadSource
from nemovideo.errors import (
    FileError,
    FileTooLargeError,
    NemoError,
    ProtocolError,
    UnsupportedFileError,
)
from nemovideo.projects.inputs.checking import InputFile
from nemovideo.projects.inputs.cloud_pictures import CloudPictures
from nemovideo.projects.inputs.privacy import clean_photo
from nemovideo.projects.journal import UploadRecord
from nemovideo.projects.recovery.states import UploadState
from nemovideo.projects.session.session import Session
from nemovideo.projects.texts import well_formed
from nemovideo.protocol.media_types import MediaKind
from nemovideo.protocol.models import UploadedFile

HASH_CHUNK_BYTES = 1024 * 1024
_TICK_S = 0.2
"""So often a wait gives Ctrl-C a chance, which not every system gives it by itself."""


@dataclass(frozen=True)
class SentFile:
    """One file or link that the session now holds."""

    path: str
    filename: str
    """What the server calls it."""
    file_type: str | None
    url: str | None
    kind: MediaKind | None = None
    """What it is; None where nobody knows yet."""
    notes: tuple[str, ...] = ()
    """What the server has to say about it, in sentences."""

    @classmethod
    def of(cls, record: UploadRecord, path: str, kind: MediaKind | None) -> SentFile:
        """Return what the journal says of a file, under the path that the user named."""
        return cls(path, record.filename, record.file_type, record.url, kind, record.told)

    @property
    def name(self) -> str:
        """What the server calls it."""
        return self.filename


class HeldFiles:
    """What a session holds already; each stands for one that is named, and no other.

    So a file that is named twice is sent until the session holds it twice.
    """

    def __init__(self, records: Iterable[UploadRecord]) -> None:
        self._left: dict[str, list[UploadRecord]] = defaultdict(list)
        for record in records:
            if record.status is UploadState.DONE:
                self._left[record.content_hash].append(record)

    def take(self, content_hash: str) -> UploadRecord | None:
        """Return the next one of a content, the oldest first; None when there is none left."""
        left = self._left.get(content_hash)
        return left.pop(0) if left else None


@dataclass
class _Item:
    """A file of the batch and what is known of it by now."""

    file: InputFile
    content_hash: str
    record: UploadRecord | None
    """What the session holds; None while it has nothing."""
    done_bytes: int = 0
    error: FileError | None = None
    """Why it is left out."""


class UploadBatch:
    """The files of one upload, some of which the session may hold already."""

    def __init__(
        self, session: Session, files: Sequence[InputFile], held: HeldFiles, *, keeps_metadata: bool
    ) -> None:
        self._session = session
        self._keeps_metadata = keeps_metadata
        hashes = {file.path: hash_file(file.path) for file in files}
        self._items = [
            _Item(file, hashes[file.path], held.take(hashes[file.path])) for file in files
        ]
        self._missing = [item for item in self._items if item.record is None]
        for item in self._items:
            item.done_bytes = item.file.size_bytes if item.record else 0
        missing = [item.file for item in self._missing]
        self._pictures = CloudPictures.among(() if session.is_local else missing)
        self.total_bytes = sum(file.size_bytes for file in files)
        self.arrived: list[str] = []
        """The names of the files that went through in this call."""

    @property
    def has_missing(self) -> bool:
        """Whether there is anything to send."""
        return bool(self._missing)

    @property
    def refused(self) -> tuple[FileError, ...]:
        """Why some that folders brought can't be used."""
        return tuple(item.error for item in self._items if item.error)

    @property
    def files(self) -> list[InputFile]:
        """Those that are not left out."""
        return [item.file for item in self._items if item.error is None]

    @property
    def notes(self) -> tuple[str, ...]:
        """What is changed or left out on the way, in sentences."""
        if not self.refused:
            return self._pictures.notes()
        reasons = "; ".join(error.message for error in self.refused)
        return (*self._pictures.notes(), f"Left out: {reasons}.")

    def send(self) -> None:
        """Send what is missing; what arrives is written down at once."""
        self._advance()
        workers = self._session.workspace.settings.upload_concurrency
        futures: dict[Future[UploadedFile], _Item] = {}
        try:
            for item in self._missing:
                if len(futures) >= workers:
                    self._collect(futures, FIRST_COMPLETED)
                self._save(item, UploadState.SENDING)
                futures[self._start(item)] = item
            self._collect(futures, ALL_COMPLETED)
        except NemoError:
            wait(futures)  # what is on its way goes through
            self._keep(futures)
            raise
        except KeyboardInterrupt:
            self._keep(futures)
            raise

    def sent(self) -> tuple[SentFile, ...]:
        """Return what the session now holds, in order."""
        return tuple(
            SentFile.of(item.record, str(item.file.path), item.file.kind)
            for item in self._items
            if item.record is not None and item.error is None
        )

    def _start(self, item: _Item) -> Future[UploadedFile]:
        """Send a file on a thread that does not keep the program from ending."""
        future: Future[UploadedFile] = Future()

        def run() -> None:
            try:
                future.set_result(self._send_one(item))
            except BaseException as exc:  # noqa: BLE001 - raised again where it is awaited
                future.set_exception(exc)

        Thread(target=run, name="nemo-upload", daemon=True).start()
        return future

    def _keep(self, futures: dict[Future[UploadedFile], _Item]) -> None:
        """Write down what went through while something else ended the work."""
        for future, item in futures.items():
            if future.done() and not future.exception():
                self._note(item, future.result())

    def _collect(self, futures: dict[Future[UploadedFile], _Item], until: str) -> None:
        done, rest = wait(futures, timeout=_TICK_S, return_when=until)
        while rest and (until == ALL_COMPLETED or not done):
            done, rest = wait(futures, timeout=_TICK_S, return_when=until)
        for future in sorted(done, key=lambda f: self._missing.index(futures[f])):
            try:
                result = future.result()
            except (UnsupportedFileError, FileTooLargeError) as exc:
                if not futures[future].file.is_found:
                    raise
                self._refuse(futures.pop(future), exc)
            else:
                self._note(futures.pop(future), result)

    def _refuse(self, item: _Item, error: FileError) -> None:
        """Go on without a file that nobody named."""
        self._save(item, UploadState.REFUSED)
        item.error = error
        self._advance(item, item.file.size_bytes)

    def _send_one(self, item: _Item) -> UploadedFile:
        file = item.file
        uploads = self._session.client.uploads
        try:
            if self._session.is_local and well_formed(str(file.path)) == str(file.path):
                result = uploads.create_from_paths(
                    self._session.session_id, [(file.path, item.content_hash)]
                )
            else:
                result = uploads.create(
                    self._session.session_id,
                    [self._source(file)],
                    on_bytes=lambda done, _: self._advance(item, done),
                )
        except FileError as exc:
            if file.path.name not in exc.message:
                exc.message = f"{file.path}: {exc.message}"
            raise
        if not result.files:
            raise ProtocolError(f"the server answered the upload of {file.path} without a file")
        return result.files[0]

    def _source(self, file: InputFile) -> UploadSource:
        converted = self._pictures.source(file.path, keeps_metadata=self._keeps_metadata)
        if converted is not None:
            return converted
        is_cleaned = file.kind == "image" and not self._keeps_metadata
        clean = clean_photo(file.path) if is_cleaned else None
        source = UploadSource.from_path(file.path)
        if clean is not None:
            source = replace(source, size_bytes=clean.size_bytes, open=clean.open)
        return replace(source, filename=self._pictures.names.get(file.path, source.filename))

    def _note(self, item: _Item, answer: UploadedFile) -> None:
        self._save(item, UploadState.DONE, answer)
        self.arrived.append(item.file.path.name)
        self._advance(item, item.file.size_bytes)

    def _save(self, item: _Item, status: UploadState, answer: UploadedFile | None = None) -> None:
        record = UploadRecord(
            session_id=self._session.session_id,
            content_hash=item.content_hash,
            path=str(item.file.path.absolute()),
            filename=answer.filename if answer and answer.filename else item.file.path.name,
            status=status,
            file_type=answer.file_type if answer else None,
            url=answer.cdn_url if answer else None,
            notes=json.dumps(answer.notes if answer else ()),
            upload_id=item.record.upload_id if item.record else None,
        )
        item.record = self._session.journal.uploads.save(record)

    def _advance(self, item: _Item | None = None, done_bytes: int = 0) -> None:
        if item is not None:
            item.done_bytes = done_bytes
        done = min(sum(item.done_bytes for item in self._items), self.total_bytes)
        self._session.reporter.advance(done, self.total_bytes)


def hash_file(path: Path) -> str:
    """Return a file's SHA-256 as hex, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(HASH_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
