"""A timeline that the tests of this folder edit, and the files of its session."""

from __future__ import annotations

from dataclasses import replace

from nemovideo.editing import MediaItem, apply_edits, parse_edits
from nemovideo.editing.first_cut import first_cut
from nemovideo.editing.reading.items import Scene
from nemovideo.timeline import Timeline
from nemovideo.timeline.beat import Beat

PHOTOS = ("beach.jpg", "lake.jpg", "mountain.jpg", "IMG_0004.jpg", "city_night.jpg")
SRT = "1\n00:00:01,000 --> 00:00:03,000\nHello\n\n2\n00:00:04,000 --> 00:00:06,500\nBye\n"


def photo(name: str, number: int, taken_ms: int | None = None) -> MediaItem:
    day, place = f"2024-07-0{1 + number // 2}", ("Como", "Lecco")[number // 3 % 2]
    return MediaItem(
        *(f"i{number}", name, "image", 4000, 3000), taken_ms=taken_ms, taken_on=day, place=place
    )


def media() -> list[MediaItem]:
    """Five photos, a film, a song; and a photo and subtitles that came after the first cut."""
    photos = [photo(name, number, 7000 + number * 7 % 5) for number, name in enumerate(PHOTOS)]
    film = MediaItem("v1", "party.mp4", "video", 1920, 1080, 12_000, True, taken_ms=5)
    song = MediaItem("a1", "song.mp3", "audio", duration_ms=45_000, beat=Beat(300.0, 530.0))
    waltz = MediaItem("a2", "waltz.mp3", "audio", duration_ms=60_000)
    return [
        *photos,
        film,
        song,
        waltz,
        photo("dog.jpg", 9, 1),
        MediaItem("s1", "talk.srt", "text", text=SRT),
    ]


def timeline() -> Timeline:
    """The first cut of the files that were there before, with a title."""
    before = media()[:7]
    edits = [
        {"do": "text", "text": "Summer"},
        {"do": "background", "background": "#101010"},
        {"do": "fit", "clips": 2, "fit": "whole"},
        {"do": "look", "clips": 4, "name": "warm"},
        {"do": "motion", "clips": [1, 2], "name": "pan-right"},
    ]
    return apply_edits(first_cut(before, "project"), parse_edits(edits), before)


def scene() -> Scene:
    return Scene(timeline(), media())


def uprights(*, are_paired: bool = False) -> Scene:
    """The same in a wide frame, with upright photos at 2 to 4; 2 and 3 may be a pair."""
    items = [
        replace(item, width=3000, height=4000) if item.name in PHOTOS[1:4] else item
        for item in media()
    ]
    edits: list[dict[str, object]] = [{"do": "pair", "clips": [2, 3]}] if are_paired else []
    cut = apply_edits(first_cut(items[:7], "project"), parse_edits(edits), items)
    return Scene(cut, items)
