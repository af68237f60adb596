"""One render of a session's timeline, from the journal's first word of it to its file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nemovideo.errors import (
    CancelledError,
    NemoError,
    NetworkError,
    PlanError,
    ProtocolError,
    RenderError,
    RenderTimeoutError,
    UsageError,
    WaitTimeoutError,
)
from nemovideo.projects.journal import RenderRecord
from nemovideo.projects.recovery.hints import hint_of_render
from nemovideo.projects.recovery.locks import held
from nemovideo.projects.recovery.states import RenderState
from nemovideo.protocol.draft import JsonObject
from nemovideo.protocol.outputs import ENGINE_FORMATS

if TYPE_CHECKING:
    from nemovideo.projects.exports.outputs import OutputTarget
    from nemovideo.projects.session import Session
    from nemovideo.protocol.draft import JsonObject
    from nemovideo.protocol.models import RenderJob

NOT_FOUND = 404
DONE_PERCENT = 100


@dataclass(frozen=True)
class RenderOptions:
    """What a render is to be like."""

    format: str = "mp4"
    """The container."""
    quality: str = "high"
    """The server's word for how good."""
    max_bytes: int | None = None
    """How large the file may be."""
    encoder: str = "x264"
    """Of `nemovideo.protocol.outputs.ENCODERS`."""
    run_id: str | None = None
    """The run that it belongs to."""


@dataclass(frozen=True)
class ExportResult:
    """A finished export."""

    session_id: str
    render_id: str
    output: str
    size_bytes: int
    elapsed_s: float
    notes: tuple[str, ...] = ()
    checks: tuple[JsonObject, ...] = ()
    """What the engine looked at in the finished file: ``name``, ``ok``, ``value``."""
    draft: JsonObject | None = None
    """The timeline that it shows; None where an earlier process submitted it."""


class Render:
    """A render that the journal knows; each step is written down."""

    def __init__(self, session: Session, record: RenderRecord) -> None:
        self._session = session
        self.record = record

    @classmethod
    def begin(cls, session: Session, target: OutputTarget | None, options: RenderOptions) -> Render:
        """Let the journal know a render before the server does.

        Raises:
            UsageError: The engine on this machine makes no such file.
        """
        if session.is_local and options.format not in ENGINE_FORMATS:
            raise UsageError(
                f"the local engine makes {', '.join(ENGINE_FORMATS)} files, not {options.format}",
                hint="Leave --format out.",
            )
        record = session.journal.renders.add(
            session.session_id,
            output=None if target is None or target.path is None else target.absolute,
            format=options.format,
            quality=options.quality,
            max_bytes=options.max_bytes,
            encoder=options.encoder,
            run_id=options.run_id,
        )
        return cls(session, record)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Keep other processes away from it; Ctrl-C tells what becomes of it."""
        with held(self._session.workspace.settings.data_dir, self.record.render_id):
            try:
                yield
            except KeyboardInterrupt as exc:
                record = self._session.journal.renders.get(self.record.render_id) or self.record
                hint = hint_of_render(self._session.record, record)
                raise CancelledError(hint=hint) from exc

    def submit(self, draft: JsonObject) -> None:
        """Submit it once; where no answer came, ask whether the server has it.

        What the server says of it at once, before it renders, is told.

        Raises:
            RenderError: The server refused it, or never got it.
            NemoError: Another refusal, or nothing could be learned; the journal keeps the render.
        """
        record = self.record
        try:
            job = self._session.client.renders.submit(
                record.render_id,
                record.session_id,
                draft,
                format=record.format,
                quality=record.quality,
                max_bytes=record.max_bytes,
                encoder=record.encoder,
            )
        except (NetworkError, WaitTimeoutError, ProtocolError) as exc:
            found = self._asked_for()
            if found is None:
                raise RenderError(f"the render could not be submitted: {exc.message}") from exc
            job = found
        except PlanError as exc:
            self.fail()
            raise PlanError(
                exc.message,
                hint="Register or upgrade your plan to unlock export, or render the same timeline "
                f"on this machine: nemo export --session {record.session_id} --local",
                code=exc.code,
            ) from exc
        except NemoError:
            self.fail()
            raise
        self._session.workspace.tell_once(job.notes)
        self._note(RenderState(job.status), polled_id=job.id or record.render_id)

    def find(self) -> bool:
        """Ask the server for it; return whether that knows it."""
        job = self._asked_for()
        if job is not None:
            self._note(RenderState(job.status), polled_id=job.id)
        return job is not None

    def finish(self, target: OutputTarget, *, started: float) -> ExportResult:
        """Wait until it is done, and bring the file to its place.

        The work began at a time of the workspace's clock.

        Raises:
            RenderError: It failed, or took longer than the limit.
        """
        try:
            job = self._wait()
        except RenderTimeoutError:
            raise
        except RenderError:
            self.fail()
            raise
        return self._fetch(job, target, started)

    def fail(self) -> None:
        """Write down that there will be no file of it."""
        self._note(RenderState.FAILED)

    def cancel(self) -> None:
        """Have the server give it up."""
        self._session.client.renders.cancel(self.record.polled_id)
        self._note(RenderState.CANCELLED)

    def _asked_for(self) -> RenderJob | None:
        """Ask the server for it; None when that says that it does not know it."""
        try:
            return self._session.client.renders.get(self.record.polled_id)
        except NemoError as exc:
            if exc.code == NOT_FOUND:
                return None
            raise

    def _wait(self) -> RenderJob:
        workspace = self._session.workspace
        settings = workspace.settings_at(self._session.backend)
        workspace.reporter.begin("render", "Rendering")
        job = self._session.client.renders.wait(
            self.record.polled_id,
            timeout_s=settings.render_timeout,
            interval_s=settings.poll_interval,
            on_progress=self._show,
        )
        self._note(RenderState.COMPLETED)
        workspace.reporter.end()
        workspace.tell_once(job.notes)
        return job

    def _show(self, job: RenderJob) -> None:
        if job.progress is not None and 0 <= job.progress <= DONE_PERCENT:
            self._session.reporter.advance(job.progress, DONE_PERCENT)

    def _fetch(self, job: RenderJob, target: OutputTarget, started: float) -> ExportResult:
        workspace, record = self._session.workspace, self.record
        workspace.reporter.begin("download", "Downloading")
        result = self._session.client.renders.download(
            job if job.id else job.model_copy(update={"id": record.polled_id}),
            target.stream() if target.is_written_into else target.replaced,
            container=record.format,
            on_bytes=workspace.reporter.advance,
        )
        output = None if target.path is None else str(target.path.absolute())
        self._note(RenderState.DOWNLOADED, output=output)
        workspace.reporter.end()
        return ExportResult(
            session_id=record.session_id,
            render_id=record.render_id,
            output=str(target),
            size_bytes=result.size_bytes,
            elapsed_s=round(workspace.clock() - started, 3),
            notes=job.notes,
            checks=job.checks,
        )

    def _note(
        self, status: RenderState, *, polled_id: str | None = None, output: str | None = None
    ) -> None:
        self.record = self._session.journal.renders.update(
            self.record.render_id, status=status, polled_id=polled_id, output=output
        )
