"""Joints on the beats of the music."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nemovideo.editing import EditError, MediaItem, apply_edits, parse_edits
from nemovideo.editing.first_cut import first_cut
from nemovideo.timeline.beat import Beat
from nemovideo.timeline.model import Timeline
from nemovideo.timeline.music import read_plan
from tests.editing.scenes import photo

PHOTOS = [photo(f"{n}.jpg", n) for n in range(8)]
SONG = MediaItem("s", "song.mp3", "audio", duration_ms=60_000, beat=Beat(300.0, 530.0))


def cut(items: list[MediaItem], *edits: dict[str, object]) -> Timeline:
    made = first_cut(items, "project")
    return apply_edits(made, parse_edits([*edits, {"do": "cut_to_beat"}]), items)


def off_beat(timeline: Timeline, first_ms: float, step_ms: float) -> list[float]:
    """How far the middle of each transition is from the nearest beat, in ms."""
    middles = [clip.start_ms + clip.overlap_ms / 2 for clip in timeline.clips[1:]]
    offs = [(middle - first_ms) / step_ms for middle in middles]
    return [abs(off - round(off)) * step_ms for off in offs]


@pytest.mark.parametrize("transition", ["crossfade", "none"])
def test_joints_are_on_the_beats_of_a_song(transition: str) -> None:
    made = cut([*PHOTOS, SONG], {"do": "transition", "name": transition})
    assert max(off_beat(made, 300, 530)) < 2
    assert made.duration_ms == first_cut([*PHOTOS, SONG], "project").duration_ms


@pytest.mark.parametrize(
    ("style", "beats"),
    [("upbeat", 1), ("acoustic", 1), ("cinematic", 4), ("ambient", 2)],
    ids=str,
)
def test_joints_are_on_beats_or_in_calm_music_on_bars(style: str, beats: int) -> None:
    made = cut(PHOTOS, {"do": "length", "duration_ms": 40_000}, {"do": "music", "style": style})
    music = made.sounds[0].music
    assert music is not None
    assert max(off_beat(made, 0, beats * 60_000 / read_plan(music).tempo)) < 2


def test_a_joint_moves_no_further_than_to_the_nearest_beat() -> None:
    before = first_cut([*PHOTOS, SONG], "project")
    after = cut([*PHOTOS, SONG])
    moves = [
        abs(one.start_ms - two.start_ms) for one, two in zip(before.clips, after.clips, strict=True)
    ]
    assert 0 < max(moves) <= 530 / 2 + 1


@pytest.mark.parametrize("count", [2, 8, 30, 60], ids=str)
def test_many_pictures_stay_in_their_order(count: int) -> None:
    photos = [photo(f"{n}.jpg", n) for n in range(count)]
    made = cut(photos, {"do": "length", "duration_ms": 16_000}, {"do": "music", "style": "ambient"})
    assert [clip.name for clip in made.clips] == [item.name for item in photos]
    starts = [clip.start_ms for clip in made.clips]
    assert starts == sorted(set(starts))
    assert made.duration_ms == 16_000


def test_the_beats_follow_where_the_song_begins() -> None:
    made = cut([*PHOTOS, SONG], {"do": "music_start", "start_ms": 10_100})
    assert max(off_beat(made, 300 - 10_100, 530)) < 2


def test_films_are_not_played_beyond_their_end() -> None:
    film = MediaItem("v", "v.mp4", "video", 640, 360, 2100, has_audio=True)
    items = [film, replace(film, id="w", name="w.mp4"), *PHOTOS[:2], SONG]
    made = cut(items)
    for clip in made.clips[:2]:
        assert clip.duration_ms <= 2100


@pytest.mark.parametrize(
    ("items", "why"),
    [([*PHOTOS, replace(SONG, beat=None)], "song.mp3"), (PHOTOS, "no music")],
    ids=["uncertain", "without music"],
)
def test_without_a_beat_nothing_changes(items: list[MediaItem], why: str) -> None:
    silent = [{"do": "music", "none": True}] if items is PHOTOS else []
    with pytest.raises(EditError, match=why):
        cut(items, *silent)
