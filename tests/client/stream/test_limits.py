"""The clocks of a turn, without waiting."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from nemovideo.client._retry import RetryNotice
from nemovideo.client.stream.limits import StreamLimits
from nemovideo.client.stream.turn_events import Retrying, StillWorking
from nemovideo.errors import StreamTimeoutError
from nemovideo.protocol.events import ChatEvent, HeartbeatEvent, OtherEvent, TextEvent

LIMITS = StreamLimits(total_s=100, idle_s=50, notice_s=20)


def watch(*steps: tuple[float, ChatEvent | None]) -> list[ChatEvent]:
    """Return what comes of events at their seconds."""
    now = 0.0

    def events() -> Iterator[ChatEvent | None]:
        nonlocal now
        for now, event in steps:  # noqa: B007 - the clock reads it
            yield event

    return list(LIMITS.watch(events(), lambda: now))


def test_limits_let_events_through_in_time() -> None:
    events = [TextEvent("a"), OtherEvent(), HeartbeatEvent()]
    assert watch(*((5.0 * n, event) for n, event in enumerate(events))) == events


def test_limits_tell_of_work_that_goes_on_without_text() -> None:
    steps = [(second, None) for second in (10, 20, 30, 40, 49)]
    assert watch(*steps) == [StillWorking(20), StillWorking(40)]
    assert watch((15, TextEvent("a")), (30, None), (35, None))[1:] == [StillWorking(35)]


@pytest.mark.parametrize("event", [None, HeartbeatEvent()], ids=["nothing", "heartbeats"])
def test_limits_end_what_brings_nothing_but_heartbeats(event: ChatEvent | None) -> None:
    with pytest.raises(StreamTimeoutError, match="nothing but heartbeats came for 50 s"):
        watch((49, event), (50, event))


def test_limits_end_what_takes_too_long_however_much_comes() -> None:
    with pytest.raises(StreamTimeoutError, match="longer than 2 min"):
        watch(*((second, TextEvent("a")) for second in range(200)))


def test_limits_begin_after_the_pause_before_a_repeat() -> None:
    repeat = Retrying(RetryNotice("POST /x", "no", 90, 1))
    assert watch((1, repeat), (91, None), (110, TextEvent("a"))) == [repeat, TextEvent("a")]
