"""The journal: sessions, uploads, turns and renders known to this machine, in SQLite.

What costs something is written here before the request goes out, so that a process that dies in
between leaves a trace for the next one. Several processes may use one journal at once.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from nemovideo.config import Backend
from nemovideo.errors import NemoError
from nemovideo.projects._schema import migrate
from nemovideo.projects.places import Place
from nemovideo.protocol.draft import JsonObject

JOURNAL_FILE = "journal.sqlite3"
BUSY_TIMEOUT_S = 30.0

UploadStatus = Literal["sending", "done"]
TurnStatus = Literal["sending", "answered", "lost"]
RenderStatus = str
"""The server's word, or ``submitting`` before it answered and ``downloaded`` at the end."""

FINISHED_RENDERS = ("downloaded", "failed", "cancelled")


@dataclass(frozen=True)
class SessionRecord:
    """A session and where it lives."""

    session_id: str
    backend: Backend
    api_url: str | None
    task_id: str | None
    user_id: str | None
    name: str
    created_at: float

    @property
    def place(self) -> Place:
        """Where it lives."""
        return Place(self.backend, self.api_url)


@dataclass(frozen=True)
class UploadRecord:
    """A file that was sent, or was being sent, into a session."""

    session_id: str
    content_hash: str
    path: str
    filename: str
    status: UploadStatus
    file_type: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class TurnRecord:
    """A message that was sent, or was being sent."""

    turn_id: int
    session_id: str
    text: str
    draft_before: JsonObject | None
    status: TurnStatus


@dataclass(frozen=True)
class RenderRecord:
    """A render, its server's id and where its file is to go."""

    render_id: str
    polled_id: str
    """The id that the server answers to; it may name another than it was given."""
    session_id: str
    output: str | None
    format: str
    quality: str
    status: RenderStatus
    created_at: float

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left to do for it."""
        return self.status in FINISHED_RENDERS


class Journal:
    """Opens (and makes, where it is missing) the journal below a data folder."""

    def __init__(self, data_dir: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        path = data_dir / JOURNAL_FILE
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
            self._connection.row_factory = sqlite3.Row
            self._connection.execute("PRAGMA journal_mode = WAL")
            migrate(self._connection)
        except (OSError, sqlite3.Error) as exc:
            raise NemoError(
                f"the journal {path} can't be opened: {exc}",
                hint="Check the folder's permissions and space, or set NEMO_DATA_DIR to another.",
            ) from exc

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def save_session(
        self,
        session_id: str,
        place: Place,
        *,
        name: str,
        task_id: str | None = None,
        user_id: str | None = None,
    ) -> SessionRecord:
        """Remember a session; what is known of it already is kept where nothing new is said."""
        self._run(
            "INSERT INTO sessions"
            " (session_id, backend, api_url, task_id, user_id, name, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (session_id) DO UPDATE SET"
            " backend = excluded.backend, api_url = excluded.api_url, is_forgotten = 0,"
            " task_id = COALESCE(excluded.task_id, task_id),"
            " user_id = COALESCE(excluded.user_id, user_id)",
            (session_id, place.backend, place.api_url, task_id, user_id, name, self._clock()),
        )
        record = self.session(session_id)
        assert record is not None
        return record

    def session(self, session_id: str) -> SessionRecord | None:
        """Return a session by its id, None when it is not known here."""
        rows = self._rows(
            "SELECT * FROM sessions WHERE session_id = ? AND NOT is_forgotten", (session_id,)
        )
        return _session(rows[0]) if rows else None

    def sessions(self) -> tuple[SessionRecord, ...]:
        """Return the sessions known here, the newest first."""
        rows = self._rows("SELECT * FROM sessions WHERE NOT is_forgotten ORDER BY created_at DESC")
        return tuple(_session(row) for row in rows)

    def current_session(self, place: Place | None = None) -> SessionRecord | None:
        """Return the session that was made current last, at a place or anywhere."""
        backend, api_url = (None, None) if place is None else (place.backend, place.api_url)
        rows = self._rows(
            "SELECT * FROM sessions WHERE NOT is_forgotten AND current_since IS NOT NULL"
            " AND (? IS NULL OR (backend = ? AND api_url IS ?))"
            " ORDER BY current_since DESC LIMIT 1",
            (backend, backend, api_url),
        )
        return _session(rows[0]) if rows else None

    def make_current(self, session_id: str) -> None:
        """Let commands without ``--session`` work in this session."""
        self._run(
            "UPDATE sessions SET current_since = MAX(?, (SELECT COALESCE(MAX(current_since), 0)"
            " + 0.000001 FROM sessions)) WHERE session_id = ?",
            (self._clock(), session_id),
        )

    def forget_session(self, session_id: str) -> None:
        """Leave a session out from now on; its renders stay known."""
        self._run("UPDATE sessions SET is_forgotten = 1 WHERE session_id = ?", (session_id,))

    def save_uploads(self, records: Iterable[UploadRecord]) -> None:
        """Write down files that are being sent, or were."""
        now = self._clock()
        self._run_many(
            "INSERT OR REPLACE INTO uploads"
            " (session_id, content_hash, path, filename, status, file_type, url, updated_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    record.session_id,
                    record.content_hash,
                    record.path,
                    record.filename,
                    record.status,
                    record.file_type,
                    record.url,
                    now,
                )
                for record in records
            ],
        )

    def uploads(self, session_id: str) -> tuple[UploadRecord, ...]:
        """Return the files of a session in the order in which they were sent."""
        rows = self._rows(
            "SELECT * FROM uploads WHERE session_id = ? ORDER BY updated_at, rowid", (session_id,)
        )
        return tuple(
            UploadRecord(
                session_id=row["session_id"],
                content_hash=row["content_hash"],
                path=row["path"],
                filename=row["filename"],
                status=row["status"],
                file_type=row["file_type"],
                url=row["url"],
            )
            for row in rows
        )

    def add_turn(self, session_id: str, text: str, draft_before: JsonObject | None) -> int:
        """Write down a message before it is sent; return the turn's number."""
        cursor = self._run(
            "INSERT INTO turns (session_id, text, draft_before, status, sent_at)"
            " VALUES (?, ?, ?, 'sending', ?)",
            (session_id, text, json.dumps(draft_before), self._clock()),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def set_turn_status(self, turn_id: int, status: TurnStatus) -> None:
        """Write down how a turn ended."""
        self._run("UPDATE turns SET status = ? WHERE turn_id = ?", (status, turn_id))

    def turns(self, session_id: str) -> tuple[TurnRecord, ...]:
        """Return a session's turns, the oldest first."""
        rows = self._rows(
            "SELECT * FROM turns WHERE session_id = ? ORDER BY turn_id", (session_id,)
        )
        return tuple(
            TurnRecord(
                turn_id=row["turn_id"],
                session_id=row["session_id"],
                text=row["text"],
                draft_before=json.loads(row["draft_before"]),
                status=row["status"],
            )
            for row in rows
        )

    def add_render(
        self, session_id: str, *, output: str | None, format: str, quality: str
    ) -> RenderRecord:
        """Write down a render before it is submitted, under a new id (``render_<ts>``, in µs)."""
        timestamp_us = int(self._clock() * 1_000_000)
        while True:
            render_id = f"render_{timestamp_us}"
            try:
                self._run(
                    "INSERT INTO renders (render_id, polled_id, session_id, output, format,"
                    " quality, status, created_at) VALUES (?, ?, ?, ?, ?, ?, 'submitting', ?)",
                    (render_id, render_id, session_id, output, format, quality, self._clock()),
                )
            except sqlite3.IntegrityError:
                timestamp_us += 1
                continue
            record = self.render(render_id)
            assert record is not None
            return record

    def update_render(
        self,
        render_id: str,
        *,
        status: RenderStatus | None = None,
        polled_id: str | None = None,
        output: str | None = None,
    ) -> None:
        """Write down what became of a render."""
        self._run(
            "UPDATE renders SET status = COALESCE(?, status), polled_id = COALESCE(?, polled_id),"
            " output = COALESCE(?, output) WHERE render_id = ?",
            (status, polled_id, output, render_id),
        )

    def render(self, render_id: str) -> RenderRecord | None:
        """Return a render by the id it was given here, or the server's."""
        rows = self._rows(
            "SELECT * FROM renders WHERE render_id = ? OR polled_id = ? LIMIT 1",
            (render_id, render_id),
        )
        return _render(rows[0]) if rows else None

    def renders(self, session_id: str | None = None) -> tuple[RenderRecord, ...]:
        """Return the renders known here, of one session or of all, the newest first."""
        rows = self._rows(
            "SELECT * FROM renders WHERE ? IS NULL OR session_id = ?"
            " ORDER BY created_at DESC, rowid DESC",
            (session_id, session_id),
        )
        return tuple(_render(row) for row in rows)

    def _run(self, statement: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        return self._connection.execute(statement, values)

    def _run_many(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._connection.executemany(statement, rows)
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _rows(self, statement: str, values: tuple[Any, ...] = ()) -> list[sqlite3.Row]:
        return self._connection.execute(statement, values).fetchall()


def _session(row: sqlite3.Row) -> SessionRecord:
    return SessionRecord(
        session_id=row["session_id"],
        backend="local" if row["backend"] == "local" else "cloud",
        api_url=row["api_url"],
        task_id=row["task_id"],
        user_id=row["user_id"],
        name=row["name"],
        created_at=row["created_at"],
    )


def _render(row: sqlite3.Row) -> RenderRecord:
    return RenderRecord(
        render_id=row["render_id"],
        polled_id=row["polled_id"],
        session_id=row["session_id"],
        output=row["output"],
        format=row["format"],
        quality=row["quality"],
        status=row["status"],
        created_at=row["created_at"],
    )
