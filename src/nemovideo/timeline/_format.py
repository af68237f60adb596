"""Numbers and names as people read them; decimal arithmetic, so that halves round up for sure."""

from __future__ import annotations

import unicodedata
from decimal import ROUND_HALF_UP, Decimal

UNTITLED = "untitled"
"""Stands for a name where there is none."""

_BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def one_line(text: str) -> str:
    """Fold whitespace and control characters to single spaces; drop what reverses the line.

    Joiners inside emoji stay; lone surrogates, which no terminal can print, become U+FFFD.
    """
    if not text.isprintable():
        text = "".join(map(_printable, text))
    return " ".join(text.split())


def in_lines(text: str) -> str:
    """Return a text whose line breaks may be typed as a backslash and an n, needless blanks off."""
    lines = text.replace("\\n", "\n").splitlines()
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _printable(char: str) -> str:
    if char in _BIDI_CONTROLS:
        return ""
    category = unicodedata.category(char)
    if category == "Cs":
        return "\ufffd"
    return " " if category in ("Cc", "Zs", "Zl", "Zp") else char


def whole(value: float) -> int:
    """Round to a whole number, halves up."""
    return int(Decimal(str(value)).quantize(Decimal(1), ROUND_HALF_UP))


def seconds(ms: float) -> str:
    """Write milliseconds as seconds: ``10``, else one decimal; half a tenth rounds up."""
    rounded = (Decimal(str(ms)) / 1000).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)


def span(start_ms: float, end_ms: float) -> str:
    """Write a stretch of time: ``0-10s``."""
    return f"{seconds(start_ms)}-{seconds(end_ms)}s"


def percent(volume: float) -> str:
    """Write a volume (1 is full) as a whole percentage: ``35%``."""
    return f"{whole_percent(volume)}%"


def whole_percent(volume: float) -> int:
    """Return a volume (1 is full) in percent, halves up."""
    return int((Decimal(str(volume)) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def cell_width(text: str) -> int:
    """Return how many terminal columns a text takes: wide characters two, combining ones none."""
    return sum(map(_char_width, text))


def _char_width(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def crop(text: str, width: int) -> str:
    """Cut a text to a number of terminal columns; an ellipsis shows that something is missing."""
    if cell_width(text) <= width:
        return text
    kept = ""
    used = 0
    for char in text:
        used += _char_width(char)
        if used < width:
            kept += char
    return f"{kept.rstrip()}…" if width > 0 else ""
