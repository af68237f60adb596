from __future__ import annotations

from itertools import pairwise

from nemovideo.cli.mcp._progress import CallProgress
from nemovideo.projects.progress import Reporter

Report = tuple[float, float | None, str]


def reporter(stage_count: int | None = None) -> tuple[Reporter, list[Report]]:
    reports: list[Report] = []
    made = CallProgress(lambda *report: reports.append(report), stage_count)
    return Reporter(made), reports


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
