"""What the journal knows of jobs that earlier runs began or finished."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from nemovideo.errors import NemoError
from nemovideo.projects.backends import is_backend_chosen
from nemovideo.projects.convert.plan import ConvertPlan
from nemovideo.projects.convert.steps import ConvertResult
from nemovideo.projects.inputs.checking import InputFile
from nemovideo.projects.journal import BatchRecord, RunRecord
from nemovideo.projects.recovery.states import RunState, TurnState
from nemovideo.projects.session.upload_batch import hash_file
from nemovideo.projects.workspace import Workspace

_NOT_WORTH_CONTINUING = ("agent",)
"""The agent has answered, and badly: only another try can help."""


class History:
    """Reads and writes the jobs of batch files in the journal."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._journal = workspace.journal

    def record(self, plan: ConvertPlan) -> BatchRecord | None:
        """Return what is known of the job with this output."""
        assert plan.output is not None
        return self._journal.batch_jobs.get(plan.output)

    def run(self, record: BatchRecord) -> RunRecord | None:
        """Return the conversion that does, or did, a job."""
        return self._journal.runs.get(record.run_id)

    def made_by(self, record: BatchRecord) -> set[Path]:
        """Return the files that a job has made and that are still what it made."""
        sizes: dict[str, int] = json.loads(record.made)
        made = set()
        for render in self._journal.renders.of_run(record.run_id):
            if render.output is not None and render.status.has_file:
                path = Path(render.output)
                if path.is_file() and sizes.get(str(path)) in (None, path.stat().st_size):
                    made.add(path)
        return made

    def continuable_run(self, record: BatchRecord, *, lacks_last_only: bool) -> RunRecord | None:
        """Return the run of a job if it can be taken up where it stood.

        Where all of its files but the last are there, a finished run needs nothing but another
        download.
        """
        run = self.run(record)
        if (
            run is None
            or run.status is RunState.FAILED
            or record.error_kind in _NOT_WORTH_CONTINUING
        ):
            return None
        if not run.status.is_open and (record.error_kind is not None or not lacks_last_only):
            return None
        if run.session_id is None:
            return run
        session = self._journal.sessions.get(run.session_id)
        if session is None:
            return None
        settings = self._workspace.settings
        if is_backend_chosen(settings) and session.backend != self._workspace.backend:
            return None
        last = self._journal.turns.of(run.session_id, run_id=run.run_id)
        return None if last and last[-1].status is TurnState.LOST else run

    def note_begin(self, plan: ConvertPlan, definition: str, stamps: str, run_id: str) -> None:
        """Write down that a run begins a job, before its first request."""
        assert plan.output is not None
        self._journal.batch_jobs.save(
            BatchRecord(plan.output, definition, stamps, run_id, made="{}")
        )

    def note_end(
        self, plan: ConvertPlan, outputs: Sequence[Path], ending: ConvertResult | NemoError
    ) -> None:
        """Write down how a run of a job ended."""
        record = self.record(plan)
        assert record is not None
        if isinstance(ending, NemoError):
            self._journal.batch_jobs.save(replace(record, error_kind=ending.kind))
            return
        sizes = {str(path.absolute()): path.stat().st_size for path in outputs if path.exists()}
        made = json.dumps(sizes)
        self._journal.batch_jobs.save(replace(record, made=made, error_kind=None))


def stamps_of(files: Iterable[InputFile]) -> str:
    """Return what files are like now, as JSON: path, size, time of change, content hash."""
    return json.dumps(
        [
            [
                str(file.path.absolute()),
                file.size_bytes,
                file.path.stat().st_mtime_ns,
                hash_file(file.path),
            ]
            for file in files
        ]
    )


def is_unchanged(record: BatchRecord, definition: str, files: Sequence[InputFile]) -> bool:
    """Return whether a job and its files are what they were; content decides, not time.

    A file is only read where its time has changed and its size has not.
    """
    if record.definition != definition:
        return False
    stamps = json.loads(record.stamps)
    return len(stamps) == len(files) and all(map(_is_as_stamped, files, stamps))


def _is_as_stamped(file: InputFile, stamp: list[object]) -> bool:
    path, size_bytes, time_ns, content_hash = stamp
    if (str(file.path.absolute()), file.size_bytes) != (path, size_bytes):
        return False
    return file.path.stat().st_mtime_ns == time_ns or hash_file(file.path) == content_hash
