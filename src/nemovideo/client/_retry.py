"""When to ask again and how long to wait before; pure, the waiting is the caller's."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

Phase = Literal["connect", "sent", "answered"]
"""How far a failed request got: nothing left, bytes may have left, a response came."""

GATEWAY_STATUSES = frozenset({502, 503, 504})
"""Statuses by which something on the way says that the server could not be asked."""

MAX_RETRY_AFTER_S = 300.0
"""A server that wants a longer pause than this is not waited for."""


@dataclass(frozen=True)
class RetryNotice:
    """A request is about to be repeated; told to the caller before the wait."""

    endpoint: str
    reason: str
    wait_s: float
    attempt: int
    """Which try failed, counted from 1."""


@dataclass(frozen=True)
class RetryPolicy:
    """How often and after which pauses.

    Args:
        attempts: Tries in all for what may be repeated.
        rate_limit_wait_s: The pause after 429 when the server names none.
        first_wait_s: The first pause after a network failure; each next one is twice as long.
        longest_wait_s: No pause grows beyond it.
    """

    attempts: int = 4
    rate_limit_wait_s: float = 30.0
    first_wait_s: float = 0.5
    longest_wait_s: float = 8.0

    def may_repeat(
        self, *, phase: Phase, status: int | None, is_repeatable: bool, attempt: int
    ) -> bool:
        """Return whether a request may be repeated that failed at its try `attempt`, from 1."""
        if attempt >= self.attempts:
            return False
        if phase == "connect":
            return True
        return is_repeatable and (phase == "sent" or status in GATEWAY_STATUSES)

    def backoff_s(self, attempt: int, random: Callable[[], float]) -> float:
        """Return the pause after a failed try: growing, and jittered by a quarter each way.

        Tries count from 1; `random` gives numbers in [0, 1).
        """
        wait = min(self.first_wait_s * 2.0 ** (attempt - 1), self.longest_wait_s)
        return wait * (0.75 + random() / 2)

    def rate_limit_pause_s(self, retry_after: str | None, now: datetime) -> float:
        """Return the pause after 429, as the server or the settings want it."""
        wait = parse_retry_after(retry_after, now)
        return self.rate_limit_wait_s if wait is None else wait


def parse_retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds that a ``Retry-After`` header asks for; None when it says nothing.

    It is seconds or an HTTP date.
    """
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            moment = parsedate_to_datetime(value)
        except ValueError:
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        seconds = (moment - now).total_seconds()
    return max(seconds, 0.0) if math.isfinite(seconds) else None
