"""What a command works with: settings, journal, progress, and a client for the backend in question.

The engine on this machine is started when a session that lives here is first touched, and stopped
when the workspace closes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import TYPE_CHECKING

from nemovideo.config import Settings
from nemovideo.errors import NoSessionError, SessionElsewhereError
from nemovideo.projects.backends import Backend, settings_for
from nemovideo.projects.cancellation import Cancellation
from nemovideo.projects.finding import Purpose, find_record
from nemovideo.projects.first_contact import FirstContact, begin_at, begin_session
from nemovideo.projects.journal import Journal, SessionRecord
from nemovideo.projects.names import DEFAULT_NAME
from nemovideo.projects.progress import OnProgress, Reporter
from nemovideo.projects.session import Session
from nemovideo.projects.texts import well_formed

if TYPE_CHECKING:
    from nemovideo.client import NemoVideo


class Workspace:
    """Everything that one command needs; a context manager.

    A cancellation ends the work from another thread, where it tells of itself or waits. Times are
    in seconds; the contact decides whether the cloud can be reached.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        on_progress: OnProgress | None = None,
        is_heard: bool = True,
        cancellation: Cancellation | None = None,
        sleep: Callable[[float], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
        contact: FirstContact | None = None,
    ) -> None:
        self.settings = settings
        self.is_heard = is_heard and on_progress is not None
        self.reporter = Reporter(on_progress, cancellation.check if cancellation else None)
        self.sleep = sleep or (cancellation.sleep if cancellation else time.sleep)
        self._on_progress, self._cancellation = on_progress, cancellation
        self.clock = clock
        self.contact = contact or FirstContact(settings)
        self._stack = ExitStack()
        self._journal: Journal | None = None
        self._clients: dict[Backend, NemoVideo] = {}
        self._told: set[str] = set()
        self._notes: list[str] = []

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.reporter.abandon()
        self._stack.close()

    def at(self, settings: Settings) -> Workspace:
        """Return a workspace with other settings; what it tells goes where this one's does."""
        return Workspace(
            settings,
            on_progress=self._on_progress,
            is_heard=self.is_heard,
            cancellation=self._cancellation,
            sleep=self.sleep,
            clock=self.clock,
        )

    def tell(self, note: str) -> None:
        """Give a notice, and remember that it was given."""
        self._told.add(note)
        self.reporter.notice(note)

    def tell_once(self, notes: Iterable[str]) -> None:
        """Give notices, except those that were given before: a server may say a thing again."""
        for note in notes:
            if note not in self._told:
                self.tell(note)

    def take_notes(self) -> tuple[str, ...]:
        """Return what was decided on the way since this was asked last, in sentences."""
        notes, self._notes = tuple(self._notes), []
        return notes

    @property
    def journal(self) -> Journal:
        """The journal, opened when it is first needed."""
        if self._journal is None:
            self._journal = self._stack.enter_context(Journal(self.settings.data_dir))
        return self._journal

    @property
    def cloud(self) -> Backend:
        """The cloud at the settings' URL."""
        return Backend("cloud", self.settings.api_url)

    @property
    def backend(self) -> Backend:
        """Where new sessions are made."""
        return self.contact.backend

    def client(self, backend: Backend | None = None) -> NemoVideo:
        """Return the client for a backend (by default where new sessions are made)."""
        backend = backend or self.backend
        if backend not in self._clients:
            self._clients[backend] = self._connect(backend)
        return self._clients[backend]

    def settings_at(self, backend: Backend) -> Settings:
        """Return the settings as they are at a backend."""
        return settings_for(self.settings, backend)

    def open(self, session_id: str | None = None, *, to: Purpose = "change") -> Session:
        """Open the session to work in: the one named, else the project's, else the current one.

        Args:
            session_id: Its id, its name, or the beginning of either that no other shares.
            to: What for: a session may be looked at that can't be changed.

        Raises:
            NoSessionError: None was named and none is current.
            SessionElsewhereError: None was named, and the current one lives elsewhere.
            SessionNotFoundError: The server does not know it either, or several are called so.
        """
        record = find_record(self, session_id, to=to)
        return Session(self, record, is_named=session_id is not None)

    def open_or_create(self, session_id: str | None = None) -> Session:
        """Open the session to work in, making one when there is none."""
        try:
            return self.open(session_id)
        except SessionElsewhereError as exc:
            self.reporter.notice(
                f"{exc.message}; it is left alone. A new one begins with {self.backend.label}."
            )
        except NoSessionError:
            pass
        return self.create()

    def create(
        self, *, name: str | None = None, is_current: bool = True, backend: Backend | None = None
    ) -> Session:
        """Make a session, by default where new ones are made, and make it the current one.

        Raises:
            UnreachableError: The cloud is, and the engine on this machine is not to stand in.
        """
        name = well_formed(name or DEFAULT_NAME)
        if backend is None:
            backend, session = begin_session(self, name)
        else:
            session = begin_at(self, backend, name)
        if self.contact.note is not None and backend == self.backend:
            self._notes.append(self.contact.note)
        record = self.journal.sessions.save(
            session.session_id,
            backend,
            name=name,
            task_id=session.task_id,
            user_id=session.user_id or self.client(backend).user_id,
        )
        if is_current:
            self.make_current(record)
        return Session(self, record)

    def replace_lost(self, *, name: str | None, backend: Backend | None) -> Session:
        """Make a session in place of one that the server has lost, and say so.

        That is for work that begins with its files; of a message nobody knows what it spoke of.
        """
        self.reporter.notice("The server has lost the session; starting a new one.")
        return self.create(name=name, backend=backend)

    def make_current(self, session: SessionRecord) -> None:
        """Let commands that name no session work in this one."""
        self.journal.sessions.make_current(session.session_id)

    @property
    def url(self) -> str:
        """The web page of the user's projects."""
        return f"{self.settings.web_url}/workspace"

    def _connect(self, backend: Backend) -> NemoVideo:
        from nemovideo.client import NemoVideo

        settings = self.settings_at(backend)
        if not backend.is_local:
            return self._stack.enter_context(
                NemoVideo(settings=settings, sleep=self.sleep, clock=self.clock)
            )
        from nemovideo.engine import LocalEngine

        engine = self._stack.enter_context(
            LocalEngine(settings.data_dir, pieces_limit=settings.pieces_limit)
        )
        return self._stack.enter_context(
            NemoVideo(
                engine.owner_token,
                engine.url,
                settings=settings,
                sleep=self.sleep,
                trusts_environment=False,
            )
        )
