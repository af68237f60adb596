"""One batch at a time for the same videos, also between processes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from nemovideo.errors import NemoError, UsageError
from nemovideo.projects.batch._plan import BatchJob
from nemovideo.projects.locks import LOCKS_DIR


@contextmanager
def lock_batch(data_dir: Path, jobs: Sequence[BatchJob]) -> Iterator[None]:
    """Hold the lock of a batch; it ends with the process at the latest.

    Raises:
        UsageError: Another process is making these videos.
        NemoError: The data folder can't be written.
    """
    outputs = "\n".join(sorted(str(job.plan.output) for job in jobs))
    name = hashlib.sha256(outputs.encode()).hexdigest()[:16]
    path = data_dir / LOCKS_DIR / f"batch-{name}.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path, timeout=0)
        lock.acquire()
    except Timeout as exc:
        raise UsageError(
            "another nemo is working on this batch", hint="Wait until it is done, or stop it."
        ) from exc
    except OSError as exc:
        raise NemoError(f"{path} can't be locked: {exc.strerror or exc}") from exc
    try:
        yield
    finally:
        lock.release()
