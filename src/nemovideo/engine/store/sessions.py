"""Sessions, their uploaded media and their drafts, each reachable by its own user alone."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from nemovideo.engine.store.database import Database
from nemovideo.errors import SessionNotFoundError
from nemovideo.protocol.draft import JsonObject
from nemovideo.protocol.media_types import MediaKind
from nemovideo.timeline.beat import Beat


@dataclass(frozen=True)
class SessionRow:
    """A session as it was when it was read."""

    id: str
    task_id: str
    user_id: str
    task_name: str
    language: str
    draft: JsonObject | None
    version: int
    """Counts the drafts; `Sessions.save_draft` wants it back."""
    question: JsonObject | None = None
    """What the last turn asked back (`nemovideo.editing.Outcome.question`)."""


@dataclass(frozen=True)
class MediaRow:
    """An uploaded file; its bytes lie in the media folder as ``<session_id>/<id>.<extension>``."""

    id: str
    session_id: str
    key: str
    """Names the file in its public URL; can't be guessed."""
    filename: str
    """As its owner called it, without folders."""
    kind: MediaKind
    size_bytes: int
    sha256: str
    width: int | None
    height: int | None
    duration_s: float | None
    fps: float | None
    has_audio: bool
    taken_ms: int | None = None
    """When it was taken, in milliseconds since 1970."""
    notes: tuple[str, ...] = ()
    """What its owner should know about it, in sentences."""
    taken_on: str | None = None
    """The day on which it was taken, where that was: ``2024-07-03``."""
    place: str | None = None
    """The town near which a photo was taken."""
    beat: Beat | None = None
    """Where the beats and bars of a song are; None where that can't be told."""
    focus: tuple[float, float] | None = None
    """What of a photo must stay in sight: x, y, 0–1."""
    faces: tuple[float, float, float, float] | None = None
    """The box around all heads in a photo: left, top, right, bottom, 0–1."""


KEPT_DRAFTS = 100
"""So many changes of a session can be taken back."""

_MEDIA_COLUMNS = tuple(field.name for field in fields(MediaRow))
_JSON_COLUMNS: Mapping[str, Callable[[list[Any]], object]] = {
    **dict.fromkeys(("notes", "focus", "faces"), tuple),
    "beat": Beat._make,
}
_SELECT_MEDIA = f"SELECT {', '.join(_MEDIA_COLUMNS)} FROM media"  # noqa: S608 - constants
_INSERT_MEDIA = (
    f"INSERT INTO media ({', '.join(_MEDIA_COLUMNS)})"  # noqa: S608 - constants
    f" VALUES ({', '.join('?' * len(_MEDIA_COLUMNS))})"
)


class Sessions:
    """The tables of sessions and media."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    def create(self, user_id: str, task_name: str, language: str) -> SessionRow:
        """Start a session without media and without a draft."""
        row = SessionRow(
            str(uuid.uuid4()), str(uuid.uuid4()), user_id, task_name, language, None, 0
        )
        now = self._clock()
        with self._database.write() as connection:
            connection.execute(
                "INSERT INTO sessions"
                " (id, task_id, user_id, task_name, language, created_at, updated_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (row.id, row.task_id, user_id, task_name, language, now, now),
            )
        return row

    def get(self, session_id: str, user_id: str) -> SessionRow:
        """Read a session.

        Raises:
            SessionNotFoundError: There is none, or it is somebody else's.
        """
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT id, task_id, user_id, task_name, language, draft, version, question"
                " FROM sessions WHERE id = ? AND user_id = ?",
                (session_id, user_id),
            ).fetchone()
        if row is None:
            raise SessionNotFoundError
        values = dict(row)
        for key in ("draft", "question"):
            values[key] = None if row[key] is None else json.loads(row[key])
        return SessionRow(**values)

    def save_draft(self, session_id: str, draft: JsonObject, *, base_version: int) -> bool:
        """Keep a new draft and return True, unless another came in since `base_version`."""
        with self._database.write() as connection:
            row = _draft_row(connection, session_id)
            if row["version"] != base_version:
                return False
            connection.execute("DELETE FROM later_drafts WHERE session_id = ?", (session_id,))
            self._replace(connection, session_id, json.dumps(draft, ensure_ascii=False))
        return True

    def undo(self, session_id: str, steps: int = 1) -> int:
        """Bring back an earlier draft, byte for byte; return how many steps it went back."""
        done = 0
        with self._database.write() as connection:
            while done < steps:
                earlier = connection.execute(
                    "SELECT version, draft FROM earlier_drafts WHERE session_id = ?"
                    " ORDER BY version DESC LIMIT 1",
                    (session_id,),
                ).fetchone()
                if earlier is None:
                    break
                row = _draft_row(connection, session_id)
                connection.execute(
                    "INSERT INTO later_drafts (session_id, position, draft) SELECT ?1,"
                    " COALESCE(MAX(position), 0) + 1, ?2 FROM later_drafts WHERE session_id = ?1",
                    (session_id, row["draft"]),
                )
                connection.execute(
                    "DELETE FROM earlier_drafts WHERE session_id = ? AND version = ?",
                    (session_id, earlier["version"]),
                )
                self._set(connection, session_id, earlier["draft"])
                done += 1
        return done

    def redo(self, session_id: str, steps: int = 1) -> int:
        """Bring back drafts that `undo` took away, until another is saved; return how many."""
        done = 0
        with self._database.write() as connection:
            while done < steps:
                later = connection.execute(
                    "SELECT position, draft FROM later_drafts WHERE session_id = ?"
                    " ORDER BY position DESC LIMIT 1",
                    (session_id,),
                ).fetchone()
                if later is None:
                    break
                connection.execute(
                    "DELETE FROM later_drafts WHERE session_id = ? AND position = ?",
                    (session_id, later["position"]),
                )
                self._replace(connection, session_id, later["draft"])
                done += 1
        return done

    def restore_first(self, session_id: str) -> bool:
        """Bring back the oldest draft, as a change like any other; return whether there was one."""
        with self._database.write() as connection:
            first = connection.execute(
                "SELECT draft FROM earlier_drafts WHERE session_id = ? AND draft IS NOT NULL"
                " ORDER BY version LIMIT 1",
                (session_id,),
            ).fetchone()
            if first is None:
                return False
            connection.execute("DELETE FROM later_drafts WHERE session_id = ?", (session_id,))
            self._replace(connection, session_id, first["draft"])
        return True

    def keep_question(self, session_id: str, question: JsonObject | None) -> None:
        """Remember what was asked back, for the next message; None forgets it."""
        text = None if question is None else json.dumps(question, ensure_ascii=False)
        with self._database.write() as connection:
            connection.execute("UPDATE sessions SET question = ? WHERE id = ?", (text, session_id))

    def _replace(self, connection: sqlite3.Connection, session_id: str, draft: str | None) -> None:
        """Write another draft; the one before is kept among the earlier ones."""
        connection.execute(
            "INSERT INTO earlier_drafts (session_id, version, draft)"
            " SELECT id, version, draft FROM sessions WHERE id = ?",
            (session_id,),
        )
        connection.execute(
            "DELETE FROM earlier_drafts WHERE session_id = ?1 AND version <= "
            "(SELECT version FROM sessions WHERE id = ?1) - ?2",
            (session_id, KEPT_DRAFTS),
        )
        self._set(connection, session_id, draft)

    def _set(self, connection: sqlite3.Connection, session_id: str, draft: str | None) -> None:
        connection.execute(
            "UPDATE sessions SET draft = ?, version = version + 1, updated_at = ? WHERE id = ?",
            (draft, self._clock(), session_id),
        )

    def add_media(self, rows: Sequence[MediaRow]) -> None:
        """Add files to a session, all or none, in this order."""
        with self._database.write() as connection:
            connection.executemany(
                _INSERT_MEDIA,
                [_media_values(row) for row in rows],
            )

    def media_of(self, session_id: str) -> list[MediaRow]:
        """Return a session's files in the order in which they came."""
        with self._database.read() as connection:
            rows = connection.execute(
                f"{_SELECT_MEDIA} WHERE session_id = ? ORDER BY position", (session_id,)
            ).fetchall()
        return [_media_row(row) for row in rows]

    def media_by_key(self, key: str) -> MediaRow | None:
        """Return the file that a public URL names."""
        with self._database.read() as connection:
            row = connection.execute(f"{_SELECT_MEDIA} WHERE key = ?", (key,)).fetchone()
        return None if row is None else _media_row(row)


def _draft_row(connection: sqlite3.Connection, session_id: str) -> sqlite3.Row:
    row: sqlite3.Row = connection.execute(
        "SELECT draft, version FROM sessions WHERE id = ?", (session_id,)
    ).fetchone()
    return row


def _media_row(row: sqlite3.Row) -> MediaRow:
    values = dict(row) | {"has_audio": bool(row["has_audio"])}
    for key, kind in _JSON_COLUMNS.items():
        values[key] = row[key] and kind(json.loads(row[key]))
    return MediaRow(**values)


def _media_values(row: MediaRow) -> tuple[object, ...]:
    values = {name: getattr(row, name) for name in _MEDIA_COLUMNS}
    for key in _JSON_COLUMNS:
        values[key] = None if values[key] is None else json.dumps(values[key], ensure_ascii=False)
    return tuple(values.values())
