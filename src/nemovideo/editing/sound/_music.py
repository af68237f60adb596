"""Edits that choose the music, and where in it it begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, Self
from zlib import crc32

from pydantic import Field, model_validator

from nemovideo.editing.model import Edit, EditError, Media, MediaItem, item_of
from nemovideo.editing.selectors import find_clips, find_media
from nemovideo.editing.sound.placing import with_sounds_to_end
from nemovideo.timeline.model import PACK, Sound, Timeline
from nemovideo.timeline.music import (
    COMPOSED_VOLUME,
    FILE_VOLUME,
    MOOD_STYLES,
    UNDER_FILMS_VOLUME,
    describe,
    pick,
)
from nemovideo.timeline.names import Mood, MusicStyle

_HEARD = ("audio", "video")


class SetMusic(Edit):
    """Choose the music: composed in a style, of a mood, from files, other than now, or none."""

    do: Literal["music"] = "music"
    style: MusicStyle | None = None
    mood: Mood | None = Field(
        default=None,
        description="A finished track; composed in a style that fits if there is none.",
    )
    files: list[str] | None = Field(default=None, min_length=1, description="Names or ids.")
    none: bool = False
    other: bool = Field(default=False, description="Composed anew, not what plays now.")

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if self.none and (self.style or self.mood or self.files or self.other):
            raise ValueError("none goes with nothing else")
        if self.files and (self.style or self.mood or self.other):
            raise ValueError("give files or a style")
        return self

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with that music."""
        if self.none:
            return timeline.with_sounds(())
        find_clips(timeline, "all")
        tracks = self._tracks(timeline, media)
        volume = usual_volume(timeline, media, is_file=bool(self.files or tracks))
        if tracks:
            track = _of_tracks(tracks, timeline, is_other=self.other)
            return with_sounds_to_end(timeline, file_sounds([track], volume), media)
        if self.files:
            items = [find_media(media, name, _HEARD) for name in self.files]
            if any(item.kind == "video" and not item.has_audio for item in items):
                raise EditError("no_sound_in_it", name=", ".join(item.name for item in items))
            return with_sounds_to_end(timeline, file_sounds(items, volume), media)
        return with_sounds_to_end(timeline, [self._composed(timeline, volume)], media)

    def _composed(self, timeline: Timeline, volume: float) -> Sound:
        old = next((sound for sound in timeline.sounds if sound.music), None)
        seed = _seed_of(timeline)
        style: str | None = self.style or (MOOD_STYLES[self.mood] if self.mood else None)
        if self.other:
            style = style or _style_of(old)
            if old is not None and old.music and isinstance(old.music.get("seed"), int):
                seed = (old.music["seed"] + 1) % 2**32
        return composed_sound(style, seed, volume)

    def _tracks(self, timeline: Timeline, media: Media) -> list[MediaItem]:
        """Return the finished tracks that fit, of which one is to be chosen."""
        now = next((sound.style for sound in timeline.sounds if sound.kind == "pack"), None)
        mood = self.mood or (now if self.other and not self.style else None)
        of_mood = [
            item for item in media if item.kind == "pack" and item.id.startswith(f"{PACK}{mood}_")
        ]
        if self.style is None or self.style == MOOD_STYLES.get(self.mood or "calm"):
            return of_mood
        return [item for item in of_mood if f"_{self.style}_" in item.id]


def _of_tracks(tracks: Sequence[MediaItem], timeline: Timeline, *, is_other: bool) -> MediaItem:
    """Choose a track, of those that can end and be repeated at bars; the next one if wished."""
    choice = [item for item in tracks if item.beat is not None] or tracks
    now = [sound.media for sound in timeline.sounds]
    places = [place for place, item in enumerate(choice) if item.id in now]
    if is_other and places:
        return choice[(places[0] + 1) % len(choice)]
    return choice[_seed_of(timeline) % len(choice)]


def _seed_of(timeline: Timeline) -> int:
    names = [clip.name or "" for clip in timeline.clips]
    return crc32("\n".join([timeline.title or "", *names]).encode("utf-8", "replace"))


def composed_sound(style: str | None, seed: int, volume: float) -> Sound:
    """Return a piece of music that the program composes; the style is chosen if None."""
    music = pick(style, seed)
    return Sound(name=describe(music), music=music, volume=volume)


def file_sounds(items: Sequence[MediaItem], volume: float) -> list[Sound]:
    """Return music from files, one after the other."""
    return [
        Sound(name=item.name, media=item.id, volume=volume, source_start_ms=0) for item in items
    ]


def usual_volume(timeline: Timeline, media: Media, *, is_file: bool) -> float:
    """Return how loud music is unless somebody says otherwise: less where films are heard."""
    if any(_is_heard(timeline, place, media) for place in range(len(timeline.clips))):
        return UNDER_FILMS_VOLUME
    return FILE_VOLUME if is_file else COMPOSED_VOLUME


def _is_heard(timeline: Timeline, place: int, media: Media) -> bool:
    clip = timeline.clips[place]
    item = item_of(clip, media)
    return clip.is_film and item is not None and item.has_audio and (clip.volume or 1) > 0


def _style_of(sound: Sound | None) -> str | None:
    return sound.style if sound else None


class SetMusicStart(Edit):
    """Say where in the song the music begins."""

    do: Literal["music_start"] = "music_start"
    start_ms: int = Field(ge=0)

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with the music from there on."""
        if not timeline.sounds:
            raise EditError("no_music_yet")
        first = timeline.sounds[0]
        item = next((item for item in media if item.id == first.media), None)
        if item and item.duration_ms and self.start_ms >= item.duration_ms:
            raise EditError("song_too_short", name=item.name, seconds=item.duration_ms / 1000)
        key = (first.media, first.name)
        sounds = [
            replace(s, source_start_ms=self.start_ms) if (s.media, s.name) == key else s
            for s in timeline.sounds
        ]
        return with_sounds_to_end(timeline, sounds, media)
