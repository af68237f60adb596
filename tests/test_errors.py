"""Kind, exit code and server code of every error, as scripts rely on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from nemovideo import errors
from nemovideo.errors import ExitCode, NemoError

ROOT = Path(__file__).parent.parent

CONTRACT: list[tuple[type[NemoError], str, int, int | None]] = [
    (errors.NemoError, "unexpected", 1, None),
    (errors.UsageError, "usage", 2, None),
    (errors.ConfigError, "usage", 2, None),
    (errors.MissingExtraError, "usage", 2, None),
    (errors.InputError, "input", 2, None),
    (errors.InputNotFoundError, "input", 2, None),
    (errors.OutputExistsError, "input", 2, None),
    (errors.OutputNotWritableError, "input", 2, None),
    (errors.DiskFullError, "input", 2, 507),
    (errors.EmptyTimelineError, "input", 2, None),
    (errors.NotUnderstoodError, "input", 2, None),
    (errors.NothingToResumeError, "input", 2, None),
    (errors.TokenError, "token", 3, None),
    (errors.InvalidTokenError, "token", 3, 1001),
    (errors.MissingClientIdError, "token", 3, 400),
    (errors.SessionError, "session", 4, None),
    (errors.SessionNotFoundError, "session", 4, 1002),
    (errors.NoSessionError, "session", 4, None),
    (errors.SessionElsewhereError, "session", 4, None),
    (errors.InsufficientCreditsError, "credits", 5, 2001),
    (errors.FileError, "file", 6, None),
    (errors.UnsupportedFileError, "file", 6, 4001),
    (errors.FileTooLargeError, "file", 6, 4002),
    (errors.PlanError, "plan", 7, 402),
    (errors.RateLimitError, "rate_limit", 8, 429),
    (errors.NetworkError, "network", 9, None),
    (errors.UnreachableError, "network", 9, None),
    (errors.ServerError, "network", 9, None),
    (errors.StreamDroppedError, "network", 9, None),
    (errors.WaitTimeoutError, "timeout", 9, None),
    (errors.StreamTimeoutError, "timeout", 9, None),
    (errors.ProtocolError, "protocol", 9, None),
    (errors.AgentError, "agent", 9, None),
    (errors.RenderError, "render", 10, None),
    (errors.RenderTimeoutError, "render", 10, None),
    (errors.CancelledError, "interrupted", 130, None),
    (errors.DeclinedError, "interrupted", 0, None),
]


def family(base: type[NemoError]) -> Iterator[type[NemoError]]:
    """The class and all that are defined below it in `errors`."""
    yield base
    for child in base.__subclasses__():
        if child.__module__.startswith(f"{errors.__name__}."):
            yield from family(child)


@pytest.mark.parametrize(
    ("error", "kind", "exit_code", "code"),
    [pytest.param(*row, id=row[0].__name__) for row in CONTRACT],
)
def test_error_has_the_kind_and_codes_of_the_contract(
    error: type[NemoError], kind: str, exit_code: int, code: int | None
) -> None:
    raised = error("what happened")
    assert (raised.kind, raised.exit_code, raised.code) == (kind, exit_code, code)


def test_contract_covers_every_class() -> None:
    assert {row[0] for row in CONTRACT} == set(family(NemoError))


def test_docstring_draws_every_class() -> None:
    drawn = errors.__doc__ or ""
    assert [error.__name__ for error in family(NemoError) if error.__name__ not in drawn] == []


def test_docstring_draws_kind_and_exit_code() -> None:
    rows = re.findall(r"(\w+Error)  +(\w+) +(\d+)", errors.__doc__ or "")
    drawn = {getattr(errors, name): (kind, int(code)) for name, kind, code in rows}
    assert drawn == {error: (error.kind, error.exit_code) for error in drawn}
    assert {code for _, code in drawn.values()} == set(ExitCode) - {ExitCode.READER_GONE}


@pytest.mark.parametrize(
    ("page", "pattern"),
    [
        pytest.param("README.md", r"(?:^|· )(\d+) [a-z]", id="readme"),
        pytest.param("docs/troubleshooting.md", r"^## (\d+): ", id="troubleshooting"),
        pytest.param("src/nemovideo/SKILL.md", r"^\| (\d+) \|", id="skill"),
    ],
)
def test_page_goes_through_the_exit_codes(page: str, pattern: str) -> None:
    text = (ROOT / page).read_text("utf-8").partition("## Exit codes")
    named = re.findall(pattern, text[2] or text[0], re.MULTILINE)
    assert {0, *map(int, named)} == set(ExitCode)


def test_message_is_the_callers_when_given() -> None:
    error = errors.PlanError("no exports for you", hint="pay", code=4020)
    assert (str(error), error.message, error.hint, error.code) == (
        "no exports for you",
        "no exports for you",
        "pay",
        4020,
    )


def test_message_is_the_classes_own_when_none_is_given() -> None:
    error = errors.SessionNotFoundError()
    assert str(error) == "the server does not know this session"
    assert error.hint is not None
    assert "nemo session new" in error.hint


def test_hint_can_be_switched_off_with_an_empty_text() -> None:
    assert errors.RateLimitError(hint="").hint == ""


def test_plan_error_never_speaks_of_credits() -> None:
    error = errors.PlanError()
    assert "credit" not in f"{error.message} {error.hint}".lower()
    assert "--local" in (error.hint or "")
