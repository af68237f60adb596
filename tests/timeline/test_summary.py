from __future__ import annotations

import json
import unicodedata
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given

from nemovideo.protocol.draft import Draft, JsonObject
from nemovideo.timeline import Timeline
from tests.timeline.drafts import draft, music, segment, titles, video, wild_drafts


def summary(*tracks: JsonObject) -> str:
    return Timeline.from_draft(draft(*tracks)).summary()


def test_summary_names_each_track_with_span_and_volume() -> None:
    assert summary(
        video(segment(0, 10_000, "city timelapse")),
        music(segment(0, 10_000, "Lo-fi", volume=0.35)),
        titles(segment(0, 3000, text="Urban Dreams")),
    ) == (
        "Timeline (3 tracks): 1. Video: city timelapse (0-10s) "
        '2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)'
    )


def test_summary_of_one_track_has_a_singular() -> None:
    assert summary(video(segment(0, 1000, "a"))) == "Timeline (1 track): 1. Video: a (0-1s)"


@pytest.mark.parametrize("nothing", [None, {}, draft(), {"t": None}], ids=repr)
def test_summary_without_tracks_is_short(nothing: JsonObject | None) -> None:
    assert Timeline.from_draft(nothing).summary() == "Timeline (0 tracks)"


@pytest.mark.parametrize("track", [music(), {"tt": 1}, {"tt": 1, "sg": "no"}], ids=repr)
def test_summary_calls_a_track_without_segments_empty(track: JsonObject) -> None:
    assert summary(video(segment(0, 1000, "a")), track).endswith(" 2. BGM: empty")


def test_summary_counts_further_segments_and_spans_the_track() -> None:
    clips = video(
        *(segment(at, 5000, name) for at, name in ((0, "beach"), (5000, "b"), (10_000, "c")))
    )
    assert summary(clips) == "Timeline (1 track): 1. Video: beach +2 more (0-15s)"


def test_summary_counts_further_titles_behind_the_quotes() -> None:
    two = titles(segment(0, 3000, text="One"), segment(6000, 3000, text="Two"))
    assert summary(two) == 'Timeline (1 track): 1. Title: "One" +1 more (0-9s)'


def test_summary_spans_segments_that_stand_out_of_order() -> None:
    out_of_order = video(segment(5000, 4000, "late"), segment(1000, 2000, "early"))
    assert summary(out_of_order).endswith("Video: late +1 more (1-9s)")


def test_summary_puts_a_segment_without_start_behind_the_one_before() -> None:
    track = {"tt": 0, "sg": [{"d": 2000, "m": {"name": "a"}}, {"d": 3000}]}
    assert summary(track).endswith("Video: a +1 more (0-5s)")


@pytest.mark.parametrize("kind", [3, 99, "video", None, True], ids=repr)
def test_summary_calls_unknown_types_track(kind: object) -> None:
    track = {"tt": kind, "sg": [segment(0, 1000, "sticker")]}
    assert summary(track) == "Timeline (1 track): 1. Track: sticker (0-1s)"


@pytest.mark.parametrize(
    ("ms", "shown"),
    [
        (0, "0"),
        (1000, "1"),
        (1500, "1.5"),
        (1049, "1"),
        (1050, "1.1"),
        (1150, "1.2"),
        (2450, "2.5"),
        (2449.99, "2.4"),
        (9950, "10"),
        (9949, "9.9"),
        (50, "0.1"),
        (49, "0"),
        (4.35e3, "4.4"),
        (3_600_000, "3600"),
    ],
)
def test_summary_rounds_half_a_tenth_up(ms: float, shown: str) -> None:
    track = {"tt": 0, "sg": [{"st": 0, "d": ms, "m": {"name": "a"}}]}
    assert summary(track).endswith(f"Video: a (0-{shown}s)")


@pytest.mark.parametrize(
    ("volume", "shown"),
    [
        (0, "0%"),
        (0.0, "0%"),
        (-0.0, "0%"),
        (0.35, "35%"),
        (0.345, "35%"),
        (0.344, "34%"),
        (0.005, "1%"),
        (0.145, "15%"),
        (1, "100%"),
        (1.5, "150%"),
        (-0.5, "-50%"),
    ],
)
def test_summary_shows_volume_in_whole_percent(volume: float, shown: str) -> None:
    assert summary(music(segment(0, 1000, "a", volume=volume))).endswith(f"BGM: a (0-1s, {shown})")


@pytest.mark.parametrize("volume", [None, "0.5", True, [], float("nan"), float("inf")], ids=repr)
def test_summary_leaves_out_a_volume_that_is_none(volume: object) -> None:
    assert summary(music(segment(0, 1000, "a", volume=volume))).endswith("BGM: a (0-1s)")


def test_summary_takes_the_volume_of_the_first_segment_only() -> None:
    pair = music(segment(0, 1000, "a"), segment(1000, 1000, "b", volume=0.5))
    assert summary(pair).endswith("BGM: a +1 more (0-2s)")


def test_summary_shows_the_volume_of_clips_too() -> None:
    assert summary(video(segment(0, 1000, "a.mp4", volume=0.2))).endswith(
        "Video: a.mp4 (0-1s, 20%)"
    )


@pytest.mark.parametrize(
    ("metadata", "shown"),
    [
        ({"name": "n", "title": "t", "text": "x"}, '"x"'),
        ({"name": "n", "title": "t"}, '"t"'),
        ({"name": "n", "title": 5, "text": " "}, '"n"'),
        ({"text": "\x00", "title": "t"}, '"t"'),
        ({}, "untitled"),
    ],
)
def test_summary_of_text_prefers_what_it_shows(metadata: JsonObject, shown: str) -> None:
    track = {"tt": 7, "sg": [{"st": 0, "d": 1000, "m": metadata}]}
    assert summary(track).endswith(f"Title: {shown} (0-1s)")


@pytest.mark.parametrize(
    ("metadata", "shown"),
    [
        ({"name": "n", "title": "t", "text": "x"}, "n"),
        ({"title": "t", "text": "x"}, "t"),
        ({"text": "x"}, "x"),
        ({"name": None, "title": ["t"]}, "untitled"),
        ("nonsense", "untitled"),
    ],
)
def test_summary_of_other_tracks_prefers_the_name(metadata: object, shown: str) -> None:
    track = {"tt": 0, "sg": [{"st": 0, "d": 1000, "m": metadata}]}
    assert summary(track).endswith(f"Video: {shown} (0-1s)")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("two\nlines\tand\r\nmore", "two lines and more"),
        ("  wide   gap ", "wide gap"),
        ("a\u2028b\u00a0c\u3000d", "a b c d"),
        ("red\x1b[31m", "red [31m"),
        ("gpj.\u202eexe", "gpj.exe"),
        ("half \ud800", "half \ufffd"),
        ("家族 👨‍👩‍👧", "家族 👨‍👩‍👧"),
        ("[bold]not markup[/bold]", "[bold]not markup[/bold]"),
    ],
)
def test_summary_folds_names_onto_one_line(name: str, shown: str) -> None:
    assert summary(video(segment(0, 1000, name))).endswith(f"Video: {shown} (0-1s)")


def test_from_draft_takes_a_read_draft_and_any_mapping() -> None:
    document = draft(video(segment(0, 1000, "a")))
    expected = Timeline.from_draft(document)
    assert Timeline.from_draft(Draft.from_wire(document)) == expected
    assert Timeline.from_draft(MappingProxyType(document)) == expected


@pytest.mark.parametrize("nonsense", ["text", 5, [draft()], True], ids=repr)
def test_from_draft_reads_nonsense_as_empty(nonsense: Any) -> None:
    assert Timeline.from_draft(nonsense) == Timeline()


def test_timeline_without_segments_is_not_ready() -> None:
    assert not Timeline.from_draft(draft(video(), music())).is_ready


def test_timeline_lasts_as_long_as_its_longest_track_when_nothing_else_says() -> None:
    timeline = Timeline.from_draft({"t": [video(segment(0, 1000)), music(segment(500, 2000))]})
    assert timeline.duration_ms == 2500


def test_segment_end_follows_from_start_and_length() -> None:
    row = Timeline.from_draft(draft(video(segment(500, 2000)))).tracks[0].segments[0]
    assert (row.end_ms, row.label) == (2500, None)


@given(wild_drafts)
def test_summary_of_any_json_is_one_printable_line(document: JsonObject) -> None:
    timeline = Timeline.from_draft(document)
    line = timeline.summary()
    line.encode("utf-8")
    assert not any(unicodedata.category(char) in ("Cc", "Zl", "Zp") for char in line)
    assert line.startswith(f"Timeline ({len(timeline.tracks)} track")


@given(wild_drafts)
def test_to_json_of_any_json_can_be_written(document: JsonObject) -> None:
    written = json.dumps(Timeline.from_draft(document).to_json(), allow_nan=False)
    assert json.loads(written)["summary"].startswith("Timeline (")
