"""The outermost layer: who may come in, and what leaves when something breaks.

A page on the web must not use the engine by way of the visitor's browser: requests that name
another host or come from another origin are refused, and no response carries CORS headers. What
nobody foresaw becomes a plain 500 without internals, and a line in the log.
"""

from __future__ import annotations

import logging
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from nemovideo.engine._refusals import ForeignRequestError, refusal_of
from nemovideo.engine._unforeseen import as_told
from nemovideo.errors import NemoError

logger = logging.getLogger(__name__)


class Guard:
    """ASGI middleware around everything else.

    Where an engine listens on this machine alone, only this machine's own names may stand in
    ``Host``; the folder is told to nobody else.
    """

    def __init__(self, app: ASGIApp, *, is_loopback_only: bool, folder: Path) -> None:
        self._app = app
        self._is_loopback_only = is_loopback_only
        self._folder = folder if is_loopback_only else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_responded = False

        async def watched_send(message: Message) -> None:
            nonlocal has_responded
            has_responded = True
            await send(message)

        try:
            self._check(Headers(scope=scope))
            await self._app(scope, receive, watched_send)
        except ClientDisconnect:
            return
        except ForeignRequestError as exc:
            await refused(exc)(scope, receive, send)
        except Exception as exc:
            error = as_told(exc, "the engine failed", self._folder)
            trace = exc if error.code is None else None
            line = f"{scope['method']} {scope['path']}"
            logger.error("%s: %s", line, error.message, exc_info=trace)
            if has_responded:
                # The server closes the connection: the client sees that the response is not whole.
                raise
            await refused(error)(scope, receive, send)

    def _check(self, headers: Headers) -> None:
        host = headers.get("host", "")
        if self._is_loopback_only and not is_loopback(_hostname(f"//{host}")):
            raise ForeignRequestError("this engine answers to localhost and 127.0.0.1 only")
        origin = headers.get("origin")
        if origin is not None and origin.lower().partition("://")[2] != host.lower():
            raise ForeignRequestError("this engine serves no pages of other origins")


def is_loopback(host: str) -> bool:
    """Return whether a host name or address is this machine and nothing else."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def refused(error: NemoError) -> JSONResponse:
    """Return the response for an error."""
    refusal = refusal_of(error)
    return JSONResponse(refusal.envelope, refusal.status, headers=dict(refusal.headers))


def _hostname(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
