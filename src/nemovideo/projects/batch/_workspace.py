"""One set of clients (and one engine) for many threads, with a journal for each."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from nemovideo.projects.journal import SessionRecord
from nemovideo.projects.places import Place
from nemovideo.projects.progress import Reporter
from nemovideo.projects.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from nemovideo.client import NemoVideo
    from nemovideo.config import Settings


class SharedWorkspace(Workspace):
    """A workspace whose clients are used by several threads."""

    def __init__(self, settings: Settings, *, sleep: Callable[[float], None]) -> None:
        super().__init__(settings, sleep=sleep)
        self._connecting = threading.Lock()

    def client(self, place: Place | None = None) -> NemoVideo:
        """Return the client for a place; the first thread that asks makes it."""
        with self._connecting:
            return super().client(place)

    def branch(self, reporter: Reporter) -> Workspace:
        """Return a workspace for one job; it is to be opened and closed in the job's thread."""
        return _Branch(self, reporter)


class _Branch(Workspace):
    """A job's workspace: the clients are shared, the journal is its own."""

    def __init__(self, shared: SharedWorkspace, reporter: Reporter) -> None:
        super().__init__(
            shared.settings, reporter=reporter, sleep=shared.sleep, contact=shared.contact
        )
        self._shared = shared

    def client(self, place: Place | None = None) -> NemoVideo:
        """Return the shared client for a place."""
        return self._shared.client(place)

    def make_current(self, session: SessionRecord) -> None:
        """Do nothing: the user's current session is not one of a batch's hundreds."""
