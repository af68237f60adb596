"""Where a song can be repeated, and where it can end."""

from __future__ import annotations

import pytest

from nemovideo.timeline.beat import Beat

SONG = Beat(500, 500, 4, 2300, 41_000)
"""Bars of two seconds from 0.5 s on; it is loud from 2.3 s to 41 s."""


@pytest.mark.parametrize(
    ("beat", "loop"),
    [
        (SONG, (2500, 34_500)),
        (SONG._replace(bar=3), (3500, 39_500)),
        (SONG._replace(end_ms=7000), (2500, 6500)),
        (SONG._replace(end_ms=4000), None),
        (SONG._replace(bar=0, begin_ms=600), (1000, 37_000)),
        (Beat(300, 530), None),
    ],
    ids=["phrases", "of three", "bars", "too short", "unsure: twelve beats", "nobody listened"],
)
def test_loop_is_of_whole_phrases(beat: Beat, loop: tuple[int, int] | None) -> None:
    assert beat.loop() == loop


@pytest.mark.parametrize(
    ("at_ms", "most_ms", "fade_ms"),
    [
        (21_500, 9000, 3000),
        (24_500, 9000, 6000),
        (27_500, 9000, 3000),
        (28_000, 9000, 1500),
        (28_000, 1400, None),
    ],
    ids=["phrase", "phrase further back", "bar: the phrase is far", "bar", "too short"],
)
def test_ending_begins_with_a_phrase_or_a_bar(
    at_ms: float, most_ms: int, fade_ms: int | None
) -> None:
    assert SONG.ending_ms(at_ms, most_ms) == fade_ms
