"""The envelope ``{"code": 0, "message": "…", "data": {…}}`` and the table of codes, for both sides.

The client reads responses with `parse_envelope` and turns codes into errors with `error_class_of`;
the engine reads the same table backwards. Nothing here knows where a response came from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from nemovideo.errors import (
    FileTooLargeError,
    InsufficientCreditsError,
    InvalidTokenError,
    NemoError,
    PlanError,
    RateLimitError,
    SessionNotFoundError,
    UnsupportedFileError,
)
from nemovideo.protocol.draft import JsonObject

ERRORS_BY_CODE: Mapping[int, type[NemoError]] = MappingProxyType(
    {
        1001: InvalidTokenError,
        401: InvalidTokenError,
        1002: SessionNotFoundError,
        2001: InsufficientCreditsError,
        4001: UnsupportedFileError,
        415: UnsupportedFileError,
        4002: FileTooLargeError,
        413: FileTooLargeError,
        402: PlanError,
        429: RateLimitError,
    }
)
"""The table of codes; envelope codes and HTTP statuses alike."""

_WORDS_FOR_SUCCESS = frozenset({"", "ok", "success"})


@dataclass(frozen=True)
class Envelope:
    """A response, opened."""

    is_error: bool
    """The response itself says that it failed, whatever the HTTP status was."""
    code: int | None
    """The code as a number; None when there is none or it is no number."""
    message: str | None
    """The server's own words, from wherever they stood."""
    payload: JsonObject
    """What is under ``data``, or the whole document when nothing is."""
    document: JsonObject
    """The whole document."""


def error_class_of(code: int | None, status: int) -> type[NemoError] | None:
    """Return the table's error for a response; a code of the table wins over the HTTP status."""
    return ERRORS_BY_CODE.get(code or 0) or ERRORS_BY_CODE.get(status)


def parse_envelope(body: bytes) -> Envelope:
    """Open a response's body.

    Raises:
        ValueError: It is no JSON object; the text says what it is instead, without its content.
    """
    document = _parse_object(body)
    code, says_failed = _read_code(document)
    data = document.get("data")
    return Envelope(
        is_error=says_failed or document.get("success") is False,
        code=code,
        message=_read_message(document),
        payload=data if isinstance(data, dict) and data else document,
        document=document,
    )


def parse_code(value: object) -> int | None:
    """Return a code as a number (``1001``, ``"1001"``), or None when it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
        return int(value) if len(value) < 20 else None
    return None


def _parse_object(body: bytes) -> JsonObject:
    if not body.strip():
        raise ValueError("the answer is empty")
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as exc:
        looks_like_html = body.lstrip()[:1] == b"<"
        what = "a web page instead of JSON" if looks_like_html else "no valid JSON"
        raise ValueError(f"the answer is {what}") from exc
    if not isinstance(document, dict):
        raise ValueError(f"the answer is a JSON {_json_type(document)} instead of an object")
    return document


def _read_code(document: JsonObject) -> tuple[int | None, bool]:
    """Return the code and whether it says that the request failed."""
    value = document.get("code")
    if value is None:
        nested = _nested_code(document)
        return nested, nested not in (None, 0)
    code = parse_code(value)
    if code is not None:
        return code, code != 0
    return None, not (isinstance(value, str) and value.strip().lower() in _WORDS_FOR_SUCCESS)


def _nested_code(document: JsonObject) -> int | None:
    for key in ("error", "detail"):
        inner = document.get(key)
        if isinstance(inner, dict):
            return parse_code(inner.get("code"))
    return None


def _read_message(document: JsonObject) -> str | None:
    for key in ("message", "msg", "error", "detail"):
        text = _words(document.get(key))
        if text:
            return text
    return None


def _words(value: Any) -> str | None:
    """Find words in what servers put under error keys: a text, an object, FastAPI's list."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, dict):
        return _words(value.get("message")) or _words(value.get("msg"))
    if isinstance(value, list) and value:
        return _words(value[0])
    return None


def _json_type(value: object) -> str:
    names = {list: "list", str: "text", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")
