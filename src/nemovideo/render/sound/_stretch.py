"""Sound played faster or slower at its own pitch, so that it keeps in step with its film."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain
from typing import Any

import av
import av.error
import numpy as np
import numpy.typing as npt

from nemovideo.render.clip.sound import SAMPLE_RATE

Samples = npt.NDArray[np.float32]


_LEAD_S = 0.018
"""How much of what comes in a filter lets begin too early: it repeats what begins within a window
of 43 ms. Measured with beeps at speeds of 1/2 to 2. Shorter windows would err less, and put low
voices out of tune.
"""


def stretched(blocks: Iterable[Samples], speed: Fraction) -> Iterator[Samples]:
    """Yield a sound at another speed, its pitch kept; it begins in step to 20 ms.

    The blocks are float32 (n, 2) at `SAMPLE_RATE`; a speed of 2 is twice as fast, 1/2 half as fast.
    """
    if speed == 1:
        yield from blocks
        return
    # Beyond twice as fast one filter alone would leave bits out.
    count = max(1, math.ceil(abs(math.log2(speed))))
    step = float(speed) ** (1 / count)
    graph = _graph(step, count)
    lead = round(sum(_LEAD_S * step**place for place in range(count)) * SAMPLE_RATE)
    for block in chain([np.zeros((lead, 2), np.float32)], blocks):
        packed = np.ascontiguousarray(block, np.float32).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(packed, format="flt", layout="stereo")
        frame.sample_rate = SAMPLE_RATE
        graph.push(frame)
        yield from _pulled(graph)
    graph.push(None)
    yield from _pulled(graph)


def _graph(step: float, count: int) -> Any:
    """Chain filters that each change the speed by a step."""
    graph: Any = av.filter.Graph()
    source = graph.add_abuffer(
        sample_rate=SAMPLE_RATE, layout="stereo", format="flt", time_base=Fraction(1, SAMPLE_RATE)
    )
    steps = [graph.add("atempo", f"{step:.6f}") for _ in range(count)]
    graph.link_nodes(source, *steps, graph.add("abuffersink")).configure()
    return graph


def _pulled(graph: Any) -> Iterator[Samples]:
    while True:
        try:
            frame = graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        yield frame.to_ndarray().reshape(-1, 2)
