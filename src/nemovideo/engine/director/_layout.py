"""Who plays when: lengths, starts and overlaps that add up to the asked length, to the millisecond.

A piece is given as its natural length: a clip's own, or None for a photo, which takes any. Clips
keep theirs while every photo still gets a fair look; the photos share what is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

TRANSITION_MS = 600
MIN_TRANSITION_MS = 200
"""Anything shorter is a flicker; a cut looks better."""
MIN_PIECE_MS = 100
"""Three frames; a piece is never shorter."""
FAIR_PHOTO_MS = 2000
"""What a photo gets beside clips, before clips are shortened for it."""
_TRANSITION_STEP_MS = 100

Naturals = Sequence[int | None]


@dataclass(frozen=True)
class Slot:
    """A piece's place on the timeline, in ms."""

    start: int
    duration: int
    overlap: int
    """How long it runs together with the piece before."""


def lay_out(naturals: Naturals, total_ms: int, transition_ms: int) -> list[Slot]:
    """Place pieces one after the other; the last one ends at `total_ms`.

    Args:
        naturals: At least one piece, and no more than `most_pieces` of the length.
        total_ms: The length of all together.
        transition_ms: The longest overlap; it shrinks for short pieces. 0 for cuts.
    """
    rough = share(naturals, total_ms)
    overlaps = [0]
    for left, right in pairwise(rough):
        overlaps.append(_overlap(min(left, right), transition_ms))
    lengths = share(naturals, total_ms + sum(overlaps))
    slots: list[Slot] = []
    end = 0
    for length, overlap in zip(lengths, overlaps, strict=True):
        slots.append(Slot(end - overlap, length, overlap))
        end += length - overlap
    return slots


def most_pieces(total_ms: int) -> int:
    """Return how many pieces a length can hold."""
    return max(total_ms // MIN_PIECE_MS, 1)


def natural_total(naturals: Naturals, photo_ms: int, transition_ms: int) -> int:
    """Return how long pieces are together when clips play whole and photos stay `photo_ms`."""
    lengths = [photo_ms if natural is None else natural for natural in naturals]
    pairs = pairwise(lengths)
    overlaps = (_overlap(min(left, right), transition_ms) for left, right in pairs)
    # Photos stand for `photo_ms` beside their overlaps; clips lose what overlaps.
    clips_only = None not in naturals
    return sum(lengths) - (sum(overlaps) if clips_only else 0)


def share(naturals: Naturals, budget_ms: int) -> list[int]:
    """Divide a length among pieces."""
    clips = [natural for natural in naturals if natural is not None]
    photos = len(naturals) - len(clips)
    fair = min(FAIR_PHOTO_MS, budget_ms // len(naturals))
    clip_lengths = _shorten(clips, budget_ms - photos * fair)
    rest = budget_ms - sum(clip_lengths)
    if not photos:
        clip_lengths[-1] += rest
    photo_lengths = iter(_split(rest, photos))
    lengths = iter(clip_lengths)
    return [next(photo_lengths) if natural is None else next(lengths) for natural in naturals]


def _shorten(clips: list[int], budget_ms: int) -> list[int]:
    """Cut the longest clips to one length, so that all fit; short ones stay whole."""
    left = budget_ms
    lengths = list(clips)
    by_length = sorted(range(len(clips)), key=clips.__getitem__)
    for position, index in enumerate(by_length):
        lengths[index] = min(clips[index], left // (len(clips) - position))
        left -= lengths[index]
    return lengths


def _split(total: int, parts: int) -> list[int]:
    """Split into whole numbers that differ by one at most."""
    return [total * (part + 1) // parts - total * part // parts for part in range(parts)]


def _overlap(shorter_ms: int, transition_ms: int) -> int:
    longest = min(transition_ms, shorter_ms * 2 // 5)
    overlap = longest // _TRANSITION_STEP_MS * _TRANSITION_STEP_MS
    return overlap if overlap >= MIN_TRANSITION_MS else 0
