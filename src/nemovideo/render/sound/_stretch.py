"""Sound played faster or slower at its own pitch, so that it keeps in step with its film."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

import av
import av.error
import numpy as np
import numpy.typing as npt

from nemovideo.render.clip.sound import SAMPLE_RATE

Samples = npt.NDArray[np.float32]


def stretched(blocks: Iterable[Samples], speed: Fraction) -> Iterator[Samples]:
    """Yield a sound at another speed, its pitch kept.

    Args:
        blocks: float32 (n, 2) at `SAMPLE_RATE`.
        speed: 2 is twice as fast, 1/2 half as fast.
    """
    if speed == 1:
        yield from blocks
        return
    graph = _graph(float(speed))
    for block in blocks:
        packed = np.ascontiguousarray(block, np.float32).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(packed, format="flt", layout="stereo")
        frame.sample_rate = SAMPLE_RATE
        graph.push(frame)
        yield from _pulled(graph)
    graph.push(None)
    yield from _pulled(graph)


def _graph(speed: float) -> Any:
    """Chain as many filters as it takes: beyond twice as fast one of them would leave bits out."""
    count = max(1, math.ceil(abs(math.log2(speed))))
    graph: Any = av.filter.Graph()
    source = graph.add_abuffer(
        sample_rate=SAMPLE_RATE, layout="stereo", format="flt", time_base=Fraction(1, SAMPLE_RATE)
    )
    steps = [graph.add("atempo", f"{speed ** (1 / count):.6f}") for _ in range(count)]
    graph.link_nodes(source, *steps, graph.add("abuffersink")).configure()
    return graph


def _pulled(graph: Any) -> Iterator[Samples]:
    while True:
        try:
            frame = graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        yield frame.to_ndarray().reshape(-1, 2)
