"""The sessions that this machine knows."""

from __future__ import annotations

from nemovideo.projects.backends import Backend
from nemovideo.projects.journal.database import Table
from nemovideo.projects.journal.records import SessionRecord


class Sessions(Table):
    """Remembered until they are forgotten; the one that was made current last is the current."""

    def save(
        self,
        session_id: str,
        backend: Backend,
        *,
        name: str,
        task_id: str | None = None,
        user_id: str | None = None,
    ) -> SessionRecord:
        """Remember a session; what is known of it already is kept where nothing new is said."""
        self._database.run(
            "INSERT INTO sessions"
            " (session_id, backend, api_url, task_id, user_id, name, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (session_id) DO UPDATE SET"
            " backend = excluded.backend, api_url = excluded.api_url, is_forgotten = 0,"
            " task_id = COALESCE(excluded.task_id, task_id),"
            " user_id = COALESCE(excluded.user_id, user_id)",
            *(session_id, backend.kind, backend.api_url, task_id, user_id, name),
            self._database.now(),
        )
        return self._database.one(
            SessionRecord, "SELECT * FROM sessions WHERE session_id = ?", session_id
        )

    def get(self, session_id: str) -> SessionRecord | None:
        """Return a session by its id, None when it is not known here."""
        return self._database.first(
            SessionRecord,
            "SELECT * FROM sessions WHERE session_id = ? AND NOT is_forgotten",
            session_id,
        )

    def all(self) -> tuple[SessionRecord, ...]:
        """Return the sessions known here, the newest first."""
        return self._database.all(
            SessionRecord, "SELECT * FROM sessions WHERE NOT is_forgotten ORDER BY created_at DESC"
        )

    def backends(self) -> dict[str, Backend]:
        """Return where each session lives, those that were forgotten too."""
        records = self._database.all(SessionRecord, "SELECT * FROM sessions")
        return {record.session_id: record.backend for record in records}

    def current(self) -> SessionRecord | None:
        """Return the session that was made current last."""
        return self._database.first(
            SessionRecord,
            "SELECT * FROM sessions WHERE NOT is_forgotten AND current_since IS NOT NULL"
            " ORDER BY current_since DESC LIMIT 1",
        )

    def make_current(self, session_id: str) -> None:
        """Let commands without ``--session`` work in this session."""
        self._database.run(
            "UPDATE sessions SET current_since = MAX(?, (SELECT COALESCE(MAX(current_since), 0)"
            " + 0.000001 FROM sessions)) WHERE session_id = ?",
            self._database.now(),
            session_id,
        )

    def rename(self, session_id: str, name: str) -> None:
        """Call a session something else on this machine."""
        self._database.run("UPDATE sessions SET name = ? WHERE session_id = ?", name, session_id)

    def forget(self, session_id: str) -> None:
        """Leave a session out from now on; its renders stay known."""
        self._database.run("UPDATE sessions SET is_forgotten = 1 WHERE session_id = ?", session_id)
