"""One upload's files on their way: what is missing is sent, a request a file, and written down."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
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
from nemovideo.projects._cloud_pictures import CloudPictures
from nemovideo.projects._records import UploadStatus
from nemovideo.projects.inputs import InputFile
from nemovideo.projects.journal import SessionRecord, UploadRecord
from nemovideo.projects.privacy import clean_photo
from nemovideo.projects.texts import well_formed
from nemovideo.projects.workspace import Workspace
from nemovideo.protocol.models import UploadedFile

HASH_CHUNK_BYTES = 1024 * 1024
_TICK_S = 0.2
"""So often a wait gives Ctrl-C a chance, which not every system gives it by itself."""


@dataclass(frozen=True)
class SentFile:
    """One file or link that the session now holds."""

    path: str
    filename: str
    file_type: str | None
    url: str | None
    notes: tuple[str, ...] = ()
    """What the server has to say about it, in sentences; known only when it has just arrived."""


class UploadBatch:
    """The files of one upload, some of which the session may hold already."""

    def __init__(
        self,
        workspace: Workspace,
        session: SessionRecord,
        files: Sequence[InputFile],
        held: Mapping[str, UploadRecord],
        *,
        keeps_metadata: bool,
    ) -> None:
        self._workspace = workspace
        self._session = session
        self._keeps_metadata = keeps_metadata
        self._records = dict(held)
        self._sent: dict[Path, UploadRecord] = {}
        self._hashes = {file.path: hash_file(file.path) for file in files}
        # A copy under another name is the user's wish: what is named twice here is sent twice.
        self._missing = [file for file in files if self._hashes[file.path] not in self._records]
        self._pictures = CloudPictures.among(() if session.place.is_local else self._missing)
        self._notes_of: dict[Path, tuple[str, ...]] = {}
        self.total_bytes = sum(file.size_bytes for file in files)
        self._done_bytes = dict.fromkeys((file.path for file in self._missing), 0)
        self._held_bytes = self.total_bytes - sum(file.size_bytes for file in self._missing)
        self.refused: dict[Path, FileError] = {}
        """What folders brought and can't be used; why."""
        self.arrived: list[str] = []
        """The names of the files that went through in this call."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What is changed or left out on the way, in sentences."""
        if not self.refused:
            return self._pictures.notes()
        reasons = "; ".join(error.message for error in self.refused.values())
        return (*self._pictures.notes(), f"Left out: {reasons}.")

    def send(self) -> None:
        """Send what is missing; what arrives is written down at once."""
        self._advance()
        workers = self._workspace.settings.upload_concurrency
        futures: dict[Future[UploadedFile], InputFile] = {}
        try:
            for file in self._missing:
                if len(futures) >= workers:
                    self._collect(futures, FIRST_COMPLETED)
                self._note(file, None)
                futures[self._start(file)] = file
            self._collect(futures, ALL_COMPLETED)
        except NemoError:
            wait(futures)  # what is on its way goes through
            self._keep(futures)
            raise
        except KeyboardInterrupt:
            self._keep(futures)
            raise

    def sent(self, file: InputFile) -> SentFile:
        """Return what became of a file."""
        record = self._sent.get(file.path) or self._records[self._hashes[file.path]]
        notes = self._notes_of.get(file.path, ())
        return SentFile(str(file.path), record.filename, record.file_type, record.url, notes)

    def _start(self, file: InputFile) -> Future[UploadedFile]:
        """Send a file on a thread that does not keep the program from ending."""
        future: Future[UploadedFile] = Future()

        def run() -> None:
            try:
                future.set_result(self._send_one(file))
            except BaseException as exc:  # noqa: BLE001 - raised again where it is awaited
                future.set_exception(exc)

        Thread(target=run, name="nemo-upload", daemon=True).start()
        return future

    def _keep(self, futures: dict[Future[UploadedFile], InputFile]) -> None:
        """Write down what went through while something else ended the work."""
        for future, file in futures.items():
            if future.done() and not future.exception():
                self._note(file, future.result())

    def _collect(self, futures: dict[Future[UploadedFile], InputFile], until: str) -> None:
        done, rest = wait(futures, timeout=_TICK_S, return_when=until)
        while rest and (until == ALL_COMPLETED or not done):
            done, rest = wait(futures, timeout=_TICK_S, return_when=until)
        for future in sorted(done, key=lambda f: self._missing.index(futures[f])):
            try:
                result = future.result()
            except (UnsupportedFileError, FileTooLargeError) as exc:
                if not futures[future].is_found:
                    raise
                self._refuse(futures.pop(future), exc)
            else:
                self._note(futures.pop(future), result)

    def _refuse(self, file: InputFile, error: FileError) -> None:
        """Go on without a file that nobody named."""
        self._save(file, None, "refused")
        self.refused[file.path] = error
        self._advance(file.path, file.size_bytes)

    def _send_one(self, file: InputFile) -> UploadedFile:
        uploads = self._workspace.client(self._session.place).uploads
        try:
            if self._session.place.is_local and well_formed(str(file.path)) == str(file.path):
                result = uploads.create_from_paths(
                    self._session.session_id, [(file.path, self._hashes[file.path])]
                )
            else:
                result = uploads.create(
                    self._session.session_id,
                    [self._source(file)],
                    on_bytes=lambda done, _: self._advance(file.path, done),
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

    def _note(self, file: InputFile, answer: UploadedFile | None) -> None:
        record = self._save(file, answer, "sending" if answer is None else "done")
        if answer is not None:
            self._sent[file.path] = self._records[record.content_hash] = record
            self._notes_of[file.path] = answer.notes
            self.arrived.append(file.path.name)
            self._advance(file.path, file.size_bytes)

    def _save(
        self, file: InputFile, answer: UploadedFile | None, status: UploadStatus
    ) -> UploadRecord:
        record = UploadRecord(
            session_id=self._session.session_id,
            content_hash=self._hashes[file.path],
            path=str(file.path.absolute()),
            filename=answer.filename if answer and answer.filename else file.path.name,
            status=status,
            file_type=answer.file_type if answer else None,
            url=answer.cdn_url if answer else None,
        )
        self._workspace.journal.save_upload(record)
        return record

    def _advance(self, path: Path | None = None, done_bytes: int = 0) -> None:
        if path is not None:
            self._done_bytes[path] = done_bytes
        done = min(self._held_bytes + sum(self._done_bytes.values()), self.total_bytes)
        self._workspace.reporter.advance(done, self.total_bytes)


def hash_file(path: Path) -> str:
    """Return a file's SHA-256 as hex, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(HASH_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
