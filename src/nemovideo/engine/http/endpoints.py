"""The endpoints: each checks who asks, calls one thing, and responds with what came of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse

from nemovideo.engine._refusals import ConflictError, NotHereError, RequestError
from nemovideo.engine.http.bodies import (
    ClaimBody,
    CreateSessionBody,
    FilesBody,
    RenderBody,
    RunBody,
    read_body,
)
from nemovideo.engine.http.responses import (
    download_name,
    to_media,
    to_render,
    to_session,
    to_state,
    to_token,
)
from nemovideo.engine.store.renders import COMPLETED, RenderRow
from nemovideo.engine.store.sessions import MediaRow, SessionRow
from nemovideo.engine.store.store import Store
from nemovideo.engine.store.users import CLAIM_LIFETIME_S, OWNER_ID
from nemovideo.engine.uploads.uploads import Uploads
from nemovideo.engine.work.jobs import RenderWorker
from nemovideo.engine.work.turns import Turns, stream_turn
from nemovideo.errors import (
    EmptyTimelineError,
    InvalidTokenError,
    MissingClientIdError,
    PlanError,
    SessionNotFoundError,
)
from nemovideo.protocol.endpoints import ATTRIBUTION_HEADERS, CLIENT_ID_HEADER
from nemovideo.protocol.media_types import mime_type_of
from nemovideo.timeline import Timeline

_CLIENT_ID = re.compile(r"[\x21-\x7e]{1,128}")


class Endpoints:
    """The endpoints of one engine."""

    def __init__(
        self,
        store: Store,
        worker: RenderWorker,
        turns: Turns,
        uploads: Uploads,
        *,
        heartbeat_interval_s: float,
    ) -> None:
        self._store = store
        self._worker = worker
        self._turns = turns
        self._uploads = uploads
        self._heartbeat_interval_s = heartbeat_interval_s

    async def anonymous_token(self, request: Request) -> Response:
        """Give a client a token of its own."""
        client_id = request.headers.get(CLIENT_ID_HEADER, "").strip()
        if not client_id:
            raise MissingClientIdError(f"the header {CLIENT_ID_HEADER} is missing")
        if _CLIENT_ID.fullmatch(client_id) is None:
            raise MissingClientIdError(f"the header {CLIENT_ID_HEADER} is no usable id")
        issued = await run_in_threadpool(self._store.users.issue_anonymous, client_id)
        return _success(to_token(issued))

    async def create_session(self, request: Request) -> Response:
        """Start a session."""
        user_id = await self._user(request)
        body = await read_body(request, CreateSessionBody)
        session = await run_in_threadpool(
            self._store.sessions.create, user_id, body.task_name, body.language
        )
        return _success(to_session(session))

    async def run_sse(self, request: Request) -> Response:
        """Take a message and stream what comes of it."""
        user_id = await self._user(request)
        body = await read_body(request, RunBody)
        message = body.text
        session = await self._session(body.session_id, user_id)
        turn = self._turns.begin(session.id, user_id, message, is_strict=body.strict)
        events = stream_turn(turn, heartbeat_interval_s=self._heartbeat_interval_s)
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(events, media_type="text/event-stream", headers=headers)

    async def upload(self, request: Request) -> Response:
        """Take files into a session."""
        user_id = await self._user(request)
        session = await self._session(request.path_params["session_id"], user_id)
        content_type = request.headers.get("content-type", "")
        kind = content_type.partition(";")[0].strip().lower()
        if kind == "multipart/form-data":
            chunks = request.stream()
            rows = await self._uploads.take_multipart(session.id, content_type, chunks)
        elif kind == "application/json":
            rows = await self._take_named(session.id, user_id, await read_body(request, FilesBody))
        else:
            raise RequestError("send files as multipart/form-data, URLs as application/json")
        origin = _origin(request)
        files = [to_media(row, origin) for row in rows]
        return _success({"files": files, "session_state_applied": True})

    async def _take_named(self, session_id: str, user_id: str, body: FilesBody) -> list[MediaRow]:
        if body.paths is None:
            return await self._uploads.take_urls(session_id, body.urls or [])
        if user_id != OWNER_ID:
            raise RequestError("files are taken by their paths from this machine's own user alone")
        files = [(Path(file.path), file.sha256) for file in body.paths]
        return await self._uploads.take_paths(session_id, files)

    async def credits(self, request: Request) -> Response:
        """Return the balance."""
        user_id = await self._user(request)
        balance = await run_in_threadpool(self._store.users.credits_of, user_id)
        return _success({"available": balance, "frozen": 0, "total": balance})

    async def state(self, request: Request) -> Response:
        """Return a session's state."""
        user_id = await self._user(request)
        session = await self._session(request.path_params["session_id"], user_id)
        media = await run_in_threadpool(self._store.sessions.media_of, session.id)
        renders = await run_in_threadpool(self._store.renders.completed_of, session.id)
        return _success(to_state(session, media, renders, _origin(request)))

    async def submit_render(self, request: Request) -> Response:
        """Start a render."""
        user_id = await self._user(request)
        _check_attribution(request)
        body = await read_body(request, RenderBody)
        session = await self._session(body.session_id, user_id)
        timeline = Timeline.from_draft(body.draft)
        if not timeline.is_ready:
            raise EmptyTimelineError
        row = await run_in_threadpool(
            self._store.renders.submit,
            body.id,
            session_id=session.id,
            user_id=user_id,
            draft=body.draft,
            filename=download_name(timeline, session, body.output.format),
            quality=body.output.quality,
            max_bytes=body.output.max_bytes,
            encoder=body.output.encoder,
        )
        notes = await run_in_threadpool(_text_notes, timeline)
        return await self._respond_render(request, row, notes)

    async def render_status(self, request: Request) -> Response:
        """Return how far a render is."""
        return await self._respond_render(request, await self._render(request))

    async def cancel_render(self, request: Request) -> Response:
        """Stop a render; one that is finished stays as it is."""
        row = await self._render(request)
        await run_in_threadpool(self._store.renders.cancel, row.id)
        return await self._respond_render(request, await self._render(request))

    async def download_render(self, request: Request) -> Response:
        """Serve a finished render's file to its user."""
        row = await self._render(request)
        if row.status != COMPLETED:
            raise ConflictError(f"the render {row.id} has no file: it is {row.status}")
        return await self._render_file(row)

    async def claim_token(self, request: Request) -> Response:
        """Make a token that stands for one session for a short while."""
        user_id = await self._user(request)
        body = await read_body(request, ClaimBody)
        session = await self._session(body.session_id, user_id)
        if session.task_id != body.task_id:
            raise SessionNotFoundError("the task is not this session's")
        claim = await run_in_threadpool(self._store.users.issue_claim, session.id)
        return _success({"claim_token": claim, "expires_in": CLAIM_LIFETIME_S})

    async def media_file(self, request: Request) -> Response:
        """Serve an uploaded file to whoever knows its URL."""
        key = request.path_params["key"]
        row = await run_in_threadpool(self._store.sessions.media_by_key, key)
        if row is None:
            raise NotHereError("there is no such file")
        return await _file(self._store.media_path(row), row.filename, "inline")

    async def render_file(self, request: Request) -> Response:
        """Serve a finished render's file to whoever knows its URL."""
        row = await run_in_threadpool(self._store.renders.find_by_key, request.path_params["key"])
        if row is None or row.status != COMPLETED:
            raise NotHereError("there is no such file")
        return await self._render_file(row)

    async def _user(self, request: Request) -> str:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise InvalidTokenError("the request has no bearer token")
        return await run_in_threadpool(self._store.users.user_of, token.strip())

    async def _session(self, session_id: str, user_id: str) -> SessionRow:
        return await run_in_threadpool(self._store.sessions.get, session_id, user_id)

    async def _render(self, request: Request) -> RenderRow:
        user_id = await self._user(request)
        render_id = request.path_params["render_id"]
        return await run_in_threadpool(self._store.renders.get, render_id, user_id)

    async def _respond_render(
        self, request: Request, row: RenderRow, notes: tuple[str, ...] = ()
    ) -> Response:
        if row.is_unfinished:
            await run_in_threadpool(self._worker.attend, row.id)
        return JSONResponse(to_render(row, _origin(request), notes))

    async def _render_file(self, row: RenderRow) -> Response:
        return await _file(self._store.render_path(row), row.filename, "attachment")


async def _file(path: Path, filename: str, disposition: str) -> Response:
    try:
        stat_result = await run_in_threadpool(path.stat)
    except FileNotFoundError as exc:
        raise NotHereError("the file is no longer there") from exc
    return FileResponse(
        path,
        media_type=mime_type_of(filename),
        filename=filename,
        stat_result=stat_result,
        content_disposition_type=disposition,
        headers={"X-Content-Type-Options": "nosniff"},
    )


def _check_attribution(request: Request) -> None:
    missing = [name for name in ATTRIBUTION_HEADERS if not request.headers.get(name, "").strip()]
    if missing:
        raise PlanError(f"export is blocked: the header {missing[0]} is missing")


def _origin(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}"


def _success(data: dict[str, Any]) -> JSONResponse:
    return JSONResponse({"code": 0, "message": "success", "data": data})


def _text_notes(timeline: Timeline) -> tuple[str, ...]:
    from nemovideo.render.text import text_notes  # with the libraries that shape text

    return text_notes(timeline)
