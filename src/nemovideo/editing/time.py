"""Edits of length: of the whole, of clips, of what of a film is seen, and how fast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from nemovideo.editing.layout import (
    MIN_STEP_MS,
    laid_out,
    repeated,
    room_of,
    shared,
    steps_of,
)
from nemovideo.editing.model import (
    MAX_DURATION_MS,
    MIN_DURATION_MS,
    Edit,
    EditError,
    Media,
    item_of,
)
from nemovideo.editing.selectors import Ref, Refs, find_clip, find_clips, with_ids
from nemovideo.timeline.model import Clip, Timeline

MIN_SPEED, MAX_SPEED = 0.1, 20.0


def check_total(total_ms: int) -> None:
    """Refuse a length that no video may have."""
    if not MIN_DURATION_MS <= total_ms <= MAX_DURATION_MS:
        raise EditError("length_range", seconds=total_ms / 1000)


class _Amount(Edit):
    """A length that is given, or how much more, or how many times as much."""

    duration_ms: int | None = Field(default=None, description="The new length.")
    delta_ms: int | None = Field(default=None, description="So much longer, or shorter.")
    factor: float | None = Field(default=None, gt=0, description="So many times as long.")

    @model_validator(mode="after")
    def _one_amount(self) -> Self:
        if sum(v is not None for v in (self.duration_ms, self.delta_ms, self.factor)) != 1:
            raise ValueError("give one of duration_ms, delta_ms and factor")
        return self

    def wanted(self, before_ms: int) -> int:
        """Return the new length of what was so long."""
        if self.duration_ms is not None:
            return self.duration_ms
        if self.delta_ms is not None:
            return before_ms + self.delta_ms
        return round(before_ms * (self.factor or 1))


class SetLength(_Amount):
    """Make the whole video so long: photos share the time, films play less or more of theirs."""

    do: Literal["length"] = "length"

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with that length."""
        find_clips(timeline, "all")
        total_ms = self.wanted(timeline.duration_ms)
        check_total(total_ms)
        clips, steps = list(timeline.clips), steps_of(timeline)
        if total_ms < MIN_STEP_MS * len(clips):
            raise EditError("too_short", seconds=total_ms / 1000, count=len(clips))
        new = shared(clips, steps, total_ms, media)
        if new is None:
            clips, steps = repeated(clips, steps, total_ms, media)
            new = shared(clips, steps, total_ms, media)
        if new is None:
            raise EditError("too_long_for_films", seconds=total_ms / 1000)
        return laid_out(timeline, clips, new, media)


class SetClipLength(_Amount):
    """Make clips so long, each from its start to the next one's; only the total follows."""

    goes_on: ClassVar[bool] = True
    do: Literal["clip_length"] = "clip_length"
    clips: Refs = "all"

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with these clips longer or shorter."""
        clips, steps = list(timeline.clips), steps_of(timeline)
        for place in find_clips(timeline, self.clips):
            wanted = self.wanted(steps[place])
            room = room_of(clips[place], media)
            if wanted < MIN_STEP_MS:
                raise EditError("clip_too_short", name=clips[place].name or "", ms=MIN_STEP_MS)
            if room is not None and wanted > room:
                if self.clips == "all":
                    wanted = steps[place]
                else:
                    raise EditError(
                        "film_too_short", name=clips[place].name or "", seconds=room / 1000
                    )
            steps[place] = wanted
        check_total(sum(steps))
        return laid_out(timeline, clips, steps, media)


class Trim(Edit):
    """Play a part of films only: from, to (times in the film), or without seconds at its ends."""

    goes_on: ClassVar[bool] = True
    do: Literal["trim"] = "trim"
    clips: Refs
    from_ms: int | None = Field(default=None, ge=0)
    to_ms: int | None = Field(default=None, gt=0)
    off_start_ms: int = Field(default=0, ge=0)
    off_end_ms: int = Field(default=0, ge=0)

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with less of these clips."""
        clips, steps = list(timeline.clips), steps_of(timeline)
        for place in find_clips(timeline, self.clips):
            clips[place], steps[place] = self._trimmed(clips[place], steps[place], media)
        check_total(sum(steps))
        return laid_out(timeline, clips, steps, media)

    def _trimmed(self, clip: Clip, step: int, media: Media) -> tuple[Clip, int]:
        if not clip.is_film:
            if self.from_ms is None:
                return clip, self._photo_step(clip, step)
            raise EditError("not_a_film", name=clip.name or "")
        speed, item = clip.speed or 1, item_of(clip, media)
        start = clip.source_start_ms or 0
        end = start + round(step * speed)
        if self.from_ms is not None or self.to_ms is not None:
            start, end = (
                start if self.from_ms is None else self.from_ms,
                self.to_ms or max(end, item.duration_ms or end if item else end),
            )
        start, end = start + round(self.off_start_ms * speed), end - round(self.off_end_ms * speed)
        most = item.duration_ms if item and item.duration_ms else None
        if most is not None and (start >= most or (self.to_ms or 0) > most):
            raise EditError("film_too_short", name=clip.name or "", seconds=most / 1000)
        length = round((end - start) / speed)
        if length < MIN_STEP_MS:
            raise EditError("clip_too_short", name=clip.name or "", ms=MIN_STEP_MS)
        return replace(clip, source_start_ms=start), length

    def _photo_step(self, clip: Clip, step: int) -> int:
        wanted = (
            self.to_ms if self.to_ms is not None else step - self.off_start_ms - self.off_end_ms
        )
        if wanted < MIN_STEP_MS:
            raise EditError("clip_too_short", name=clip.name or "", ms=MIN_STEP_MS)
        return wanted


class Cut(Edit):
    """Take a stretch of the timeline out; what comes after moves up."""

    do: Literal["cut"] = "cut"
    from_ms: int = Field(ge=0)
    to_ms: int = Field(gt=0)

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline without that stretch."""
        find_clips(timeline, "all")
        if self.from_ms >= self.to_ms or self.from_ms >= timeline.duration_ms:
            raise EditError("no_such_stretch", seconds=timeline.duration_ms / 1000)
        clips: list[Clip] = []
        steps: list[int] = []
        begin = 0
        for clip, step in zip(timeline.clips, steps_of(timeline), strict=True):
            end = begin + step
            before, after = max(self.from_ms - begin, 0), max(end - max(self.to_ms, begin), 0)
            if self.to_ms <= begin or self.from_ms >= end:
                clips.append(clip)
                steps.append(step)
            else:
                if before >= MIN_STEP_MS:
                    clips.append(clip)
                    steps.append(before)
                if after >= MIN_STEP_MS:
                    offset = (end - after) - begin
                    rest = _from_offset(clip, offset)
                    clips.append(replace(rest, wish=None) if before >= MIN_STEP_MS else rest)
                    steps.append(after)
            begin = end
        if not clips:
            raise EditError("nothing_left")
        check_total(sum(steps))
        clips[0] = replace(clips[0], wish=None)
        return laid_out(timeline, with_ids(clips), steps, media)


class Split(Edit):
    """Cut one clip into two that follow one another, at a time from its start."""

    do: Literal["split"] = "split"
    clip: Ref | None = None
    at_ms: int | None = Field(
        default=None, gt=0, description="From the clip's start; of the timeline without a clip."
    )

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with the two."""
        clips, steps = list(timeline.clips), steps_of(timeline)
        find_clips(timeline, "all")
        place, at = self._where(timeline, steps)
        if not MIN_STEP_MS <= at <= steps[place] - MIN_STEP_MS:
            raise EditError(
                "no_such_moment", name=clips[place].name or "", seconds=steps[place] / 1000
            )
        second = replace(_from_offset(clips[place], at), wish=None, id=None)
        clips.insert(place + 1, second)
        steps[place : place + 1] = [at, steps[place] - at]
        return laid_out(timeline, with_ids(clips), steps, media)

    def _where(self, timeline: Timeline, steps: Sequence[int]) -> tuple[int, int]:
        if self.clip is not None:
            place = find_clip(timeline, self.clip)
            return place, steps[place] // 2 if self.at_ms is None else self.at_ms
        if self.at_ms is None:
            raise EditError("where_to_split")
        begin = 0
        for place, step in enumerate(steps):
            if begin <= self.at_ms < begin + step:
                return place, self.at_ms - begin
            begin += step
        raise EditError("no_such_stretch", seconds=timeline.duration_ms / 1000)


class SetSpeed(Edit):
    """Play films faster or slower; they take less or more time then."""

    goes_on: ClassVar[bool] = True
    do: Literal["speed"] = "speed"
    clips: Refs = "films"
    speed: float | None = Field(
        default=None, ge=MIN_SPEED, le=MAX_SPEED, description="1 is normal."
    )
    factor: float | None = Field(default=None, gt=0, description="So many times as fast as now.")

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with these films at another speed, photos for as much less time."""
        clips, steps = list(timeline.clips), steps_of(timeline)
        places = (
            find_clips(timeline, self.clips)
            if self.clips != "films" or any(clip.is_film for clip in clips)
            else []
        )
        if not places:
            raise EditError("no_films")
        for place in places:
            clip, old = clips[place], clips[place].speed or 1.0
            if not clip.is_film:
                if self.clips != "all":
                    raise EditError("not_a_film", name=clip.name or "")
                speed = self.speed or self.factor or 1.0
                steps[place] = max(round(steps[place] / speed), MIN_STEP_MS)
                continue
            speed = self.speed if self.speed is not None else old * (self.factor or 1.0)
            if not MIN_SPEED <= speed <= MAX_SPEED:
                raise EditError("speed_range", low=MIN_SPEED, high=MAX_SPEED)
            clips[place] = replace(clip, speed=round(speed, 3))
            steps[place] = max(round(steps[place] * old / speed), MIN_STEP_MS)
        check_total(sum(steps))
        return laid_out(timeline, clips, steps, media)


class FitToMusic(Edit):
    """Make the video as long as its music."""

    do: Literal["fit_to_music"] = "fit_to_music"

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with the length of the music's files."""
        names = dict.fromkeys(sound.media for sound in timeline.sounds if sound.media)
        files = [item for item in media if item.id in names and item.duration_ms]
        if not files:
            raise EditError("no_music_file")
        starts = {sound.media: sound.source_start_ms or 0 for sound in timeline.sounds}
        total = sum((item.duration_ms or 0) - starts.get(item.id, 0) for item in files)
        return SetLength(duration_ms=total).apply(timeline, media)


def _from_offset(clip: Clip, offset_ms: int) -> Clip:
    """Return the rest of a clip from so much of the timeline into it on."""
    if not clip.is_film:
        return clip
    start = (clip.source_start_ms or 0) + round(offset_ms * (clip.speed or 1))
    return replace(clip, source_start_ms=start)
