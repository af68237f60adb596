"""What the engine keeps on disk, session by session, and how it is let go of.

A session goes as a whole, with its media, renders and drafts: without its photos its timeline could
be rendered no more. One that may be in use stays.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from nemovideo.engine.store.database import Database
from nemovideo.engine.store.renders import UNFINISHED
from nemovideo.render.film.pieces.kept import KeptPieces

PIECES_FOLDER = "pieces"
IN_USE_S = 3600.0
"""A session that was touched within the last hour may be in use."""
_TABLES = ("renders", "claims", "earlier_drafts", "media")
"""Where a session has rows, besides its own."""


@dataclass(frozen=True)
class KeptSession:
    """A session of the engine and what it takes on disk."""

    session_id: str
    used_at: float
    """When it was touched last, in seconds since the epoch."""
    media_bytes: int
    render_bytes: int
    is_busy: bool
    """Whether a render of it waits or goes on, or it was touched within the last hour."""

    @property
    def size_bytes(self) -> int:
        """What goes with it."""
        return self.media_bytes + self.render_bytes


@dataclass(frozen=True)
class Storage:
    """All that the engine keeps."""

    sessions: tuple[KeptSession, ...] = ()
    """The one that was touched last comes last."""
    draft_bytes: int = 0
    """The database with all timelines and their earlier states."""
    piece_bytes: int = 0
    """Pieces of films, kept for the next export."""

    @property
    def size_bytes(self) -> int:
        """All of it."""
        sessions = sum(session.size_bytes for session in self.sessions)
        return sessions + self.draft_bytes + self.piece_bytes


class Cleaning:
    """Looks at an engine's folder and makes room in it."""

    def __init__(self, folder: Path, database: Database) -> None:
        self._folder = folder
        self._database = database

    def survey(self, now: float) -> Storage:
        """Return what is kept, at a time in seconds since the epoch."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT id, updated_at FROM sessions").fetchall()
            renders = connection.execute(
                "SELECT session_id, key, status, updated_at FROM renders"
            ).fetchall()
        made: Counter[str] = Counter()
        used = {row["id"]: row["updated_at"] for row in rows}
        waiting = set()
        for row in renders:
            session_id = row["session_id"]
            made[session_id] += _size_of(self._folder / "renders" / row["key"])
            used[session_id] = max(used[session_id], row["updated_at"])
            if row["status"] in UNFINISHED:
                waiting.add(session_id)
        kept = []
        for session_id, used_at in used.items():
            media = self._folder / "media" / session_id
            used_at = max(used_at, _touched_at(media))
            is_busy = session_id in waiting or now - used_at < IN_USE_S
            kept.append(
                KeptSession(session_id, used_at, _size_of(media), made[session_id], is_busy)
            )
        return Storage(
            tuple(sorted(kept, key=lambda session: session.used_at)),
            sum(_size_of(path) for path in self._folder.glob("engine.db*")),
            _size_of(self._folder / PIECES_FOLDER),
        )

    def remove(self, sessions: Iterable[KeptSession]) -> tuple[KeptSession, ...]:
        """Let go of sessions; return those that nobody has touched since they were looked at."""
        removed = []
        for session in sessions:
            with self._database.write() as connection:
                if not _is_untouched(connection, session):
                    continue
                keys = connection.execute(
                    "SELECT key FROM renders WHERE session_id = ?", (session.session_id,)
                ).fetchall()
                for table in _TABLES:
                    connection.execute(
                        f"DELETE FROM {table} WHERE session_id = ?",  # noqa: S608 - our own names
                        (session.session_id,),
                    )
                connection.execute("DELETE FROM sessions WHERE id = ?", (session.session_id,))
            for row in keys:
                shutil.rmtree(self._folder / "renders" / row["key"], ignore_errors=True)
            shutil.rmtree(self._folder / "media" / session.session_id, ignore_errors=True)
            removed.append(session)
        return tuple(removed)

    def remove_pieces(self) -> None:
        """Remove the pieces of films: what is rendered next is made anew."""
        KeptPieces(self._folder / PIECES_FOLDER, 0).trim()

    def remove_leftovers(self, now: float) -> int:
        """Remove folders that belong to no session any more; return how many bytes they held."""
        with self._database.read() as connection:
            known = {row["id"] for row in connection.execute("SELECT id FROM sessions")}
            keys = {row["key"] for row in connection.execute("SELECT key FROM renders")}
        freed = 0
        for kind, owned in (("media", known), ("renders", keys)):
            for folder in (self._folder / kind).glob("*"):
                if folder.name not in owned and now - _touched_at(folder) >= IN_USE_S:
                    freed += _size_of(folder)
                    shutil.rmtree(folder, ignore_errors=True)
        return freed


def _is_untouched(connection: sqlite3.Connection, session: KeptSession) -> bool:
    row = connection.execute(
        "SELECT updated_at, EXISTS (SELECT 1 FROM renders WHERE session_id = sessions.id"
        " AND (status IN (?, ?) OR updated_at > ?)) AS is_rendered"
        " FROM sessions WHERE id = ?",
        (*UNFINISHED, session.used_at, session.session_id),
    ).fetchone()
    return row is not None and row["updated_at"] <= session.used_at and not row["is_rendered"]


def _size_of(path: Path) -> int:
    """Return the bytes that go with a file or folder; a file that others share gives none back."""
    paths = path.rglob("*") if path.is_dir() else [path]
    size = 0
    for file in paths:
        try:
            status = file.lstat()
        except OSError:
            continue
        if file.is_file() and status.st_nlink == 1:
            size += status.st_size
    return size


def _touched_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
