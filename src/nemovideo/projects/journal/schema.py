"""The journal's tables; a change of them is one more step at the end of `MIGRATIONS`."""

from __future__ import annotations

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE sessions (
        session_id TEXT PRIMARY KEY,
        backend TEXT NOT NULL,
        api_url TEXT,
        task_id TEXT,
        user_id TEXT,
        name TEXT NOT NULL,
        created_at REAL NOT NULL,
        current_since REAL,
        is_forgotten INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE uploads (
        session_id TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        path TEXT NOT NULL,
        filename TEXT NOT NULL,
        status TEXT NOT NULL,
        file_type TEXT,
        url TEXT,
        updated_at REAL NOT NULL,
        PRIMARY KEY (session_id, content_hash)
    );
    CREATE TABLE turns (
        turn_id INTEGER PRIMARY KEY,
        session_id TEXT NOT NULL,
        run_id TEXT,
        text TEXT NOT NULL,
        draft_before TEXT,
        status TEXT NOT NULL,
        sent_at REAL NOT NULL
    );
    CREATE TABLE runs (
        run_id TEXT PRIMARY KEY,
        session_id TEXT,
        plan TEXT NOT NULL,
        status TEXT NOT NULL,
        created_at REAL NOT NULL
    );
    CREATE TABLE renders (
        render_id TEXT PRIMARY KEY,
        polled_id TEXT NOT NULL,
        session_id TEXT NOT NULL,
        run_id TEXT,
        output TEXT,
        format TEXT NOT NULL,
        quality TEXT NOT NULL,
        status TEXT NOT NULL,
        created_at REAL NOT NULL
    );
    CREATE INDEX uploads_by_session ON uploads (session_id);
    CREATE INDEX turns_by_session ON turns (session_id);
    CREATE INDEX renders_by_session ON renders (session_id);
    """,
    """
    CREATE TABLE batch_jobs (
        output TEXT PRIMARY KEY,
        definition TEXT NOT NULL,
        stamps TEXT NOT NULL,
        run_id TEXT NOT NULL,
        made TEXT NOT NULL,
        error_kind TEXT
    );
    CREATE INDEX renders_by_run ON renders (run_id);
    """,
    """
    ALTER TABLE uploads RENAME TO uploads_by_content;
    CREATE TABLE uploads (
        upload_id INTEGER PRIMARY KEY,
        session_id TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        path TEXT NOT NULL,
        filename TEXT NOT NULL,
        status TEXT NOT NULL,
        file_type TEXT,
        url TEXT,
        notes TEXT NOT NULL DEFAULT '[]',
        updated_at REAL NOT NULL
    );
    INSERT INTO uploads
        (session_id, content_hash, path, filename, status, file_type, url, updated_at)
        SELECT session_id, content_hash, path, filename, status, file_type, url, updated_at
        FROM uploads_by_content ORDER BY rowid;
    DROP TABLE uploads_by_content;
    CREATE INDEX uploads_by_session ON uploads (session_id);
    ALTER TABLE turns ADD COLUMN answer TEXT;
    """,
    """
    ALTER TABLE renders ADD COLUMN max_bytes INTEGER;
    """,
    """
    ALTER TABLE renders ADD COLUMN encoder TEXT NOT NULL DEFAULT 'x264';
    """,
)
