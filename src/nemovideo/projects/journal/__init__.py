"""The journal: sessions, uploads, turns, runs and renders known to this machine, in SQLite.

What costs something is written here before the request goes out, so that a process that dies in
between leaves a trace for the next one. Several processes may use one journal at once.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, replace
from pathlib import Path
from types import TracebackType
from typing import Any

from nemovideo._sqlite import NewerSchemaError, connect, migrate
from nemovideo.errors import NemoError
from nemovideo.projects.journal.records import (
    BatchRecord,
    RenderRecord,
    RunRecord,
    SessionRecord,
    TurnRecord,
    UploadRecord,
)
from nemovideo.projects.journal.schema import MIGRATIONS
from nemovideo.projects.places import Place
from nemovideo.projects.recovery.states import RenderState, RunState, TurnState
from nemovideo.projects.texts import storable
from nemovideo.protocol.draft import JsonObject

__all__ = [
    "BatchRecord",
    "Journal",
    "RenderRecord",
    "RunRecord",
    "SessionRecord",
    "TurnRecord",
    "UploadRecord",
]

JOURNAL_FILE = "journal.sqlite3"


class Journal:
    """Opens (and makes, where it is missing) the journal below a data folder.

    Raises:
        NemoError: It can't be opened.
    """

    def __init__(self, data_dir: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        path = data_dir / JOURNAL_FILE
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
            self._connection = connect(path, survives_power_cut=True)
            try:
                migrate(self._connection, MIGRATIONS)
            except BaseException:
                self._connection.close()
                raise
        except NewerSchemaError:
            raise NemoError(
                "the journal was changed by a newer nemo",
                hint="Upgrade this one, or set NEMO_DATA_DIR to another folder.",
            ) from None
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

    # Sessions

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
            "SELECT * FROM sessions WHERE session_id = ? AND NOT is_forgotten", session_id
        )
        return SessionRecord.from_row(rows[0]) if rows else None

    def sessions(self) -> tuple[SessionRecord, ...]:
        """Return the sessions known here, the newest first."""
        rows = self._rows("SELECT * FROM sessions WHERE NOT is_forgotten ORDER BY created_at DESC")
        return tuple(map(SessionRecord.from_row, rows))

    def places(self) -> dict[str, Place]:
        """Return where each session lives, those that were forgotten too."""
        records = map(SessionRecord.from_row, self._rows("SELECT * FROM sessions"))
        return {record.session_id: record.place for record in records}

    def current_session(self) -> SessionRecord | None:
        """Return the session that was made current last."""
        rows = self._rows(
            "SELECT * FROM sessions WHERE NOT is_forgotten AND current_since IS NOT NULL"
            " ORDER BY current_since DESC LIMIT 1"
        )
        return SessionRecord.from_row(rows[0]) if rows else None

    def make_current(self, session_id: str) -> None:
        """Let commands without ``--session`` work in this session."""
        self._run(
            "UPDATE sessions SET current_since = MAX(?, (SELECT COALESCE(MAX(current_since), 0)"
            " + 0.000001 FROM sessions)) WHERE session_id = ?",
            (self._clock(), session_id),
        )

    def rename_session(self, session_id: str, name: str) -> None:
        """Call a session something else on this machine."""
        self._run("UPDATE sessions SET name = ? WHERE session_id = ?", (name, session_id))

    def forget_session(self, session_id: str) -> None:
        """Leave a session out from now on; its renders stay known."""
        self._run("UPDATE sessions SET is_forgotten = 1 WHERE session_id = ?", (session_id,))

    # Uploads

    def save_upload(self, record: UploadRecord) -> UploadRecord:
        """Write down a file that is being sent, or was; return it with its number."""
        cursor = self._run(
            "INSERT OR REPLACE INTO uploads (session_id, content_hash, path, filename, status,"
            " file_type, url, notes, upload_id, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*astuple(record), self._clock()),
        )
        return replace(record, upload_id=cursor.lastrowid)

    def uploads(self, session_id: str) -> tuple[UploadRecord, ...]:
        """Return the files of a session in the order in which they were sent."""
        rows = self._rows(
            "SELECT * FROM uploads WHERE session_id = ? ORDER BY upload_id", session_id
        )
        return tuple(map(UploadRecord.from_row, rows))

    # Turns

    def add_turn(
        self,
        session_id: str,
        text: str,
        draft_before: JsonObject | None,
        *,
        run_id: str | None = None,
    ) -> int:
        """Write down a message before it is sent; return the turn's number."""
        cursor = self._run(
            "INSERT INTO turns (session_id, run_id, text, draft_before, status, sent_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (session_id, run_id, text, json.dumps(draft_before), TurnState.PENDING, self._clock()),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def begin_turn(self, turn_id: int) -> bool:
        """Write down that a pending message leaves now; tell whether it was still ours to send."""
        cursor = self._run(
            "UPDATE turns SET status = ?, sent_at = ? WHERE turn_id = ? AND status = ?",
            (TurnState.SENDING, self._clock(), turn_id, TurnState.PENDING),
        )
        return cursor.rowcount == 1

    def drop_turn(self, turn_id: int) -> bool:
        """Write down that a pending message won't be sent; tell whether that was still possible."""
        cursor = self._run(
            "UPDATE turns SET status = ? WHERE turn_id = ? AND status = ?",
            (TurnState.UNSENT, turn_id, TurnState.PENDING),
        )
        return cursor.rowcount == 1

    def seconds_since(self, moment: float) -> float:
        """Return how long ago a moment of the journal was."""
        return self._clock() - moment

    def set_turn_status(
        self, turn_id: int, status: TurnState, answer: JsonObject | None = None
    ) -> None:
        """Write down how a turn ended, and what was told of it."""
        self._run(
            "UPDATE turns SET status = ?, answer = COALESCE(?, answer) WHERE turn_id = ?",
            (status, None if answer is None else json.dumps(answer), turn_id),
        )

    def turns(self, session_id: str) -> tuple[TurnRecord, ...]:
        """Return a session's turns, the oldest first."""
        rows = self._rows("SELECT * FROM turns WHERE session_id = ? ORDER BY turn_id", session_id)
        return tuple(map(TurnRecord.from_row, rows))

    # Runs

    def add_run(self, plan: JsonObject) -> RunRecord:
        """Write down a conversion before its first request."""
        run_id = self._insert_numbered(
            "run",
            "INSERT INTO runs (run_id, plan, status, created_at) VALUES (?, ?, ?, ?)",
            json.dumps(plan),
            RunState.RUNNING,
            self._clock(),
        )
        record = self.run(run_id)
        assert record is not None
        return record

    def update_run(
        self,
        run_id: str,
        *,
        session_id: str | None = None,
        status: RunState | None = None,
        plan: JsonObject | None = None,
    ) -> RunRecord:
        """Write down how far a conversion has come."""
        self._run(
            "UPDATE runs SET session_id = COALESCE(?, session_id), status = COALESCE(?, status),"
            " plan = COALESCE(?, plan) WHERE run_id = ?",
            (session_id, status, None if plan is None else json.dumps(plan), run_id),
        )
        record = self.run(run_id)
        assert record is not None
        return record

    def run(self, run_id: str) -> RunRecord | None:
        """Return a conversion by its id, or by that of its session."""
        rows = self._rows(
            "SELECT * FROM runs WHERE run_id = ? OR session_id = ?"
            " ORDER BY created_at DESC LIMIT 1",
            run_id,
            run_id,
        )
        return RunRecord.from_row(rows[0]) if rows else None

    def unfinished_runs(self) -> tuple[RunRecord, ...]:
        """Return the conversions that are neither done nor given up, the newest first."""
        rows = self._rows(
            "SELECT * FROM runs WHERE status = ? ORDER BY created_at DESC, rowid DESC",
            RunState.RUNNING,
        )
        return tuple(map(RunRecord.from_row, rows))

    # Jobs of batch files

    def save_batch_job(self, record: BatchRecord) -> None:
        """Write down a job of a batch file, in place of an older one with the same output."""
        self._run(
            "INSERT OR REPLACE INTO batch_jobs"
            " (output, definition, stamps, run_id, made, error_kind) VALUES (?, ?, ?, ?, ?, ?)",
            (
                record.output,
                record.definition,
                record.stamps,
                record.run_id,
                record.made,
                record.error_kind,
            ),
        )

    def run_renders(self, run_id: str) -> tuple[RenderRecord, ...]:
        """Return the renders of one conversion, the newest first."""
        rows = self._rows(
            "SELECT * FROM renders WHERE run_id = ? ORDER BY created_at DESC, rowid DESC", run_id
        )
        return tuple(map(RenderRecord.from_row, rows))

    def batch_job(self, output: str) -> BatchRecord | None:
        """Return the job of a batch file that makes, or made, an output."""
        rows = self._rows("SELECT * FROM batch_jobs WHERE output = ?", output)
        return BatchRecord.from_row(rows[0]) if rows else None

    # Renders

    def add_render(
        self,
        session_id: str,
        *,
        output: str | None,
        format: str,
        quality: str,
        max_bytes: int | None = None,
        run_id: str | None = None,
    ) -> RenderRecord:
        """Write down a render before it is submitted, under a new id (``render_<ts>``, in µs)."""
        render_id = self._insert_numbered(
            "render",
            "INSERT INTO renders (render_id, polled_id, session_id, run_id, output, format,"
            " quality, max_bytes, status, created_at)"
            " VALUES (?1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            session_id,
            run_id,
            output,
            format,
            quality,
            max_bytes,
            RenderState.SUBMITTING,
            self._clock(),
        )
        record = self.render(render_id)
        assert record is not None
        return record

    def update_render(
        self,
        render_id: str,
        *,
        status: RenderState | None = None,
        polled_id: str | None = None,
        output: str | None = None,
    ) -> RenderRecord:
        """Write down what became of a render."""
        self._run(
            "UPDATE renders SET status = COALESCE(?, status), polled_id = COALESCE(?, polled_id),"
            " output = COALESCE(?, output) WHERE render_id = ?",
            (status, polled_id, output, render_id),
        )
        record = self.render(render_id)
        assert record is not None
        return record

    def render(self, render_id: str) -> RenderRecord | None:
        """Return a render by the id it was given here, or the server's."""
        rows = self._rows(
            "SELECT * FROM renders WHERE render_id = ? OR polled_id = ? LIMIT 1",
            render_id,
            render_id,
        )
        return RenderRecord.from_row(rows[0]) if rows else None

    def renders(self, session_id: str | None = None) -> tuple[RenderRecord, ...]:
        """Return the renders known here, of one session or of all, the newest first."""
        rows = self._rows(
            "SELECT * FROM renders WHERE ? IS NULL OR session_id = ?"
            " ORDER BY created_at DESC, rowid DESC",
            session_id,
            session_id,
        )
        return tuple(map(RenderRecord.from_row, rows))

    def _insert_numbered(self, prefix: str, statement: str, *values: Any) -> str:
        """Insert a row under an id of the time in µs, counting on where it is taken."""
        number = int(self._clock() * 1_000_000)
        while True:
            try:
                self._run(statement, (f"{prefix}_{number}", *values))
                return f"{prefix}_{number}"
            except sqlite3.IntegrityError:
                number += 1

    def _run(self, statement: str, values: tuple[Any, ...]) -> sqlite3.Cursor:
        with _translated():
            return self._connection.execute(statement, storable(values))

    def _rows(self, statement: str, *values: Any) -> list[sqlite3.Row]:
        with _translated():
            return self._connection.execute(statement, storable(values)).fetchall()


@contextmanager
def _translated() -> Iterator[None]:
    """Say what the disk or another process keeps the journal from doing."""
    try:
        yield
    except sqlite3.DatabaseError as exc:
        if isinstance(exc, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise
        raise NemoError(
            f"the journal can't be used: {exc}",
            hint="Check the space below NEMO_DATA_DIR, and whether other programs lock it.",
        ) from exc
