"""The application: routes, the lifespan of what works in the background, errors as responses."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from nemovideo.engine.http.endpoints import Endpoints
from nemovideo.engine.http.guard import Guard, refused
from nemovideo.engine.http.responses import MEDIA_ROUTE, RENDER_ROUTE
from nemovideo.engine.store.store import Store
from nemovideo.engine.uploads.uploads import Uploads
from nemovideo.engine.work.collaborators import Collaborators
from nemovideo.engine.work.jobs import RenderWorker
from nemovideo.engine.work.turns import HEARTBEAT_INTERVAL_S, Turns
from nemovideo.errors import NemoError
from nemovideo.protocol import endpoints as paths
from nemovideo.protocol.media_types import MAX_UPLOAD_BYTES


@dataclass(frozen=True)
class Limits:
    """How much, how long, how many at once."""

    max_upload_bytes: int = MAX_UPLOAD_BYTES
    """Of one file, inclusive."""
    heartbeat_interval_s: float = HEARTBEAT_INTERVAL_S
    """The longest silence in a stream of events."""


def create_app(
    store: Store,
    collaborators: Collaborators,
    *,
    limits: Limits | None = None,
    is_loopback_only: bool = True,
) -> Starlette:
    """Put an engine together; the store stays open when the application ends."""
    limits = limits or Limits()
    worker = RenderWorker(store, collaborators.render_draft)
    turns = Turns(store, collaborators.direct)
    uploads = Uploads(
        store,
        collaborators.probe,
        max_bytes=limits.max_upload_bytes,
        may_reach_private=is_loopback_only,
    )
    endpoints = Endpoints(
        store, worker, turns, uploads, heartbeat_interval_s=limits.heartbeat_interval_s
    )

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        try:
            await run_in_threadpool(worker.start)
        except BaseException as exc:
            app.state.failure = exc  # the server only says that there was one
            raise
        try:
            yield
        finally:
            await turns.close()
            await run_in_threadpool(worker.stop)

    return Starlette(
        routes=_routes(endpoints),
        lifespan=lifespan,
        middleware=[Middleware(Guard, is_loopback_only=is_loopback_only, folder=store.folder)],
        exception_handlers={NemoError: _refuse, HTTPException: _refuse_path},
    )


def _routes(endpoints: Endpoints) -> list[Route]:
    return [
        Route(paths.ANONYMOUS_TOKEN, endpoints.anonymous_token, methods=["POST"]),
        Route(paths.CREATE_SESSION, endpoints.create_session, methods=["POST"]),
        Route(paths.RUN_SSE, endpoints.run_sse, methods=["POST"]),
        Route(paths.UPLOAD_TEMPLATE, endpoints.upload, methods=["POST"]),
        Route(paths.CREDITS, endpoints.credits),
        Route(paths.STATE_TEMPLATE, endpoints.state),
        Route(paths.RENDERS, endpoints.submit_render, methods=["POST"]),
        Route(paths.RENDER_TEMPLATE, endpoints.render_status),
        Route(paths.RENDER_CANCEL_TEMPLATE, endpoints.cancel_render, methods=["POST"]),
        Route(paths.RENDER_DOWNLOAD_TEMPLATE, endpoints.download_render),
        Route(paths.CLAIM_TOKEN, endpoints.claim_token, methods=["POST"]),
        Route(MEDIA_ROUTE, endpoints.media_file),
        Route(RENDER_ROUTE, endpoints.render_file),
    ]


async def _refuse(_: Request, error: Exception) -> Response:
    assert isinstance(error, NemoError)
    return refused(error)


async def _refuse_path(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    message = (
        f"there is no such path: {request.url.path}" if error.status_code == 404 else error.detail
    )
    body = {"code": error.status_code, "message": message, "data": None}
    return JSONResponse(body, error.status_code, headers=dict(error.headers or {}))
