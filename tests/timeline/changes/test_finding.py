"""Changes between two timelines or drafts, as lines in English."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest
from hypothesis import given

from nemovideo.protocol.draft import Draft, JsonObject
from nemovideo.timeline import Timeline, describe_changes
from nemovideo.timeline.model import (
    Clip,
    Track,
    TrackType,
)
from nemovideo.timeline.wire import to_draft
from tests.timeline.changes.cases import CASES
from tests.timeline.changes.scenes import PLAIN
from tests.timeline.drafts import draft, segment, titles, video, wild_drafts


@pytest.mark.parametrize(("before", "after", "lines"), CASES.values(), ids=CASES)
def test_changes_are_told(before: Timeline | None, after: Timeline, lines: list[str]) -> None:
    assert list(describe_changes(before, after)) == lines


@pytest.mark.parametrize(("before", "after", "lines"), CASES.values(), ids=CASES)
def test_changes_of_drafts_are_those_of_timelines(
    before: Timeline | None, after: Timeline, lines: list[str]
) -> None:
    drafts = [None if one is None else to_draft(one) for one in (before, after)]
    assert list(describe_changes(*drafts)) == lines
    read = [None if one is None else Draft.from_wire(one) for one in drafts]
    assert list(describe_changes(*read)) == lines


CLOUD = draft(video(segment(0, 5000, "beach"), segment(5000, 5000, "hills")))


def test_changes_of_equal_drafts_are_none() -> None:
    assert describe_changes(CLOUD, copy.deepcopy(CLOUD)) == ()
    assert describe_changes(None, None) == ()
    assert describe_changes(PLAIN, replace(PLAIN)) == ()


def test_silent_edit_is_told_as_the_contract_says() -> None:
    after = draft(*CLOUD["t"], titles(segment(0, 3000, text="Paradise Found")))
    assert describe_changes(CLOUD, after) == ('Title added: "Paradise Found" (0-3s)',)


@pytest.mark.parametrize(
    ("after", "lines"),
    [
        (draft(video(segment(0, 10_000, "hills"))), ["Clip removed: beach"]),
        (draft(*CLOUD["t"], anything=[1]), ["Timeline changed"]),
        (
            draft(*CLOUD["t"], {"tt": 5, "sg": [segment(0, 1000, "star")]}),
            ["Track added: star (0-1s)"],
        ),
        (
            draft(video(segment(0, 5000, "beach"), segment(5000, 5000, "lake"))),
            ["Replaced: hills by lake"],
        ),
    ],
    ids=["removed", "what nobody knows", "a kind that nobody knows", "no ids"],
)
def test_changes_in_the_cloud_are_told(after: JsonObject, lines: list[str]) -> None:
    assert list(describe_changes(CLOUD, after)) == lines


def test_changes_of_pieces_of_an_unknown_kind_are_told() -> None:
    def stickers(*segments: JsonObject) -> JsonObject:
        return draft({"tt": 5, "sg": list(segments)})

    before = stickers(segment(0, 1000, "star", volume=0.5), segment(0, 2000))
    after = stickers(segment(1000, 1000, "star", volume=0.1), segment(0, 2000, "moon"))
    assert describe_changes(before, after) == (
        "Track is now moon (was untitled)",
        "Volume of star is now 10% (was 50%)",
        "Time of star is now 1-2s (was 0-1s)",
    )


def test_changes_of_a_timeline_with_several_picture_tracks_are_told() -> None:
    logo = Clip(id="l", name="logo.png", kind="image", duration_ms=18_000)
    before = replace(PLAIN, tracks=(*PLAIN.tracks, Track(TrackType.VIDEO, (logo,))))
    after = replace(
        PLAIN, tracks=(*PLAIN.tracks, Track(TrackType.VIDEO, (replace(logo, flip="vertical"),)))
    )
    assert describe_changes(before, after) == ("Flip of logo.png is now vertical",)


@given(wild_drafts, wild_drafts)
def test_changes_between_any_json_are_lines(before: JsonObject, after: JsonObject) -> None:
    lines = describe_changes(before, after)
    assert bool(lines) == (before != after)
    assert all(line and "\n" not in line for line in lines)
