"""What the engine answers when it won't: each error of the program with its code and HTTP status.

The one table between `nemovideo.errors` and the wire. The client reads the same codes, so both
sides agree by construction. Errors that only a server has (a bad request) are defined here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nemovideo.errors import (
    DiskFullError,
    EmptyTimelineError,
    FileTooLargeError,
    InsufficientCreditsError,
    InvalidTokenError,
    MissingClientIdError,
    NemoError,
    PlanError,
    RateLimitError,
    SessionNotFoundError,
    UnsupportedFileError,
)


class RequestError(NemoError):
    """The request can't be understood or carried out as it is (400)."""

    default_code = 400


class ForeignRequestError(RequestError):
    """The request came by way of a web page or host name that this engine doesn't serve (403)."""

    default_code = 403


class NotHereError(RequestError):
    """There is no such path, file or render for this user (404)."""

    default_code = 404


class ConflictError(RequestError):
    """The thing exists, but not in the state that the request needs (409)."""

    default_code = 409


class BodyTooLargeError(RequestError):
    """A JSON body is beyond all reason (413)."""

    default_code = 413


class TooManyTokensError(RateLimitError):
    """A client asked for another token while its last one is valid; asking later may help."""

    default_message = "this client has a valid token already: one in seven days"

    def __init__(self, *, retry_after_s: int) -> None:
        super().__init__()
        self.retry_after_s = retry_after_s


STATUS_BY_ERROR: Mapping[type[NemoError], int] = {
    InvalidTokenError: 401,
    MissingClientIdError: 400,
    SessionNotFoundError: 404,
    InsufficientCreditsError: 402,
    UnsupportedFileError: 415,
    FileTooLargeError: 413,
    PlanError: 402,
    RateLimitError: 429,
    EmptyTimelineError: 400,
    RequestError: 400,
    ForeignRequestError: 403,
    NotHereError: 404,
    ConflictError: 409,
    BodyTooLargeError: 413,
    DiskFullError: 507,
}
"""The HTTP status of each error; a subclass that isn't listed has its parent's."""


@dataclass(frozen=True)
class Refusal:
    """A response that says no."""

    status: int
    code: int
    message: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def envelope(self) -> dict[str, Any]:
        """The body."""
        return {"code": self.code, "message": self.message, "data": None}


def refusal_of(error: NemoError) -> Refusal:
    """Look an error up in the table; one that isn't there is the engine's own failure."""
    status = next(
        (STATUS_BY_ERROR[kind] for kind in type(error).__mro__ if kind in STATUS_BY_ERROR), 500
    )
    headers: dict[str, str] = {}
    if isinstance(error, TooManyTokensError):
        headers["Retry-After"] = str(error.retry_after_s)
    if isinstance(error, InvalidTokenError):
        headers["WWW-Authenticate"] = "Bearer"
    code = status if error.code is None else error.code
    return Refusal(status, code, error.message, headers)
