"""The sessions known to this machine, as a person tells them apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from nemovideo.errors import UsageError
from nemovideo.projects.backends import Backend
from nemovideo.projects.finding import known_id, known_session
from nemovideo.projects.journal import RenderRecord, SessionRecord
from nemovideo.projects.recovery.states import UploadState
from nemovideo.projects.session.uploads import counted_kinds
from nemovideo.projects.workspace import Workspace
from nemovideo.protocol.media_types import MediaKind, kind_of


@dataclass(frozen=True)
class SessionSummary:
    """A session and what went into it."""

    record: SessionRecord
    is_current: bool
    files: Counter[MediaKind]
    """How many files of each kind were uploaded from this machine."""

    @property
    def created_at(self) -> datetime:
        """When this machine first saw it, in UTC."""
        return datetime.fromtimestamp(self.record.created_at, UTC)

    @property
    def counted(self) -> str:
        """The files in words: "6 photos, 1 clip"; empty when there are none."""
        return counted_kinds(self.files)


def list_sessions(workspace: Workspace) -> tuple[SessionSummary, ...]:
    """Return the sessions, the newest first; the one is current that commands would work in."""
    current = workspace.journal.sessions.current()
    current_id = known_id(workspace, workspace.settings.session) or (
        current.session_id if current else None
    )
    return tuple(
        SessionSummary(
            record,
            record.session_id == current_id,
            Counter(
                kind
                for upload in workspace.journal.uploads.of(record.session_id)
                if upload.status is UploadState.DONE and (kind := kind_of(upload.filename))
            ),
        )
        for record in workspace.journal.sessions.all()
        if _is_listed(workspace, record.backend)
    )


def rename_session(workspace: Workspace, session_id: str, name: str) -> SessionRecord:
    """Call a session something else on this machine.

    Raises:
        UsageError: The name is empty.
        SessionNotFoundError: The session is not known here.
    """
    name = " ".join(name.split())
    if not name:
        raise UsageError("the new name is empty")
    session = known_session(workspace, session_id)
    workspace.journal.sessions.rename(session.session_id, name)
    return replace(session, name=name)


def forget_session(workspace: Workspace, session_id: str) -> SessionRecord:
    """Leave a session out from now on; the server keeps it.

    Raises:
        SessionNotFoundError: The session is not known here.
    """
    session = known_session(workspace, session_id)
    workspace.journal.sessions.forget(session.session_id)
    return session


def list_renders(workspace: Workspace, session_id: str | None = None) -> tuple[RenderRecord, ...]:
    """Return the renders, of one session (by its id or name) or of all, the newest first."""
    session_id = known_id(workspace, session_id)
    backends = workspace.journal.sessions.backends()
    return tuple(
        render
        for render in workspace.journal.renders.all(session_id)
        if render.session_id not in backends or _is_listed(workspace, backends[render.session_id])
    )


def _is_listed(workspace: Workspace, backend: Backend) -> bool:
    """Return whether what lives at a backend is listed: all is, unless a flag names a backend."""
    sources = workspace.settings.sources
    if sources.get("api_url") == "flag":
        return backend == workspace.cloud
    if sources.get("backend") == "flag":
        return backend.is_local == workspace.backend.is_local
    return True
