"""Edits of what is there and in which order."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from pydantic import Field

from nemovideo._files import natural_key
from nemovideo.editing.layout import TRANSITION_MS, laid_out, room_of, steps_of
from nemovideo.editing.model import Edit, EditError, Media, MediaItem, item_of
from nemovideo.editing.picture import kept_pictures, new_clip, sides_changed, without_pictures
from nemovideo.editing.selectors import (
    Ref,
    Refs,
    changed_clips,
    find_clip,
    find_clips,
    find_media,
    find_pictures,
    with_ids,
)
from nemovideo.timeline.model import Clip, Timeline, Transition
from nemovideo.timeline.pacing import usual_photo_ms

VISUAL = ("image", "video")


def _ordered(timeline: Timeline, places: Sequence[int], media: Media) -> Timeline:
    """Return the timeline with its clips in another order, or some of them more or less often."""
    clips, steps = timeline.clips, steps_of(timeline)
    chosen = with_ids([clips[place] for place in places])
    return laid_out(timeline, _joined(chosen, clips), [steps[place] for place in places], media)


def _joined(clips: Sequence[Clip], before: Sequence[Clip]) -> list[Clip]:
    """Give a transition to a clip that had none because it came first, and none to the first."""
    wishes = [clip.wish for clip in before[1:]]
    usual = wishes[0] if wishes and all(wish == wishes[0] for wish in wishes) else None
    first = before[0].id if before else None
    joined = []
    for place, clip in enumerate(clips):
        if place == 0:
            joined.append(replace(clip, wish=None))
        elif clip.id == first and clip.wish is None:
            joined.append(replace(clip, wish=usual))
        else:
            joined.append(clip)
    return joined


class Remove(Edit):
    """Take clips off the timeline."""

    do: Literal["remove"] = "remove"
    clips: Refs

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline without them; what was beside one in a pair stands alone."""
        timeline, gone = without_pictures(timeline, self.clips, media)
        left = [place for place in range(len(timeline.clips)) if place not in gone]
        if not left:
            raise EditError("nothing_left")
        return _ordered(timeline, left, media)


class Keep(Edit):
    """Take off all other clips."""

    do: Literal["keep"] = "keep"
    clips: Refs

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with these alone."""
        places = sorted(find_clips(timeline, self.clips))
        return _ordered(kept_pictures(timeline, self.clips, media), places, media)


class Move(Edit):
    """Move clips to a position, to one end, or beside another clip."""

    do: Literal["move"] = "move"
    clips: Refs
    to: int | Literal["start", "end"] | None = Field(
        default=None, description="The position, from 1, that the first of them shall have."
    )
    before: Ref | None = None
    after: Ref | None = None

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with them elsewhere."""
        moved = find_clips(timeline, self.clips)
        rest = [place for place in range(len(timeline.clips)) if place not in moved]
        at = self._place(timeline, rest)
        return _ordered(timeline, [*rest[:at], *moved, *rest[at:]], media)

    def _place(self, timeline: Timeline, rest: Sequence[int]) -> int:
        beside = self.before if self.before is not None else self.after
        if beside is not None:
            places = [p for p in find_clips(timeline, beside) if p in rest]
            if not places:
                raise EditError("beside_itself")
            return rest.index(places[0]) if self.before is not None else rest.index(places[-1]) + 1
        if self.to is None:
            raise EditError("where_to")
        if isinstance(self.to, str):
            return 0 if self.to == "start" else len(rest)
        if not 1 <= abs(self.to) <= len(timeline.clips):
            raise EditError("no_such_position", number=self.to, count=len(timeline.clips))
        position = self.to - 1 if self.to > 0 else len(timeline.clips) + self.to
        return min(position, len(rest))


class Swap(Edit):
    """Let two clips change places, or the two pictures of a pair."""

    do: Literal["swap"] = "swap"
    first: Ref
    second: Ref

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with the two swapped."""
        one, two = find_clip(timeline, self.first), find_clip(timeline, self.second)
        if one == two:
            first, second = (find_pictures(timeline, ref)[one] for ref in (self.first, self.second))
            if first == second or len(first) + len(second) > len(timeline.clips[one].pictures):
                raise EditError("same_clip")
            return changed_clips(timeline, [one], sides_changed)
        order = list(range(len(timeline.clips)))
        order[one], order[two] = two, one
        return _ordered(timeline, order, media)


class Duplicate(Edit):
    """Show clips again, right after themselves."""

    do: Literal["duplicate"] = "duplicate"
    clips: Refs
    times: int = Field(default=1, ge=1, le=20, description="How many more there shall be of each.")

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with the copies."""
        chosen = set(find_clips(timeline, self.clips))
        order = [
            place
            for place in range(len(timeline.clips))
            for _ in range(1 + self.times * (place in chosen))
        ]
        return _ordered(timeline, order, media)


class Reverse(Edit):
    """Turn the order of the clips round."""

    do: Literal["reverse"] = "reverse"

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline from its last clip to its first."""
        find_clips(timeline, "all")
        return _ordered(timeline, range(len(timeline.clips))[::-1], media)


class Sort(Edit):
    """Put the clips into an order."""

    do: Literal["sort"] = "sort"
    by: Literal["name", "date", "upload"] = "name"
    descending: bool = False

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline in that order; equal ones stay as they were."""
        clips = timeline.clips
        places = find_clips(timeline, "all")
        items = [item_of(clip, media) for clip in clips]
        if self.by == "name":
            keys: list[object] = [natural_key(clip.name or "") for clip in clips]
        elif self.by == "date":
            if not any(item and item.taken_ms is not None for item in items):
                raise EditError("no_dates")
            keys = [self._taken(item) for item in items]
        else:
            order = {item.id: place for place, item in enumerate(media)}
            keys = [order.get(item.id, len(media)) if item else len(media) for item in items]
        places.sort(key=lambda place: keys[place], reverse=self.descending)  # type: ignore[arg-type,return-value]
        return _ordered(timeline, places, media)

    def _taken(self, item: MediaItem | None) -> tuple[bool, int]:
        """Return when it was taken; what does not say comes last."""
        taken = item.taken_ms if item else None
        return ((taken is None) != self.descending, taken or 0)


class Shuffle(Edit):
    """Mix the clips up; the same seed mixes alike."""

    do: Literal["shuffle"] = "shuffle"
    seed: int = 1

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline in another order, if there is another."""
        places = find_clips(timeline, "all")
        mixed = list(places)
        generator = random.Random(self.seed)  # noqa: S311 - nothing secret
        for _ in range(20):
            generator.shuffle(mixed)
            if mixed != places:
                break
        return _ordered(timeline, mixed, media)


class Order(Edit):
    """Say the order: these first, the others after them as they were."""

    do: Literal["order"] = "order"
    clips: list[Ref]

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline in that order."""
        taken: list[int] = []
        for ref in self.clips:
            free = [place for place in find_clips(timeline, ref) if place not in taken]
            taken += free[:1] if ref not in ("all", "photos", "films") else free
        rest = [place for place in range(len(timeline.clips)) if place not in taken]
        return _ordered(timeline, [*taken, *rest], media)


class Add(Edit):
    """Put uploaded files onto the timeline: those named, or all that are not on it yet."""

    do: Literal["add"] = "add"
    media: list[str] | None = Field(default=None, description="Names or ids of uploaded files.")
    to: int | Literal["start", "end"] = "end"
    before: Ref | None = None
    after: Ref | None = None
    duration_ms: int | None = Field(default=None, ge=100, description="Of each photo.")

    def apply(self, timeline: Timeline, media: Media) -> Timeline:
        """Return the timeline with them."""
        items = self._items(timeline, media)
        clips, steps = list(timeline.clips), steps_of(timeline)
        at = self._place(timeline)
        photo_steps = [s for c, s in zip(clips, steps, strict=True) if not c.is_film]
        usual = self.duration_ms or (
            sorted(photo_steps)[len(photo_steps) // 2]
            if photo_steps
            else usual_photo_ms(len(items))
        )
        wishes = [clip.wish for clip in clips[1:] if clip.wish]
        wish = wishes[0] if wishes else (None if len(clips) > 1 else Transition("crossfade"))
        new = [
            replace(new_clip(item, timeline.canvas, place), wish=wish, id=None)
            for place, item in enumerate(items, at)
        ]
        added = with_ids([*clips[:at], *new, *clips[at:]])
        rooms = [room_of(clip, media) for clip in new]
        lengths = [
            usual if room is None else max(room - TRANSITION_MS * bool(wish), 100) for room in rooms
        ]
        all_steps = [*steps[:at], *lengths, *steps[at:]]
        return laid_out(timeline, _joined(added, clips), all_steps, media)

    def _items(self, timeline: Timeline, media: Media) -> list[MediaItem]:
        if self.media is not None:
            return [find_media(media, name, VISUAL) for name in self.media]
        used = {item.id for clip in timeline.pictures if (item := item_of(clip, media))}
        items = [item for item in media if item.kind in VISUAL and item.id not in used]
        if not items:
            raise EditError("nothing_new")
        return items

    def _place(self, timeline: Timeline) -> int:
        count = len(timeline.clips)
        if self.before is not None:
            return find_clips(timeline, self.before)[0]
        if self.after is not None:
            return find_clips(timeline, self.after)[-1] + 1
        if isinstance(self.to, int):
            if not 1 <= self.to <= count + 1:
                raise EditError("no_such_position", number=self.to, count=count)
            return self.to - 1
        return 0 if self.to == "start" else count
