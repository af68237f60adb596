"""Timelines that the cases of this folder begin with, and what is changed on them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nemovideo.timeline import Timeline
from nemovideo.timeline.model import (
    Caption,
    Clip,
    Sound,
    Transition,
)
from tests.timeline.timelines import changed, cut, in_a_row, photos

SIX = photos("abcdef")
PLAIN = cut(SIX)
JOINED = cut(photos("abcd", overlap=600))
FILM = Clip(id="f", name="f.mp4", kind="video", duration_ms=10_000)
WITH_FILM = cut(in_a_row([*photos("ab"), FILM]))
WIPE = Transition("wipeleft", 600)
SONG = [
    Sound(id=f"s{n}", name="song.mp3", media="m", start_ms=n * 6000, duration_ms=6000, volume=0.6)
    for n in range(3)
]
WITH_MUSIC = cut(SIX, SONG)
HELLO = Caption(id="t1", text="Hello", duration_ms=3000, style="title", position="center")
BYE = Caption(id="t2", text="Bye", start_ms=15_000, duration_ms=3000, style="caption")
WITH_WORDS = cut(SIX, (), [HELLO, BYE])
SUBTITLES = [
    Caption(id=str(n), text=f"line {n}", start_ms=n * 1000, duration_ms=900, style="subtitle")
    for n in range(12)
]


def with_fields(**places: dict[str, Any]) -> Timeline:
    """Return the six photos of which some, by their letter, have other fields."""
    return PLAIN.with_clips(changed(SIX, {"abcdef".index(key): places[key] for key in places}))


def every(**fields: Any) -> Timeline:
    return with_fields(**dict.fromkeys("abcdef", fields))


def relaid(*clips: Clip, **fields: Any) -> Timeline:
    return cut(in_a_row(clips), **fields)


def joints(timeline: Timeline, **places: Transition | None) -> Timeline:
    letters = {f"{letter}.jpg": joint for letter, joint in places.items()}
    return timeline.with_clips(
        [
            replace(one, transition=letters.get(one.name or "", one.transition))
            for one in timeline.clips
        ]
    )


Cases = dict[str, tuple[Timeline | None, Timeline | None, list[str]]]
"""By name: before, after, and the lines that tell it."""
