"""Everything that can go wrong, as one tree; standard library only.

Each class carries what the command line needs: ``kind`` (the word in ``--json`` errors),
``exit_code``, and a ``hint`` that says what to do next. ``code`` is the server's, or None.

::

    NemoError                      unexpected   1
    ├── UsageError                 usage        2
    │   ├── ConfigError
    │   └── MissingExtraError
    ├── InputError                 input        2
    │   ├── InputNotFoundError
    │   ├── OutputExistsError
    │   ├── OutputNotWritableError
    │   ├── DiskFullError          (HTTP 507)
    │   ├── EmptyTimelineError
    │   ├── NotUnderstoodError     (under ``--strict``)
    │   └── NothingToResumeError
    ├── TokenError                 token        3
    │   ├── InvalidTokenError      (1001, HTTP 401)
    │   └── MissingClientIdError   (400)
    ├── SessionError               session      4
    │   ├── SessionNotFoundError   (1002)
    │   └── NoSessionError
    │       └── SessionElsewhereError
    ├── InsufficientCreditsError   credits      5  (2001)
    ├── FileError                  file         6
    │   ├── UnsupportedFileError   (4001)
    │   └── FileTooLargeError      (4002)
    ├── PlanError                  plan         7  (402)
    ├── RateLimitError             rate_limit   8  (429)
    ├── NetworkError               network      9
    │   ├── UnreachableError       (no connection could be made)
    │   ├── ServerError            (HTTP 5xx without a code of the table)
    │   └── StreamDroppedError
    ├── WaitTimeoutError           timeout      9
    │   └── StreamTimeoutError
    ├── ProtocolError              protocol     9
    ├── AgentError                 agent        9
    ├── RenderError                render      10
    │   └── RenderTimeoutError
    ├── CancelledError             interrupted 130
    └── DeclinedError              interrupted  0  (no error: the user said no)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

ErrorKind = Literal[
    "usage",
    "input",
    "token",
    "session",
    "credits",
    "file",
    "plan",
    "rate_limit",
    "network",
    "timeout",
    "protocol",
    "agent",
    "render",
    "interrupted",
    "unexpected",
]


class NemoError(Exception):
    """The base of every error that this program raises on purpose.

    Args:
        message: What happened, one line, without a token in it. The class's own words if None.
        hint: What to do next. The class's own words if None.
        code: The server's code (envelope or HTTP status); the class's own if None.
    """

    kind: ClassVar[ErrorKind] = "unexpected"
    exit_code: ClassVar[int] = 1
    default_message: ClassVar[str] = "something unexpected went wrong"
    default_hint: ClassVar[str | None] = None
    default_code: ClassVar[int | None] = None

    def __init__(
        self, message: str | None = None, *, hint: str | None = None, code: int | None = None
    ) -> None:
        self.message = message if message is not None else self.default_message
        self.hint = hint if hint is not None else self.default_hint
        self.code = code if code is not None else self.default_code
        super().__init__(self.message)


class UsageError(NemoError):
    """The command was given in a way that can't be carried out."""

    kind = "usage"
    exit_code = 2


class ConfigError(UsageError):
    """A setting has a value that it can't have."""


class MissingExtraError(UsageError):
    """A part of the program that is an optional install is not there."""

    default_message = "the local engine is not installed"
    extra: ClassVar[str] = "local"
    """The part that is missing."""

    def __init__(
        self, message: str | None = None, *, hint: str | None = None, code: int | None = None
    ) -> None:
        from nemovideo._installation import install_hint

        super().__init__(message, hint=hint or install_hint(self.extra), code=code)


class InputError(NemoError):
    """Something that the user named is not there, or is in the way."""

    kind = "input"
    exit_code = 2


class InputNotFoundError(InputError):
    """No such file, or nothing usable below a folder or pattern."""


class OutputExistsError(InputError):
    """The output file is there already."""

    default_hint = "Choose another --out, or pass --force to replace it."


class OutputNotWritableError(InputError):
    """The output can't be written where it was asked for."""


class DiskFullError(InputError):
    """No space is left where something has to be kept (HTTP 507)."""

    default_code = 507
    default_message = "no space is left on the disk"
    default_hint = "Free some space there, then run the command again."


class EmptyTimelineError(InputError):
    """There is nothing on the timeline to export."""

    default_message = "there is nothing on the timeline yet"
    default_hint = 'Upload something and ask for an edit first: nemo chat "make a 30-second video".'


class NotUnderstoodError(InputError):
    """A part of a message was not understood, and that was to change nothing."""

    default_hint = "Say it in other words, or leave --strict out to have the rest done."

    @classmethod
    def of(cls, words: Sequence[str]) -> NotUnderstoodError:
        """Return the error for the parts that were not understood."""
        named = ", ".join(f"“{word}”" for word in words)
        return cls(f"not understood: {named}; nothing was changed")


class NothingToResumeError(InputError):
    """Nothing was broken off that could be taken up again."""

    default_message = "there is nothing to resume"


class TokenError(NemoError):
    """The token is missing, expired or refused."""

    kind = "token"
    exit_code = 3


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
    exit_code = 4


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
    exit_code = 5
    default_code = 2001
    default_message = "no credits are left"
    default_hint = "Top up credits in your account."


class FileError(NemoError):
    """A file is refused, by the server or by the check before it."""

    kind = "file"
    exit_code = 6


class UnsupportedFileError(FileError):
    """The file is of a kind that is not accepted, or is broken (4001)."""

    default_code = 4001
    default_message = "the file is of a kind that is not accepted"
    default_hint = (
        "Accepted: mp4 mov avi webm mkv, jpg jpeg png gif webp heic heif hif avif, "
        "mp3 wav m4a aac; 200 MB each."
    )


class FileTooLargeError(FileError):
    """The file is larger than 200 MB (4002)."""

    default_code = 4002
    default_message = "the file is larger than 200 MB"
    default_hint = "Compress it, trim it or scale it down, then try again."


class PlanError(NemoError):
    """The account's plan does not include exports (402): the tier, not the balance."""

    kind = "plan"
    exit_code = 7
    default_code = 402
    default_message = "export is not part of the free plan"
    default_hint = (
        "Register or upgrade your plan to unlock export, or make the same video on this "
        "machine: add --local to the command."
    )


class RateLimitError(NemoError):
    """Too many requests (429), after one wait and one more try."""

    kind = "rate_limit"
    exit_code = 8
    default_code = 429
    default_message = "the server asks to slow down"
    default_hint = "Wait a few minutes and run the command again."


class NetworkError(NemoError):
    """The server could not be reached, or the connection broke."""

    kind = "network"
    exit_code = 9
    default_hint = (
        "Check the connection and run the command again, or work on this machine: add --local."
    )


class UnreachableError(NetworkError):
    """No connection to the server could be made, so that nothing was sent."""


class ServerError(NetworkError):
    """The server failed (HTTP 5xx) without saying anything that the table of codes knows."""


class StreamDroppedError(NetworkError):
    """The connection broke after the message may have left: read the state, never send again."""

    default_message = "the connection broke while the agent was at work"
    default_hint = "The message was not sent again. `nemo status` shows what was done."


class WaitTimeoutError(NemoError):
    """A wait reached its limit."""

    kind = "timeout"
    exit_code = 9


class StreamTimeoutError(WaitTimeoutError):
    """The agent's answer reached the total or the idle limit."""


class ProtocolError(NemoError):
    """An answer that can't be understood; the message names the endpoint and what was wrong."""

    kind = "protocol"
    exit_code = 9
    default_hint = "This is the server's fault or a new version's; `nemo doctor` tells more."


class AgentError(NemoError):
    """The agent itself reported that it failed."""

    kind = "agent"
    exit_code = 9
    default_hint = "Nothing was sent twice. Look at `nemo status`, then ask again in other words."


class RenderError(NemoError):
    """A render failed."""

    kind = "render"
    exit_code = 10
    default_hint = "The timeline is kept: `nemo export` tries again."


class RenderTimeoutError(RenderError):
    """A render took longer than the limit; it may still finish."""

    default_hint = "It may still finish: `nemo export --resume` takes it up."


class CancelledError(NemoError):
    """The user stopped the work (Ctrl-C)."""

    kind = "interrupted"
    exit_code = 130
    default_message = "interrupted"


class DeclinedError(NemoError):
    """The user was asked and said no; all is well, and nothing was done."""

    kind = "interrupted"
    exit_code = 0
    default_message = "Nothing was done."
