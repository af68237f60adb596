"""The finished tracks of the extra `music`: what is known of them is what is heard."""

from __future__ import annotations

from importlib.metadata import metadata

import pytest

from nemovideo import _music_pack
from nemovideo.render.sound.beats import find_beat
from nemovideo.timeline.beat import Beat
from nemovideo.timeline.names import MOODS


def test_each_mood_has_tracks_that_keep_time() -> None:
    kept = {name.partition("_")[0] for name, track in _music_pack.tracks().items() if track.beat}
    assert kept == set(MOODS)
    assert all(track.duration_ms for track in _music_pack.tracks().values())


@pytest.mark.parametrize("name", ["happy_acoustic_1", "tender_electronic_1"])
def test_what_is_known_of_a_track_is_what_is_heard(name: str) -> None:
    track = _music_pack.tracks()[name]
    beat = find_beat(track.path)
    known = None if track.beat is None else Beat._make(track.beat)
    assert beat == (None if known is None else pytest.approx(known, abs=1))


def test_facts_name_the_license() -> None:
    facts = _music_pack.facts()
    assert facts is not None
    assert facts.license == metadata("immich-memories-music")["License-Expression"] == "MIT"
    assert facts.count == len(_music_pack.tracks())
