"""Numbers in digits and words: ``25``, ``twenty five``, ``二十五``. Pure."""

from __future__ import annotations

from nemovideo.language.values._cursor import Cursor


def read_number(cursor: Cursor) -> float | None:
    """Read digits or number words: ``25``, ``twenty five``, ``二十五``."""
    token = cursor.peek()
    if token is None:
        return None
    if token.kind == "number":
        cursor.at += 1
        scale = cursor.peek()
        if scale is not None and scale.value("scale") and scale.glued:
            cursor.at += 1
            return float(token.values) * float(scale.value("scale"))
        return float(token.values)
    total, current, seen = 0.0, 0.0, False
    while (token := cursor.peek()) is not None:
        number, scale_by = token.value("number"), token.value("scale")
        if isinstance(token.values, dict) and number is not None:
            if seen and current % 10 and not _continues(cursor, number, current):
                break
            current = _appended(current, float(number), seen=seen)
        elif isinstance(token.values, dict) and scale_by is not None:
            total += (current or 1) * float(scale_by)
            current = 0.0
        elif not (seen and cursor.has("number-joint") and _next_is_unit_number(cursor, current)):
            break
        seen = True
        cursor.at += 1
    return total + current if seen else None


def _continues(cursor: Cursor, number: float, current: float) -> bool:
    """Return whether a digit follows digits: ``一二三`` is one number, ``one two`` are two."""
    token = cursor.peek()
    return token is not None and token.glued and number < 10 and current < 1000


def _appended(current: float, number: float, *, seen: bool) -> float:
    if not seen or current == 0:
        return number
    return current + number if current % 10 == 0 and number < 10 else current * 10 + number


def _next_is_unit_number(cursor: Cursor, current: float) -> bool:
    token = cursor.peek(1)
    number = None if token is None else token.value("number")
    return number is not None and number < 10 and current >= 20 and current % 10 == 0
