"""Which segment became which, between two timelines. Pure."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from nemovideo.timeline.model import Clip, Segment

AnySegment = TypeVar("AnySegment", bound=Segment)
_Key = Callable[[Segment], Hashable]


@dataclass(frozen=True)
class Pairs(Generic[AnySegment]):
    """What stayed, went and came; each in the order in which it stands."""

    kept: tuple[tuple[AnySegment, AnySegment], ...]
    """What was and what it is now, in the order of now."""
    removed: tuple[AnySegment, ...]
    added: tuple[AnySegment, ...]


def pair(before: Sequence[AnySegment], after: Sequence[AnySegment]) -> Pairs[AnySegment]:
    """Pair segments by id and name, by name, by id, and last by their place in time.

    An id alone is not enough: an editor may number its segments anew.
    """
    old, new = dict(enumerate(before)), dict(enumerate(after))
    kept: dict[int, int] = {}
    for key in (_id_and_label, _label, _id, _times):
        for index_after, index_before in _matches(old, new, key):
            kept[index_after] = index_before
            del old[index_before], new[index_after]
    return Pairs(
        tuple((before[kept[index]], after[index]) for index in sorted(kept)),
        tuple(old.values()),
        tuple(new.values()),
    )


def _matches(
    old: dict[int, AnySegment], new: dict[int, AnySegment], key: _Key
) -> list[tuple[int, int]]:
    waiting: dict[Hashable, list[int]] = {}
    for index in reversed(old):
        waiting.setdefault(key(old[index]), []).append(index)
    waiting.pop(None, None)
    candidates = ((index, waiting.get(key(segment))) for index, segment in new.items())
    return [(index, found.pop()) for index, found in candidates if found]


def _id_and_label(segment: Segment) -> Hashable:
    return None if segment.id is None else (segment.id, segment.label)


def _label(segment: Segment) -> Hashable:
    return ("label", segment.label)


def _id(segment: Segment) -> Hashable:
    return segment.id


def _times(segment: Segment) -> Hashable:
    return segment.start_ms, segment.duration_ms if isinstance(segment, Clip) else 0
