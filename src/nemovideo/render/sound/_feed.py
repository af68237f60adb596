"""Sound in the amounts wanted, from blocks of any size."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nemovideo.render.clip.sound import Samples


class Feed:
    """Samples in the amounts wanted, from blocks as they come; silence when they are used up."""

    def __init__(self, blocks: Iterator[Samples]) -> None:
        self._blocks = blocks
        self._rest = np.zeros((0, 2), np.float32)

    def take(self, count: int) -> Samples:
        """Return the next samples."""
        taken = np.zeros((count, 2), np.float32)
        filled = 0
        while filled < count:
            if not len(self._rest):
                block = next(self._blocks, None)
                if block is None:
                    break
                self._rest = block
            part = self._rest[: count - filled]
            taken[filled : filled + len(part)] = part
            self._rest = self._rest[len(part) :]
            filled += len(part)
        return taken


def without_first(blocks: Iterator[Samples], count: int) -> Iterator[Samples]:
    """Yield the blocks without so many samples at their beginning."""
    for block in blocks:
        if count < len(block):
            yield block[count:]
        count = max(0, count - len(block))
