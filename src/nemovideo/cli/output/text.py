"""Text from elsewhere, made fit for a terminal: data, never commands, never a secret."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

# CSI and OSC sequences whole (ECMA-48), so that their parameters don't stay as litter.
_ESCAPE_SEQUENCE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[@-Z\\-_]?"
)
_BIDI_CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_JSON_ESCAPED = re.compile(f"[\x7f-\x9f\u2028\u2029{_BIDI_CONTROLS}\ud800-\udfff]")
_DROPPED = re.compile(f"[{_BIDI_CONTROLS}]")
_TOKEN = re.compile(r"nmv_usr_[\w.~+/=-]+")
_KEPT_CONTROLS = "\n\t"
_MIN_SECRET_LENGTH = 6


def to_printable(text: str) -> str:
    """Return text without escape sequences, control characters and direction overrides."""
    text = _DROPPED.sub("", _ESCAPE_SEQUENCE.sub("", text.replace("\r\n", "\n")))
    if text.isprintable():
        return text
    return "".join(_printable(char) for char in text)


def to_line(text: str) -> str:
    """Return `to_printable` text on one line."""
    return " ".join(to_printable(text).split())


def to_json(document: Any, *, indent: int | None = None, is_ascii: bool = False) -> str:
    """Write JSON whose strings can't steer a terminal and can always be encoded."""
    text = json.dumps(document, ensure_ascii=is_ascii, indent=indent)
    return _JSON_ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """Return text without any token: those of the known form, and the secrets named."""
    for secret in secrets:
        if len(secret) >= _MIN_SECRET_LENGTH:
            text = text.replace(secret, "***")
    return _TOKEN.sub("nmv_usr_***", text)


def _printable(char: str) -> str:
    if char in _KEPT_CONTROLS:
        return char
    category = unicodedata.category(char)
    if category == "Cc":
        return ""
    return "\N{REPLACEMENT CHARACTER}" if category == "Cs" else char
