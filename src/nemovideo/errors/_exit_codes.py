"""What the program ends with: one table, which errors, help, man page and docs go by."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """A number that a shell sees, with what it means."""

    meaning: str

    def __new__(cls, number: int, meaning: str) -> ExitCode:
        """Make a row of the table."""
        code = int.__new__(cls, number)
        code._value_ = number
        code.meaning = meaning
        return code

    DONE = 0, "done"
    UNEXPECTED = 1, "unexpected, or jobs of a batch that failed in several ways"
    USAGE = (
        2,
        "wrong use, missing input file, existing output, nothing on the timeline or to resume, "
        "something not understood under --strict",
    )
    TOKEN = 3, "the token is refused"
    SESSION = 4, "the session is not known, or there is none yet"
    CREDITS = 5, "no credits are left"
    FILE = 6, "a file is refused: its kind, its size, its content"
    PLAN = 7, "export is not part of the plan"
    RATE_LIMIT = 8, "too many requests"
    NETWORK = 9, "network, timeout, a bad answer, the agent's own error"
    RENDER = 10, "the render failed or took too long"
    INTERRUPTED = 130, "interrupted (Ctrl-C); the hint says how to go on"
    READER_GONE = 141, "the reader of stdout has gone"
    """What a shell reports of a tool that SIGPIPE ended."""
