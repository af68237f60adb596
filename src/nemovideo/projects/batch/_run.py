"""The jobs of a batch, several at a time; each is a conversion of its own in the journal.

Threads do the jobs; what happens comes back as events to the thread that called. Ctrl-C asks the
threads to stop where they next look up, and leaves those behind that hang in a request: the journal
knows what each of them was doing.
"""

from __future__ import annotations

import hashlib
import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

from nemovideo.config import Settings
from nemovideo.errors import CancelledError, NemoError, UsageError
from nemovideo.projects.batch._events import (
    BatchEvent,
    JobEnded,
    JobOutcome,
    JobProgress,
    JobStarted,
)
from nemovideo.projects.batch._history import History, stamps_of
from nemovideo.projects.batch._plan import BatchJob
from nemovideo.projects.batch._workspace import SharedWorkspace
from nemovideo.projects.cancellation import Cancellation
from nemovideo.projects.convert.steps import ConvertResult
from nemovideo.projects.inputs.checking import check_file
from nemovideo.projects.progress import (
    AnswerDelta,
    OnProgress,
    ProgressEvent,
    StageAdvanced,
    StageBegan,
    Steps,
)
from nemovideo.projects.recovery.locks import held
from nemovideo.projects.recovery.runs import continue_run
from nemovideo.projects.recovery.states import RunState
from nemovideo.projects.workspace import Workspace

TICK_S = 0.1
"""How often the waiting thread looks up for Ctrl-C, on systems that don't wake it."""
STOP_GRACE_S = 3.0
"""How long jobs have to look up after Ctrl-C."""
_VISIBLE_STEPS = 100
"""Of each stage so many are told."""

_log = logging.getLogger("nemovideo.batch")


def lock_batch(data_dir: Path, jobs: Sequence[BatchJob]) -> AbstractContextManager[None]:
    """Return what holds the lock of a batch, also between processes, while it is entered.

    Entering raises `UsageError` when another process is making these videos, and `NemoError` when
    the data folder can't be written.
    """
    outputs = "\n".join(sorted(str(job.plan.output) for job in jobs))
    name = hashlib.sha256(outputs.encode()).hexdigest()[:16]
    busy = UsageError(
        "another nemo is working on this batch", hint="Wait until it is done, or stop it."
    )
    return held(data_dir, f"batch-{name}", busy)


def run_batch(
    settings: Settings,
    jobs: Sequence[BatchJob],
    *,
    workers: int,
    on_event: Callable[[BatchEvent], None],
    is_heard: bool = True,
) -> tuple[JobOutcome, ...]:
    """Do all jobs that are not done; a failure does not keep the others from being done.

    So many workers go side by side; what happens is told in this thread. Returns one outcome a job,
    in the order of the jobs.

    Raises:
        CancelledError: Ctrl-C; the hint says how to go on.
    """
    to_do = [job for job in jobs if not job.is_done and job.error is None]
    crew = _Crew(settings, to_do, is_heard=is_heard)
    outcomes: dict[int, JobOutcome] = {}
    try:
        for job in jobs:
            if job.is_done:
                outcomes[job.number] = _skipped(settings, job)
            elif job.error is not None:
                outcomes[job.number] = JobOutcome(job, error=job.error)
            else:
                continue
            on_event(JobEnded(outcomes[job.number]))
        with crew.at_work(workers):
            while len(outcomes) < len(jobs):
                event = crew.next_event()
                if isinstance(event, JobEnded):
                    outcomes[event.outcome.job.number] = event.outcome
                if event is not None:
                    on_event(event)
    except KeyboardInterrupt as exc:
        outcomes |= {outcome.job.number: outcome for outcome in crew.unseen_outcomes()}
        raise _interrupted(jobs, outcomes, crew) from exc
    return tuple(outcomes[job.number] for job in jobs)


def _skipped(settings: Settings, job: BatchJob) -> JobOutcome:
    with Workspace(settings) as workspace:
        render_id = _render_id(workspace, job)
    return JobOutcome(job, job.run.session_id if job.run else None, render_id)


def _render_id(workspace: Workspace, job: BatchJob) -> str | None:
    renders = workspace.journal.renders.of_run(job.run.run_id) if job.run else ()
    return renders[0].render_id if renders else None


class _Crew:
    """The threads that do the jobs."""

    def __init__(self, settings: Settings, jobs: Sequence[BatchJob], *, is_heard: bool) -> None:
        self._is_heard = is_heard
        self._settings = settings
        self._jobs: queue.SimpleQueue[BatchJob] = queue.SimpleQueue()
        for job in jobs:
            self._jobs.put(job)
        self._events: queue.SimpleQueue[BatchEvent] = queue.SimpleQueue()
        self._cancellation = Cancellation()
        self._threads: list[threading.Thread] = []
        self.begun: set[int] = set()
        """The numbers of the jobs that were begun."""

    @contextmanager
    def at_work(self, workers: int) -> Iterator[None]:
        """Let the threads work; when this ends early they are asked to stop."""
        count = min(workers, self._jobs.qsize())
        with SharedWorkspace(self._settings, self._cancellation) as shared:
            # Daemons: one that hangs in a request must not keep the program from ending.
            self._threads = [
                threading.Thread(target=self._work, args=(shared,), daemon=True)
                for _ in range(count)
            ]
            try:
                for thread in self._threads:
                    thread.start()
                yield
            finally:
                self._stop()

    def next_event(self) -> BatchEvent | None:
        """Wait a moment for something to happen."""
        try:
            return self._events.get(timeout=TICK_S)
        except queue.Empty:
            return None

    def unseen_outcomes(self) -> Iterator[JobOutcome]:
        """Take what ended while nobody looked."""
        with suppress(queue.Empty):
            while True:
                event = self._events.get_nowait()
                if isinstance(event, JobEnded):
                    yield event.outcome

    def _stop(self) -> None:
        self._cancellation.cancel()
        deadline = time.monotonic() + STOP_GRACE_S
        for thread in self._threads:
            thread.join(max(deadline - time.monotonic(), 0))

    def _work(self, shared: SharedWorkspace) -> None:
        while not self._cancellation.is_cancelled:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return
            self.begun.add(job.number)
            outcome = self._do(shared, job)
            if outcome is not None:
                self._events.put(JobEnded(outcome))

    def _do(self, shared: SharedWorkspace, job: BatchJob) -> JobOutcome | None:
        """Do a job; None when the user has stopped it."""
        started = time.monotonic()
        try:
            self._events.put(JobStarted(job))
            tell = _telling(job, self._events.put)
            with shared.branch(tell, is_heard=self._is_heard) as workspace:
                return _outcome(workspace, job, started)
        except (KeyboardInterrupt, CancelledError):
            return None
        except NemoError as exc:
            return JobOutcome(job, error=exc, elapsed_s=time.monotonic() - started)
        except Exception as exc:  # noqa: BLE001 - a bug in one job must not lose the others
            if self._cancellation.is_cancelled:
                return None
            _log.exception("job %d", job.number)
            error = NemoError(f"{type(exc).__name__}: {exc}")
            return JobOutcome(job, error=error, elapsed_s=time.monotonic() - started)


def _outcome(workspace: Workspace, job: BatchJob, started: float) -> JobOutcome:
    history = History(workspace)
    run = job.run
    if run is None:
        stamps = stamps_of([check_file(file.path) for file in job.files])
        run = workspace.journal.runs.add(asdict(job.plan))
        history.note_begin(job.plan, job.definition, stamps, run.run_id)
    elif not run.status.is_open:
        # Its file is gone: the render is still there to be fetched once more.
        run = workspace.journal.runs.update(run.run_id, status=RunState.RUNNING)
    ending: ConvertResult | NemoError
    try:
        # Whether a file may be replaced was decided when the batch was planned.
        ending = continue_run(workspace, run, may_replace=True)
    except CancelledError:
        raise
    except NemoError as exc:
        ending = exc
    history.note_end(job.plan, job.outputs, ending)
    elapsed_s = time.monotonic() - started
    if isinstance(ending, NemoError):
        run = workspace.journal.runs.update(run.run_id)
        renders = workspace.journal.renders.of_run(run.run_id)
        render_id = renders[0].render_id if renders else None
        return JobOutcome(job, run.session_id, render_id, ending, elapsed_s)
    export = ending.export
    return JobOutcome(
        *(job, ending.session.session_id, export.render_id if export else None),
        elapsed_s=elapsed_s,
        not_understood=ending.not_understood,
        notes=(*ending.notes, *(export.notes if export else ())),
    )


def _telling(job: BatchJob, put: Callable[[BatchEvent], None]) -> OnProgress:
    """Return what passes a job's progress on: what can be seen of it among many."""
    steps = Steps(_VISIBLE_STEPS)

    def tell(event: ProgressEvent) -> None:
        nonlocal steps
        if isinstance(event, StageBegan):
            steps = Steps(_VISIBLE_STEPS)
        is_seen = not isinstance(event, StageAdvanced) or steps.is_next(event)
        if is_seen and not isinstance(event, AnswerDelta):
            put(JobProgress(job, event))

    return tell


def _interrupted(
    jobs: Sequence[BatchJob], outcomes: dict[int, JobOutcome], crew: _Crew
) -> CancelledError:
    done = sum(outcome.error is None for outcome in outcomes.values())
    broken = len(crew.begun - set(outcomes))
    return CancelledError(
        f"interrupted: {done} of {len(jobs)} jobs are done, {broken} were under way",
        hint="Run the same command again: it goes on where it stopped, and does nothing twice.",
    )
