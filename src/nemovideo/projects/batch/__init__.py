"""Many videos from one file: read it, check all of it, then make what is missing side by side.

`read_batch` takes the file apart, `plan_batch` checks every job and looks up what an earlier run
did, `run_batch` makes the videos. Only the last one sends anything.
"""

from nemovideo.projects.batch._events import (
    BatchEvent,
    JobEnded,
    JobOutcome,
    JobProgress,
    JobStarted,
    JobStatus,
)
from nemovideo.projects.batch._file import BatchFile, JobSpec, Problem, read_batch
from nemovideo.projects.batch._folder import read_folder
from nemovideo.projects.batch._plan import BatchJob, PlannedBatch, plan_batch
from nemovideo.projects.batch._run import lock_batch, run_batch

__all__ = [
    "BatchEvent",
    "BatchFile",
    "BatchJob",
    "JobEnded",
    "JobOutcome",
    "JobProgress",
    "JobSpec",
    "JobStarted",
    "JobStatus",
    "PlannedBatch",
    "Problem",
    "lock_batch",
    "plan_batch",
    "read_batch",
    "read_folder",
    "run_batch",
]
