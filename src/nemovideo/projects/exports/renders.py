"""Timeline → file: submit, wait, download; every step can be taken up again by another process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from nemovideo.errors import (
    CancelledError,
    EmptyTimelineError,
    NemoError,
    NetworkError,
    NothingToResumeError,
    PlanError,
    ProtocolError,
    RenderError,
    RenderTimeoutError,
    UsageError,
    WaitTimeoutError,
)
from nemovideo.projects.exports.outputs import OutputTarget
from nemovideo.projects.journal import RenderRecord, SessionRecord
from nemovideo.projects.recovery.hints import hint_of_render
from nemovideo.projects.recovery.locks import held, is_held
from nemovideo.projects.recovery.states import RenderState
from nemovideo.projects.workspace import Workspace
from nemovideo.protocol.draft import JsonObject
from nemovideo.protocol.models import RenderJob
from nemovideo.protocol.outputs import ENGINE_FORMATS
from nemovideo.timeline import Timeline

NOT_FOUND = 404
DONE_PERCENT = 100
ATTEMPTS = 2
"""A render that failed is submitted once more, under a new id."""


@dataclass(frozen=True)
class ExportResult:
    """A finished export."""

    session_id: str
    render_id: str
    output: str
    size_bytes: int
    elapsed_s: float
    notes: tuple[str, ...] = ()


def export_session(
    workspace: Workspace,
    session: SessionRecord,
    target: OutputTarget,
    *,
    format: str = "mp4",
    quality: str = "high",
    max_bytes: int | None = None,
    run_id: str | None = None,
    attempts: int = ATTEMPTS,
) -> ExportResult:
    """Render a session's timeline and bring the file to its place.

    Args:
        workspace: Where to work.
        session: The session.
        target: Where the file goes.
        format: The container.
        quality: The server's word for how good.
        max_bytes: How large the file may be.
        run_id: The run that it belongs to, for the journal.
        attempts: How often it is submitted, each time under a new id, while it fails.

    Raises:
        EmptyTimelineError: There is nothing on the timeline.
        RenderError: It failed each time, or took longer than the limit.
        CancelledError: Ctrl-C; with what goes on in the cloud.
    """
    draft = exportable_draft(workspace, session)
    return render_draft(
        *(workspace, session, draft, target),
        format=format,
        quality=quality,
        max_bytes=max_bytes,
        run_id=run_id,
        attempts=attempts,
    )


def render_draft(
    workspace: Workspace,
    session: SessionRecord,
    draft: JsonObject,
    target: OutputTarget,
    *,
    format: str = "mp4",
    quality: str = "high",
    max_bytes: int | None = None,
    run_id: str | None = None,
    attempts: int = ATTEMPTS,
) -> ExportResult:
    """Render a draft in a session and bring the file to its place.

    Raises:
        RenderError: It failed twice, or took longer than the limit.
    """
    started = workspace.clock()
    options = _Options(target, format, quality, max_bytes, run_id)
    for attempt in range(1, attempts + 1):
        is_last = attempt == attempts
        record = _add_render(workspace, session, options)
        try:
            with _at_work(workspace, session, record):
                record = _submit(workspace, session, record, draft)
                job = _wait(workspace, session, record)
                return _fetch(workspace, session, record, job, target, started)
        except RenderTimeoutError:
            raise
        except RenderError as exc:
            workspace.journal.update_render(record.render_id, status=RenderState.FAILED)
            if is_last:
                raise
            workspace.reporter.notice(f"{exc.message}; trying once more…")
    raise AssertionError("unreachable")


def submit_render(
    workspace: Workspace,
    session: SessionRecord,
    target: OutputTarget | None,
    *,
    format: str = "mp4",
    quality: str = "high",
    max_bytes: int | None = None,
) -> RenderRecord:
    """Submit the session's timeline and leave it to the server.

    Raises:
        EmptyTimelineError: There is nothing on the timeline.
    """
    draft = exportable_draft(workspace, session)
    record = _add_render(workspace, session, _Options(target, format, quality, max_bytes, None))
    with _at_work(workspace, session, record):
        return _submit(workspace, session, record, draft)


@contextmanager
def _at_work(workspace: Workspace, session: SessionRecord, record: RenderRecord) -> Iterator[None]:
    """Keep other processes away from a render; Ctrl-C tells what becomes of it."""
    with held(workspace.settings.data_dir, record.render_id):
        try:
            yield
        except KeyboardInterrupt as exc:
            record = workspace.journal.render(record.render_id) or record
            raise CancelledError(hint=hint_of_render(session, record)) from exc


@dataclass(frozen=True)
class _Options:
    target: OutputTarget | None
    format: str
    quality: str
    max_bytes: int | None
    run_id: str | None


def _add_render(workspace: Workspace, session: SessionRecord, options: _Options) -> RenderRecord:
    """Let the journal know a render before the server does.

    Raises:
        UsageError: The engine on this machine makes no such file.
    """
    if session.place.is_local and options.format not in ENGINE_FORMATS:
        raise UsageError(
            f"the local engine makes {', '.join(ENGINE_FORMATS)} files, not {options.format}",
            hint="Leave --format out.",
        )
    target = options.target
    return workspace.journal.add_render(
        session.session_id,
        output=None if target is None or target.path is None else target.absolute,
        format=options.format,
        quality=options.quality,
        max_bytes=options.max_bytes,
        run_id=options.run_id,
    )


def _submit(
    workspace: Workspace, session: SessionRecord, record: RenderRecord, draft: JsonObject
) -> RenderRecord:
    """Submit a render once; where no answer came, ask whether the server has it.

    What the server says of it at once, before it renders, is told.

    Raises:
        RenderError: The server refused it, or never got it.
        NemoError: Another refusal, or nothing could be learned; the journal keeps the render.
    """
    renders = workspace.client(session.place).renders
    try:
        job = renders.submit(
            record.render_id,
            session.session_id,
            draft,
            format=record.format,
            quality=record.quality,
            max_bytes=record.max_bytes,
        )
    except (NetworkError, WaitTimeoutError, ProtocolError) as exc:
        found = _find_render(workspace, session, record)
        if found is None:
            raise RenderError(f"the render could not be submitted: {exc.message}") from exc
        job = found
    except PlanError as exc:
        workspace.journal.update_render(record.render_id, status=RenderState.FAILED)
        raise PlanError(
            exc.message,
            hint="Register or upgrade your plan to unlock export, or render the same timeline on "
            f"this machine: nemo export --session {session.session_id} --local",
            code=exc.code,
        ) from exc
    except NemoError:
        workspace.journal.update_render(record.render_id, status=RenderState.FAILED)
        raise
    for note in job.notes:
        workspace.tell_once(note)
    return workspace.journal.update_render(
        record.render_id, status=RenderState(job.status), polled_id=job.id or record.render_id
    )


def _find_render(
    workspace: Workspace, session: SessionRecord, record: RenderRecord
) -> RenderJob | None:
    """Ask the server for a render; None when it says that it does not know it."""
    try:
        return workspace.client(session.place).renders.get(record.polled_id)
    except NemoError as exc:
        if exc.code == NOT_FOUND:
            return None
        raise


def exportable_draft(workspace: Workspace, session: SessionRecord) -> JsonObject:
    """Return the session's draft exactly as the server has it.

    Raises:
        EmptyTimelineError: There is none, or none of its tracks has a segment.
    """
    draft = workspace.client(session.place).state.get(session.session_id).draft
    if draft is None or not Timeline.from_draft(draft).is_ready:
        raise EmptyTimelineError
    return draft.raw


def find_unfinished(
    workspace: Workspace, session_id: str | None, render_id: str | None
) -> RenderRecord:
    """Return the render to take up again: the one named, else the newest unfinished one.

    Raises:
        NothingToResumeError: There is none.
    """
    if render_id:
        record = workspace.journal.render(render_id)
        if record is None:
            raise NothingToResumeError(
                f"no render {render_id} is known on this machine",
                hint="`nemo renders list` shows those that are.",
            )
        return record
    unfinished = [r for r in workspace.journal.renders(session_id) if r.status.is_open]
    if not unfinished:
        raise NothingToResumeError(
            "there is no unfinished render", hint="Start one with `nemo export`."
        )
    data_dir = workspace.settings.data_dir
    free = [record for record in unfinished if not is_held(data_dir, record.render_id)]
    return free[0] if free else unfinished[0]


def resume_export(workspace: Workspace, record: RenderRecord, target: OutputTarget) -> ExportResult:
    """Take up a render that an earlier process submitted; nothing is submitted again.

    A render of which the server never heard (the process died before the request) is submitted now,
    under the id that was written down for it.
    """
    session = workspace.session(record.session_id)
    with _at_work(workspace, session, record):
        return _take_up(workspace, session, record, target)


def _take_up(
    workspace: Workspace, session: SessionRecord, record: RenderRecord, target: OutputTarget
) -> ExportResult:
    started = workspace.clock()
    if record.status is RenderState.SUBMITTING:
        found = _find_render(workspace, session, record)
        if found is None:
            draft = exportable_draft(workspace, session)
            record = _submit(workspace, session, record, draft)
        else:
            record = workspace.journal.update_render(
                record.render_id, status=RenderState(found.status), polled_id=found.id
            )
    try:
        job = _wait(workspace, session, record)
    except RenderTimeoutError:
        raise
    except RenderError:
        workspace.journal.update_render(record.render_id, status=RenderState.FAILED)
        raise
    return _fetch(workspace, session, record, job, target, started)


def _wait(workspace: Workspace, session: SessionRecord, record: RenderRecord) -> RenderJob:
    settings = workspace.settings_at(session.place)
    workspace.reporter.begin("render", "Rendering")
    job = workspace.client(session.place).renders.wait(
        record.polled_id,
        timeout_s=settings.render_timeout,
        interval_s=settings.poll_interval,
        on_progress=partial(_show_progress, workspace),
    )
    workspace.journal.update_render(record.render_id, status=RenderState.COMPLETED)
    workspace.reporter.end()
    for note in job.notes:
        workspace.tell_once(note)
    return job


def _show_progress(workspace: Workspace, job: RenderJob) -> None:
    if job.progress is not None and 0 <= job.progress <= DONE_PERCENT:
        workspace.reporter.advance(job.progress, DONE_PERCENT)


def _fetch(
    workspace: Workspace,
    session: SessionRecord,
    record: RenderRecord,
    job: RenderJob,
    target: OutputTarget,
    started: float,
) -> ExportResult:
    workspace.reporter.begin("download", "Downloading")
    result = workspace.client(session.place).renders.download(
        job if job.id else job.model_copy(update={"id": record.polled_id}),
        target.stream() if target.is_written_into else target.replaced,
        container=record.format,
        on_bytes=workspace.reporter.advance,
    )
    output = None if target.path is None else str(target.path.absolute())
    workspace.journal.update_render(record.render_id, status=RenderState.DOWNLOADED, output=output)
    workspace.reporter.end()
    return ExportResult(
        session_id=session.session_id,
        render_id=record.render_id,
        output=str(target),
        size_bytes=result.size_bytes,
        elapsed_s=round(workspace.clock() - started, 3),
        notes=job.notes,
    )


def cancel_render(workspace: Workspace, render_id: str) -> RenderRecord:
    """Cancel a render that is known on this machine; return it as it stands then.

    Raises:
        NothingToResumeError: It is not known.
    """
    record = find_unfinished(workspace, None, render_id)
    session = workspace.session(record.session_id)
    workspace.client(session.place).renders.cancel(record.polled_id)
    return workspace.journal.update_render(record.render_id, status=RenderState.CANCELLED)
