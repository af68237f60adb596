"""Where new work is done under ``auto``: in the cloud, or here when that can't be reached.

The first request decides it, once for all workspaces of a command: as soon as the cloud has
answered anything, whatever fails later is an error. It is never decided the other way round.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from nemovideo._installation import missing_engine_modules
from nemovideo.config import Settings
from nemovideo.errors import UnreachableError
from nemovideo.projects.backends import Backend

if TYPE_CHECKING:
    from nemovideo.projects.workspace import Workspace
    from nemovideo.protocol.models import Session

ATTEMPTS = 2
"""So often a connection is tried where there is another way."""


class FirstContact:
    """Knows where new sessions are made; threads may share one."""

    def __init__(self, settings: Settings) -> None:
        self._chosen = Backend.from_settings(settings)
        self._is_open = may_work_here(settings)
        self._lock = threading.Lock()
        self.note: str | None = None
        """Why the work is done on this machine although the cloud was meant; None when it isn't."""

    @property
    def backend(self) -> Backend:
        """Where new sessions are made."""
        return self._chosen if self.note is None else Backend("local")

    def is_open(self, backend: Backend) -> bool:
        """Return whether work for a backend is done on this machine if that can't be reached."""
        return self._is_open and backend == self._chosen and not missing_engine_modules()

    def give_up(self, error: UnreachableError) -> bool:
        """Do new work on this machine from now on; return whether that is news."""
        with self._lock:
            is_news = self.note is None
            if self.note is None:
                self.note = (
                    f"{error.message}. The work is done on this machine instead; "
                    "--cloud forbids that."
                )
        return is_news


def begin_session(workspace: Workspace, name: str) -> tuple[Backend, Session]:
    """Begin a session where new ones are made, which this may decide.

    Raises:
        UnreachableError: The cloud is, and the engine on this machine is not to stand in.
    """
    contact, backend = workspace.contact, workspace.backend
    if not contact.is_open(backend):
        return backend, begin_at(workspace, backend, name)
    try:
        return backend, begin_at(workspace, backend, name, attempts=ATTEMPTS)
    except UnreachableError as exc:
        if workspace.client(backend).has_answered:
            raise
        if contact.give_up(exc):
            workspace.tell(str(contact.note))
    return contact.backend, begin_at(workspace, contact.backend, name)


def begin_at(
    workspace: Workspace, backend: Backend, name: str, *, attempts: int | None = None
) -> Session:
    """Begin a session at a backend."""
    return workspace.client(backend).sessions.create(
        task_name=name, language=workspace.settings.language, attempts=attempts
    )


def may_work_here(settings: Settings) -> bool:
    """Return whether the engine may stand in for the cloud: nothing says where to work."""
    return settings.backend == "auto" and settings.sources.get("api_url", "default") == "default"
