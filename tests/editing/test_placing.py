"""Where music stands on a timeline, and how songs with known bars end and are repeated."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nemovideo.editing import MediaItem, apply_edits, parse_edits
from nemovideo.editing.first_cut import first_cut
from nemovideo.timeline.beat import Beat
from nemovideo.timeline.model import Sound
from tests.editing.scenes import photo

PHOTOS = [photo(f"{n}.jpg", n) for n in range(8)]
SONG = MediaItem("s", "song.mp3", "audio", duration_ms=60_000, beat=Beat(500, 500, 4, 400, 58_000))


def music(song: MediaItem, *edits: dict[str, object]) -> Sound:
    items = [*PHOTOS, song]
    (sound,) = apply_edits(first_cut(items, "project"), parse_edits([*edits]), items).sounds
    return sound


def lasting(duration_ms: int) -> dict[str, object]:
    return {"do": "length", "duration_ms": duration_ms}


@pytest.mark.parametrize(
    ("duration_ms", "line_ms"),
    [(20_000, 16_500), (28_000, 24_500), (26_000, 24_500), (31_000, 28_500)],
    ids=["phrase", "the next phrase", "just behind it", "bar"],
)
def test_the_last_fade_of_a_song_begins_on_a_line(duration_ms: int, line_ms: int) -> None:
    sound = music(SONG, lasting(duration_ms))
    assert sound.duration_ms == duration_ms
    assert duration_ms - (sound.fade_out_ms or 0) == line_ms


def test_the_last_fade_follows_where_the_song_begins_and_how_long_it_plays() -> None:
    later = music(SONG, lasting(26_000), {"do": "music_start", "start_ms": 2500}, lasting(22_000))
    assert later.fade_out_ms == music(SONG, lasting(24_500)).fade_out_ms


def test_a_fade_that_was_chosen_stays() -> None:
    chosen = {"do": "sound_fades", "fade_out_ms": 3100}
    assert music(SONG, lasting(20_000), chosen, lasting(26_000)).fade_out_ms == 3100


@pytest.mark.parametrize("beat", [None, SONG.beat and SONG.beat._replace(bar=0)], ids=str)
def test_a_song_whose_bars_are_not_known_ends_with_a_fade(beat: Beat | None) -> None:
    assert music(replace(SONG, beat=beat), lasting(30_000)).fade_out_ms == 2000


def test_a_short_song_is_repeated_from_bar_line_to_bar_line() -> None:
    sound = music(SONG, lasting(120_000))
    assert sound.loop_ms == (500, 56_500)
    assert (120_000 - 500 - (sound.fade_out_ms or 0)) % 2000 == 0
    assert music(SONG, lasting(120_000), lasting(50_000)).loop_ms is None
    assert music(replace(SONG, beat=None), lasting(120_000)).loop_ms is None
