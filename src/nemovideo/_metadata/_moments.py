"""Dates as files write them, with a zone: the one they name, else this machine's."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Clocks that were never set say less than nothing."""

ZONE = re.compile(r"([+-])(\d\d):?(\d\d)$")


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
