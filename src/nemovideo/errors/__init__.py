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

from nemovideo.errors._base import CancelledError, DeclinedError, ErrorKind, NemoError
from nemovideo.errors._exit_codes import ExitCode
from nemovideo.errors._failures import (
    AgentError,
    NetworkError,
    ProtocolError,
    RenderError,
    RenderTimeoutError,
    ServerError,
    StreamDroppedError,
    StreamTimeoutError,
    UnreachableError,
    WaitTimeoutError,
)
from nemovideo.errors._service import (
    InsufficientCreditsError,
    InvalidTokenError,
    MissingClientIdError,
    NoSessionError,
    PlanError,
    RateLimitError,
    SessionElsewhereError,
    SessionError,
    SessionNotFoundError,
    TokenError,
)
from nemovideo.errors._usage import (
    ConfigError,
    DiskFullError,
    EmptyTimelineError,
    FileError,
    FileTooLargeError,
    InputError,
    InputNotFoundError,
    MissingExtraError,
    NothingToResumeError,
    NotUnderstoodError,
    OutputExistsError,
    OutputNotWritableError,
    UnsupportedFileError,
    UsageError,
)

__all__ = [
    "AgentError",
    "CancelledError",
    "ConfigError",
    "DeclinedError",
    "DiskFullError",
    "EmptyTimelineError",
    "ErrorKind",
    "ExitCode",
    "FileError",
    "FileTooLargeError",
    "InputError",
    "InputNotFoundError",
    "InsufficientCreditsError",
    "InvalidTokenError",
    "MissingClientIdError",
    "MissingExtraError",
    "NemoError",
    "NetworkError",
    "NoSessionError",
    "NotUnderstoodError",
    "NothingToResumeError",
    "OutputExistsError",
    "OutputNotWritableError",
    "PlanError",
    "ProtocolError",
    "RateLimitError",
    "RenderError",
    "RenderTimeoutError",
    "ServerError",
    "SessionElsewhereError",
    "SessionError",
    "SessionNotFoundError",
    "StreamDroppedError",
    "StreamTimeoutError",
    "TokenError",
    "UnreachableError",
    "UnsupportedFileError",
    "UsageError",
    "WaitTimeoutError",
]
