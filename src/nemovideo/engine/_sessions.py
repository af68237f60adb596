"""Sessions, their uploaded media and their drafts, each reachable by its own user alone."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nemovideo.engine._database import Database
from nemovideo.errors import SessionNotFoundError
from nemovideo.protocol.draft import JsonObject
from nemovideo.protocol.media_types import MediaKind


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


KEPT_DRAFTS = 100
"""So many changes of a session can be taken back."""

_MEDIA_COLUMNS = (
    "id, session_id, key, filename, kind, size_bytes, sha256, "
    "width, height, duration_s, fps, has_audio, taken_ms, notes"
)
_MEDIA_PLACES = ", ".join("?" for _ in _MEDIA_COLUMNS.split(","))


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
                "SELECT id, task_id, user_id, task_name, language, draft, version"
                " FROM sessions WHERE id = ? AND user_id = ?",
                (session_id, user_id),
            ).fetchone()
        if row is None:
            raise SessionNotFoundError
        values = dict(row)
        values["draft"] = None if row["draft"] is None else json.loads(row["draft"])
        return SessionRow(**values)

    def save_draft(self, session_id: str, draft: JsonObject, *, base_version: int) -> bool:
        """Keep a new draft, unless another one came in since `base_version` was read.

        Returns:
            Whether it was kept.
        """
        with self._database.write() as connection:
            connection.execute(
                "INSERT INTO earlier_drafts (session_id, version, draft)"
                " SELECT id, version, draft FROM sessions WHERE id = ? AND version = ?",
                (session_id, base_version),
            )
            cursor = connection.execute(
                "UPDATE sessions SET draft = ?, version = version + 1, updated_at = ?"
                " WHERE id = ? AND version = ?",
                (json.dumps(draft, ensure_ascii=False), self._clock(), session_id, base_version),
            )
            connection.execute(
                "DELETE FROM earlier_drafts WHERE session_id = ? AND version <= ?",
                (session_id, base_version - KEPT_DRAFTS),
            )
        return cursor.rowcount == 1

    def restore_draft(self, session_id: str) -> bool:
        """Bring back the draft before the last one that was saved.

        Returns:
            Whether there was one; what is brought back once is not kept any more.
        """
        with self._database.write() as connection:
            earlier = connection.execute(
                "SELECT version, draft FROM earlier_drafts WHERE session_id = ?"
                " ORDER BY version DESC LIMIT 1",
                (session_id,),
            ).fetchone()
            if earlier is None:
                return False
            connection.execute(
                "DELETE FROM earlier_drafts WHERE session_id = ? AND version = ?",
                (session_id, earlier["version"]),
            )
            connection.execute(
                "UPDATE sessions SET draft = ?, version = version + 1, updated_at = ? WHERE id = ?",
                (earlier["draft"], self._clock(), session_id),
            )
        return True

    def add_media(self, rows: Sequence[MediaRow]) -> None:
        """Add files to a session, all or none, in this order."""
        with self._database.write() as connection:
            connection.executemany(
                f"INSERT INTO media ({_MEDIA_COLUMNS}) VALUES ({_MEDIA_PLACES})",  # noqa: S608 - a constant
                [_media_values(row) for row in rows],
            )

    def media_of(self, session_id: str) -> list[MediaRow]:
        """Return a session's files in the order in which they came."""
        with self._database.read() as connection:
            rows = connection.execute(
                f"SELECT {_MEDIA_COLUMNS} FROM media WHERE session_id = ? ORDER BY position",  # noqa: S608 - a constant
                (session_id,),
            ).fetchall()
        return [_media_row(row) for row in rows]

    def media_by_key(self, key: str) -> MediaRow | None:
        """Return the file that a public URL names."""
        with self._database.read() as connection:
            row = connection.execute(
                f"SELECT {_MEDIA_COLUMNS} FROM media WHERE key = ?",  # noqa: S608 - a constant
                (key,),
            ).fetchone()
        return None if row is None else _media_row(row)


def _media_row(row: sqlite3.Row) -> MediaRow:
    notes = tuple(json.loads(row["notes"]))
    return MediaRow(**{**dict(row), "has_audio": bool(row["has_audio"]), "notes": notes})


def _media_values(row: MediaRow) -> tuple[object, ...]:
    return (
        row.id,
        row.session_id,
        row.key,
        row.filename,
        row.kind,
        row.size_bytes,
        row.sha256,
        row.width,
        row.height,
        row.duration_s,
        row.fps,
        row.has_audio,
        row.taken_ms,
        json.dumps(row.notes, ensure_ascii=False),
    )
