"""The render worker: a thread that takes renders one by one and survives whatever happens to them.

A render belongs to the process that holds its file lock, from the moment it is submitted until it
is done. When the process dies the operating system drops the lock, and the next engine that starts
on the data, or that is asked how far the render is, takes it up from the beginning. Renders that
nobody has asked this engine for make way for those that somebody waits for.
"""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from filelock import BaseFileLock

from nemovideo.engine._unforeseen import as_told
from nemovideo.engine.store.renders import PROCESSING, RenderRow
from nemovideo.engine.store.store import Store
from nemovideo.engine.work.collaborators import RenderDraft
from nemovideo.errors import NemoError
from nemovideo.protocol.draft import Draft

if TYPE_CHECKING:
    from nemovideo.render import RenderResult

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
"""A render that took the process down with it this often is given up."""
PROGRESS_INTERVAL_S = 0.2
STOP_TIMEOUT_S = 10.0


@dataclass
class _Job:
    render_id: str
    lock: BaseFileLock
    is_urgent: bool
    """Somebody asked this engine for it."""
    is_running: bool = False


class RenderWorker:
    """The queue and its thread."""

    def __init__(self, store: Store, render_draft: RenderDraft) -> None:
        self._store = store
        self._render_draft = render_draft
        self._jobs: dict[str, _Job] = {}
        """By render id, in the order in which they came; waiting and running."""
        self._backlog: deque[str] = deque()
        """What others left behind; taken up one by one when there is nothing else to do."""
        self._changed = threading.Condition()
        self._is_stopping = False
        self._thread = threading.Thread(target=self._work, name="nemo-render", daemon=True)

    def start(self) -> None:
        """Start the thread; it takes up what dead processes left behind."""
        self._backlog.extend(self._store.renders.unfinished_ids())
        self._thread.start()

    def stop(self) -> None:
        """Break off what runs, in good order: it can be taken up again."""
        with self._changed:
            self._is_stopping = True
            self._changed.notify_all()
        self._thread.join(STOP_TIMEOUT_S)
        with self._changed:
            for job in [job for job in self._jobs.values() if not job.is_running]:
                self._drop(job, is_final=False)

    def attend(self, render_id: str) -> None:
        """See to it that somebody works on a render: this engine, unless another one does."""
        self._adopt(render_id, is_urgent=True)

    def _adopt(self, render_id: str, *, is_urgent: bool) -> None:
        with self._changed:
            if self._is_stopping:
                return
            job = self._jobs.get(render_id)
            if job is None:
                lock = self._store.claim("render", render_id)
                if lock is None:
                    return
                job = self._jobs[render_id] = _Job(render_id, lock, is_urgent)
            job.is_urgent = job.is_urgent or is_urgent
            self._changed.notify()

    def _work(self) -> None:
        while (job := self._next()) is not None:
            is_final, is_broken = False, False
            try:
                is_final = self._run(job)
            except Exception:  # whatever went wrong with one render, the next one has its turn
                logger.exception("render %s could not be worked on", job.render_id)
                is_broken = True
            with self._changed:
                job.is_running = False
                if is_final or is_broken:
                    self._drop(job, is_final=is_final)

    def _next(self) -> _Job | None:
        with self._changed:
            while not self._is_stopping:
                waiting = [job for job in self._jobs.values() if not job.is_running]
                if waiting:
                    job = min(waiting, key=lambda job: not job.is_urgent)
                    job.is_running = True
                    return job
                if self._backlog:
                    self._take_up(self._backlog.popleft())
                else:
                    self._changed.wait()
        return None

    def _take_up(self, render_id: str) -> None:
        try:
            self._adopt(render_id, is_urgent=False)
        except OSError:
            # Whoever asks for this render is told; the worker has others to care for.
            logger.exception("render %s could not be taken up", render_id)

    def _drop(self, job: _Job, *, is_final: bool) -> None:
        del self._jobs[job.render_id]
        self._store.release(job.lock, is_final=is_final)

    def _must_yield(self, job: _Job) -> bool:
        with self._changed:
            is_another_urgent = any(other.is_urgent for other in self._jobs.values())
            return self._is_stopping or (not job.is_urgent and is_another_urgent)

    def _run(self, job: _Job) -> bool:
        """Work on a render; returns whether this engine is done with it."""
        renders = self._store.renders
        if not renders.start(job.render_id):
            return True
        row = renders.find(job.render_id)
        if row is None:
            return True
        if row.attempts > MAX_ATTEMPTS:
            renders.fail(row.id, f"the render was broken off {MAX_ATTEMPTS} times and is given up")
            return True
        watch = _Watch(self._store, row.id, lambda: self._must_yield(job))
        try:
            result = self._render(row, watch)
        except Exception as exc:  # noqa: BLE001 - told to the one who waits, logged if a bug
            self._clear_folder(row)
            if watch.is_told:
                renders.put_back(row.id)
                return False
            renders.fail(row.id, _describe(row.id, exc))
            return True
        if not renders.complete(row.id, result):
            self._clear_folder(row)
        return True

    def _render(self, row: RenderRow, watch: _Watch) -> dict[str, Any]:
        self._clear_folder(row)
        output = self._store.render_path(row)
        output.parent.mkdir()
        result = self._render_draft(
            Draft.from_wire(row.draft),
            self._store.media_paths(row.session_id),
            output,
            quality=row.quality,
            max_bytes=row.max_bytes,
            encoder=row.encoder,
            on_progress=watch.on_progress,
            is_cancelled=watch.is_cancelled,
        )
        changed = self._store.changed_media(row.session_id)
        document = _to_document(result, output.suffix.removeprefix("."), row.quality)
        return {**document, "notes": [*map(_changed_note, changed), *document["notes"]]}

    def _clear_folder(self, row: RenderRow) -> None:
        shutil.rmtree(self._store.render_path(row).parent, ignore_errors=True)


class _Watch:
    """What the renderer is given to report to and to ask; neither costs much per frame."""

    def __init__(self, store: Store, render_id: str, must_yield: Callable[[], bool]) -> None:
        self._store = store
        self._render_id = render_id
        self._must_yield = must_yield
        self._next_look = 0.0
        self._next_report = 0.0
        self.is_told = False
        """Whether the renderer was told to break off."""

    def on_progress(self, fraction: float) -> None:
        """Write the progress down, a few times a second."""
        now = time.monotonic()
        if now >= self._next_report:
            self._next_report = now + PROGRESS_INTERVAL_S
            percent = round(min(max(fraction, 0.0), 1.0) * 100, 1)
            self._store.renders.advance(self._render_id, min(percent, 99.0))

    def is_cancelled(self) -> bool:
        """Return whether to break off; the cancel may have come to another process."""
        now = time.monotonic()
        if not self.is_told and now >= self._next_look:
            self._next_look = now + PROGRESS_INTERVAL_S
            is_wanted = self._store.renders.status_of(self._render_id) == PROCESSING
            self.is_told = not is_wanted
        self.is_told = self.is_told or self._must_yield()
        return self.is_told


def _changed_note(filename: str) -> str:
    return f"{filename} was changed after it was added; it is shown as it is now"


def _describe(render_id: str, exc: Exception) -> str:
    if isinstance(exc, NemoError):
        logger.warning("render %s failed: %s", render_id, exc.message)
        return exc.message
    logger.error("render %s failed", render_id, exc_info=exc)
    return as_told(exc, "the render failed").message


def _to_document(result: RenderResult, container: str, quality: str) -> dict[str, Any]:
    return {
        "format": container,
        "quality": quality,
        "width": result.width,
        "height": result.height,
        "duration": float(result.duration_s),
        "frames": result.frame_count,
        "size": result.size_bytes,
        "notes": list(result.notes),
        "checks": [check.to_dict() for check in result.checks],
    }
