"""The files that were sent into sessions."""

from __future__ import annotations

from dataclasses import astuple, replace

from nemovideo.projects.journal.database import Table
from nemovideo.projects.journal.records import UploadRecord


class Uploads(Table):
    """One for each time that a file was sent."""

    def save(self, record: UploadRecord) -> UploadRecord:
        """Write down a file that is being sent, or was; return it with its number."""
        cursor = self._database.run(
            "INSERT OR REPLACE INTO uploads (session_id, content_hash, path, filename, status,"
            " file_type, url, notes, upload_id, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *astuple(record),
            self._database.now(),
        )
        return replace(record, upload_id=cursor.lastrowid)

    def of(self, session_id: str) -> tuple[UploadRecord, ...]:
        """Return the files of a session in the order in which they were sent."""
        return self._database.all(
            UploadRecord,
            "SELECT * FROM uploads WHERE session_id = ? ORDER BY upload_id",
            session_id,
        )
