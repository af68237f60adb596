"""The table of renders: what was asked for, how far it is, what came of it.

Who may work on a row is not decided here but by file locks (`work/jobs.py`); every change of state
names the state that it starts from, so that a cancelled render stays cancelled.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from nemovideo.engine._refusals import ConflictError, NotHereError
from nemovideo.engine.store.database import Database
from nemovideo.protocol.draft import JsonObject

PENDING = "pending"
PROCESSING = "processing"
COMPLETED = "completed"
FAILED = "failed"
CANCELLED = "cancelled"
UNFINISHED = (PENDING, PROCESSING)


@dataclass(frozen=True)
class RenderRow:
    """A render as it was when it was read."""

    id: str
    session_id: str
    user_id: str
    key: str
    """Names its folder and its public URL; can't be guessed."""
    filename: str
    """What the finished file is called for the one who downloads it."""
    quality: str
    max_bytes: int | None
    """How large the file may be; None if it does not matter."""
    encoder: str
    draft: JsonObject
    status: str
    progress: float
    attempts: int
    error: str | None
    result: dict[str, Any] | None
    """Of a completed render: size, length and so on, as the response gives them."""

    @property
    def is_unfinished(self) -> bool:
        """Whether there is work left to do."""
        return self.status in UNFINISHED


_SELECT = f"SELECT {', '.join(field.name for field in fields(RenderRow))} FROM renders"  # noqa: S608


class Renders:
    """The table of renders."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    def submit(
        self,
        render_id: str,
        *,
        session_id: str,
        user_id: str,
        draft: JsonObject,
        filename: str,
        quality: str,
        max_bytes: int | None,
        encoder: str,
    ) -> RenderRow:
        """Write a new render down; the same id for the same session is the same render.

        Raises:
            ConflictError: The id stands for another session's render.
        """
        now = self._clock()
        with self._database.write() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO renders (id, session_id, user_id, key, filename, quality,"
                " max_bytes, encoder, draft, status, created_at, updated_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    render_id,
                    session_id,
                    user_id,
                    secrets.token_urlsafe(24),
                    filename,
                    quality,
                    max_bytes,
                    encoder,
                    json.dumps(draft, ensure_ascii=False),
                    PENDING,
                    now,
                    now,
                ),
            )
            row = _one(connection, render_id)
        if row is None or (row.session_id, row.user_id) != (session_id, user_id):
            raise ConflictError(f"the render id {render_id} is taken: choose another")
        return row

    def get(self, render_id: str, user_id: str) -> RenderRow:
        """Read a render.

        Raises:
            NotHereError: There is none, or it is somebody else's.
        """
        row = self.find(render_id)
        if row is None or row.user_id != user_id:
            raise NotHereError(f"there is no render {render_id}")
        return row

    def find(self, render_id: str) -> RenderRow | None:
        """Read a render, whosoever it is: for the workers."""
        with self._database.read() as connection:
            return _one(connection, render_id)

    def status_of(self, render_id: str) -> str | None:
        """Return the status alone, which is cheap."""
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT status FROM renders WHERE id = ?", (render_id,)
            ).fetchone()
        return None if row is None else str(row["status"])

    def find_by_key(self, key: str) -> RenderRow | None:
        """Return the render that a public URL names."""
        with self._database.read() as connection:
            row = connection.execute(f"{_SELECT} WHERE key = ?", (key,)).fetchone()
        return None if row is None else _render_row(row)

    def completed_of(self, session_id: str) -> list[RenderRow]:
        """Return a session's finished renders, the oldest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                f"{_SELECT} WHERE session_id = ? AND status = ? ORDER BY created_at",
                (session_id, COMPLETED),
            ).fetchall()
        return [_render_row(row) for row in rows]

    def unfinished_ids(self) -> list[str]:
        """Return the ids of all renders that have work left, the oldest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT id FROM renders WHERE status IN (?, ?) ORDER BY created_at", UNFINISHED
            ).fetchall()
        return [str(row["id"]) for row in rows]

    def start(self, render_id: str) -> bool:
        """Note that work begins (again); false when there is nothing left to do."""
        return self._change(
            "status = ?, progress = 0, attempts = attempts + 1",
            (PROCESSING,),
            render_id,
            UNFINISHED,
        )

    def put_back(self, render_id: str) -> None:
        """Note that work was broken off in good order; it doesn't count as an attempt."""
        self._change(
            "status = ?, progress = 0, attempts = attempts - 1",
            (PENDING,),
            render_id,
            (PROCESSING,),
        )

    def advance(self, render_id: str, progress: float) -> None:
        """Note the progress, 0–100."""
        self._change("progress = ?", (progress,), render_id, (PROCESSING,))

    def complete(self, render_id: str, result: dict[str, Any]) -> bool:
        """Note the success; false when the render was cancelled before."""
        return self._change(
            "status = ?, progress = 100, result = ?",
            (COMPLETED, json.dumps(result, ensure_ascii=False)),
            render_id,
            (PROCESSING,),
        )

    def fail(self, render_id: str, error: str) -> None:
        """Note the failure and why."""
        self._change("status = ?, error = ?", (FAILED, error), render_id, UNFINISHED)

    def cancel(self, render_id: str) -> bool:
        """Note that the user wants it no more; false when it is finished already."""
        return self._change("status = ?", (CANCELLED,), render_id, UNFINISHED)

    def _change(
        self,
        assignments: str,
        values: tuple[object, ...],
        render_id: str,
        from_states: tuple[str, ...],
    ) -> bool:
        marks = ", ".join("?" for _ in from_states)
        with self._database.write() as connection:
            cursor = connection.execute(
                f"UPDATE renders SET {assignments}, updated_at = ?"  # noqa: S608 - constants
                f" WHERE id = ? AND status IN ({marks})",
                (*values, self._clock(), render_id, *from_states),
            )
        return cursor.rowcount == 1


def _one(connection: sqlite3.Connection, render_id: str) -> RenderRow | None:
    row = connection.execute(f"{_SELECT} WHERE id = ?", (render_id,)).fetchone()
    return None if row is None else _render_row(row)


def _render_row(row: sqlite3.Row) -> RenderRow:
    values = dict(row)
    values["draft"] = json.loads(row["draft"])
    values["result"] = None if row["result"] is None else json.loads(row["result"])
    return RenderRow(**values)
