from __future__ import annotations

from itertools import pairwise

import pytest

from nemovideo.cli.mcp._reporter import ProgressReporter

Report = tuple[float, float | None, str]


def reporter(
    stage_count: int | None = None, *, is_stopped: bool = False
) -> tuple[ProgressReporter, list[Report]]:
    reports: list[Report] = []
    made = ProgressReporter(lambda *report: reports.append(report), lambda: is_stopped, stage_count)
    return made, reports


def test_stages_count_one_each() -> None:
    made, reports = reporter(2)
    made.begin("render", "Rendering…")
    made.advance(50, 100)
    made.begin("download", "Downloading")
    assert reports == [(0, 2, "Rendering"), (0.495, 2, "Rendering: 50%"), (1, 2, "Downloading")]


def test_small_steps_are_not_reported() -> None:
    made, reports = reporter()
    made.begin("download", "Downloading")
    for done in range(1000):
        made.advance(done, 1000)
    assert 40 <= len(reports) <= 51


def test_repeated_stages_go_beyond_no_total() -> None:
    made, reports = reporter(1)
    made.begin("render", "Rendering")
    made.begin("render", "Rendering")
    assert reports[-1] == (1, None, "Rendering")


def test_progress_of_unknown_length_grows_and_stays_within_its_stage() -> None:
    made, reports = reporter()
    made.begin("edit", "Editing")
    for number in range(200):
        made.activity(f"step {number}")
    numbers = [report[0] for report in reports]
    assert all(before < after for before, after in pairwise(numbers))
    assert numbers[-1] < 1


def test_words_are_one_line_without_control_characters() -> None:
    made, reports = reporter()
    made.notice("a\x1b[31m b\nc")
    assert reports[-1][2] == "a b c"


def test_a_stage_without_a_total_says_only_that_it_began() -> None:
    made, reports = reporter()
    made.begin("download", "Downloading")
    made.advance(10, None)
    assert len(reports) == 1


@pytest.mark.parametrize("happening", ["begin", "advance", "activity", "notice", "answer"])
def test_work_that_was_given_up_ends_as_on_ctrl_c(happening: str) -> None:
    made, _ = reporter(is_stopped=True)
    happens = {
        "begin": lambda: made.begin("edit", "Editing"),
        "advance": lambda: made.advance(1, 2),
        "activity": lambda: made.activity("adding text"),
        "notice": lambda: made.notice("Still working"),
        "answer": lambda: made.answer("Hello"),
    }
    with pytest.raises(KeyboardInterrupt):
        happens[happening]()
