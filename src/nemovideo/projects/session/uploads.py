"""Files and links into a session: one request a batch, in order, each file once."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from nemovideo.errors import CancelledError, NemoError, ProtocolError
from nemovideo.projects.finding import name_session
from nemovideo.projects.inputs.checking import InputFile, InputLink
from nemovideo.projects.inputs.expansion import Inputs
from nemovideo.projects.journal import UploadRecord
from nemovideo.projects.names import name_after
from nemovideo.projects.recovery.states import UploadState
from nemovideo.projects.session.session import Session
from nemovideo.projects.session.upload_batch import HeldFiles, SentFile, UploadBatch
from nemovideo.projects.texts import counted, format_bytes
from nemovideo.protocol.media_types import MediaKind, kind_of
from nemovideo.protocol.models import UploadedFile

_TOLD_MARK = "told-where-files-go"
"""A file in the data folder: it was said there where files go."""


@dataclass(frozen=True)
class Uploaded:
    """All files and links of one upload, in order."""

    files: tuple[SentFile, ...]
    notes: tuple[str, ...] = ()
    """What was left out, changed or found wrong, in sentences."""


def upload_inputs(
    session: Session, inputs: Inputs, *, keeps_metadata: bool = False, is_taken_up: bool = False
) -> Uploaded:
    """Upload files and let the server fetch links, in order; say what was left out or changed.

    Where it `is_taken_up`, this goes on with an upload that was begun: links that the session holds
    are not fetched again.

    Raises:
        NemoError: As `upload_files` raises.
        ProtocolError: The server fetched fewer links than it was asked for.
    """
    for note in inputs.notes:
        session.workspace.tell(note)
    held = HeldFiles(session.journal.uploads.of(session.session_id))
    links_held = held if is_taken_up else HeldFiles(())
    sent: list[SentFile] = []
    notes = list(inputs.notes)
    for is_link, group in groupby(inputs.items, key=lambda item: isinstance(item, InputLink)):
        same = list(group)
        if is_link:
            links = [item for item in same if isinstance(item, InputLink)]
            sent += _upload_links(session, links, links_held)
        else:
            files = [item for item in same if isinstance(item, InputFile)]
            uploaded = upload_files(session, files, keeps_metadata=keeps_metadata, held=held)
            sent += uploaded.files
            notes += uploaded.notes
    return Uploaded(tuple(sent), tuple(dict.fromkeys(notes)))


def upload_files(
    session: Session,
    files: Sequence[InputFile],
    *,
    keeps_metadata: bool = False,
    held: HeldFiles | None = None,
) -> Uploaded:
    """Upload what the session does not hold yet, a request a file, in order.

    For the cloud HEIC and AVIF become JPEG, and photos lose what they tell about their owner.

    With ``upload_concurrency`` above 1 requests go side by side, and the server may get the files
    in another order. On this machine photos always keep their metadata. `held` is what
    counts as held already; all that is, if None.

    Raises:
        MissingExtraError: A picture must become JPEG, and what does that is not installed.
        NemoError: A request failed; what went through stays in the session and the journal. A file
            of a folder's that is refused is left out and noted, unless no other is there.
        CancelledError: Ctrl-C; likewise.
    """
    batch = UploadBatch(
        session,
        files,
        HeldFiles(session.journal.uploads.of(session.session_id)) if held is None else held,
        keeps_metadata=keeps_metadata or session.is_local,
    )
    if batch.has_missing:
        _tell_where_files_go(session)
    session.reporter.begin("upload", f"Uploading {counted_files(files)}")
    try:
        batch.send()
    except NemoError:
        if batch.arrived:
            session.reporter.notice(f"Went through before that: {', '.join(batch.arrived)}")
        raise
    except KeyboardInterrupt as exc:
        hint = "Run the command again for the rest."
        if batch.arrived:
            hint = f"{', '.join(batch.arrived)} went through. {hint}"
        raise CancelledError(hint=hint) from exc
    files = batch.files
    if not files and batch.refused:
        raise batch.refused[0]
    size_bytes = sum(file.size_bytes for file in files)
    session.reporter.end(f"{counted_files(files)}, {format_bytes(size_bytes)}")
    name_session(session.workspace, session.record, name_after([file.path for file in files]))
    sent = batch.sent()
    notes = (*batch.notes, *(note for file in sent for note in file.notes))
    for note in notes:
        session.workspace.tell(note)
    return Uploaded(sent, notes)


def _tell_where_files_go(session: Session) -> None:
    """Say, before the first files leave this machine, where they go and how to keep them here.

    What nobody hears, as under ``--quiet``, is said the next time.
    """
    if session.is_local or not session.workspace.is_heard:
        return
    folder = session.workspace.settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _TOLD_MARK).touch(exist_ok=False)
    except FileExistsError:
        return
    session.reporter.notice(
        f"Your photos and clips are sent to {session.backend.api_url}. "
        "To keep them on this machine: add --local, or for good: nemo config set backend local"
    )


def _upload_links(
    session: Session, links: Sequence[InputLink], held: HeldFiles
) -> tuple[SentFile, ...]:
    """Let the server fetch files by their links, all in one request."""
    records = [held.take(_hash_link(link)) for link in links]
    missing = [place for place, record in enumerate(records) if record is None]
    if missing:
        urls = [links[place].url for place in missing]
        session.reporter.begin("upload", f"Fetching {counted(len(urls), 'link')}")
        for place in missing:
            records[place] = session.journal.uploads.save(_link_record(session, links[place]))
        result = session.client.uploads.create_from_urls(session.session_id, urls)
        if len(result.files) < len(urls):
            raise ProtocolError(
                f"the server was to fetch {counted(len(urls), 'link')}"
                f" and tells of {counted(len(result.files), 'file')}"
            )
        session.reporter.end()
        for place, answer in zip(missing, result.files, strict=False):
            records[place] = session.journal.uploads.save(_fetched(records[place], answer))
    return tuple(
        SentFile.of(record, link.url, link.kind or _kind_of(record))
        for link, record in zip(links, records, strict=True)
        if record is not None
    )


def _hash_link(link: InputLink) -> str:
    return hashlib.sha256(link.url.encode()).hexdigest()


def _link_record(session: Session, link: InputLink) -> UploadRecord:
    return UploadRecord(
        session.session_id, _hash_link(link), link.url, link.name, UploadState.SENDING
    )


def _fetched(record: UploadRecord | None, answer: UploadedFile) -> UploadRecord:
    assert record is not None
    return replace(
        record,
        filename=answer.filename or record.filename,
        status=UploadState.DONE,
        file_type=answer.file_type,
        url=answer.cdn_url,
        notes=json.dumps(answer.notes),
    )


def _kind_of(record: UploadRecord) -> MediaKind | None:
    """Return what the server says that a file is."""
    kinds: tuple[MediaKind, ...] = ("image", "video", "audio")
    return next((kind for kind in kinds if kind == record.file_type), kind_of(record.filename))


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
