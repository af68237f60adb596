"""What a command works with: settings, journal, progress, and a client for the place in question.

The engine on this machine is started when a session that lives here is first touched, and stopped
when the workspace closes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING

from nemovideo.config import Settings
from nemovideo.errors import NoSessionError, SessionElsewhereError, SessionNotFoundError
from nemovideo.projects.cancellation import Cancellation
from nemovideo.projects.first_contact import FirstContact, begin_at, begin_session
from nemovideo.projects.journal import Journal, SessionRecord
from nemovideo.projects.names import DEFAULT_NAME, find_session, numbered
from nemovideo.projects.places import Place, is_elsewhere, settings_for
from nemovideo.projects.progress import OnProgress, Reporter
from nemovideo.projects.texts import well_formed

if TYPE_CHECKING:
    from nemovideo.client import NemoVideo


class Workspace:
    """Everything that one command needs; a context manager.

    Args:
        settings: The settings of this run.
        on_progress: Told what happens; nobody is by default.
        is_heard: Whether somebody sees the notices among it.
        cancellation: Ends the work from another thread, where it tells of itself or waits.
        sleep: Waits, in seconds.
        clock: Seconds that only grow.
        contact: Decides whether the cloud can be reached; one of its own if None.
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
        self._clients: dict[Place, NemoVideo] = {}
        self._told: set[str] = set()
        self._notes: list[str] = []

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
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

    def tell_once(self, note: str) -> None:
        """Give a notice, unless it was given before: a server may say a thing again."""
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
    def cloud(self) -> Place:
        """The cloud at the settings' URL."""
        return Place("cloud", self.settings.api_url)

    @property
    def place(self) -> Place:
        """Where new sessions are made."""
        return self.contact.place

    def client(self, place: Place | None = None) -> NemoVideo:
        """Return the client for a place (by default where new sessions are made)."""
        place = place or self.place
        if place not in self._clients:
            self._clients[place] = self._connect(place)
        return self._clients[place]

    def settings_at(self, place: Place) -> Settings:
        """Return the settings as they are at a place."""
        return settings_for(self.settings, place)

    def session(
        self, session_id: str | None = None, *, may_be_elsewhere: bool = False
    ) -> SessionRecord:
        """Return the session to work in: the one named, else the project's, else the current one.

        It is named by its id, its name, or the beginning of either that no other shares. A session
        that this machine knows is used where it lives (one of the cloud at the API URL
        that the user names, if any); one that it doesn't know is looked up where the settings
        point.

        Args:
            session_id: The one that the user names.
            may_be_elsewhere: Whether the current session will do though it lives elsewhere than
                a flag or a setting asks for.

        Raises:
            NoSessionError: None was named and none is current.
            SessionElsewhereError: None was named, and the current one lives elsewhere.
            SessionNotFoundError: The server does not know it either, or several are called so.
        """
        if session_id is None:
            return self._current(may_be_elsewhere)
        record = self._named(session_id)
        if is_elsewhere(self.settings, record.place) and not may_be_elsewhere:
            self._tell_where(record)
        return record

    def is_listed(self, place: Place) -> bool:
        """Return whether what lives at a place is listed: all is, unless a flag names a place."""
        sources = self.settings.sources
        if sources.get("api_url") == "flag":
            return place == self.cloud
        if sources.get("backend") == "flag":
            return place.is_local == self.place.is_local
        return True

    def place_of(self, session_id: str | None) -> Place:
        """Return where a session lives that is named; without a name, where new ones are made."""
        record = find_session(self.journal.sessions(), session_id) if session_id else None
        return self.place if record is None else record.place

    def session_to_read(self, session_id: str | None = None) -> SessionRecord:
        """Return the session to look at, where it lives; a flag that points elsewhere is told of.

        Raises:
            NemoError: As `session` raises.
        """
        record = self.session(session_id, may_be_elsewhere=True)
        if is_elsewhere(self.settings, record.place):
            self._tell_where(record)
        return record

    def project_session(self) -> str | None:
        """Return the session that the project folder names.

        Where a flag or a setting points elsewhere than where that session lives, there is none,
        and that is said.
        """
        session_id = self.settings.session
        record = find_session(self.journal.sessions(), session_id) if session_id else None
        if record is None or not is_elsewhere(self.settings, self._rehomed(record).place):
            return session_id
        self.reporter.notice(
            f"{self._label(record)} of {self.settings.project_file} is left alone: "
            f"it lives with {record.place.label}."
        )
        return None

    def _current(self, may_be_elsewhere: bool) -> SessionRecord:
        session_id = self.settings.session
        project = self._named(session_id) if session_id else None
        current = self.journal.current_session()
        candidates = [record for record in (project, current) if record is not None]
        if not candidates:
            raise NoSessionError
        for record in candidates:
            if not is_elsewhere(self.settings, record.place):
                if record is not candidates[0]:
                    self.reporter.notice(f"Working in {self._label(record)}, not in the folder's.")
                return record
        first = candidates[0]
        # A token of the user's own is meant for the URL that was named, and goes to no other.
        is_other_cloud = not first.place.is_local and first.place != self.cloud
        if may_be_elsewhere and not is_other_cloud:
            return first
        where = first.place.api_url if is_other_cloud else first.place.label
        raise SessionElsewhereError(
            f"the current session, {self._label(first)}, lives with {where}",
            hint="Leave out what asks for another place, name a session (`nemo session list`), "
            "or begin one there: nemo session new.",
        )

    def _named(self, session_id: str) -> SessionRecord:
        record = find_session(self.journal.sessions(), session_id)
        if record is not None:
            return self._rehomed(record)
        if any(map(str.isspace, session_id)):
            raise self._unknown(session_id)  # no server calls a session so
        return self._adopt(session_id)

    def _rehomed(self, record: SessionRecord) -> SessionRecord:
        """Return a session at the API URL that the user names, if any."""
        if record.place.is_local or self.settings.sources.get("api_url", "default") == "default":
            return record
        return self.journal.save_session(record.session_id, self.cloud, name=record.name)

    def _label(self, record: SessionRecord) -> str:
        return f"“{record.name}” ({record.session_id})"

    def _tell_where(self, record: SessionRecord) -> None:
        self.reporter.notice(f"{self._label(record)} is used where it lives: {record.place.label}.")

    def known_session(self, session_id: str) -> SessionRecord:
        """Return a session that this machine knows, by its id or name.

        Raises:
            SessionNotFoundError: It doesn't, or knows several of that name.
        """
        record = find_session(self.journal.sessions(), session_id)
        if record is None:
            raise self._unknown(session_id)
        return record

    def known_id(self, session_id: str | None) -> str | None:
        """Return the id of the session that is meant, where this machine knows it."""
        if session_id is None:
            return None
        record = find_session(self.journal.sessions(), session_id)
        return session_id if record is None else record.session_id

    def name_session(self, session: SessionRecord, name: str) -> None:
        """Call a session so that nobody has named, with a number where another is called so."""
        others = [s for s in self.journal.sessions() if s.session_id != session.session_id]
        known = self.journal.session(session.session_id)
        if known is not None and known.name == DEFAULT_NAME != name:
            free = numbered(name, (other.name for other in others))
            self.journal.rename_session(session.session_id, free)

    @staticmethod
    def _unknown(session_id: str) -> SessionNotFoundError:
        return SessionNotFoundError(
            f"no session {session_id} is known on this machine",
            hint="`nemo session list` shows those that are.",
        )

    def create_session(
        self, *, name: str | None = None, is_current: bool = True, place: Place | None = None
    ) -> SessionRecord:
        """Make a session, by default where new ones are made, and make it the current one.

        Raises:
            UnreachableError: The cloud is, and the engine on this machine is not to stand in.
        """
        name = well_formed(name or DEFAULT_NAME)
        if place is None:
            place, session = begin_session(self, name)
        else:
            session = begin_at(self, place, name)
        if self.contact.note is not None and place == self.place:
            self._notes.append(self.contact.note)
        client = self.client(place)
        record = self.journal.save_session(
            session.session_id,
            place,
            name=name,
            task_id=session.task_id,
            user_id=session.user_id or client.user_id,
        )
        if is_current:
            self.make_current(record)
        return record

    def make_current(self, session: SessionRecord) -> None:
        """Let commands that name no session work in this one."""
        self.journal.make_current(session.session_id)

    def session_or_new(self, session_id: str | None = None) -> SessionRecord:
        """Return the session to work in, making one when there is none."""
        try:
            return self.session(session_id)
        except SessionElsewhereError as exc:
            self.reporter.notice(
                f"{exc.message}; it is left alone. A new one begins with {self.place.label}."
            )
        except NoSessionError:
            pass
        return self.create_session()

    def workspace_url(self) -> str:
        """Return the web page of the user's projects."""
        return f"{self.settings.web_url}/workspace"

    def _adopt(self, session_id: str) -> SessionRecord:
        """Look a session up at the server and remember it."""
        state = self.client().state.get(session_id)
        return self.journal.save_session(
            session_id,
            self.place,
            name=state.task_name or DEFAULT_NAME,
            task_id=state.task_id,
            user_id=state.user_id,
        )

    def _connect(self, place: Place) -> NemoVideo:
        from nemovideo.client import NemoVideo

        settings = self.settings_at(place)
        if not place.is_local:
            return self._stack.enter_context(
                NemoVideo(settings=settings, sleep=self.sleep, clock=self.clock)
            )
        from nemovideo.engine import LocalEngine

        engine = self._stack.enter_context(LocalEngine(settings.data_dir))
        return self._stack.enter_context(
            NemoVideo(
                engine.owner_token,
                engine.url,
                settings=settings,
                sleep=self.sleep,
                trusts_environment=False,
            )
        )
