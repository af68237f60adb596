"""A peak limiter that reads ahead: it turns loud places down smoothly and cuts none off."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

CEILING = 0.84
"""The highest sample, -1.5 dBFS: what lies between samples then stays at about -1 dBTP."""

CHUNK = 4800
"""Samples of the chunks that `limited` takes; all but the last are this long."""

_HOP = 48
_REACH = 40  # hops to each side over which the gain is smoothed: 40 ms
_SMOOTHING = np.hanning(2 * _REACH + 1)


def limited(chunks: Iterator[npt.NDArray[np.float32]]) -> Iterator[npt.NDArray[np.float32]]:
    """Yield the chunks with no sample beyond `CEILING`; one chunk is read ahead.

    Args:
        chunks: float32 (n, 2), each of `CHUNK` samples but the last, which may be shorter.
    """
    before = np.zeros(CHUNK // _HOP, np.float64)
    current = next(chunks, None)
    current_peaks = _peaks(current)
    while current is not None:
        following = next(chunks, None)
        following_peaks = _peaks(following)
        peaks = np.concatenate([before, current_peaks, following_peaks])
        if peaks.max() <= CEILING:
            yield current
        else:
            yield (current.T * _gains(peaks, len(current))).T.astype(np.float32)
        before, current, current_peaks = current_peaks, following, following_peaks


def _peaks(chunk: npt.NDArray[np.float32] | None) -> npt.NDArray[np.float64]:
    """Return the highest sample of every hop of a chunk; nothing counts as silence."""
    levels = np.zeros(CHUNK)
    if chunk is not None:
        levels[: len(chunk)] = np.abs(chunk).max(axis=1)
    peaks: npt.NDArray[np.float64] = levels.reshape(-1, _HOP).max(axis=1)
    return peaks


def _gains(peaks: npt.NDArray[np.float64], count: int) -> npt.NDArray[np.float64]:
    """Return the gain of each sample of the middle chunk, from the peaks of three chunks.

    The least gain over the reach of the smoothing comes first, so that its mean is never above
    what a peak needs; a hop more on each side covers the line drawn between hops.
    """
    wanted = np.minimum(1.0, CEILING / np.maximum(peaks, CEILING))
    width = 2 * (_REACH + 1) + 1
    padded = np.pad(wanted, _REACH + 1, constant_values=1.0)
    least = np.lib.stride_tricks.sliding_window_view(padded, width).min(axis=1)
    smooth = np.convolve(least, _SMOOTHING / _SMOOTHING.sum(), mode="same")
    centres = (np.arange(len(smooth)) + 0.5) * _HOP
    gains: npt.NDArray[np.float64] = np.interp(
        np.arange(CHUNK, CHUNK + count) + 0.5, centres, smooth
    )
    return gains
