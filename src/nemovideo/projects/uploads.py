"""Files and links into a session: one request a batch, in order, each file once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from nemovideo.projects.inputs import InputFile
from nemovideo.projects.journal import SessionRecord, UploadRecord
from nemovideo.projects.workspace import Workspace
from nemovideo.protocol.models import UploadedFile

HASH_CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True)
class SentFile:
    """One file or link that the session now holds."""

    path: str
    filename: str
    file_type: str | None
    url: str | None


def upload_files(
    workspace: Workspace, session: SessionRecord, files: Sequence[InputFile]
) -> tuple[SentFile, ...]:
    """Upload what the session does not hold yet, in order, one request a file.

    Raises:
        NemoError: A request failed; what went through before stays in the session and the journal.
    """
    client = workspace.client(session.place)
    journal = workspace.journal
    held = {
        record.content_hash: record
        for record in journal.uploads(session.session_id)
        if record.status == "done"
    }
    total = sum(file.size_bytes for file in files)
    done_bytes = 0
    sent: list[SentFile] = []
    workspace.reporter.begin("upload", f"Uploading {counted_files(files)}")
    for file in files:
        content_hash = hash_file(file.path)
        record = held.get(content_hash)
        if record is None:
            record = UploadRecord(
                session.session_id, content_hash, str(file.path), file.path.name, "sending"
            )
            journal.save_upload(record)
            result = client.uploads.create(
                session.session_id,
                [file.path],
                on_bytes=partial(_advance, workspace, done_bytes, total),
            )
            record = _done(record, result.files[0])
            journal.save_upload(record)
            held[content_hash] = record
        done_bytes += file.size_bytes
        workspace.reporter.advance(done_bytes, total)
        sent.append(SentFile(str(file.path), record.filename, record.file_type, record.url))
    workspace.reporter.end(f"{counted_files(files)}, {format_bytes(total)}")
    return tuple(sent)


def upload_urls(
    workspace: Workspace, session: SessionRecord, urls: Sequence[str]
) -> tuple[SentFile, ...]:
    """Let the server fetch files by their links."""
    workspace.reporter.begin("upload", f"Fetching {len(urls)} link{'s' * (len(urls) != 1)}")
    result = workspace.client(session.place).uploads.create_from_urls(session.session_id, urls)
    workspace.reporter.end()
    names = [*urls, *[""] * len(result.files)]
    return tuple(
        SentFile(url, file.filename or url, file.file_type, file.cdn_url)
        for url, file in zip(names, result.files, strict=False)
    )


def is_url(name: str) -> bool:
    """Tell whether a name on the command line is a link rather than a path."""
    return name.lower().startswith(("http://", "https://"))


def hash_file(path: Path) -> str:
    """Return a file's SHA-256 as hex, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(HASH_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def counted_files(files: Sequence[InputFile]) -> str:
    """Count in words: "6 photos, 1 clip"."""
    parts = []
    for kind, noun in (("image", "photo"), ("video", "clip"), ("audio", "audio file")):
        count = sum(file.kind == kind for file in files)
        if count:
            parts.append(f"{count} {noun}{'s' * (count != 1)}")
    return ", ".join(parts)


def format_bytes(size_bytes: float) -> str:
    """Write a size for people: "940 kB", "12.3 MB"."""
    if size_bytes < 1_000_000:
        return f"{max(1, round(size_bytes / 1000))} kB" if size_bytes else "0 kB"
    return f"{size_bytes / 1_000_000:.1f} MB"


def _advance(workspace: Workspace, before: int, total: int, done: int, _: int) -> None:
    workspace.reporter.advance(min(before + done, total), total)


def _done(record: UploadRecord, file: UploadedFile) -> UploadRecord:
    return UploadRecord(
        session_id=record.session_id,
        content_hash=record.content_hash,
        path=record.path,
        filename=file.filename or record.filename,
        status="done",
        file_type=file.file_type,
        url=file.cdn_url,
    )
