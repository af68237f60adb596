from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given

from nemovideo.protocol.draft import Draft, JsonObject
from nemovideo.timeline import describe_changes
from tests.timeline.drafts import draft, music, segment, titles, video, wild_drafts

CLIPS = video(segment(0, 5000, "a.jpg"), segment(5000, 5000, "b.jpg"))
PLAIN = draft(CLIPS)


def with_titles(*segments: JsonObject) -> JsonObject:
    return draft(CLIPS, titles(*segments))


def with_music(*segments: JsonObject, duration_ms: int = 10_000) -> JsonObject:
    return draft(CLIPS, music(*segments), duration_ms=duration_ms)


def test_changes_of_equal_drafts_are_none() -> None:
    assert describe_changes(PLAIN, copy.deepcopy(PLAIN)) == ()
    assert describe_changes(None, None) == ()


def test_changes_take_read_drafts_too() -> None:
    after = with_titles(segment(0, 3000, text="Hi"))
    assert describe_changes(Draft.from_wire(PLAIN), Draft.from_wire(after)) == (
        'Title added: "Hi" (0-3s)',
    )


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        (
            PLAIN,
            with_titles(segment(0, 3000, text="Paradise Found")),
            ['Title added: "Paradise Found" (0-3s)'],
        ),
        (with_titles(segment(0, 3000, text="A")), PLAIN, ['Title removed: "A" (0-3s)']),
        (
            with_titles(segment(0, 3000, text="A")),
            with_titles(segment(0, 3000, text="B")),
            ['Title changed: "A" -> "B"'],
        ),
        (
            with_titles(segment(0, 3000, text="A")),
            with_titles(segment(5000, 3000, text="A")),
            ['Title moved: "A" (0-3s -> 5-8s)'],
        ),
        (
            with_titles(segment(0, 3000, text="A")),
            with_titles(segment(0, 2500, text="A")),
            ['Title length changed: "A" (0-3s -> 0-2.5s)'],
        ),
        (
            with_titles(segment(0, 3000, text="A")),
            with_titles(segment(0, 3000, text="A", style="caption")),
            ['Title settings changed: "A"'],
        ),
        (
            with_titles(segment(0, 3000, text="A")),
            with_titles(segment(0, 3000, text="A"), segment(3000, 1000, text="A")),
            ['Title added: "A" (3-4s)'],
        ),
        (
            PLAIN,
            with_titles(*(segment(at * 1000, 1000, text=str(at)) for at in range(8))),
            ['Titles added: 8 ("0", "1", "2", "3", "4", "5", +2 more)'],
        ),
        (PLAIN, with_titles(segment(0, 1000)), ['Title added: "untitled" (0-1s)']),
    ],
)
def test_changes_of_titles_are_told(
    before: JsonObject, after: JsonObject, lines: list[str]
) -> None:
    assert list(describe_changes(before, after)) == lines


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        (
            PLAIN,
            with_music(segment(0, 10_000, "Lo-fi", volume=0.35)),
            ["Music added: Lo-fi (0-10s, 35%)"],
        ),
        (with_music(segment(0, 10_000, "Lo-fi")), PLAIN, ["Music removed"]),
        (
            with_music(segment(0, 5000, "Lo-fi"), segment(5000, 5000, "Epic")),
            with_music(segment(0, 5000, "Lo-fi")),
            ["Music removed: Epic (5-10s)"],
        ),
        (
            with_music(segment(0, 10_000, "Lo-fi")),
            with_music(segment(0, 10_000, "Epic")),
            ["Music changed: Lo-fi -> Epic"],
        ),
        (
            with_music(segment(0, 10_000, "Lo-fi", volume=0.35)),
            with_music(segment(0, 10_000, "Lo-fi", volume=0.6)),
            ["Music volume changed: Lo-fi (35% -> 60%)"],
        ),
        (
            with_music(segment(0, 10_000, "Lo-fi")),
            with_music(segment(0, 4000, "Lo-fi")),
            ["Music length changed: Lo-fi (0-10s -> 0-4s)"],
        ),
        (
            with_music(segment(0, 10_000, "Lo-fi")),
            with_music(segment(0, 8000, "Lo-fi"), duration_ms=8000),
            ["Length changed: 10s -> 8s"],
        ),
    ],
)
def test_changes_of_music_are_told(before: JsonObject, after: JsonObject, lines: list[str]) -> None:
    assert list(describe_changes(before, after)) == lines


def clips(*names: str, **metadata: Any) -> JsonObject:
    return draft(
        video(*(segment(at * 1000, 1000, name, **metadata) for at, name in enumerate(names)))
    )


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        (clips("a"), clips("a", "b.jpg", "c.jpg"), ["Clips added: 2 (b.jpg, c.jpg)"]),
        (clips("a", "b", "b"), clips("a", "b"), ["Clips removed: 1 (b)"]),
        (clips("a", "b", "c"), clips("c", "a", "b"), ["Clips reordered: 3 (c, a, b)"]),
        (
            clips("a", "b"),
            clips("c", "b", "d"),
            ["Clips added: 2 (c, d)", "Clips removed: 1 (a)"],
        ),
        (
            clips(),
            clips(*(f"{at}.jpg" for at in range(9))),
            ["Clips added: 9 (0.jpg, 1.jpg, 2.jpg, 3.jpg, 4.jpg, 5.jpg, +3 more)"],
        ),
        (clips("a.mp4"), clips("a.mp4", volume=0), ["Volume changed: a.mp4 (100% -> 0%)"]),
        (clips("a"), clips("a", motion={"from": [0, 0, 1]}), ["Motion changed: 1 (a)"]),
        (clips("a"), clips("a", fit="fill"), ["Framing changed: 1 (a)"]),
        (
            clips("a", "b"),
            draft(video(segment(0, 500, "a"), segment(500, 1500, "b"))),
            ["Timing changed: a (0-1s -> 0-0.5s)", "Timing changed: b (1-2s -> 0.5-2s)"],
        ),
        (
            clips(*"abcdefgh"),
            draft(video(*(segment(at * 1001, 1000, name) for at, name in enumerate("abcdefgh")))),
            ["Timing changed: 7 clips"],
        ),
        (
            draft(video(segment(0, 1000, "a"))),
            draft(video(segment(0, 2000, "a")), duration_ms=2000),
            ["Length changed: 10s -> 2s"],
        ),
    ],
)
def test_changes_of_clips_are_told(before: JsonObject, after: JsonObject, lines: list[str]) -> None:
    assert list(describe_changes(before, after)) == lines


def cuts(*transitions: object) -> JsonObject:
    return draft(
        video(*(segment(0, 1000, "a", transition=transition) for transition in transitions))
    )


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        (cuts(None), cuts({"name": "crossfade"}), ["Transitions added: crossfade"]),
        (cuts("wipe"), cuts(7), ["Transitions removed: wipe"]),
        (
            cuts({"name": "crossfade"}, {"name": "crossfade"}),
            cuts({"name": "zoom"}, {"name": "wipe\nleft"}),
            ["Transition changed: crossfade -> zoomin, wipe left"],
        ),
        (cuts("zoom", None), cuts("zoom", "zoom"), ["Timeline changed"]),
        (cuts({"name": "zoom", "x": 1}), cuts({"name": "zoom", "x": 2}), ["Timeline changed"]),
        (
            cuts({"name": "zoom", "d": 600}),
            cuts({"name": "zoom", "d": 1000}),
            ["Transition length changed: 0.6s -> 1s"],
        ),
        (
            cuts({"name": "zoom", "d": True}, "zoom"),
            cuts({"name": "zoom", "d": "no"}, "zoom"),
            ["Timeline changed"],
        ),
        (
            draft(video(segment(0, 500, "a"), segment(500, 500, "b", transition="zoom"))),
            draft(video(segment(0, 600, "a"), segment(600, 400, "b"))),
            ["Transitions removed: zoomin"],
        ),
    ],
)
def test_changes_of_transitions_are_told(
    before: JsonObject, after: JsonObject, lines: list[str]
) -> None:
    assert list(describe_changes(before, after)) == lines


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        (
            draft(CLIPS, duration_ms=30_000),
            draft(CLIPS, duration_ms=15_000),
            ["Length changed: 30s -> 15s"],
        ),
        (
            draft(CLIPS, width=1920, height=1080),
            draft(CLIPS, width=1080, height=1920),
            ["Picture size changed: 1920x1080 -> 1080x1920"],
        ),
        (draft(CLIPS), draft(CLIPS, width=1080, height=1080), ["Picture size: 1080x1080"]),
        (draft(CLIPS, width=1080, height=1080), draft(CLIPS, width=1080), ["Timeline changed"]),
        (draft(CLIPS, title="A"), draft(CLIPS, title="B\nC"), ['Project renamed: "A" -> "B C"']),
        (draft(CLIPS), draft(CLIPS, anything=[1]), ["Timeline changed"]),
    ],
)
def test_changes_of_the_whole_are_told(
    before: JsonObject, after: JsonObject, lines: list[str]
) -> None:
    assert list(describe_changes(before, after)) == lines


def test_changes_from_nothing_tell_the_first_cut() -> None:
    after = draft(
        CLIPS,
        music(segment(0, 10_000, "Calm", volume=0.6)),
        titles(segment(0, 3000, text="Trip")),
        width=1920,
        height=1080,
        title="project",
    )
    assert describe_changes(None, after) == (
        "Clips added: 2 (a.jpg, b.jpg)",
        "Length: 10s",
        "Picture size: 1920x1080",
        'Title added: "Trip" (0-3s)',
        "Music added: Calm (0-10s, 60%)",
    )


def test_changes_of_unknown_tracks_are_told() -> None:
    sticker = {"tt": 5, "sg": [segment(0, 1000, "star")]}
    assert describe_changes(PLAIN, draft(CLIPS, sticker)) == ("Track added: star (0-1s)",)


@given(wild_drafts, wild_drafts)
def test_changes_between_any_json_are_lines(before: JsonObject, after: JsonObject) -> None:
    lines = describe_changes(before, after)
    assert bool(lines) == (before != after)
    assert all(line and "\n" not in line for line in lines)
