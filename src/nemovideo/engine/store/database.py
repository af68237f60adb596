"""One SQLite file for everything the engine remembers: connections, transactions, the schema.

Safe for several threads and several processes: write-ahead log, and short immediate transactions.
What the rows mean is the business of the modules above.
"""

from __future__ import annotations

import queue
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nemovideo._files import locked
from nemovideo._sqlite import BUSY_TIMEOUT_S, NewerSchemaError, connect, migrate
from nemovideo.errors import UsageError

MIGRATIONS = (
    """
    CREATE TABLE users (
        id TEXT PRIMARY KEY,
        client_hash TEXT UNIQUE,
        credits INTEGER NOT NULL,
        created_at REAL NOT NULL
    );
    CREATE TABLE tokens (
        hash TEXT PRIMARY KEY,
        user_id TEXT NOT NULL REFERENCES users (id),
        created_at REAL NOT NULL,
        expires_at REAL
    );
    CREATE INDEX tokens_of_user ON tokens (user_id, created_at);
    CREATE TABLE sessions (
        id TEXT PRIMARY KEY,
        task_id TEXT NOT NULL UNIQUE,
        user_id TEXT NOT NULL REFERENCES users (id),
        task_name TEXT NOT NULL,
        language TEXT NOT NULL,
        draft TEXT,
        version INTEGER NOT NULL DEFAULT 0,
        created_at REAL NOT NULL,
        updated_at REAL NOT NULL
    );
    CREATE TABLE claims (
        hash TEXT PRIMARY KEY,
        session_id TEXT NOT NULL REFERENCES sessions (id),
        expires_at REAL NOT NULL
    );
    CREATE TABLE media (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        session_id TEXT NOT NULL REFERENCES sessions (id),
        key TEXT NOT NULL UNIQUE,
        filename TEXT NOT NULL,
        kind TEXT NOT NULL,
        size_bytes INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        width INTEGER,
        height INTEGER,
        duration_s REAL,
        fps REAL,
        has_audio INTEGER NOT NULL
    );
    CREATE INDEX media_of_session ON media (session_id, position);
    CREATE TABLE renders (
        id TEXT PRIMARY KEY,
        session_id TEXT NOT NULL REFERENCES sessions (id),
        user_id TEXT NOT NULL REFERENCES users (id),
        key TEXT NOT NULL UNIQUE,
        filename TEXT NOT NULL,
        quality TEXT NOT NULL,
        draft TEXT NOT NULL,
        status TEXT NOT NULL,
        progress REAL NOT NULL DEFAULT 0,
        attempts INTEGER NOT NULL DEFAULT 0,
        error TEXT,
        result TEXT,
        created_at REAL NOT NULL,
        updated_at REAL NOT NULL
    );
    CREATE INDEX renders_by_status ON renders (status, created_at);
    CREATE INDEX renders_of_session ON renders (session_id, created_at);
    """,
    """
    CREATE TABLE earlier_drafts (
        session_id TEXT NOT NULL REFERENCES sessions (id),
        version INTEGER NOT NULL,
        draft TEXT,
        PRIMARY KEY (session_id, version)
    );
    """,
    """
    ALTER TABLE media ADD COLUMN taken_ms INTEGER;
    ALTER TABLE media ADD COLUMN notes TEXT NOT NULL DEFAULT '[]';
    """,
    """
    CREATE TABLE later_drafts (
        session_id TEXT NOT NULL REFERENCES sessions (id),
        position INTEGER NOT NULL,
        draft TEXT,
        PRIMARY KEY (session_id, position)
    );
    ALTER TABLE sessions ADD COLUMN question TEXT;
    """,
    """
    ALTER TABLE renders ADD COLUMN max_bytes INTEGER;
    """,
    """
    ALTER TABLE renders ADD COLUMN encoder TEXT NOT NULL DEFAULT 'x264';
    """,
    """
    ALTER TABLE media ADD COLUMN focus TEXT;
    ALTER TABLE media ADD COLUMN faces TEXT;
    """,
    """
    ALTER TABLE media ADD COLUMN taken_on TEXT;
    ALTER TABLE media ADD COLUMN place TEXT;
    """,
    """
    ALTER TABLE media ADD COLUMN beat TEXT;
    """,
)
"""Each script takes the schema from one ``user_version`` to the next."""


class Database:
    """A pool of connections to one file; a connection is in one transaction at a time.

    The folder of the file exists.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: queue.SimpleQueue[sqlite3.Connection] = queue.SimpleQueue()
        # Switching to the write-ahead log is not covered by SQLite's own busy timeout.
        with locked(path.with_suffix(".lock"), timeout_s=BUSY_TIMEOUT_S):
            try:
                self._migrate()
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        """Close all idle connections; the database can be used again after it."""
        while True:
            try:
                self._idle.get_nowait().close()
            except queue.Empty:
                return

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection for reading; each statement sees the latest committed state."""
        connection = self._borrow()
        try:
            yield connection
        finally:
            self._idle.put(connection)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection inside a transaction that commits, or rolls back on an exception."""
        with self.read() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def _borrow(self) -> sqlite3.Connection:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            return connect(self._path, survives_power_cut=False)

    def _migrate(self) -> None:
        with self.read() as connection:
            try:
                migrate(connection, MIGRATIONS)
            except NewerSchemaError:
                raise UsageError(
                    f"the engine's data in {self._path.parent} are of a newer version of nemo",
                    hint="Update nemo, or set NEMO_DATA_DIR to another folder.",
                ) from None
