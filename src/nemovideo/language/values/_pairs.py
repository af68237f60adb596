"""Two numbers with a colon between them: a time or a shape. Pure."""

from __future__ import annotations

from typing import Any

from nemovideo.language.values._cursor import Cursor

_RATIO_SIDES = 32
"""A pair of numbers with a colon is a shape up to here, else a time."""
_SHAPES = {
    (16, 9),
    (9, 16),
    (1, 1),
    (4, 5),
    (21, 9),
    (4, 3),
    (3, 4),
    (5, 4),
    (3, 2),
    (2, 3),
    (2, 1),
    (1, 2),
    (9, 21),
    (32, 9),
    (16, 10),
    (10, 16),
    (9, 19),
    (9, 20),
    (18, 9),
    (9, 18),
    (5, 3),
    (3, 5),
}
"""Shapes that are usual; "2:30" is a time."""
_LEAST_SIDE = 120
"""Pixels: "1080 by 1350" is a size, "9 by 16" a shape."""
_NO_SIZES = {(1, 1), (1, 2), (2, 1), (2, 3), (3, 2)}
"""What is hardly a shape when it is said in words: "one by one"."""


def _shape_in_words(cursor: Cursor) -> tuple[str, Any] | None:
    """Read "9 by 16", and "1080 by 1350"."""
    first, by, second = (cursor.peek(offset) for offset in range(3))
    if first is None or by is None or second is None or second.kind != "number":
        return None
    shape = (first.values, second.values)
    if by.has("by") and min(shape) >= _LEAST_SIDE and all(side % 2 == 0 for side in shape):
        cursor.at += 3
        cursor.at += cursor.has("pixel")
        return "size", (int(shape[0]), int(shape[1]))
    if not by.has("by") or shape not in _SHAPES or shape in _NO_SIZES:
        return None
    cursor.at += 3
    return "ratio", (int(shape[0]), int(shape[1]))


def read_pair(cursor: Cursor) -> tuple[str, Any] | None:
    """Read a clock in ms, or a ratio of width and height."""
    token = cursor.peek()
    if token is not None and token.kind == "number":
        return _shape_in_words(cursor)
    if token is None or token.kind != "pair":
        return None
    cursor.at += 1
    first, second, *rest = token.values
    if rest:
        return "clock", round(((first * 60 + second) * 60 + rest[0]) * 1000)
    has_zeros = token.raw.split(":")[-1].split("：")[-1].startswith("0") or second > _RATIO_SIDES
    unit = next((unit for unit in ("minute", "second") if cursor.has(unit)), None)
    is_shape = 0 < first <= _RATIO_SIDES and 0 < second <= _RATIO_SIDES and not has_zeros
    if is_shape and unit is None and (first, second) in _SHAPES:
        return "ratio", (first, second)
    if second >= 60:
        return "ratio", (first, second)
    if unit is not None:
        cursor.at += 1
    return "clock", round((first * 60 + second) * 1000)
