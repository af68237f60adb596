"""Files and links into a session: one request a batch, in order, each file once."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from nemovideo.errors import CancelledError, NemoError
from nemovideo.projects._upload_batch import SentFile, UploadBatch, hash_file
from nemovideo.projects.inputs import InputFile, InputLink, Inputs
from nemovideo.projects.journal import SessionRecord, UploadRecord
from nemovideo.projects.names import name_after
from nemovideo.projects.texts import counted, format_bytes
from nemovideo.projects.workspace import Workspace
from nemovideo.protocol.media_types import MediaKind
from nemovideo.protocol.models import UploadedFile

__all__ = [
    "SentFile",
    "Uploaded",
    "counted_files",
    "hash_file",
    "held_files",
    "upload_files",
    "upload_inputs",
    "upload_links",
]


@dataclass(frozen=True)
class Uploaded:
    """All files and links of one upload, in order."""

    files: tuple[SentFile, ...]
    notes: tuple[str, ...] = ()
    """What was left out, changed or found wrong, in sentences."""


def upload_inputs(
    workspace: Workspace,
    session: SessionRecord,
    inputs: Inputs,
    *,
    keeps_metadata: bool = False,
) -> Uploaded:
    """Upload files and let the server fetch links, in order; say what was left out or changed.

    Raises:
        NemoError: As `upload_files` and `upload_links` raise.
    """
    for note in inputs.notes:
        workspace.reporter.notice(note)
    held = held_files(workspace, session)
    sent: list[SentFile] = []
    notes = list(inputs.notes)
    for is_link, group in groupby(inputs.items, key=lambda item: isinstance(item, InputLink)):
        same = list(group)
        if is_link:
            links = [item for item in same if isinstance(item, InputLink)]
            sent += upload_links(workspace, session, links)
        else:
            files = [item for item in same if isinstance(item, InputFile)]
            uploaded = upload_files(
                workspace, session, files, keeps_metadata=keeps_metadata, held=held
            )
            sent += uploaded.files
            notes += uploaded.notes
    return Uploaded(tuple(sent), tuple(dict.fromkeys(notes)))


def upload_files(
    workspace: Workspace,
    session: SessionRecord,
    files: Sequence[InputFile],
    *,
    keeps_metadata: bool = False,
    held: Mapping[str, UploadRecord] | None = None,
) -> Uploaded:
    """Upload what the session does not hold yet, a request a file, in order.

    For the cloud HEIC and AVIF become JPEG, and photos lose what they tell about their owner.

    With ``upload_concurrency`` above 1 requests go side by side, and the server may get the files
    in another order.

    Args:
        workspace: Where to work.
        session: The session.
        files: What to send.
        keeps_metadata: Whether photos keep what they tell about their owner; on this machine they
            always do.
        held: What counts as held already, by content hash; all that is, if None.

    Raises:
        MissingExtraError: A picture must become JPEG, and what does that is not installed.
        NemoError: A request failed; what went through stays in the session and the journal. A file
            of a folder's that is refused is left out and noted, unless no other is there.
        CancelledError: Ctrl-C; likewise.
    """
    batch = UploadBatch(
        workspace,
        session,
        files,
        held_files(workspace, session) if held is None else held,
        keeps_metadata=keeps_metadata or session.place.is_local,
    )
    workspace.reporter.begin("upload", f"Uploading {counted_files(files)}")
    try:
        batch.send()
    except NemoError:
        if batch.arrived:
            workspace.reporter.notice(f"Went through before that: {', '.join(batch.arrived)}")
        raise
    except KeyboardInterrupt as exc:
        hint = "Run the command again for the rest."
        if batch.arrived:
            hint = f"{', '.join(batch.arrived)} went through. {hint}"
        raise CancelledError(hint=hint) from exc
    files = [file for file in files if file.path not in batch.refused]
    if not files and batch.refused:
        raise next(iter(batch.refused.values()))
    size_bytes = sum(file.size_bytes for file in files)
    workspace.reporter.end(f"{counted_files(files)}, {format_bytes(size_bytes)}")
    workspace.name_session(session, name_after([file.path for file in files]))
    sent = tuple(batch.sent(file) for file in files)
    notes = (*batch.notes, *(note for file in sent for note in file.notes))
    for note in notes:
        workspace.reporter.notice(note)
    return Uploaded(sent, notes)


def held_files(workspace: Workspace, session: SessionRecord) -> dict[str, UploadRecord]:
    """Return what a session is known to hold, by content hash."""
    records = workspace.journal.uploads(session.session_id)
    return {record.content_hash: record for record in records if record.status == "done"}


def upload_links(
    workspace: Workspace, session: SessionRecord, links: Sequence[InputLink]
) -> tuple[SentFile, ...]:
    """Let the server fetch files by their links, all in one request."""
    workspace.reporter.begin("upload", f"Fetching {counted(len(links), 'link')}")
    for link in links:
        workspace.journal.save_upload(_link_record(session, link, None))
    urls = [link.url for link in links]
    result = workspace.client(session.place).uploads.create_from_urls(session.session_id, urls)
    workspace.reporter.end()
    records = [_link_record(session, *pair) for pair in zip(links, result.files, strict=False)]
    for record in records:
        workspace.journal.save_upload(record)
    return tuple(SentFile(r.path, r.filename, r.file_type, r.url) for r in records)


def _link_record(
    session: SessionRecord, link: InputLink, answer: UploadedFile | None
) -> UploadRecord:
    return UploadRecord(
        session_id=session.session_id,
        content_hash=hashlib.sha256(link.url.encode()).hexdigest(),
        path=link.url,
        filename=answer.filename if answer and answer.filename else link.name,
        status="sending" if answer is None else "done",
        file_type=answer.file_type if answer else None,
        url=answer.cdn_url if answer else None,
    )


def counted_files(files: Sequence[InputFile]) -> str:
    """Count in words: "6 photos, 1 clip"."""
    return counted_kinds(Counter(file.kind for file in files))


def counted_kinds(counts: Mapping[MediaKind, int]) -> str:
    """Say in words how many files there are of each kind."""
    nouns: tuple[tuple[MediaKind, str], ...] = (
        ("image", "photo"),
        ("video", "clip"),
        ("audio", "audio file"),
    )
    return ", ".join(counted(counts[kind], noun) for kind, noun in nouns if counts.get(kind))
