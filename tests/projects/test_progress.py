"""Progress events: the stage that they belong to, and the steps that are worth telling."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nemovideo.projects.cancellation import Cancellation, Cancelled
from nemovideo.projects.progress import (
    AnswerDelta,
    Notice,
    ProgressEvent,
    Reporter,
    StageActivity,
    StageAdvanced,
    StageBegan,
    StageBroken,
    StageEnded,
    Steps,
)


def test_events_know_their_stage() -> None:
    told: list[ProgressEvent] = []
    reporter = Reporter(told.append)
    reporter.notice("before")
    reporter.begin("edit", "Editing")
    reporter.advance(1, 2)
    reporter.activity("adding text")
    reporter.answer("Done")
    reporter.end("fine")
    reporter.abandon()
    reporter.notice("after")
    assert told == [
        Notice(None, "before"),
        StageBegan("edit", "Editing"),
        StageAdvanced("edit", 1, 2),
        StageActivity("edit", "adding text"),
        AnswerDelta("Done"),
        StageEnded("edit", "fine"),
        StageBroken(),
        Notice(None, "after"),
    ]


@pytest.mark.parametrize(
    ("done", "total", "fraction"), [(5, 10, 0.5), (11, 10, 1.0), (5, None, None), (0, 0, None)]
)
def test_fraction_is_how_much_is_done(
    done: float, total: float | None, fraction: float | None
) -> None:
    assert StageAdvanced("render", done, total).fraction == fraction


@pytest.mark.parametrize(("first", "expected"), [(1, [25, 50, 75, 100]), (0, [0, 25, 50, 75, 100])])
def test_steps_are_told_once_each(first: int, expected: list[int]) -> None:
    steps = Steps(4, first=first)
    percents = [*range(101), 40, 100]
    told = [n for n in percents if steps.is_next(StageAdvanced("render", n, 100))]
    assert told == expected


@pytest.mark.parametrize(
    "happening", ["begin", "advance", "activity", "notice", "answer", "look_up", "sleep"]
)
def test_work_that_was_given_up_ends_where_it_tells_of_itself_or_waits(happening: str) -> None:
    cancellation = Cancellation()
    reporter = Reporter(check=cancellation.check)
    happens: dict[str, Callable[[], None]] = {
        "begin": lambda: reporter.begin("edit", "Editing"),
        "advance": lambda: reporter.advance(1, 2),
        "activity": lambda: reporter.activity("adding text"),
        "notice": lambda: reporter.notice("Still working"),
        "answer": lambda: reporter.answer("Hello"),
        "look_up": reporter.look_up,
        "sleep": lambda: cancellation.sleep(60 if cancellation.is_cancelled else 0),
    }
    happens[happening]()
    cancellation.cancel()
    with pytest.raises(Cancelled):
        happens[happening]()
    reporter.abandon()
