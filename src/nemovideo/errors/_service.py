"""What the service refuses: tokens, sessions, credits, plans, too many requests."""

from __future__ import annotations

from nemovideo.errors._base import NemoError
from nemovideo.errors._exit_codes import ExitCode


class TokenError(NemoError):
    """The token is missing, expired or refused."""

    kind = "token"
    exit_code = ExitCode.TOKEN


class InvalidTokenError(TokenError):
    """The server refused the token (1001, or HTTP 401)."""

    default_code = 1001
    default_message = "the token was refused: it is wrong or has expired"
    default_hint = (
        "Set a valid NEMO_TOKEN or run `nemo auth login`; "
        "without either, nemo gets an anonymous token by itself."
    )


class MissingClientIdError(TokenError):
    """The server asked for an X-Client-Id (400)."""

    default_code = 400
    default_message = "the server asked for a client id"
    default_hint = "Set NEMO_CLIENT_ID to a UUID, or remove the broken client_id file."


class SessionError(NemoError):
    """There is no session to work in."""

    kind = "session"
    exit_code = ExitCode.SESSION


class SessionNotFoundError(SessionError):
    """The server does not know the session (1002)."""

    default_code = 1002
    default_message = "the server does not know this session"
    default_hint = "Start a new one with `nemo session new`, or pick one of `nemo session list`."


class NoSessionError(SessionError):
    """A command needs a session and there is none yet."""

    default_message = "there is no session yet"
    default_hint = (
        "Start one with `nemo convert PHOTOS…`, `nemo upload FILES…` or `nemo session new`."
    )


class SessionElsewhereError(NoSessionError):
    """The current session lives elsewhere than the command is to work."""


class InsufficientCreditsError(NemoError):
    """No credits are left (2001)."""

    kind = "credits"
    exit_code = ExitCode.CREDITS
    default_code = 2001
    default_message = "no credits are left"
    default_hint = "Top up credits in your account."


class PlanError(NemoError):
    """The account's plan does not include exports (402): the tier, not the balance."""

    kind = "plan"
    exit_code = ExitCode.PLAN
    default_code = 402
    default_message = "export is not part of the free plan"
    default_hint = (
        "Register or upgrade your plan to unlock export, or make the same video on this "
        "machine: add --local to the command."
    )


class RateLimitError(NemoError):
    """Too many requests (429), after one wait and one more try."""

    kind = "rate_limit"
    exit_code = ExitCode.RATE_LIMIT
    default_code = 429
    default_message = "the server asks to slow down"
    default_hint = "Wait a few minutes and run the command again."
