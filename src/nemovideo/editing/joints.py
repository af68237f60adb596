"""Edits of how one clip follows another."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from nemovideo.editing.layout import MIN_TRANSITION_MS, laid_out, most_overlap, steps_of
from nemovideo.editing.model import Edit, EditError, Media
from nemovideo.editing.selectors import Refs, find_clips
from nemovideo.timeline.model import Timeline, Transition
from nemovideo.timeline.names import NO_TRANSITION, TRANSITIONS


def _known(name: str) -> str:
    if name not in (*TRANSITIONS, NO_TRANSITION):
        raise ValueError(f"{name!r} is no transition; there are {', '.join(TRANSITIONS)}, none")
    return name


TransitionName = Annotated[
    str,
    AfterValidator(_known),
    Field(json_schema_extra={"enum": [*TRANSITIONS, NO_TRANSITION]}),
]


class SetTransition(Edit):
    """Choose how clips come in, and how long that takes; the total stays as it is."""

    do: Literal["transition"] = "transition"
    name: TransitionName | None = None
    duration_ms: int | None = Field(default=None, ge=MIN_TRANSITION_MS, le=60_000)
    clips: Refs | None = Field(
        default=None, description="The clips that come in so; all but the first if left out."
    )

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with these transitions."""
        clips, steps = list(timeline.clips), steps_of(timeline)
        find_clips(timeline, "all")
        places = list(range(1, len(clips)))
        if self.clips is not None:
            places = [place for place in find_clips(timeline, self.clips) if place]
        if not places:
            raise EditError("no_joint")
        for place in places:
            clips[place] = replace(clips[place], wish=self._wish(clips[place].wish))
        if self.duration_ms is not None and self.name != NO_TRANSITION:
            longest = min(most_overlap(clips, steps, place) for place in places)
            if self.duration_ms > longest:
                raise EditError(
                    "transition_too_long", seconds=self.duration_ms / 1000, most=longest / 1000
                )
        return laid_out(timeline, clips, steps, media)

    def _wish(self, before: Transition | None) -> Transition | None:
        if self.name == NO_TRANSITION:
            return None
        name = self.name or (before.name if before else "crossfade")
        length = self.duration_ms
        if length is None and before is not None:
            length = before.duration_ms
        return Transition(name, length)
