"""Files that are played again when they are over: from the beginning, or from bar to bar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np

from nemovideo.render.clip.sound import SAMPLE_RATE, Samples, SoundFindings, read_audio
from nemovideo.render.sound._feed import Feed, without_first

_SEAM = SAMPLE_RATE // 25
"""Over 40 ms what was before two bar lines crosses over."""
_EARLY = SAMPLE_RATE // 100
"""So long before the lines: what begins on one is heard whole, found as exactly as it may be."""


def repeated(path: Path, begins: Fraction, found: SoundFindings) -> Callable[[], Iterator[Samples]]:
    """Play a file from a time on; when it is over, from its beginning again."""

    def repeat() -> Iterator[Samples]:
        yield from read_audio(path, start_s=begins, heard=found)
        heard = True
        while heard:
            heard = False
            for block in read_audio(path, heard=found):
                heard = found.is_begun_again = True
                yield block

    return repeat


def looped(
    path: Path, begins: Fraction, loop_ms: tuple[int, int], found: SoundFindings
) -> Callable[[], Iterator[Samples]]:
    """Play a file from a time on; at the second of two bar lines go on at the first.

    The file is read from its beginning each time: in many a format a jump is not exact.
    """
    early = min(_EARLY, _sample_at(loop_ms[0]))
    first, last = (_sample_at(time_ms) - early for time_ms in loop_ms)
    seam = min(_SEAM, (last - first) // 2)
    falling = np.cos((np.arange(seam)[:, None] + 0.5) / max(seam, 1) * np.pi / 2)

    def loop() -> Iterator[Samples]:
        at, tail = round(begins * SAMPLE_RATE), None
        while True:
            feed = Feed(_from(path, at, found))
            if tail is not None:
                crossing = tail * falling + feed.take(seam) * falling[::-1]
                yield crossing.astype(np.float32)
                at = first
            while at < last - seam:
                block = feed.take(min(SAMPLE_RATE, last - seam - at))
                yield block
                at += len(block)
            tail, at = feed.take(seam), first - seam

    return loop


def _from(path: Path, position: int, found: SoundFindings) -> Iterator[Samples]:
    """Yield a file's samples from one on; silence stands for those before its beginning."""
    if position < 0:
        yield np.zeros((-position, 2), np.float32)
    yield from without_first(read_audio(path, heard=found), max(position, 0))


def _sample_at(time_ms: int) -> int:
    return time_ms * SAMPLE_RATE // 1000
