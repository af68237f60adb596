"""Dates as files and their names have them, with a zone: the one they name, else this machine's."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Clocks that were never set say less than nothing."""

ZONE = re.compile(r"([+-])(\d\d):?(\d\d)$")


_DATE = r"(?<!\d)((?:19|20)\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d{1,5}(?!\d))"
_TIME = r"(\d{1,2})[-_.:h]?([0-5]\d)[-_.:m]?([0-5]\d)(\d{3})?(?:\s?([AP]M))?"
_DATE_IN_NAME = re.compile(rf"{_DATE}(?:(?:[-_ T.]| at |-at-)*{_TIME})?", re.IGNORECASE)
_MILLISECONDS_IN_NAME = re.compile(r"(?<!\d)(1[0-9]\d{11})(?!\d)")
_UTC_NAMES = ("PXL_",)
"""Google's cameras name files by UTC."""


def sensible(moment: datetime | None) -> datetime | None:
    """Return a moment; None for one before there were cameras of this kind."""
    return moment if moment is not None and moment >= _EARLIEST else None


def with_zone(moment: datetime, zone: str | None) -> datetime:
    """Return a moment without a zone in one: ``+02:00``, ``Z``, or this machine's."""
    if zone == "Z":
        return moment.replace(tzinfo=UTC)
    match = ZONE.match(zone or "")
    if match is None:
        return moment.astimezone()
    minutes = int(match[2]) * 60 + int(match[3])
    offset = timedelta(minutes=-minutes if match[1] == "-" else minutes)
    return moment.replace(tzinfo=timezone(offset))


def in_name(name: str) -> datetime | None:
    """Return the date in a file's name."""
    match = _DATE_IN_NAME.search(name)
    if match is not None:
        moment = _parse_name(match)
        if moment is not None:
            is_utc = name.upper().startswith(_UTC_NAMES)
            return sensible(moment.replace(tzinfo=UTC) if is_utc else moment.astimezone())
    match = _MILLISECONDS_IN_NAME.search(name)
    if match is not None:
        return sensible(datetime.fromtimestamp(int(match[1]) / 1000, UTC))
    return None


def _parse_name(match: re.Match[str]) -> datetime | None:
    year, month, day = int(match[1]), int(match[3]), int(match[4])
    hour, minute, second = (int(match[i] or 0) for i in (5, 6, 7))
    if match[9]:
        hour = hour % 12 + (12 if match[9].upper() == "PM" else 0)
    if hour > 23:
        hour, minute, second = 0, 0, 0
    try:
        moment = datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
    return moment + timedelta(milliseconds=int(match[8] or 0))
