"""The one place where requests go out and responses come in: token, retries, then model or error.

Resources say what they want (`Call`) and what they expect back (a model); everything between is
done here and, for a single try, in `nemovideo.client._exchange`.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from nemovideo.client._auth import Authenticator, utc_now
from nemovideo.client._calls import Call
from nemovideo.client._exchange import HTTPX_FAILURES, Exchange
from nemovideo.client._failures import AttemptFailedError, ResponseErrors, bad_response
from nemovideo.client._retry import MAX_RETRY_AFTER_S, RetryNotice, RetryPolicy
from nemovideo.errors import InvalidTokenError, NemoError, RateLimitError
from nemovideo.protocol.endpoints import ANONYMOUS_TOKEN, CLIENT_ID_HEADER
from nemovideo.protocol.envelope import Envelope
from nemovideo.protocol.models import AnonymousToken
from nemovideo.protocol.wrong_values import in_words

logger = logging.getLogger("nemovideo")

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")


class Requests:
    """Sends calls to one API; tells of each wait, and of the user id that a response names."""

    def __init__(
        self,
        exchange: Exchange,
        *,
        auth: Authenticator,
        errors: ResponseErrors,
        policy: RetryPolicy,
        sleep: Callable[[float], None],
        clock: Callable[[], float],
        on_retry: Callable[[RetryNotice], None] | None = None,
        on_user_id: Callable[[str | None], None] | None = None,
    ) -> None:
        self.auth = auth
        self.errors = errors
        self.policy = policy
        self.sleep = sleep
        self.clock = clock
        self._exchange = exchange
        self._on_retry = on_retry
        self._on_user_id = on_user_id

    def fetch(self, call: Call, model: type[M]) -> M:
        """Send a call and return its response as a model.

        Raises:
            NemoError: The request failed, or the response reports an error or can't be understood.
        """
        return read_model(self.fetch_envelope(call), model, call.endpoint)

    def fetch_envelope(self, call: Call) -> Envelope:
        """Send a call and return its response, opened; error responses are raised."""
        return self._persist(call, self._exchange.json)

    @contextmanager
    def stream(
        self, call: Call, *, on_retry: Callable[[RetryNotice], None] | None = None
    ) -> Iterator[httpx.Response]:
        """Send a call and give its response with the body unread; error responses are raised."""
        response = self._persist(call, self._exchange.stream, on_retry)
        try:
            yield response
        finally:
            with suppress(*HTTPX_FAILURES):
                response.close()

    def issue_token(self, client_id: str, attempts: int | None = None) -> AnonymousToken:
        """Ask for an anonymous token, at most so often."""
        call = Call(
            "POST",
            ANONYMOUS_TOKEN,
            headers={CLIENT_ID_HEADER: client_id},
            attempts=attempts,
            is_authorised=False,
        )
        return self.fetch(call, AnonymousToken)

    def failure_of(self, exc: Exception, call: Call) -> NemoError:
        """Return the error for what httpx raised while a call's response was read."""
        return self._exchange.failed(exc, call).error

    def tell(self, notice: RetryNotice) -> None:
        """Tell that a request is about to be repeated."""
        if self._on_retry is not None:
            self._on_retry(notice)

    def learn_user(self, user_id: str | None) -> None:
        """Note whose token it is, as a response says."""
        if self._on_user_id is not None:
            self._on_user_id(user_id)

    def _persist(
        self,
        call: Call,
        exchange: Callable[[Call, str | None], T],
        on_retry: Callable[[RetryNotice], None] | None = None,
    ) -> T:
        """Try until it works or the rules say that it is enough."""
        attempt, has_renewed, has_paused = 1, False, False
        issue = partial(self.issue_token, attempts=call.attempts)
        while True:
            token = self.auth.token(issue) if call.is_authorised else None
            try:
                return exchange(call, token)
            except AttemptFailedError as failed:
                if isinstance(failed.error, InvalidTokenError) and token and not has_renewed:
                    self.auth.renew(token, self.issue_token)
                    has_renewed = True
                    continue
                if isinstance(failed.error, RateLimitError) and not has_paused:
                    has_paused = True
                    wait_s = self._rate_limit_pause_s(failed)
                elif self._may_repeat(call, failed, attempt):
                    wait_s = self.policy.backoff_s(attempt, random.random)
                    attempt += 1
                else:
                    raise failed.error from failed.__cause__
                notice = RetryNotice(call.endpoint, failed.error.message, wait_s, attempt)
                self._pause(notice, on_retry)

    def _rate_limit_pause_s(self, failed: AttemptFailedError) -> float:
        wait_s = self.policy.rate_limit_pause_s(failed.retry_after, utc_now())
        if wait_s > MAX_RETRY_AFTER_S:
            raise RateLimitError(
                hint=f"The server wants a pause of {_long_duration(wait_s)} before the next try."
            )
        return wait_s

    def _may_repeat(self, call: Call, failed: AttemptFailedError, attempt: int) -> bool:
        return (
            not failed.is_definite
            and (call.attempts is None or attempt < call.attempts)
            and self.policy.may_repeat(
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


def read_model(envelope: Envelope, model: type[M], endpoint: str) -> M:
    """Return a response as a model, from under ``data`` or from the top level.

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
        raise bad_response(endpoint, f"{_first_problem(exc)}{words}") from exc


def _first_problem(exc: ValidationError) -> str:
    """Name what was wrong in a response without showing its values."""
    problem = exc.errors(include_input=False, include_url=False)[0]
    place = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "missing":
        return f"the answer lacks {place!r}"
    what = f"the answer's {place!r}" if place else "the answer"
    return f"{what} is wrong: {in_words(problem)}"


def _long_duration(seconds: float) -> str:
    for unit, length in (("days", 86400), ("hours", 3600)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds / 60:.0f} minutes"
