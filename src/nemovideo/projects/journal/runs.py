"""Conversions, and the jobs of batch files that they do."""

from __future__ import annotations

import json
from dataclasses import astuple

from nemovideo.projects.journal.database import Table
from nemovideo.projects.journal.records import BatchRecord, RunRecord
from nemovideo.projects.recovery.states import RunState
from nemovideo.protocol.draft import JsonObject


class Runs(Table):
    """One for each conversion, from before its first request."""

    def add(self, plan: JsonObject) -> RunRecord:
        """Write down a conversion before its first request."""
        run_id = self._database.insert_numbered(
            "run",
            "INSERT INTO runs (run_id, plan, status, created_at) VALUES (?, ?, ?, ?)",
            *(json.dumps(plan), RunState.RUNNING, self._database.now()),
        )
        return self._known(run_id)

    def update(
        self,
        run_id: str,
        *,
        session_id: str | None = None,
        status: RunState | None = None,
        plan: JsonObject | None = None,
    ) -> RunRecord:
        """Write down how far a conversion has come."""
        self._database.run(
            "UPDATE runs SET session_id = COALESCE(?, session_id), status = COALESCE(?, status),"
            " plan = COALESCE(?, plan) WHERE run_id = ?",
            *(session_id, status, None if plan is None else json.dumps(plan), run_id),
        )
        return self._known(run_id)

    def get(self, some_id: str) -> RunRecord | None:
        """Return a conversion by its id, or by that of its session."""
        return self._database.first(
            RunRecord,
            "SELECT * FROM runs WHERE run_id = ?1 OR session_id = ?1"
            " ORDER BY created_at DESC LIMIT 1",
            some_id,
        )

    def unfinished(self) -> tuple[RunRecord, ...]:
        """Return the conversions that are neither done nor given up, the newest first."""
        return self._database.all(
            RunRecord,
            "SELECT * FROM runs WHERE status = ? ORDER BY created_at DESC, rowid DESC",
            RunState.RUNNING,
        )

    def _known(self, run_id: str) -> RunRecord:
        return self._database.one(RunRecord, "SELECT * FROM runs WHERE run_id = ?", run_id)


class BatchJobs(Table):
    """The jobs of batch files, by where their videos go."""

    def save(self, record: BatchRecord) -> None:
        """Write down a job, in place of an older one with the same output."""
        self._database.run(
            "INSERT OR REPLACE INTO batch_jobs"
            " (output, definition, stamps, run_id, made, error_kind) VALUES (?, ?, ?, ?, ?, ?)",
            *astuple(record),
        )

    def get(self, output: str) -> BatchRecord | None:
        """Return the job that makes, or made, an output."""
        return self._database.first(
            BatchRecord, "SELECT * FROM batch_jobs WHERE output = ?", output
        )
