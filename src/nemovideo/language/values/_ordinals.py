"""Places in a row: "the third", "the last", ``第五``. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nemovideo.language.tokens import Token
from nemovideo.language.values._cursor import Cursor
from nemovideo.language.values._durations import UNITS_MS
from nemovideo.language.values._numbers import read_number


def in_usual_order(tokens: Sequence[Token]) -> list[Token]:
    """Put first what is usually first.

    "The three last seconds" are "the last three seconds", "two more seconds" "two seconds more".
    """
    turned = list(tokens)
    for at, (number, ordinal, unit) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        if not unit.has(*UNITS_MS) or number.value("number") is None:
            continue
        if ordinal.value("ordinal") in (1, -1):
            turned[at] = ordinal._replace(start=number.start, end=number.end)
            turned[at + 1] = number._replace(start=ordinal.start, end=ordinal.end)
        if ordinal.has("more"):
            turned[at + 1] = unit._replace(start=ordinal.start, end=ordinal.end)
            turned[at + 2] = ordinal._replace(start=unit.start, end=unit.end)
    return turned


def read_ordinal(cursor: Cursor) -> tuple[str, Any] | None:
    """Read a place in a row: counted from 1, or from the end with -1."""
    token = cursor.peek()
    if token is None:
        return None
    before, after = cursor.before(), cursor.peek(1)
    named = token.value("ordinal") if isinstance(token.values, dict) else None
    if named is not None and not _is_unit_here(token, before, after):
        cursor.at += 1
        return "ordinal", int(named)
    sign = -1 if token.has("from-end-mark") else 1
    if token.has("ordinal-mark", "from-end-mark"):
        cursor.at += 1
        number = read_number(cursor)
        # 第五秒, "la 50 %"
        is_time = cursor.has(*UNITS_MS, "percent", "times", "fps", "degrees", "lines", "kilo")
        if number is None or number != int(number) or not 0 < number < 1e6 or is_time:
            return None
        return "ordinal", sign * int(number)
    if token.kind == "number" and after is not None and after.glued and after.has("ordinal-end"):
        cursor.at += 2
        unit = next((UNITS_MS[one] for one in UNITS_MS if cursor.has(one)), None)
        if unit is not None and token.values > 1:
            cursor.at += 1
            return "duration", round(token.values * unit)  # "from its 20th second on"
        return "ordinal", int(token.values)
    return None


def _is_unit_here(token: Token, before: Token | None, after: Token | None) -> bool:
    """Return whether "second" is a unit: behind a number or a bare article."""
    if after is not None and after.has("and-a-half"):
        return token.has(*UNITS_MS)  # "segundo y medio"
    if not token.has(*UNITS_MS):
        return False
    if after is not None and after.kind == "number":
        return True  # second 5
    if after is not None and after.has("long-word", "lengthen", "shorten"):
        return True  # "a full second long"
    if before is None:
        return False
    if before.value("ordinal") in (1, -1):
        return True  # "the first second"
    if before.kind == "number" or before.value("number") is not None:
        return not (after is not None and after.has("photo", "clip", "one", "title"))
    return before.has("half", "per", "one-article") and not (
        after is not None and after.has("photo", "clip", "one", "title", "half-not")
    )
