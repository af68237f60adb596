"""Uploaded files in few words, and looks at a draft, for the tests of this folder."""

from __future__ import annotations

from itertools import pairwise

from nemovideo.engine.director import MediaItem, Outcome, direct
from nemovideo.engine.director._wire import TrackType
from nemovideo.protocol.draft import JsonObject


def photo(number: int, width: int = 1600, height: int = 1200) -> MediaItem:
    return MediaItem(f"i{number}", f"photo{number}.jpg", "image", width, height)


def photos(count: int) -> list[MediaItem]:
    return [photo(number) for number in range(count)]


def clip(number: int, duration_ms: int, *, has_audio: bool = True) -> MediaItem:
    return MediaItem(f"c{number}", f"clip{number}.mp4", "video", 1920, 1080, duration_ms, has_audio)


def song(name: str = "song.wav", duration_ms: int | None = 20_000) -> MediaItem:
    return MediaItem(f"a-{name}", name, "audio", duration_ms=duration_ms, has_audio=True)


def first_cut(message: str, media: list[MediaItem]) -> JsonObject:
    draft = direct(message, media, None).draft
    assert draft is not None
    return draft


def change(message: str, media: list[MediaItem], draft: JsonObject) -> JsonObject:
    changed = direct(message, media, draft).draft
    assert changed is not None
    return changed


def segments(draft: JsonObject, track_type: TrackType = TrackType.VIDEO) -> list[JsonObject]:
    return [one for track in draft["t"] if track["tt"] == track_type for one in track["sg"]]


def music(draft: JsonObject) -> list[JsonObject]:
    return segments(draft, TrackType.AUDIO)


def titles(draft: JsonObject) -> list[JsonObject]:
    return segments(draft, TrackType.TEXT)


def names(draft: JsonObject) -> list[str]:
    return [one["m"]["name"] for one in segments(draft)]


def calls(outcome: Outcome) -> list[str]:
    return [call.name for call in outcome.tool_calls]


def assert_sound(draft: JsonObject) -> None:
    """Check what holds for every draft of the director."""
    for one in (*segments(draft), *music(draft), *titles(draft)):
        assert type(one["st"]) is int
        assert type(one["d"]) is int
        assert one["st"] >= 0
        assert one["d"] >= 1
        assert one["st"] + one["d"] <= draft["d"]
    ids = [one["id"] for track in draft["t"] for one in track["sg"]]
    assert len(set(ids)) == len(ids)
    assert [track["tt"] for track in draft["t"]] == sorted(track["tt"] for track in draft["t"])
    assert_joined(draft)


def assert_joined(draft: JsonObject) -> None:
    pictures = segments(draft)
    assert pictures[0]["st"] == 0
    assert pictures[-1]["st"] + pictures[-1]["d"] == draft["d"]
    for left, right in pairwise(pictures):
        overlap = left["st"] + left["d"] - right["st"]
        assert overlap == right["m"].get("transition", {"d": 0})["d"]
        assert right["st"] + right["d"] > left["st"] + left["d"]
