from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo.protocol.draft import JsonObject
from nemovideo.timeline import Chart, ChartBar, Tick, Timeline, chart_rows
from nemovideo.timeline._format import cell_width, crop
from tests.timeline.drafts import draft, music, segment, video, wild_drafts


def chart(*tracks: JsonObject, width: int = 40, duration_ms: int = 10_000) -> Chart:
    return chart_rows(Timeline.from_draft(draft(*tracks, duration_ms=duration_ms)), width)


def test_chart_draws_segments_to_scale() -> None:
    (row,) = chart(video(segment(0, 5000, "a"), segment(5000, 5000, "b"))).rows
    assert row.bars == (ChartBar(0, 20, "a"), ChartBar(20, 40, "b"))


def test_chart_has_a_row_for_every_track() -> None:
    laid_out = chart(video(segment(0, 5000)), music())
    assert [row.track.type for row in laid_out.rows] == ["video", "audio"]
    assert laid_out.rows[1].bars == ()


def test_chart_cuts_a_bar_where_an_overlapping_one_begins() -> None:
    (row,) = chart(video(segment(0, 6000, "a"), segment(5000, 5000, "b"))).rows
    assert row.bars == (ChartBar(0, 20, "a"), ChartBar(20, 40, "b"))


def test_chart_shows_the_shortest_segment_in_one_column() -> None:
    (row,) = chart(music(segment(2500, 1, "x"))).rows
    assert row.bars == (ChartBar(10, 11, "x"),)


def test_chart_counts_segments_that_share_a_column() -> None:
    (row,) = chart(video(*(segment(at, 100, "a") for at in (0, 100, 120))), width=30).rows
    assert row.bars == (ChartBar(0, 1, "…"),)


def test_chart_keeps_a_segment_at_the_very_end_inside() -> None:
    (row,) = chart(video(segment(10_000, 0, "end"))).rows
    assert row.bars == (ChartBar(39, 40, "…"),)


def test_chart_cuts_labels_by_terminal_columns() -> None:
    (row,) = chart(video(segment(0, 10_000, "海边的日落和风")), width=8).rows
    assert row.bars == (ChartBar(0, 8, "海边的…"),)


@pytest.mark.parametrize(
    ("duration_ms", "width", "labels"),
    [
        (10_000, 40, ["0s", "2s", "4s", "6s", "8s", "10s"]),
        (30_000, 60, ["0s", "5s", "10s", "15s", "20s", "25s", "30s"]),
        (90_000, 40, ["0s", "30s", "1:00", "1:30"]),
        (7_200_000, 40, ["0s", "30:00", "1:00:00", "1:30:00", "2:00:00"]),
        (500, 40, ["0s"]),
        (10_000, 1, ["0s", "10s"]),
        (100_000_000, 8, ["0s", "27:46:40"]),
    ],
)
def test_chart_ruler_has_round_times(duration_ms: int, width: int, labels: list[str]) -> None:
    assert [tick.label for tick in chart(width=width, duration_ms=duration_ms).ticks] == labels


def test_chart_ruler_marks_columns_to_scale() -> None:
    assert chart().ticks[1:3] == (Tick(8, "2s"), Tick(16, "4s"))


def test_chart_of_nothing_has_a_ruler_that_begins() -> None:
    assert chart_rows(Timeline(), 40) == Chart(40, (), (Tick(0, "0s"),))


def test_chart_uses_one_column_at_least() -> None:
    assert chart(video(segment(0, 5000, "a")), width=-3).rows[0].bars == (ChartBar(0, 1, "a"),)


@given(wild_drafts, st.integers(min_value=-1, max_value=200))
def test_chart_of_any_json_has_bars_side_by_side(document: JsonObject, width: int) -> None:
    laid_out = chart_rows(Timeline.from_draft(document), width)
    for row in laid_out.rows:
        assert all(0 <= bar.start_col < bar.end_col <= laid_out.width for bar in row.bars)
        assert all(left.end_col <= right.start_col for left, right in pairwise(row.bars))
        assert all(cell_width(bar.label) <= bar.end_col - bar.start_col for bar in row.bars)
    assert all(0 <= tick.col <= laid_out.width for tick in laid_out.ticks)


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("abc", 0, ""),
        ("e\u0301e", 2, "e\u0301e"),
        ("a bc", 3, "a…"),
    ],
)
def test_crop_counts_columns(text: str, width: int, shown: str) -> None:
    assert crop(text, width) == shown
