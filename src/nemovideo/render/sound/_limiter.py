"""A peak limiter that reads ahead: it turns loud places down smoothly and cuts none off."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

CEILING = 0.84
"""The highest peak, between samples too: -1.5 dBTP. What encoding adds then stays below -1 dBTP."""

CHUNK = 4800
"""Samples of the chunks that `limited` takes; all but the last are this long."""

_HOP = 48
_REACH = 40  # hops to each side over which the gain is smoothed: 40 ms
_SMOOTHING = np.hanning(2 * _REACH + 1)
_TAPS = 24
"""So many samples tell what lies between two of them, as in ITU-R BS.1770-4, annex 2."""
_AROUND = np.arange(_TAPS) - (_TAPS - 1) / 2
_BETWEEN = [np.sinc(_AROUND + place) * np.hanning(_TAPS + 2)[1:-1] for place in (-0.25, 0.0, 0.25)]
"""The filters for a quarter, half and three quarters of the way."""


def limited(chunks: Iterator[npt.NDArray[np.float32]]) -> Iterator[npt.NDArray[np.float32]]:
    """Yield the chunks with no peak beyond `CEILING`; one chunk is read ahead.

    They are float32 (n, 2), each of `CHUNK` samples but the last, which may be shorter.
    """
    before = np.zeros(CHUNK // _HOP, np.float64)
    current = next(chunks, None)
    current_peaks = _peaks(current, None)
    while current is not None:
        following = next(chunks, None)
        following_peaks = _peaks(following, current)
        peaks = np.concatenate([before, current_peaks, following_peaks])
        if peaks.max() <= CEILING:
            yield current
        else:
            yield (current.T * _gains(peaks, len(current))).T.astype(np.float32)
        before, current, current_peaks = current_peaks, following, following_peaks


def _peaks(
    chunk: npt.NDArray[np.float32] | None, before: npt.NDArray[np.float32] | None
) -> npt.NDArray[np.float64]:
    """Return the highest peak of every hop of a chunk; nothing counts as silence."""
    levels = np.zeros(CHUNK)
    if chunk is not None:
        levels[: len(chunk)] = np.abs(chunk).max(axis=1)
        if levels.max() > CEILING / 2:
            levels[: len(chunk)] = np.maximum(levels[: len(chunk)], _between(chunk, before))
    peaks: npt.NDArray[np.float64] = levels.reshape(-1, _HOP).max(axis=1)
    return peaks


def _between(
    chunk: npt.NDArray[np.float32], before: npt.NDArray[np.float32] | None
) -> npt.NDArray[np.float64]:
    """Return the highest values around each sample that lie between samples.

    Those behind the last few samples are found with the chunk that follows, as at its first.
    """
    lead = np.zeros((_TAPS, 2), np.float32)
    if before is not None:
        lead[-len(before) :] = before[-_TAPS:]
    joined = np.concatenate([lead, chunk])
    values = [np.convolve(side, kernel, "valid") for side in joined.T for kernel in _BETWEEN]
    highest = np.abs(values).max(axis=0)[1:]
    late = _TAPS // 2 - 1
    levels: npt.NDArray[np.float64] = np.zeros(len(chunk))
    levels[: max(0, len(chunk) - late)] = highest[late:]
    levels[0] = max(levels[0], highest[: late + 1].max())
    return levels


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
