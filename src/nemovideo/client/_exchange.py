"""One try of one call: send, redirects, status, envelope; a failure says how far it got.

Who asks again, and with which token, is decided by `nemovideo.client._requests`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from nemovideo.client._calls import Call
from nemovideo.client._failures import (
    AttemptFailedError,
    ResponseErrors,
    bad_response,
    from_httpx,
    is_definite,
    origin_of,
    phase_of,
)
from nemovideo.errors import NemoError, ProtocolError, ServerError, WaitTimeoutError
from nemovideo.protocol.envelope import Envelope, parse_envelope

logger = logging.getLogger("nemovideo")

CONNECT_TIMEOUT_S = 15.0
MAX_ANSWER_BYTES = 64 * 1024 * 1024
"""A JSON response that grows beyond this is refused."""
HTTPX_FAILURES = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError)
"""Everything that httpx raises when a request fails."""
_MAX_REDIRECTS = 5


class NoAuth(httpx.Auth):
    """Keeps httpx from making an Authorization header of its own out of a URL."""


class Exchange:
    """Carries calls to one API and brings their responses, one try each.

    The base URL has no slash at its end; every request to the API carries the headers.
    """

    def __init__(
        self,
        http: Callable[[], httpx.Client],
        base_url: str,
        headers: Mapping[str, str],
        errors: ResponseErrors,
        clock: Callable[[], float],
    ) -> None:
        self._http = http
        self._base_url = base_url
        self._headers = headers
        self._errors = errors
        self._clock = clock
        self.has_answered = False
        """Whether the API has ever answered, whatever it said."""

    def url_of(self, path: str) -> httpx.URL:
        """Return the URL of a path of the API; a whole URL stays as it is."""
        return httpx.URL(f"{self._base_url}{path}" if path.startswith("/") else path)

    def is_own(self, url: httpx.URL) -> bool:
        """Return whether a URL belongs to the API's origin: the same scheme, host and port."""
        own = httpx.URL(self._base_url)
        return (url.scheme, url.host, _port_of(url)) == (own.scheme, own.host, _port_of(own))

    def reach(self) -> None:
        """Ask for anything, without a token.

        Raises:
            NemoError: No response came, of whatever kind.
        """
        try:
            self._send_to(self.url_of("/"), Call("HEAD", "/"), None).close()
        except AttemptFailedError as failed:
            raise failed.error from failed.__cause__

    def json(self, call: Call, token: str | None) -> Envelope:
        """Send a call and return its response, opened."""
        response = self._send(call, token)
        try:
            return self._open_envelope(call, response)
        finally:
            response.close()

    def stream(self, call: Call, token: str | None) -> httpx.Response:
        """Send a call and return its response with the body unread."""
        response = self._send(call, token)
        if not self.is_own(response.url):
            return _checked_foreign(response, call)
        content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if response.status_code < 400 and not content_type.endswith("json"):
            return response
        try:
            self._open_envelope(call, response)
        finally:
            response.close()
        raise _definite(bad_response(call.endpoint, "the answer is JSON instead of what was asked"))

    def _send(self, call: Call, token: str | None) -> httpx.Response:
        """Send a request, follow redirects within the API, and return the unread response."""
        try:
            url = self.url_of(call.path)
        except httpx.InvalidURL as exc:
            raise self.failed(exc, call) from exc
        for _ in range(_MAX_REDIRECTS + 1):
            response = self._send_to(url, call, token)
            if not response.has_redirect_location:
                return response
            response.close()
            target = url.join(response.headers["location"])
            if call.method != "GET" or not (call.may_leave or self.is_own(target)):
                reason = f"redirected to {origin_of(str(target))}, which is not followed"
                raise _definite(bad_response(call.endpoint, reason))
            url = target
        raise _definite(bad_response(call.endpoint, "too many redirects"))

    def _send_to(self, url: httpx.URL, call: Call, token: str | None) -> httpx.Response:
        body = call.body() if call.body else None
        headers = {**call.headers, **(body.headers if body else {})}
        if self.is_own(url):
            headers.update(self._headers)
            if token is not None:
                headers["Authorization"] = f"Bearer {token}"
        started = self._clock()
        try:
            http = self._http()
            request = http.build_request(
                call.method,
                url,
                headers=headers,
                content=body.content if body else None,
                timeout=httpx.Timeout(call.read_timeout_s, connect=CONNECT_TIMEOUT_S),
                extensions=_trace(call.before_leaving) if call.before_leaving else None,
            )
            # A stranger's URL may hold a user name and password; they are for that stranger.
            auth = NoAuth() if self.is_own(url) else None
            response = http.send(request, stream=True, auth=auth)
            self.has_answered = True
        except HTTPX_FAILURES as exc:
            raise self.failed(exc, call, str(url)) from exc
        logger.debug(
            "%s: HTTP %d in %.2f s", call.endpoint, response.status_code, self._clock() - started
        )
        return response

    def _open_envelope(self, call: Call, response: httpx.Response) -> Envelope:
        """Read a JSON response; raise what it reports."""
        status = response.status_code
        body = self._read_body(call, response)
        envelope, reason = None, None
        try:
            envelope = parse_envelope(body)
        except ValueError as exc:
            reason = exc
        # A code other than 0 is an error whatever the status; so is a status of 400 or more,
        # whatever the envelope. Where both name an error, the envelope's code decides which.
        if status >= 400 or (envelope is not None and envelope.is_error):
            error = self._errors.of_response(call.endpoint, status, envelope, call.refused)
            raise AttemptFailedError(
                error, "answered", status, response.headers.get("retry-after")
            ) from reason
        if envelope is None and call.may_be_empty and not body.strip():
            return parse_envelope(b"{}")
        if envelope is None:
            raise _definite(bad_response(call.endpoint, str(reason))) from reason
        return envelope

    def _read_body(self, call: Call, response: httpx.Response) -> bytes:
        deadline = self._clock() + call.total_timeout_s
        chunks: list[bytes] = []
        size = 0
        try:
            for chunk in response.iter_bytes():
                chunks.append(chunk)
                size += len(chunk)
                if size > MAX_ANSWER_BYTES:
                    raise _definite(bad_response(call.endpoint, "the answer is larger than 64 MB"))
                if self._clock() > deadline:
                    late = WaitTimeoutError(f"{call.endpoint}: the answer did not end in time")
                    raise _definite(late)
        except HTTPX_FAILURES as exc:
            raise self.failed(exc, call) from exc
        return b"".join(chunks)

    def failed(self, exc: Exception, call: Call, url: str | None = None) -> AttemptFailedError:
        """Return the failure for what httpx raised."""
        phase = phase_of(exc)
        error = from_httpx(exc, call.endpoint, url or self._base_url)
        if phase == "sent" and call.lost:
            error = call.lost(error)
        return AttemptFailedError(error, phase, is_definite=is_definite(exc))


def _trace(before_leaving: Callable[[], None]) -> dict[str, Any]:
    """Have httpx's transport call back when it begins to send the first request line."""

    def trace(event: str, _: Mapping[str, Any]) -> None:
        if event.endswith(".send_request_headers.started"):
            before_leaving()

    return {"trace": trace}


def _port_of(url: httpx.URL) -> int | None:
    return url.port or {"http": 80, "https": 443}.get(url.scheme)


def _checked_foreign(response: httpx.Response, call: Call) -> httpx.Response:
    """Return a response of another origin; its codes are not the API's."""
    status = response.status_code
    if status < 400:
        return response
    response.close()
    reason = f"{origin_of(str(response.url))} answered HTTP {status}"
    error: NemoError = ProtocolError(f"{call.endpoint}: {reason}", code=status)
    if status >= 500:
        error = ServerError(error.message, code=status)
    raise AttemptFailedError(error, "answered", status)


def _definite(error: NemoError) -> AttemptFailedError:
    return AttemptFailedError(error, "answered", is_definite=True)
