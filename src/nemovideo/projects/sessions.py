"""The sessions known to this machine, as a person tells them apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

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
    current = workspace.journal.current_session()
    current_id = workspace.known_id(workspace.settings.session) or (
        current.session_id if current else None
    )
    return tuple(
        SessionSummary(
            record,
            record.session_id == current_id,
            Counter(
                kind
                for upload in workspace.journal.uploads(record.session_id)
                if upload.status is UploadState.DONE and (kind := kind_of(upload.filename))
            ),
        )
        for record in workspace.journal.sessions()
        if workspace.is_listed(record.place)
    )


def list_renders(workspace: Workspace, session_id: str | None = None) -> tuple[RenderRecord, ...]:
    """Return the renders, of one session or of all, the newest first."""
    places = workspace.journal.places()
    return tuple(
        render
        for render in workspace.journal.renders(session_id)
        if render.session_id not in places or workspace.is_listed(places[render.session_id])
    )
