"""One batch at a time for the same videos, also between processes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from nemovideo.errors import UsageError
from nemovideo.projects.batch._plan import BatchJob
from nemovideo.projects.recovery.locks import held


def lock_batch(data_dir: Path, jobs: Sequence[BatchJob]) -> AbstractContextManager[None]:
    """Return what holds the lock of a batch while it is entered.

    Entering raises `UsageError` when another process is making these videos, and `NemoError` when
    the data folder can't be written.
    """
    outputs = "\n".join(sorted(str(job.plan.output) for job in jobs))
    name = hashlib.sha256(outputs.encode()).hexdigest()[:16]
    busy = UsageError(
        "another nemo is working on this batch", hint="Wait until it is done, or stop it."
    )
    return held(data_dir, f"batch-{name}", busy)
