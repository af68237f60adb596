"""One set of clients (and one engine) for many threads, with a journal for each."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from nemovideo.projects.backends import Backend
from nemovideo.projects.cancellation import Cancellation
from nemovideo.projects.journal import SessionRecord
from nemovideo.projects.progress import OnProgress
from nemovideo.projects.workspace import Workspace

if TYPE_CHECKING:
    from nemovideo.client import NemoVideo
    from nemovideo.config import Settings


class SharedWorkspace(Workspace):
    """A workspace whose clients are used by several threads, all of which one token ends."""

    def __init__(self, settings: Settings, cancellation: Cancellation) -> None:
        super().__init__(settings, cancellation=cancellation)
        self.cancellation = cancellation
        self._connecting = threading.Lock()

    def client(self, backend: Backend | None = None) -> NemoVideo:
        """Return the client for a backend; the first thread that asks makes it."""
        with self._connecting:
            return super().client(backend)

    def branch(self, on_progress: OnProgress, *, is_heard: bool = True) -> Workspace:
        """Return a workspace for one job; it is to be opened and closed in the job's thread."""
        return _Branch(self, on_progress, is_heard=is_heard)


class _Branch(Workspace):
    """A job's workspace: the clients are shared, the journal is its own."""

    def __init__(self, shared: SharedWorkspace, on_progress: OnProgress, *, is_heard: bool) -> None:
        super().__init__(
            shared.settings,
            on_progress=on_progress,
            is_heard=is_heard,
            cancellation=shared.cancellation,
            contact=shared.contact,
        )
        self._shared = shared

    def client(self, backend: Backend | None = None) -> NemoVideo:
        """Return the shared client for a backend."""
        return self._shared.client(backend)

    def make_current(self, session: SessionRecord) -> None:
        """Do nothing: the user's current session is not one of a batch's hundreds."""
