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
from nemovideo.timeline.model import Sound, Timeline
from nemovideo.timeline.music import (
    COMPOSED_VOLUME,
    FILE_VOLUME,
    UNDER_FILMS_VOLUME,
    describe,
    pick,
)
from nemovideo.timeline.names import MusicStyle

_HEARD = ("audio", "video")


class SetMusic(Edit):
    """Choose the music: composed in a style, from uploaded files, other than now, or none."""

    do: Literal["music"] = "music"
    style: MusicStyle | None = None
    files: list[str] | None = Field(default=None, min_length=1, description="Names or ids.")
    none: bool = False
    other: bool = Field(default=False, description="Composed anew, not what plays now.")

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if self.none and (self.style or self.files or self.other):
            raise ValueError("none goes with nothing else")
        if self.files and (self.style or self.other):
            raise ValueError("give files or a style")
        return self

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with that music."""
        if self.none:
            return timeline.with_sounds(())
        find_clips(timeline, "all")
        volume = usual_volume(timeline, media, is_file=bool(self.files))
        if self.files:
            items = [find_media(media, name, _HEARD) for name in self.files]
            if any(item.kind == "video" and not item.has_audio for item in items):
                raise EditError("no_sound_in_it", name=", ".join(item.name for item in items))
            return with_sounds_to_end(timeline, file_sounds(items, volume), media)
        return with_sounds_to_end(timeline, [self._composed(timeline, volume)], media)

    def _composed(self, timeline: Timeline, volume: float) -> Sound:
        old = next((sound for sound in timeline.sounds if sound.music), None)
        seed = crc32(
            "\n".join([timeline.title or "", *_names(timeline)]).encode("utf-8", "replace")
        )
        style: str | None = self.style
        if self.other:
            style = style or _style_of(old)
            if old is not None and old.music and isinstance(old.music.get("seed"), int):
                seed = (old.music["seed"] + 1) % 2**32
        return composed_sound(style, seed, volume)


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


def _names(timeline: Timeline) -> list[str]:
    return [clip.name or "" for clip in timeline.clips]


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
