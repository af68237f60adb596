"""How loud a film is, measured as broadcasters do, and the gain that brings it to a usual loudness.

ITU-R BS.1770-4 and EBU R 128, by FFmpeg's `ebur128`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import av
import numpy as np
from av.filter import Graph

from nemovideo.render.clip.sound import SAMPLE_RATE, Samples
from nemovideo.render.sound._limiter import CEILING
from nemovideo.render.sound.soundtrack import Soundtrack

TARGET_LUFS = -14.0
"""What phones and video sites play at."""
_QUIETEST_LUFS = -55.0
"""What is quieter is as good as silent; noise is not made loud."""
_LARGEST_GAIN_DB = 24.0
_CLOSE_DB = 0.2
_PASSES = 3


@dataclass(frozen=True)
class Loudness:
    """What `ebur128` measured."""

    integrated_lufs: float
    true_peak_dbtp: float


class Meter:
    """Hears a sound block by block."""

    def __init__(self) -> None:
        self._graph = Graph()
        source = self._graph.add_abuffer(
            sample_rate=SAMPLE_RATE, format="fltp", layout="stereo", name="sound"
        )
        meter = self._graph.add("ebur128", "peak=true:metadata=1:framelog=quiet")
        sink = self._graph.add("abuffersink")
        source.link_to(meter)
        meter.link_to(sink)
        self._graph.configure()
        self._integrated, self._peak = -math.inf, -math.inf

    def hear(self, block: Samples) -> None:
        """Hear float32 (n, 2) at 48 kHz."""
        if not len(block):
            return
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block.T), "fltp", "stereo")
        frame.sample_rate = SAMPLE_RATE
        self._graph.push(frame)
        for measured in _pulled(self._graph):
            self._integrated = float(measured.metadata.get("lavfi.r128.I", self._integrated))
            peaks = [measured.metadata.get(f"lavfi.r128.true_peaks_ch{n}") for n in (0, 1)]
            self._peak = max(self._peak, *(float(value) for value in peaks if value is not None))

    @property
    def loudness(self) -> Loudness | None:
        """What was heard; None when there was next to nothing."""
        if self._integrated <= _QUIETEST_LUFS or not math.isfinite(self._integrated):
            return None
        peak = 20 * math.log10(self._peak) if self._peak > 0 else -math.inf
        return Loudness(self._integrated, peak)


def measure(blocks: Iterable[Samples]) -> Loudness | None:
    """Return the loudness of a sound; None when there is next to nothing to hear.

    The blocks are float32 (n, 2) at 48 kHz.
    """
    meter = Meter()
    for block in blocks:
        meter.hear(block)
    return meter.loudness


def mastered(sound: Soundtrack) -> Soundtrack:
    """Return a soundtrack that is as loud as films usually are.

    It is brought to `TARGET_LUFS` as it would be if nobody had said how loud its parts shall be,
    so that music that was made quieter stays so.
    """
    usual = sound.as_usual()
    found = measure(usual.mixed())
    if found is None:
        return sound
    gain_db = min(TARGET_LUFS - found.integrated_lufs, _LARGEST_GAIN_DB)
    ceiling_db = 20 * math.log10(CEILING)
    for _ in range(_PASSES if found.true_peak_dbtp + gain_db > ceiling_db else 0):
        held = measure(replace(usual, gain=_factor(gain_db)).blocks(SAMPLE_RATE))
        if held is None or abs(TARGET_LUFS - held.integrated_lufs) <= _CLOSE_DB:
            break
        gain_db = min(gain_db + TARGET_LUFS - held.integrated_lufs, _LARGEST_GAIN_DB)
    return replace(sound, gain=_factor(gain_db))


def _factor(gain_db: float) -> float:
    return float(10 ** (gain_db / 20))


def _pulled(graph: Graph) -> Iterator[av.AudioFrame]:
    while True:
        try:
            yield graph.pull()  # type: ignore[misc]
        except (av.BlockingIOError, av.EOFError):
            return
