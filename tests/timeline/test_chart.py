from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from nemovideo.protocol.draft import JsonObject
from nemovideo.timeline import Chart, ChartBar, Tick, Timeline, chart_rows
from nemovideo.timeline._format import cell_width, crop
from nemovideo.timeline.model import (
    Caption,
    Clip,
    Fade,
    Look,
    Motion,
    Segment,
    Sound,
    Track,
    TrackType,
)
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


def details(segment_: Segment) -> tuple[str, ...]:
    kinds = {Clip: TrackType.VIDEO, Sound: TrackType.AUDIO, Caption: TrackType.TEXT}
    track = Track(kinds.get(type(segment_), TrackType.OTHER), (segment_,))
    return chart_rows(Timeline(tracks=(track,)), 40).rows[0].bars[0].details


@pytest.mark.parametrize(
    ("piece", "shown"),
    [
        (Clip(duration_ms=1), ()),
        (Clip(duration_ms=1, speed=1.0, looks=(), rotation=0, motion=Motion("still")), ()),
        (
            Clip(
                duration_ms=1,
                speed=0.5,
                looks=(Look("sepia", 0.5), Look("warm")),
                rotation=90,
                flip="vertical",
                motion=Motion("pan-left"),
            ),
            ("0.5x", "sepia 50%, warm", "90°", "vertical", "pan left"),
        ),
        (Sound(duration_ms=1, fade_in_ms=0), ()),
        (Sound(duration_ms=1, fade_in_ms=500, fade_out_ms=2000), ("fade in 0.5s", "fade out 2s")),
        (Caption(duration_ms=1, position="center", size="medium"), ()),
        (Caption(duration_ms=1, position="top-left", size="large"), ("top left", "large")),
        (Segment(duration_ms=1), ()),
    ],
    ids=["clip", "usual clip", "clip with all", "sound", "fades", "words", "placed words", "other"],
)
def test_chart_has_a_word_for_what_is_unusual(piece: Segment, shown: tuple[str, ...]) -> None:
    assert details(piece) == shown


def test_chart_says_how_the_picture_fades() -> None:
    timeline = Timeline(fade_in=Fade("#000000", 1000), fade_out=Fade("#ffffff", 2000))
    assert chart_rows(timeline, 40).fades == (
        "fade in from black, 1s",
        "fade out to white, 2s",
    )
    assert chart_rows(timeline, 40, language="zh").fades[0] == "淡入 从黑色，1 秒"


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
