"""The edit that puts the joints of a film on the beats of its music."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import Literal

from nemovideo.editing.layout import MIN_STEP_MS, laid_out, room_of
from nemovideo.editing.model import Edit, EditError, Media
from nemovideo.editing.selectors import find_clips
from nemovideo.editing.sound.placing import beat_of
from nemovideo.timeline.model import Timeline
from nemovideo.timeline.music import MusicPlan, read_plan

_CALM = ("ambient", "cinematic")
"""Styles whose bars carry a cut, not their beats."""
_ROOM = 1.25
"""So much longer than a bar must pictures be seen for their joints to be on bars."""
_SHORTEST_MS = 500
"""No picture is seen for less, whatever the tempo."""


@dataclass(frozen=True)
class Grid:
    """Where the beats of a film's music are."""

    first_ms: float
    """The first beat, on the timeline; it may lie before the start."""
    step_ms: float
    """From one place for a joint to the next: a beat, or a bar."""

    def nearest(self, time_ms: float, earliest_ms: float, latest_ms: float) -> float | None:
        """Return the place for a joint that is nearest to a time; None when none is in bounds."""
        first = ceil((earliest_ms - self.first_ms) / self.step_ms)
        last = floor((latest_ms - self.first_ms) / self.step_ms)
        if first > last:
            return None
        number = round((time_ms - self.first_ms) / self.step_ms)
        return self.first_ms + min(max(number, first), last) * self.step_ms


class CutToBeat(Edit):
    """Put each joint on the nearest beat of the music; on the nearest bar where it is calm."""

    do: Literal["cut_to_beat"] = "cut_to_beat"

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with its joints on beats; its length stays."""
        find_clips(timeline, "all")
        grid = grid_of(timeline, media)
        for _ in range(2):  # a transition that grows shorter moves its middle
            timeline = _on_beats(timeline, grid, media)
        return timeline


def grid_of(timeline: Timeline, media: Media) -> Grid:
    """Return the beats of a film's music.

    Raises:
        EditError: There is no music, or its beats can't be told.
    """
    music = next((sound for sound in timeline.sounds if sound.volume != 0), None)
    if music is None:
        raise EditError("no_music_beat")
    begin = music.start_ms - (music.source_start_ms or 0)
    if music.music is not None:
        plan = read_plan(music.music)
        beat_ms = 60_000 / plan.tempo
        usual_ms = timeline.duration_ms / max(len(timeline.clips), 1)
        return Grid(begin, _beats_apart(plan, usual_ms / beat_ms) * beat_ms)
    beat = beat_of(music, media)
    if beat is None:
        raise EditError("beat_unsure", name=music.name or "")
    return Grid(begin + beat.first_ms, beat.step_ms)


def _beats_apart(plan: MusicPlan, seen: float) -> int:
    """Return how many beats there are between places for a joint.

    Args:
        plan: The music.
        seen: How many beats a picture is usually seen.
    """
    steps = (plan.metre.beats, plan.metre.part) if plan.style in _CALM else ()
    return next((beats for beats in steps if beats * _ROOM <= seen), 1)


def _on_beats(timeline: Timeline, grid: Grid, media: Media) -> Timeline:
    clips, starts = timeline.clips, [clip.start_ms for clip in timeline.clips]
    for place in range(1, len(clips)):
        half = clips[place].overlap_ms / 2
        latest = timeline.duration_ms - _SHORTEST_MS
        room = room_of(clips[place - 1], media)
        if room is not None:
            latest = min(latest, starts[place - 1] + room - clips[place].overlap_ms)
        earliest = starts[place - 1] + _SHORTEST_MS
        found = grid.nearest(starts[place] + half, earliest + half, latest + half)
        begin = starts[place] if found is None else round(found - half)
        starts[place] = max(begin, starts[place - 1] + MIN_STEP_MS)
    ends = [*starts[1:], timeline.duration_ms]
    steps = [end - start for start, end in zip(starts, ends, strict=True)]
    return laid_out(timeline, clips, steps, media)
