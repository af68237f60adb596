"""Lengths of time: ``half a minute``, ``两分半``, ``1 minute 30``. Pure."""

from __future__ import annotations

from typing import Any

from nemovideo.language.tokens import Token
from nemovideo.language.values._cursor import Cursor
from nemovideo.language.values._numbers import read_number
from nemovideo.language.values._pairs import read_pair

UNITS_MS = {"millisecond": 1, "second": 1000, "minute": 60_000, "hour": 3_600_000}
_SMALLER = {"hour": "minute", "minute": "second"}


def read_duration(cursor: Cursor) -> tuple[str, Any] | None:
    """Read a length in ms, of one unit or several: "1 minute 30 seconds"."""
    if cursor.has("minute", "second") and (clock := cursor.peek(1)) and clock.kind == "pair":
        cursor.at += 1  # "at minute 1:05"
        return read_pair(cursor)
    unit, number = _unit_at(cursor, 0), cursor.peek(1)
    is_behind = number is not None and number.kind == "number" and number.values >= 0
    if unit is not None and number is not None and is_behind and not _unit_at(cursor, 2):
        cursor.at += 2  # "second 5", "seconds 5 to 8"
        return "duration", round(number.values * UNITS_MS[unit])
    total, last_unit, parts = 0.0, None, 0
    while True:
        start = cursor.at
        if parts and (cursor.has("and") or _is_comma(cursor)):
            cursor.at += 1
        part = _part(cursor, last_unit)
        if part is None or (last_unit and not _is_smaller(part[1], last_unit)):
            cursor.at = start
            break
        milliseconds, last_unit = part
        total += milliseconds
        parts += 1
        if last_unit == "done":
            break
    return ("duration", round(total)) if parts else None


def _is_smaller(unit: str, than: str) -> bool:
    """Return whether a unit goes on with a length: minutes with seconds, not with minutes."""
    return unit == "done" or UNITS_MS[unit] < UNITS_MS[than]


def _is_comma(cursor: Cursor) -> bool:
    token = cursor.peek()
    return False if token is None else token.values == "," and token.kind == "punct"


def _part(cursor: Cursor, last_unit: str | None) -> tuple[float, str] | None:
    """Read one number with its unit: ``half a minute``, ``两分半``, ``1 minute 30``."""
    start = cursor.at
    if last_unit is None and _unit_at(cursor, 0) and cursor.has("and-a-half", offset=1):
        cursor.at += 2  # "minuto y medio"
        return 1.5 * UNITS_MS[_unit_of(cursor.tokens[cursor.at - 2])], "done"
    counted = _count(cursor, is_first=last_unit is None)
    if counted is None:
        return None
    number, more = counted
    if cursor.has("measure") and _unit_at(cursor, 1):
        cursor.at += 1
    unit = _unit_at(cursor, 0)
    if unit is None:
        return _bare_rest(cursor, start, number, last_unit)
    cursor.at += 1
    milliseconds = (number + more) * UNITS_MS[unit]
    if half := _and_a_half(cursor):
        cursor.at += half
        return milliseconds + UNITS_MS[unit] / 2, "done"
    if cursor.has("half") and cursor.tokens[cursor.at].glued:
        cursor.at += 1
        return milliseconds + UNITS_MS[unit] / 2, "done"
    return milliseconds, unit


def _count(cursor: Cursor, *, is_first: bool) -> tuple[float, float] | None:
    """Read how many of a unit there are, and how much more: "a", "half a", "two and a half"."""
    if is_first and _unit_at(cursor, 0) and _is_behind_ordinal(cursor):
        return 1.0, 0.0  # "the last minute"
    if cursor.has("half"):
        cursor.at += 1
        cursor.at += cursor.has("one-article")
        return 0.5, 0.0
    if cursor.has("one-article") and cursor.has("filler", offset=1) and _unit_at(cursor, 2):
        cursor.at += 2  # "a full second"
        return 1.0, 0.0
    if (cursor.has("one-article") and _unit_at(cursor, 1)) or (is_first and cursor.has("per-one")):
        cursor.at += 1
        return 1.0, 0.0
    number = read_number(cursor)
    if number is None:
        return None
    if cursor.has("measure") and cursor.has("half", offset=1):
        cursor.at += 2
        return number, 0.5
    cursor.at += cursor.has("filler") and _unit_at(cursor, 1) is not None  # "two full seconds"
    if half := _and_a_half(cursor):
        cursor.at += half
        return number, 0.5
    return number, 0.0


def _bare_rest(
    cursor: Cursor, start: int, number: float, last_unit: str | None
) -> tuple[float, str] | None:
    """Read the 30 of "1 minute 30"."""
    follows = cursor.peek()
    is_alone = (
        follows is None
        or follows.kind == "punct"
        or (
            follows.is_known
            and follows.kind == "word"
            and not follows.has("photo", "clip", "percent")
        )
    )
    is_next = start > 0 and not cursor.tokens[start].has("and") and number >= 1
    if last_unit in _SMALLER and is_alone and is_next and not _is_comma_before(cursor, start):
        return number * UNITS_MS[_SMALLER[last_unit]], "done"
    return None


def _is_comma_before(cursor: Cursor, start: int) -> bool:
    before = cursor.tokens[start - 1]
    return before.kind == "punct" or before.has("and")


def _unit_of(token: Token) -> str:
    return next(unit for unit in UNITS_MS if token.has(unit))


def _and_a_half(cursor: Cursor) -> int:
    """Return how many tokens say "and a half" here."""
    if cursor.has("and-a-half"):
        return 1
    if cursor.has("and") and cursor.has("one-article", offset=1) and cursor.has("half", offset=2):
        return 3
    return 2 if cursor.has("and") and cursor.has("half", offset=1) else 0


def _is_behind_ordinal(cursor: Cursor) -> bool:
    before = cursor.before()
    return before is not None and before.value("ordinal") in (1, -1)


def _unit_at(cursor: Cursor, offset: int) -> str | None:
    is_unit = cursor.has(*UNITS_MS, offset=offset)
    return _unit_of(cursor.tokens[cursor.at + offset]) if is_unit else None
