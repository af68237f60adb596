"""JSON of any shape, read leniently: what makes no sense is None or empty, nothing raises."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from nemovideo.protocol.draft import JsonObject
from nemovideo.timeline._format import one_line

_FLOAT_ERROR_MS = 1e-3
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


def first_of(value: Any, default: Any) -> Any:
    return default if value is None else value


def said(values: Mapping[str, Any]) -> JsonObject:
    return {key: value for key, value in values.items() if value is not None}


def without(document: Mapping[str, Any], keys: Iterable[str]) -> JsonObject:
    left_out = set(keys)
    return {key: value for key, value in document.items() if key not in left_out}


def list_of(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def dict_of(value: object) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def text_of(value: object) -> str | None:
    return value if isinstance(value, str) and one_line(value) else None


def _is_sane(value: Any) -> bool:
    try:
        return math.isfinite(value) and abs(value) < 1e15
    except OverflowError:
        return False


def number_of(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not _is_sane(value):
        return None
    return value


def milliseconds_of(value: object) -> int | None:
    length = length_of(value)
    return None if length is None else whole_ms(length)


def length_of(value: object) -> float | None:
    """Return a length of time; None for what is none."""
    number = number_of(value)
    return None if number is None or number < 0 else number


def whole_ms(ms: float) -> int:
    """Return the whole milliseconds that have passed: so tenths of seconds round as if exact."""
    return math.floor(ms + _FLOAT_ERROR_MS)


def pixels_of(value: object) -> int | None:
    number = number_of(value)
    return int(number) if number is not None and number >= 1 else None


def color_of(value: object) -> str | None:
    return value.lower() if isinstance(value, str) and _COLOR.fullmatch(value) else None


def one_of(value: object, literal: Any) -> Any:
    return value if value in get_args(literal) else None
