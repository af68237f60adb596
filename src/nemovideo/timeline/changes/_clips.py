"""What became of photos and films: which there are, their order, their parts and lengths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from nemovideo.timeline._format import seconds
from nemovideo.timeline._phrases import Phrases, noun_of
from nemovideo.timeline.changes._pairs import Pairs, pair
from nemovideo.timeline.changes._properties import CLIP_PROPERTIES, VOLUME, Property, property_lines
from nemovideo.timeline.changes._side_by_side import Neighbours
from nemovideo.timeline.model import Clip, Timeline

_Pair = tuple[Clip, Clip]
_TOLERANCE_MS = 50
"""Parts of a whole may miss its length by this much, for transitions and rounding."""


class ClipChanges:
    """The clips of two timelines, side by side.

    Args:
        old: Before.
        new: After.
        say: The words.
    """

    def __init__(self, old: Timeline, new: Timeline, say: Phrases) -> None:
        self._old, self._new, self._say = old, new, say
        self._clips = clips_in_order(new)
        self.pairs: Pairs[Clip] = pair(clips_in_order(old), self._clips)
        """Which clip became which."""
        self._old_lengths, self._new_lengths = shown_lengths(old), shown_lengths(new)
        self._kept = [(a, b) for a, b in self.pairs.kept if a.label == b.label]
        self._neighbours = Neighbours(old, new, self.pairs.kept)

    def lines(self) -> Iterator[str]:
        """Tell which clips came, went and moved."""
        say = self._say
        yield from self._counted("added", self._added)
        yield from self._counted("removed", self.pairs.removed)
        replaced = [
            say.part("by", old=say.name(old), new=say.name(new))
            for old, new in self.pairs.kept
            if old.label != new.label
        ]
        if replaced:
            yield say.line("replaced", names=say.names(replaced))
        copies = [copy for _, _, group in self._copied for copy in group]
        yield from self._counted("duplicated", copies)
        if self._parts:
            yield say.line("split", names=say.names([*map(self._in_parts, self._parts)]))
        yield from self._order_lines()
        yield from self._neighbours.lines(say)

    def property_lines(self) -> Iterator[str]:
        """Tell how clips look and sound now."""
        yield from property_lines(self._say, _PART, self._trimmed, self._clips)
        yield from self._length_lines()
        for what in (CLIP_PROPERTIES[0], VOLUME, *CLIP_PROPERTIES[1:]):
            kept = self._kept
            if what.key in ("motion", "fit"):  # a pair has its own
                kept = [(a, b) for a, b in kept if id(a) not in self._neighbours.regrouped]
            if what.key == "motion" and self._old.canvas.size != self._new.canvas.size:
                kept = [(a, b) for a, b in kept if not (_is_custom(a) and _is_custom(b))]
            yield from property_lines(self._say, what, kept, self._clips)

    @cached_property
    def length_of_each(self) -> tuple[int, str] | None:
        """How long each clip is now, and the noun: when all changed and are alike."""
        lengths = {seconds(self._new_lengths[id(new)]) for _, new in self._relengthed}
        if not self.are_all_relengthed or len(self._clips) < 2 or len(lengths) != 1:
            return None
        noun = self._say.noun(noun_of(self._clips))[3]
        return self._new_lengths[id(self._clips[0])], noun

    @cached_property
    def _copies(self) -> list[tuple[Clip, Clip, list[Clip]]]:
        """Clips that came beside one of the same name: what it was, what it is, the others."""
        found: dict[str | None, tuple[Clip, Clip, list[Clip]]] = {}
        for old, new in reversed(self._kept):
            found[new.label] = (old, new, [])
        for clip in self.pairs.added:
            if clip.label in found and clip.label is not None:
                found[clip.label][2].append(clip)
        return [group for group in found.values() if group[2]]

    @cached_property
    def _parts(self) -> list[tuple[Clip, list[Clip]]]:
        """Clips that were cut apart, with their parts."""
        return [
            (old, sorted([new, *copies], key=lambda clip: clip.start_ms))
            for old, new, copies in self._copies
            if _is_cut_apart(old, [new, *copies])
        ]

    @cached_property
    def _copied(self) -> list[tuple[Clip, Clip, list[Clip]]]:
        cut = {id(old) for old, _ in self._parts}
        return [group for group in self._copies if id(group[0]) not in cut]

    @cached_property
    def _added(self) -> list[Clip]:
        told = {id(clip) for _, _, copies in self._copies for clip in copies}
        return [clip for clip in self.pairs.added if id(clip) not in told]

    def _counted(self, key: str, clips: Sequence[Clip]) -> Iterator[str]:
        if clips:
            noun = self._say.counted(noun_of(clips), len(clips))
            names = self._say.names([self._say.name(clip) for clip in clips])
            yield self._say.line(key, noun=noun, names=names)

    def _in_parts(self, parts: tuple[Clip, list[Clip]]) -> str:
        lengths = " + ".join(self._say.seconds(part.duration_ms) for part in parts[1])
        return self._say.name(parts[0]) + self._say.part("details", details=lengths)

    @cached_property
    def _order(self) -> list[int]:
        """The places that clips had, in the order in which they stand now."""
        return self._places_of(self.pairs.kept)

    def _places_of(self, kept: Sequence[_Pair]) -> list[int]:
        places = {id(clip): place for place, clip in enumerate(clips_in_order(self._old))}
        return [places[id(old)] for old, _ in kept]

    @property
    def _has_others(self) -> bool:
        return bool(self.pairs.removed or self.pairs.added)

    def _order_lines(self) -> Iterator[str]:
        say, kept = self._say, self._neighbours.leading(self.pairs.kept)
        order, clips = self._places_of(kept), [new for _, new in kept]
        if order == sorted(order):
            return
        moved = [place for place, was in enumerate(sorted(order)) if was != order[place]]
        if len(moved) == 2:
            first, second = (say.name(clips[place]) for place in moved)
            yield say.line("swapped", first=first, second=second)
        elif order == sorted(order, reverse=True):
            yield say.line("reversed", names=say.names([*map(say.name, clips)]))
        elif (place := _moved_alone(order)) is not None:
            yield self._moved_line(clips[place])
        else:
            yield say.line("reordered", names=say.names([*map(say.name, clips)]))

    def _moved_line(self, clip: Clip) -> str:
        led = [id(one) for one in self._clips if self._neighbours.leads(one)]
        place, count = led.index(id(clip)) + 1, len(led)
        key = {1: "moved_first", count: "moved_last"}.get(place, "moved")
        return self._say.line(key, name=self._say.name(clip), place=place, count=count)

    @cached_property
    def _trimmed(self) -> list[_Pair]:
        cut = {id(old) for old, _ in self._parts}
        return [
            (old, new)
            for old, new in self._kept
            if (old.source_start_ms or 0) != (new.source_start_ms or 0) and id(old) not in cut
        ]

    @cached_property
    def _relengthed(self) -> list[_Pair]:
        """Clips that are seen longer or shorter, for no reason that is told elsewhere."""
        told = {id(old) for old, _ in self._trimmed} | {id(old) for old, _ in self._parts}
        told |= self._neighbours.regrouped
        changed = [
            (old, new)
            for old, new in self._kept
            if id(old) not in told and self._is_relengthed(old, new)
        ]
        return [] if self._is_for_joints(changed) else changed

    def _is_relengthed(self, old: Clip, new: Clip) -> bool:
        was, now = self._old_lengths[id(old)], self._new_lengths[id(new)]
        if (old.speed or 1) != (new.speed or 1):
            was = round(was * (old.speed or 1) / (new.speed or 1))
            return abs(was - now) > _TOLERANCE_MS
        return seconds(was) != seconds(now)

    def _is_for_joints(self, changed: Sequence[_Pair]) -> bool:
        """Return whether lengths changed by no more than the transitions beside them did."""
        if self._has_others or self._order != sorted(self._order):
            overlaps = [clip.overlap_ms for pair_of in self._kept for clip in pair_of]
        else:
            overlaps = [abs(a.overlap_ms - b.overlap_ms) for a, b in self._kept]
        allowed_ms = max(overlaps, default=0)
        changes = (self._old_lengths[id(a)] - self._new_lengths[id(b)] for a, b in changed)
        return all(abs(change) <= allowed_ms for change in changes)

    @cached_property
    def are_all_relengthed(self) -> bool:
        """Whether every clip that stayed has another length: then the whole was meant."""
        return 0 < len(self._relengthed) == len(self._kept)

    @property
    def has_relengthed(self) -> bool:
        """Whether a clip that stayed has another length."""
        return bool(self._relengthed)

    def _length_lines(self) -> Iterator[str]:
        is_new_total = seconds(self._old.duration_ms) != seconds(self._new.duration_ms)
        if self.are_all_relengthed and (self._has_others or is_new_total):
            return  # The whole was made longer or shorter, or room for others: that is told.
        lengths = {**self._old_lengths, **self._new_lengths}
        what = Property[Clip](
            "length", lambda clip: lengths[id(clip)], lambda say, value: say.seconds(value)
        )
        yield from property_lines(self._say, what, self._relengthed, self._clips)


def clips_in_order(timeline: Timeline) -> list[Clip]:
    """Return photos and films as they are seen one after the other, track by track.

    Of a pair there are both pictures, the second right behind the first.
    """
    clips: list[Clip] = []
    for track in timeline.tracks:
        found = [segment for segment in track.segments if isinstance(segment, Clip)]
        for clip in sorted(found, key=lambda clip: clip.start_ms):
            clips += clip.pictures
    return clips


def shown_lengths(timeline: Timeline) -> Mapping[int, int]:
    """Return how long each clip (by its `id()`) is seen until the next one comes."""
    lengths: dict[int, int] = {}
    for track in timeline.tracks:
        found = [segment for segment in track.segments if isinstance(segment, Clip)]
        found.sort(key=lambda clip: clip.start_ms)
        lengths |= {id(one): clip.duration_ms for clip in found for one in clip.pictures}
        for clip, following in pairwise(found):
            step_ms = following.start_ms - clip.start_ms or clip.duration_ms
            lengths |= {id(one): min(step_ms, clip.duration_ms) for one in clip.pictures}
    return lengths


def _source_span(clip: Clip) -> tuple[int, int]:
    start = clip.source_start_ms or 0
    return start, start + round(clip.duration_ms * (clip.speed or 1))


_PART: Property[Clip] = Property("part", _source_span, lambda say, value: say.span(*value))


def _is_custom(clip: Clip) -> bool:
    return clip.motion is not None and clip.motion.name == "custom"


def _is_cut_apart(whole: Clip, parts: Sequence[Clip]) -> bool:
    """Return whether clips are parts of one: together as long, or one after the other in it."""
    allowed_ms = _TOLERANCE_MS + sum(part.overlap_ms for part in parts)
    if abs(sum(part.duration_ms for part in parts) - whole.duration_ms) <= allowed_ms:
        return True
    spans = sorted(map(_source_span, parts))
    start, end = _source_span(whole)
    is_inside = start <= spans[0][0] and spans[-1][1] <= end + _TOLERANCE_MS
    return is_inside and all(a[1] <= b[0] + _TOLERANCE_MS for a, b in pairwise(spans))


def _moved_alone(order: Sequence[int]) -> int | None:
    """Return the place of the one whose move explains an order; None when it takes several."""
    descent = next(place for place, (a, b) in enumerate(pairwise(order)) if a > b)
    for place in (descent, descent + 1):
        rest = [*order[:place], *order[place + 1 :]]
        if rest == sorted(rest):
            return place
    return None
