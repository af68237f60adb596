"""Music of a mood: a finished track where there are any, else composed and said."""

from __future__ import annotations

from typing import Any

import pytest

from nemovideo.editing import MediaItem, direct
from nemovideo.timeline.beat import Beat
from nemovideo.timeline.model import Sound, Timeline
from tests.editing.scenes import photo

PHOTOS = [photo(f"{n}.jpg", n) for n in range(5)]
TRACKS = [
    MediaItem(
        *(f"pack:{name}", name.replace("_", " ").capitalize(), "pack"),
        duration_ms=31_000,
        beat=Beat(0, 500, 4, 0, 31_000) if is_steady else None,
    )
    for name, is_steady in (
        ("calm_acoustic_1", True),
        ("calm_electronic_1", True),
        ("happy_acoustic_1", True),
        ("happy_acoustic_2", False),
        ("happy_electronic_1", True),
    )
]


def said(message: str, draft: dict[str, Any] | None, tracks: list[MediaItem]) -> dict[str, Any]:
    outcome = direct(message, [*PHOTOS, *tracks], draft)
    assert outcome.draft is not None
    assert not outcome.not_understood
    return outcome.draft


def music(*messages: str, tracks: list[MediaItem] = TRACKS) -> Sound:
    draft = None
    for message in ("make a 30 second video", *messages):
        draft = said(message, draft, tracks)
    (sound,) = Timeline.from_draft(draft).sounds
    return sound


@pytest.mark.parametrize(
    ("message", "mood"),
    [
        ("calm music", "calm"),
        ("make the music happier", "happy"),
        ("música alegre", "happy"),
        ("换成安静的音乐", "calm"),
    ],
)
def test_a_mood_is_a_finished_track(message: str, mood: str) -> None:
    sound = music(message)
    assert (sound.kind, sound.style) == ("pack", mood)
    assert (sound.name or "").lower().startswith(mood)
    assert (sound.volume, sound.source_start_ms) == (0.8, 0)
    assert sound == music(message)


def test_a_track_has_the_style_that_is_named_with_the_mood() -> None:
    assert music("happy electronic music").name == "Happy electronic 1"


def test_other_music_is_the_next_track_of_the_mood_that_keeps_time() -> None:
    messages = ["happy music", "other music", "other music"]
    names = [music(*messages[:count]).name for count in (1, 2, 3)]
    assert names[0] == names[2] != names[1]
    assert {*names} == {"Happy acoustic 1", "Happy electronic 1"}


@pytest.mark.parametrize("message", ["ambient music", "upbeat music", "happy lo-fi music"])
def test_a_style_that_is_named_stays_composed(message: str) -> None:
    assert music("happy music", message).kind == "composed"


def test_a_track_ends_on_a_phrase_and_is_repeated_at_its_bars() -> None:
    sound = music("calm music")
    assert 30_000 - (sound.fade_out_ms or 0) == 24_000
    assert music("calm music", "make it 50 seconds long").loop_ms == (0, 24_000)


@pytest.mark.parametrize(
    ("message", "style", "words"),
    [
        ("nostalgic music", "acoustic", "nemovideo[music]"),
        ("música romántica", "ambient", "piezas terminadas"),
        ("快乐的音乐", "upbeat", "nemovideo[music]"),
        ('{"do": "music", "mood": "happy"}', "upbeat", "nemovideo[music]"),
    ],
)
def test_without_tracks_a_mood_is_composed_and_said(message: str, style: str, words: str) -> None:
    draft = said("make a 30 second video with lo-fi music", None, [])
    outcome = direct(message, PHOTOS, draft)
    (sound,) = Timeline.from_draft(outcome.draft).sounds
    assert (sound.kind, sound.style) == ("composed", style)
    assert any(words in note for note in outcome.notes)


def test_tracks_are_no_files_of_the_session() -> None:
    outcome = direct("make a video", TRACKS, None)
    assert outcome.draft is None
    assert "photo" in outcome.reply
    without = direct("make a 30 second video", PHOTOS, None)
    assert without.draft == said("make a 30 second video", None, TRACKS)
