"""Numbers with their units: lengths of time, clocks, percents, factors, ordinals, shapes. Pure.

`read_values` takes tokens and joins those that together are one value; the others stay. Words for
units, halves and so on come from the lexicon, so that every language is read alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nemovideo.language.tokens import Token
from nemovideo.language.values._cursor import Cursor
from nemovideo.language.values._durations import UNITS_MS, read_duration
from nemovideo.language.values._numbers import read_number
from nemovideo.language.values._ordinals import in_usual_order, read_ordinal
from nemovideo.language.values._pairs import read_pair

__all__ = ["read_values"]


_USUAL_FPS = (24, 25, 30, 48, 50, 60)
_BEGINNINGS = frozenset(
    (*UNITS_MS, "half", "one-article", "per-one", "ordinal-mark", "from-end-mark", "percent-of")
)
"""Concepts with which a value may begin that is no number."""


def read_values(tokens: Sequence[Token]) -> list[Token]:
    """Join tokens to values.

    Returns:
        The tokens, with these kinds beside those of `Token`: ``duration`` (ms), ``clock`` (ms),
        ``percent`` (0–100), ``factor``, ``ordinal`` (from 1, or from the end as -1, -2 …),
        ``ratio`` (width, height), ``resolution`` (pixels of the shorter side), ``fps``,
        ``degrees``, ``number``.
    """
    cursor = Cursor(in_usual_order(tokens))
    found: list[Token] = []
    while (token := cursor.peek()) is not None:
        start = cursor.at
        value = _value_at(cursor) if _may_begin_value(token, cursor) else None
        if value is None:
            cursor.at = start + 1
        found.append(token if value is None else value)
    return found


def _may_begin_value(token: Token, cursor: Cursor) -> bool:
    """Return whether a token means anything: signs, unknown and quoted words begin no value.

    Nor does a number where nothing behind it means anything: it is a value as it stands.
    """
    if token.kind == "number":
        following = cursor.peek(1)
        return following is not None and (bool(following.concepts) or _has_values(following))
    return _has_values(token) or token.kind == "pair" or not token.concepts.isdisjoint(_BEGINNINGS)


def _has_values(token: Token) -> bool:
    return isinstance(token.values, dict) and bool(token.values)


def _value_at(cursor: Cursor) -> Token | None:
    """Read the value that begins at the next token, if there is one."""
    start = cursor.at
    for read in (read_ordinal, _read_percent, read_duration, read_pair, _read_color):
        value = read(cursor)
        if value is not None:
            return _made(cursor, start, *value)
        cursor.at = start
    number = read_number(cursor)
    if number is None:
        cursor.at = start
        return _factor(cursor)
    return _made(cursor, start, *_measured(cursor, number))


def _read_percent(cursor: Cursor) -> tuple[str, Any] | None:
    if not cursor.has("percent-of"):
        return None
    cursor.at += 1
    number = read_number(cursor)
    return None if number is None else ("percent", number)


def _read_color(cursor: Cursor) -> tuple[str, Any] | None:
    token = cursor.peek()
    if token is None or not isinstance(token.values, dict) or "color" not in token.values:
        return None
    if token.concepts:  # "orange" and the like mean one thing only; others are left to frames
        return None
    cursor.at += 1
    return "color", token.values["color"]


def _measured(cursor: Cursor, number: float) -> tuple[str, Any]:
    """Read what is counted behind a number."""
    for concept, kind in (
        ("percent", "percent"),
        ("times", "factor"),
        ("fps", "fps"),
        ("degrees", "degrees"),
        ("lines", "resolution"),
    ):
        if cursor.has(concept) and (kind != "fps" or _is_rate(cursor, number)):
            cursor.at += 1
            return kind, number
    if cursor.has("tenths") and cursor.tokens[cursor.at].glued and 0 <= number <= 10:
        cursor.at += 1
        half = cursor.has("half")  # 七成半
        cursor.at += half
        return "percent", number * 10 + 5 * half
    if cursor.has("kilo") and number in (2, 4, 8):
        cursor.at += 1
        return "resolution", {2: 1440.0, 4: 2160.0, 8: 4320.0}[int(number)]
    return "number", number


def _is_rate(cursor: Cursor, number: float) -> bool:
    """Return whether "60 frames" are those of a second: a frame may be a picture, too."""
    return number in _USUAL_FPS or not cursor.has("one", "photo")


def _factor(cursor: Cursor) -> Token | None:
    token = cursor.peek()
    factor = None if token is None else token.value("factor")
    if factor is None or (cursor.has("half") and cursor.has("hour", offset=1)):
        return None
    assert token is not None
    cursor.at += 1
    return token._replace(kind="factor", values=float(factor))


def _made(cursor: Cursor, start: int, kind: str, value: Any) -> Token:
    first, last = cursor.tokens[start], cursor.tokens[cursor.at - 1]
    raw = " ".join(token.raw for token in cursor.tokens[start : cursor.at])
    return first._replace(
        kind=kind,
        end=last.end,
        values=value,
        concepts=_concepts(cursor, start, kind),
        is_known=True,
        raw=raw,
    )


def _concepts(cursor: Cursor, start: int, kind: str) -> frozenset[str]:
    if cursor.at == start + 1:
        return cursor.tokens[start].concepts
    return cursor.tokens[cursor.at - 1].concepts if kind == "factor" else frozenset()
