"""Which pictures share the frame now, and which no longer do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from nemovideo.timeline._phrases import Phrases
from nemovideo.timeline.model import Clip, Timeline


class Neighbours:
    """The pairs of two timelines.

    Args:
        old: Before.
        new: After.
        kept: Which picture became which.
    """

    def __init__(self, old: Timeline, new: Timeline, kept: Sequence[tuple[Clip, Clip]]) -> None:
        became = {id(was): now for was, now in kept}
        was_of = {id(now): was for was, now in kept}
        before, after = _partners(old), _partners(new)
        self._came = [pair for pair in _pairs(new) if _is_news(pair, was_of, before)]
        self._went = [pair for pair in _pairs(old) if _is_news(pair, became, after)]
        width, height = new.canvas.size
        self._is_upright = height > width
        self._first = {id(pair[0]) for pair in _pairs(old)}
        self._second = {id(pair[1]) for pair in _pairs(new)}
        self.regrouped = frozenset(
            id(was) for was, now in kept if (id(was) in before) is not (id(now) in after)
        )
        """By their `id()`, the pictures of before that have another frame to fill now."""

    def leading(self, kept: Sequence[tuple[Clip, Clip]]) -> list[tuple[Clip, Clip]]:
        """Leave out of what stayed the pictures that stand where they do for their partner's sake.

        Where two have changed sides neither is left out.
        """
        return [(a, b) for a, b in kept if self.leads(b) or id(a) in self._first]

    def leads(self, clip: Clip) -> bool:
        """Return whether a picture stands alone, or first in its pair."""
        return id(clip) not in self._second

    def lines(self, say: Phrases) -> Iterator[str]:
        """Tell of both."""
        key_of_new = "one_above_the_other" if self._is_upright else "side_by_side"
        for key, pairs in (("apart", self._went), (key_of_new, self._came)):
            if pairs:
                names = [
                    say.part("both", first=say.name(one), second=say.name(two))
                    for one, two in pairs
                ]
                yield say.line(key, names=say.names(names))


def _is_news(
    pair: tuple[Clip, Clip], other_of: Mapping[int, Clip], partners: Mapping[int, Clip]
) -> bool:
    """Return whether both are on the other timeline, too, and don't stand together there."""
    first, second = (other_of.get(id(one)) for one in pair)
    if first is None or second is None:
        return False
    return partners.get(id(first)) is not second


def _pairs(timeline: Timeline) -> list[tuple[Clip, Clip]]:
    clips = sorted(timeline.clips, key=lambda clip: clip.start_ms)
    return [(clip.pictures[0], clip.pictures[1]) for clip in clips if clip.beside is not None]


def _partners(timeline: Timeline) -> dict[int, Clip]:
    """Return the other picture of each, by its `id()`, that stands in a pair."""
    pairs = _pairs(timeline)
    return {id(one): other for pair in pairs for one, other in (pair, pair[::-1])}
