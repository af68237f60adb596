"""Lengths of time as people write them."""

from __future__ import annotations

import re

_CLOCK = re.compile(r"(?:(\d+):)?(\d+):(\d{1,2}(?:\.\d+)?)")
_UNITS = re.compile(
    r"(?:(\d+(?:\.\d+)?)\s*h(?:ours?|rs?)?)?\s*(?:(\d+(?:\.\d+)?)\s*m(?:in(?:ute)?s?)?)?\s*"
    r"(?:(\d+(?:\.\d+)?)\s*(?:s(?:ec(?:ond)?s?)?)?)?",
    re.IGNORECASE,
)


def parse_duration(value: object) -> float | None:
    """Return a length in seconds: ``90``, ``90s``, ``1:30``, ``1m30s``, ``1.5min``; else None."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    text = value.strip() if isinstance(value, str) else ""
    match = _CLOCK.fullmatch(text) or (_UNITS.fullmatch(text) if text else None)
    if match is None or not any(match.groups()):
        return None
    hours, minutes, seconds = (float(part or 0) for part in match.groups())
    if ":" in text and seconds >= 60:
        return None
    return hours * 3600 + minutes * 60 + seconds
