"""Many videos from one file: read it, check all of it, then make what is missing side by side.

`read_batch` takes the file apart, `plan_batch` checks every job and looks up what an earlier run
did, `run_batch` makes the videos. Only the last one sends anything.
"""

from nemovideo.projects.batch._events import (
    BatchEvent as BatchEvent,
    JobEnded as JobEnded,
    JobOutcome as JobOutcome,
    JobProgress as JobProgress,
    JobStarted as JobStarted,
    JobStatus as JobStatus,
)
from nemovideo.projects.batch._file import (
    BatchFile as BatchFile,
    JobSpec as JobSpec,
    Problem as Problem,
    read_batch as read_batch,
)
from nemovideo.projects.batch._folder import read_folder as read_folder
from nemovideo.projects.batch._plan import (
    BatchJob as BatchJob,
    PlannedBatch as PlannedBatch,
    plan_batch as plan_batch,
)
from nemovideo.projects.batch._run import lock_batch as lock_batch, run_batch as run_batch
