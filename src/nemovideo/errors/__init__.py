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

from nemovideo.errors._base import (
    CancelledError as CancelledError,
    DeclinedError as DeclinedError,
    ErrorKind as ErrorKind,
    NemoError as NemoError,
)
from nemovideo.errors._exit_codes import ExitCode as ExitCode
from nemovideo.errors._failures import (
    AgentError as AgentError,
    NetworkError as NetworkError,
    ProtocolError as ProtocolError,
    RenderError as RenderError,
    RenderTimeoutError as RenderTimeoutError,
    ServerError as ServerError,
    StreamDroppedError as StreamDroppedError,
    StreamTimeoutError as StreamTimeoutError,
    UnreachableError as UnreachableError,
    WaitTimeoutError as WaitTimeoutError,
)
from nemovideo.errors._service import (
    InsufficientCreditsError as InsufficientCreditsError,
    InvalidTokenError as InvalidTokenError,
    MissingClientIdError as MissingClientIdError,
    NoSessionError as NoSessionError,
    PlanError as PlanError,
    RateLimitError as RateLimitError,
    SessionElsewhereError as SessionElsewhereError,
    SessionError as SessionError,
    SessionNotFoundError as SessionNotFoundError,
    TokenError as TokenError,
)
from nemovideo.errors._usage import (
    ConfigError as ConfigError,
    DiskFullError as DiskFullError,
    EmptyTimelineError as EmptyTimelineError,
    FileError as FileError,
    FileTooLargeError as FileTooLargeError,
    InputError as InputError,
    InputNotFoundError as InputNotFoundError,
    MissingExtraError as MissingExtraError,
    NothingToResumeError as NothingToResumeError,
    NotUnderstoodError as NotUnderstoodError,
    OutputExistsError as OutputExistsError,
    OutputNotWritableError as OutputNotWritableError,
    UnsupportedFileError as UnsupportedFileError,
    UsageError as UsageError,
)
