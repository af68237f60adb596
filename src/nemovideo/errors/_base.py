"""The base of all errors, and the two that are none: the user stopped it, or said no."""

from __future__ import annotations

from typing import ClassVar, Literal

from nemovideo.errors._exit_codes import ExitCode

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
    exit_code: ClassVar[ExitCode] = ExitCode.UNEXPECTED
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


class CancelledError(NemoError):
    """The user stopped the work (Ctrl-C)."""

    kind = "interrupted"
    exit_code = ExitCode.INTERRUPTED
    default_message = "interrupted"


class DeclinedError(NemoError):
    """The user was asked and said no; all is well, and nothing was done."""

    kind = "interrupted"
    exit_code = ExitCode.DONE
    default_message = "Nothing was done."
