"""Edits of how loud things are: volumes, fades, music that steps back."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, Self

from pydantic import Field, model_validator

from nemovideo.editing.model import Edit, EditError, Media, item_of
from nemovideo.editing.selectors import Refs, changed_clips, find_clips
from nemovideo.timeline.model import Timeline


class SetVolume(Edit):
    """Make music or films louder or quieter; 0 mutes."""

    do: Literal["volume"] = "volume"
    of: Literal["music", "clips", "everything"] = "music"
    clips: Refs | None = Field(default=None, description="Which films; all if left out.")
    volume: float | None = Field(default=None, ge=0, le=2, description="1 is as recorded.")
    factor: float | None = Field(default=None, gt=0, le=10)
    delta: float | None = Field(default=None, ge=-1, le=1, description="Added to the volume.")

    @model_validator(mode="after")
    def _one_amount(self) -> Self:
        if sum(v is not None for v in (self.volume, self.factor, self.delta)) != 1:
            raise ValueError("give one of volume, factor and delta")
        return self

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with other volumes."""
        changed = timeline
        if self.of in ("music", "everything"):
            if not timeline.sounds and self.of == "music":
                raise EditError("no_music_yet")
            sounds = [replace(s, volume=self._new(s.volume)) for s in timeline.sounds]
            changed = changed.with_sounds(sounds)
        if self.of == "music":
            return changed
        places = (
            find_clips(timeline, "films" if self.clips is None else self.clips)
            if (self.clips is not None or any(clip.is_film for clip in timeline.clips))
            else []
        )
        heard = [place for place in places if self._has_sound(timeline, place, media)]
        if not heard and (self.of == "clips" or not timeline.sounds):
            raise EditError("no_clip_sound")
        return changed_clips(changed, heard, lambda c: replace(c, volume=self._new(c.volume)))

    def _has_sound(self, timeline: Timeline, place: int, media: Media) -> bool:
        clip = timeline.clips[place]
        item = item_of(clip, media)
        return clip.is_film and item is not None and item.has_audio

    def _new(self, old: float | None) -> float:
        before = 1.0 if old is None else old
        if self.volume is not None:
            return self.volume
        after = before * self.factor if self.factor is not None else before + (self.delta or 0)
        return round(min(max(after, 0.0), max(before, 1.0)), 3)


class SetSoundFades(Edit):
    """Say how long music fades in and out; 0 for not at all."""

    do: Literal["sound_fades"] = "sound_fades"
    fade_in_ms: int | None = Field(default=None, ge=0)
    fade_out_ms: int | None = Field(default=None, ge=0)

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with these fades."""
        sounds = list(timeline.sounds)
        if not sounds:
            raise EditError("no_music_yet")
        for length in (self.fade_in_ms, self.fade_out_ms):
            if length is not None and length > timeline.duration_ms:
                raise EditError("fade_too_long", seconds=timeline.duration_ms / 1000)
        if self.fade_in_ms is not None:
            sounds[0] = replace(sounds[0], fade_in_ms=self.fade_in_ms)
        if self.fade_out_ms is not None:
            sounds[-1] = replace(sounds[-1], fade_out_ms=self.fade_out_ms)
        return timeline.with_sounds(sounds)


class SetDucking(Edit):
    """Let the music step back where a film is heard, or not."""

    do: Literal["duck"] = "duck"
    on: bool = True

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with that."""
        if not timeline.sounds:
            raise EditError("no_music_yet")
        return timeline.with_sounds([replace(s, ducks=self.on or None) for s in timeline.sounds])
