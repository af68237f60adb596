"""Renders: the timeline as a file, made by the server, then fetched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from nemovideo.client._calls import Call
from nemovideo.client._failures import clean
from nemovideo.client._polling import Poll
from nemovideo.client.download import Downloader, DownloadResult, OnBytes
from nemovideo.client.resources._base import Resource, json_body
from nemovideo.errors import (
    NemoError,
    NetworkError,
    ProtocolError,
    RateLimitError,
    RenderError,
    RenderTimeoutError,
    WaitTimeoutError,
)
from nemovideo.protocol import endpoints
from nemovideo.protocol.draft import JsonObject
from nemovideo.protocol.models import RenderJob

ENDED = frozenset({"completed", "failed", "cancelled", "canceled"})
"""The states that a render does not leave; every other one means not done yet."""

_SUBMIT_TIMEOUT_S = 60.0
_POLL_TIMEOUT_S = 30.0
_NOT_FOUND = 404
_MAX_UNKNOWN = 3
"""How often in a row the server may not know a render that was just submitted."""

OnJob = Callable[[RenderJob], None]


class Renders(Resource):
    """``/api/render/proxy/…``."""

    def submit(
        self,
        render_id: str,
        session_id: str,
        draft_document: JsonObject,
        *,
        format: str = "mp4",
        quality: str = "high",
        max_bytes: int | None = None,
        encoder: str = "x264",
    ) -> RenderJob:
        """Ask for a render; never sent twice, since the server may have begun.

        Args:
            render_id: The id under which the caller will ask for it.
            session_id: Whose timeline it is.
            draft_document: The draft exactly as the state gave it.
            format: The container.
            quality: The server's word for how good.
            max_bytes: How large the file may be, where the server is the local engine.
            encoder: What encodes it there, another than the usual one.

        Returns:
            The render; its ``id`` is the one to poll, which may be another than asked for.

        Raises:
            PlanError: Exports are not part of the plan.
            RenderError: The server refused the render.
        """
        here: JsonObject = {} if max_bytes is None else {"max_bytes": max_bytes}
        if encoder != "x264":
            here["encoder"] = encoder
        document = {
            "id": render_id,
            "sessionId": session_id,
            "draft": draft_document,
            "output": {"format": format, "quality": quality, **here},
        }
        call = Call(
            "POST",
            endpoints.RENDERS,
            body=lambda: json_body(document),
            read_timeout_s=_SUBMIT_TIMEOUT_S,
            refused=RenderError,
        )
        job = self._requests.fetch(call, RenderJob)
        return job if job.id else job.model_copy(update={"id": render_id})

    def get(self, render_id: str) -> RenderJob:
        """Return a render's state."""
        return self._poll(render_id, attempts=None)

    def cancel(self, render_id: str) -> RenderJob | None:
        """Stop a render; what the server says about it now, if it says something."""
        call = Call(
            "POST", endpoints.render_cancel(render_id), is_repeatable=True, may_be_empty=True
        )
        payload = self._requests.fetch_envelope(call).payload
        if not isinstance(payload.get("status"), str):
            return None
        return RenderJob.model_validate({"id": render_id, **payload})

    def wait(
        self,
        render_id: str,
        *,
        timeout_s: float,
        interval_s: float,
        on_progress: OnJob | None = None,
    ) -> RenderJob:
        """Ask for a render's state until it has ended.

        A question that fails is asked again, within the time; a refusal that asking again can't
        change is raised.

        Args:
            render_id: The render.
            timeout_s: The limit of the wait.
            interval_s: The pause between questions.
            on_progress: Told every answer.

        Returns:
            The completed render.

        Raises:
            RenderError: It failed or was cancelled; with the server's reason.
            RenderTimeoutError: It has not ended within the time.
        """
        watch = _Watch(render_id, self._poll, on_progress)
        poll = Poll(watch.ask, watch.is_done, watch.may_ask_again, interval_s, timeout_s)
        job = poll.run(sleep=self._requests.sleep, clock=self._requests.clock)
        if job is None:
            raise RenderTimeoutError(
                f"the render {render_id} has not ended within {timeout_s:.0f} s"
            )
        if job.status == "completed":
            return job
        words = "was cancelled" if job.status.startswith("cancel") else "failed"
        reason = f": {clean(job.error)}" if job.error else ""
        raise RenderError(f"the render {render_id} {words}{reason}")

    def download(
        self,
        job: RenderJob | str,
        target: Path | BinaryIO,
        *,
        container: str | None = None,
        on_bytes: OnBytes | None = None,
    ) -> DownloadResult:
        """Fetch a finished render's file.

        Args:
            job: The render, or its id.
            target: The file to put in place, whole or not at all; or a stream.
            container: What the file has to be: ``mp4``, ``webm``…; any video if None.
            on_bytes: Told how many bytes of how many are there (None: unknown).

        Raises:
            OutputNotWritableError: The target can't be written.
            NemoError: The file could not be got whole.
        """
        job = self.get(job) if isinstance(job, str) else job
        downloader = Downloader(self._requests, container=container, on_bytes=on_bytes)
        calls = self._sources_of(job)
        if isinstance(target, Path):
            return downloader.to_path(calls, target, tag=job.id or job.output_url or "")
        return downloader.to_stream(calls, target)

    def _sources_of(self, job: RenderJob) -> list[Call]:
        """Return where a file may be got: its own URL, then the API's download endpoint."""
        paths: list[str] = []
        if job.output_url and job.output_url.startswith(("/", "http://", "https://")):
            paths.append(job.output_url)
        if job.id:
            paths.append(endpoints.render_download(job.id))
        return [
            Call("GET", path, is_repeatable=True, may_leave=True, read_timeout_s=60.0)
            for path in dict.fromkeys(paths)
        ]

    def _poll(self, render_id: str, attempts: int | None = 1) -> RenderJob:
        call = Call(
            "GET",
            endpoints.render(render_id),
            is_repeatable=True,
            attempts=attempts,
            read_timeout_s=_POLL_TIMEOUT_S,
        )
        job = self._requests.fetch(call, RenderJob)
        return job if job.id else job.model_copy(update={"id": render_id})


class _Watch:
    """What one wait remembers between its questions."""

    def __init__(
        self, render_id: str, ask: Callable[[str], RenderJob], on_progress: OnJob | None
    ) -> None:
        self._render_id = render_id
        self._ask = ask
        self._on_progress = on_progress
        self._unknown = 0

    def ask(self) -> RenderJob:
        job = self._ask(self._render_id)
        self._unknown = 0
        if self._on_progress is not None:
            self._on_progress(job)
        return job

    def is_done(self, job: RenderJob) -> bool:
        return job.status in ENDED

    def may_ask_again(self, error: NemoError) -> bool:
        if error.code == _NOT_FOUND:
            # Right after the submit some servers need a moment to know it.
            self._unknown += 1
            return self._unknown < _MAX_UNKNOWN
        return isinstance(error, NetworkError | WaitTimeoutError | ProtocolError | RateLimitError)
