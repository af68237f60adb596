"""The one place where requests go out and answers come in: send, status, envelope, model or error.

Retries, the token and the attribution headers are added here, so that resources only say what they
want (`Call`) and what they expect back (a model).
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from nemovideo.client._auth import Authenticator, utc_now
from nemovideo.client._failures import (
    AnswerErrors,
    AttemptFailedError,
    bad_answer,
    from_httpx,
    is_definite,
    origin_of,
    phase_of,
)
from nemovideo.client._retry import MAX_RETRY_AFTER_S, RetryNotice, RetryPolicy
from nemovideo.errors import (
    ConfigError,
    InvalidTokenError,
    NemoError,
    ProtocolError,
    RateLimitError,
    ServerError,
    WaitTimeoutError,
)
from nemovideo.protocol.endpoints import ANONYMOUS_TOKEN, CLIENT_ID_HEADER
from nemovideo.protocol.envelope import Envelope, parse_envelope
from nemovideo.protocol.models import AnonymousToken

logger = logging.getLogger("nemovideo")

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")

CONNECT_TIMEOUT_S = 15.0
READ_TIMEOUT_S = 30.0
MAX_ANSWER_BYTES = 64 * 1024 * 1024
"""A JSON answer that grows beyond this is refused."""
_MAX_REDIRECTS = 5
_HTTPX_FAILURES = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError)


@dataclass(frozen=True)
class Body:
    """A request's body."""

    content: bytes | Iterable[bytes]
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Call:
    """What a resource wants from the API."""

    method: str
    path: str
    """Below the API's URL; or a whole URL, where a server has named one."""
    body: Callable[[], Body] | None = None
    """Makes the body anew for every try."""
    headers: Mapping[str, str] = field(default_factory=dict)
    read_timeout_s: float = READ_TIMEOUT_S
    total_timeout_s: float = 300.0
    """How long reading a JSON answer may take in all."""
    is_repeatable: bool = False
    """Whether repeating it does no harm once the server has seen it."""
    attempts: int | None = None
    """Tries in all; the policy's if None."""
    is_authorised: bool = True
    may_leave: bool = False
    """Whether redirects to other origins are followed; those see no token and no attribution."""
    needs_json: bool = True
    """Whether an answer that is no JSON is a bad one; False where the answer doesn't matter."""
    refused: type[NemoError] = ProtocolError
    """The error when the server refuses for a reason that the table of codes doesn't know."""
    lost: Callable[[NemoError], NemoError] | None = None
    """Makes the error for when the request may have arrived and no answer came."""

    @property
    def endpoint(self) -> str:
        """How messages name it."""
        return f"{self.method} {self.path.partition('?')[0]}"


def checked_url(value: str) -> str:
    """Return an API URL without a slash at its end.

    Raises:
        ConfigError: It is no http or https URL, or holds a user name, a query or a fragment.
    """
    try:
        url = httpx.URL(value.strip().rstrip("/"))
    except (httpx.InvalidURL, ValueError) as exc:
        raise ConfigError("the API URL is no URL") from exc
    if url.scheme not in ("http", "https") or not url.host:
        raise ConfigError("the API URL must start with http:// or https://")
    if url.userinfo or url.query or url.fragment:
        raise ConfigError("the API URL must hold no user name, query or fragment")
    return str(url).rstrip("/")


class NoAuth(httpx.Auth):
    """Keeps httpx from making an Authorization header of its own out of a URL."""


class Requests:
    """Sends calls to one API URL.

    Args:
        http: Gives the connection pool.
        base_url: The API's URL without a slash at its end.
        headers: What every request to the API carries.
        auth: Gives the token.
        errors: Makes errors of answers.
        policy: How often and after which pauses.
        sleep: Waits for seconds.
        clock: Gives the seconds of a steady clock.
        on_retry: Told before each wait.
        on_user_id: Told the user id that an answer names.
    """

    def __init__(
        self,
        *,
        http: Callable[[], httpx.Client],
        base_url: str,
        headers: Mapping[str, str],
        auth: Authenticator,
        errors: AnswerErrors,
        policy: RetryPolicy,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        on_retry: Callable[[RetryNotice], None] | None = None,
        on_user_id: Callable[[str | None], None] | None = None,
    ) -> None:
        self.base_url = base_url
        self.headers = headers
        self.auth = auth
        self.errors = errors
        self.sleep = sleep
        self.clock = clock
        self._http = http
        self._policy = policy
        self._on_retry = on_retry
        self._on_user_id = on_user_id

    @property
    def http(self) -> httpx.Client:
        """The connection pool."""
        return self._http()

    def fetch(self, call: Call, model: type[M]) -> M:
        """Send a call and return its answer as a model.

        Raises:
            NemoError: The request failed, or the answer reports an error or can't be understood.
        """
        return read_model(self.fetch_envelope(call), model, call.endpoint)

    def fetch_envelope(self, call: Call) -> Envelope:
        """Send a call and return its answer, opened; error answers are raised."""
        return self._persist(call, self._exchange_json)

    @contextmanager
    def stream(
        self, call: Call, *, on_retry: Callable[[RetryNotice], None] | None = None
    ) -> Iterator[httpx.Response]:
        """Send a call and give its answer with the body unread; error answers are raised."""
        response = self._persist(call, self._exchange_stream, on_retry)
        try:
            yield response
        finally:
            with suppress(*_HTTPX_FAILURES):
                response.close()

    def issue_token(self, client_id: str) -> AnonymousToken:
        """Ask for an anonymous token."""
        call = Call(
            "POST",
            ANONYMOUS_TOKEN,
            headers={CLIENT_ID_HEADER: client_id},
            is_authorised=False,
        )
        return self.fetch(call, AnonymousToken)

    def tell(self, notice: RetryNotice) -> None:
        """Tell that a request is about to be repeated."""
        if self._on_retry is not None:
            self._on_retry(notice)

    def learn_user(self, user_id: str | None) -> None:
        """Note whose token it is, as an answer says."""
        if self._on_user_id is not None:
            self._on_user_id(user_id)

    def url_of(self, path: str) -> httpx.URL:
        """Return the URL of a path of the API; a whole URL stays as it is."""
        return httpx.URL(f"{self.base_url}{path}" if path.startswith("/") else path)

    def is_own(self, url: httpx.URL) -> bool:
        """Whether a URL belongs to the API's origin: the same scheme, host and port."""
        own = httpx.URL(self.base_url)
        return (url.scheme, url.host, _port_of(url)) == (own.scheme, own.host, _port_of(own))

    def _persist(
        self,
        call: Call,
        exchange: Callable[[Call, str | None], T],
        on_retry: Callable[[RetryNotice], None] | None = None,
    ) -> T:
        """Try until it works or the rules say that it is enough."""
        attempt, has_renewed, has_paused = 1, False, False
        while True:
            token = self.auth.token(self.issue_token) if call.is_authorised else None
            try:
                return exchange(call, token)
            except AttemptFailedError as failed:
                if isinstance(failed.error, InvalidTokenError) and token and not has_renewed:
                    self._renew(token, failed)
                    has_renewed = True
                    continue
                if isinstance(failed.error, RateLimitError) and not has_paused:
                    has_paused = True
                    wait_s = self._rate_limit_pause_s(failed)
                elif self._may_repeat(call, failed, attempt):
                    wait_s = self._policy.backoff_s(attempt, random.random)
                    attempt += 1
                else:
                    raise failed.error from failed.__cause__
                notice = RetryNotice(call.endpoint, failed.error.message, wait_s, attempt)
                self._pause(notice, on_retry)

    def _renew(self, token: str, failed: AttemptFailedError) -> None:
        try:
            self.auth.renew(token, self.issue_token)
        except InvalidTokenError as exc:
            raise failed.error from exc

    def _rate_limit_pause_s(self, failed: AttemptFailedError) -> float:
        wait_s = self._policy.rate_limit_pause_s(failed.retry_after, utc_now())
        if wait_s > MAX_RETRY_AFTER_S:
            raise RateLimitError(
                hint=f"The server wants a pause of {wait_s / 60:.0f} minutes before the next try."
            )
        return wait_s

    def _may_repeat(self, call: Call, failed: AttemptFailedError, attempt: int) -> bool:
        return (
            not failed.is_definite
            and (call.attempts is None or attempt < call.attempts)
            and self._policy.may_repeat(
                phase=failed.phase,
                status=failed.status,
                is_repeatable=call.is_repeatable,
                attempt=attempt,
            )
        )

    def _pause(self, notice: RetryNotice, on_retry: Callable[[RetryNotice], None] | None) -> None:
        logger.debug("%s: %s; again in %.1f s", notice.endpoint, notice.reason, notice.wait_s)
        (on_retry or self.tell)(notice)
        self.sleep(notice.wait_s)

    def _exchange_json(self, call: Call, token: str | None) -> Envelope:
        response = self._send(call, token)
        try:
            return self._open_envelope(call, response)
        finally:
            response.close()

    def _exchange_stream(self, call: Call, token: str | None) -> httpx.Response:
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
        raise _definite(bad_answer(call.endpoint, "the answer is JSON instead of what was asked"))

    def _send(self, call: Call, token: str | None) -> httpx.Response:
        """Send a request, follow redirects within the API, and return the unread answer."""
        try:
            url = self.url_of(call.path)
        except httpx.InvalidURL as exc:
            raise self._failed(exc, call) from exc
        for _ in range(_MAX_REDIRECTS + 1):
            response = self._send_to(url, call, token)
            if not response.has_redirect_location:
                return response
            response.close()
            try:
                target = url.join(response.headers["location"])
            except httpx.InvalidURL as exc:
                raise self._failed(exc, call) from exc
            if call.method != "GET" or not (call.may_leave or self.is_own(target)):
                reason = f"redirected to {origin_of(str(target))}, which is not followed"
                raise _definite(bad_answer(call.endpoint, reason))
            url = target
        raise _definite(bad_answer(call.endpoint, "too many redirects"))

    def _send_to(self, url: httpx.URL, call: Call, token: str | None) -> httpx.Response:
        body = call.body() if call.body else None
        headers = {**call.headers, **(body.headers if body else {})}
        if self.is_own(url):
            headers.update(self.headers)
            if token is not None:
                headers["Authorization"] = f"Bearer {token}"
        started = self.clock()
        try:
            request = self.http.build_request(
                call.method,
                url,
                headers=headers,
                content=body.content if body else None,
                timeout=httpx.Timeout(call.read_timeout_s, connect=CONNECT_TIMEOUT_S),
            )
            response = self.http.send(request, stream=True, auth=NoAuth())
        except _HTTPX_FAILURES as exc:
            raise self._failed(exc, call, str(url)) from exc
        logger.debug(
            "%s: HTTP %d in %.2f s", call.endpoint, response.status_code, self.clock() - started
        )
        return response

    def _open_envelope(self, call: Call, response: httpx.Response) -> Envelope:
        """Read a JSON answer; raise what it reports."""
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
            error = self.errors.of_answer(call.endpoint, status, envelope, call.refused)
            raise AttemptFailedError(
                error, "answered", status, response.headers.get("retry-after")
            ) from reason
        if envelope is None and call.needs_json:
            raise _definite(bad_answer(call.endpoint, str(reason))) from reason
        return envelope or Envelope(
            is_error=False, code=None, message=None, payload={}, document={}
        )

    def _read_body(self, call: Call, response: httpx.Response) -> bytes:
        deadline = self.clock() + call.total_timeout_s
        chunks: list[bytes] = []
        size = 0
        try:
            for chunk in response.iter_bytes():
                chunks.append(chunk)
                size += len(chunk)
                if size > MAX_ANSWER_BYTES:
                    raise _definite(bad_answer(call.endpoint, "the answer is larger than 64 MB"))
                if self.clock() > deadline:
                    late = WaitTimeoutError(f"{call.endpoint}: the answer did not end in time")
                    raise _definite(late)
        except _HTTPX_FAILURES as exc:
            raise self._failed(exc, call) from exc
        return b"".join(chunks)

    def _failed(self, exc: Exception, call: Call, url: str | None = None) -> AttemptFailedError:
        phase = phase_of(exc)
        error = from_httpx(exc, call.endpoint, url or self.base_url)
        if phase == "sent" and call.lost:
            error = call.lost(error)
        return AttemptFailedError(error, phase, is_definite=is_definite(exc))


def read_model(envelope: Envelope, model: type[M], endpoint: str) -> M:
    """Return an answer as a model, from under ``data`` or from the top level.

    Raises:
        ProtocolError: It lacks something; the message names what, and the server's own words.
    """
    try:
        return model.model_validate(envelope.payload)
    except ValidationError as exc:
        if envelope.payload is not envelope.document:
            with suppress(ValidationError):
                return model.model_validate(envelope.document)
        words = f" (the server says: {envelope.message})" if envelope.message else ""
        raise bad_answer(endpoint, f"{_first_problem(exc)}{words}") from exc


def _first_problem(exc: ValidationError) -> str:
    """Name what was wrong in an answer without showing its values."""
    problem = exc.errors(include_input=False, include_url=False, include_context=False)[0]
    place = ".".join(str(part) for part in problem["loc"])
    words = problem["msg"].removeprefix("Value error, ")
    if problem["type"] == "missing":
        return f"the answer lacks {place!r}"
    return f"the answer's {place!r} is wrong: {words}" if place else f"the answer is wrong: {words}"


def _port_of(url: httpx.URL) -> int | None:
    return url.port or {"http": 80, "https": 443}.get(url.scheme)


def _checked_foreign(response: httpx.Response, call: Call) -> httpx.Response:
    """Return an answer of another origin; its codes are not the API's."""
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
