"""What happens while a batch runs, as data for whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nemovideo.errors import NemoError
from nemovideo.projects.batch._plan import BatchJob
from nemovideo.projects.progress import ProgressEvent


class JobStatus(StrEnum):
    """How a job can end."""

    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"
    """An earlier run made its videos."""


@dataclass(frozen=True)
class JobOutcome:
    """How a job ended."""

    job: BatchJob
    session_id: str | None = None
    render_id: str | None = None
    error: NemoError | None = None
    elapsed_s: float = 0.0
    not_understood: tuple[str, ...] = ()
    """The parts of the instructions that were not understood, where the server says so."""
    notes: tuple[str, ...] = ()
    """What was left out, changed or guessed, in sentences."""

    @property
    def status(self) -> JobStatus:
        """How it ended."""
        if self.error is not None:
            return JobStatus.FAILED
        return JobStatus.SKIPPED if self.job.is_done else JobStatus.DONE


@dataclass(frozen=True)
class JobStarted:
    """A job is begun, or taken up where an earlier run broke off."""

    job: BatchJob


@dataclass(frozen=True)
class JobProgress:
    """A job tells of its work."""

    job: BatchJob
    event: ProgressEvent


@dataclass(frozen=True)
class JobEnded:
    """A job has ended, or needed no work."""

    outcome: JobOutcome


BatchEvent = JobStarted | JobProgress | JobEnded
