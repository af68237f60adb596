"""Renders and where their files go."""

from __future__ import annotations

from nemovideo.projects.journal.database import Table
from nemovideo.projects.journal.records import RenderRecord
from nemovideo.projects.recovery.states import RenderState

_NEWEST_FIRST = "ORDER BY created_at DESC, rowid DESC"


class Renders(Table):
    """Written down, each under an id of its own, before the server hears of them."""

    def add(
        self,
        session_id: str,
        *,
        output: str | None,
        format: str,
        quality: str,
        max_bytes: int | None = None,
        encoder: str = "x264",
        run_id: str | None = None,
    ) -> RenderRecord:
        """Write down a render before it is submitted, under a new id (``render_<ts>``, in µs)."""
        render_id = self._database.insert_numbered(
            "render",
            "INSERT INTO renders (render_id, polled_id, session_id, run_id, output, format,"
            " quality, max_bytes, encoder, status, created_at)"
            " VALUES (?1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            *(session_id, run_id, output, format, quality, max_bytes, encoder),
            *(RenderState.SUBMITTING, self._database.now()),
        )
        return self._known(render_id)

    def update(
        self,
        render_id: str,
        *,
        status: RenderState | None = None,
        polled_id: str | None = None,
        output: str | None = None,
    ) -> RenderRecord:
        """Write down what became of a render."""
        self._database.run(
            "UPDATE renders SET status = COALESCE(?, status), polled_id = COALESCE(?, polled_id),"
            " output = COALESCE(?, output) WHERE render_id = ?",
            *(status, polled_id, output, render_id),
        )
        return self._known(render_id)

    def get(self, render_id: str) -> RenderRecord | None:
        """Return a render by the id it was given here, or the server's."""
        return self._database.first(
            RenderRecord,
            "SELECT * FROM renders WHERE render_id = ?1 OR polled_id = ?1 LIMIT 1",
            render_id,
        )

    def all(self, session_id: str | None = None) -> tuple[RenderRecord, ...]:
        """Return the renders known here, of one session or of all, the newest first."""
        return self._database.all(
            RenderRecord,
            f"SELECT * FROM renders WHERE ?1 IS NULL OR session_id = ?1 {_NEWEST_FIRST}",  # noqa: S608
            session_id,
        )

    def of_run(self, run_id: str) -> tuple[RenderRecord, ...]:
        """Return the renders of one conversion, the newest first."""
        return self._database.all(
            RenderRecord,
            f"SELECT * FROM renders WHERE run_id = ? {_NEWEST_FIRST}",  # noqa: S608
            run_id,
        )

    def _known(self, render_id: str) -> RenderRecord:
        return self._database.one(
            RenderRecord, "SELECT * FROM renders WHERE render_id = ?", render_id
        )
