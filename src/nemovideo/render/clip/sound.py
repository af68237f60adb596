"""The sound of a file as a stream of samples, in step with its pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import av.error
import numpy as np
import numpy.typing as npt

from nemovideo.render.clip._streams import audio_stream, frames_of, opened, seek, zero_of

SAMPLE_RATE = 48_000
"""Samples a second of all sound in this package."""

Samples = npt.NDArray[np.float32]
"""Sound as float32 (n, 2) at `SAMPLE_RATE`."""

_LONGEST_GAP = SAMPLE_RATE // 10
"""Timestamps of sound that jump further than this are believed; below it they are rounding."""
_LONGEST_OVERLAP = SAMPLE_RATE
"""Those that jump further back are not: they begin anew."""
_LOUDEST = 100.0
"""A sample beyond this, 40 dB above full scale, is no sound but damage."""
_AUDIBLE = 1 / 65536
"""What 16 bits can't hold is silence."""


@dataclass
class SoundFindings:
    """What was found while a sound was read, for those who have to tell."""

    sample_count: int = 0
    """All channels together."""
    damaged_count: int = 0
    """Samples that were infinite, no numbers or absurdly loud; silence stands for them."""
    peak: float = 0.0
    is_begun_again: bool = False
    """Whether it was over too soon, and was played again from its beginning."""

    @property
    def is_silent(self) -> bool:
        """Whether there was nothing to hear."""
        return self.peak < _AUDIBLE

    def note(self, name: str) -> str | None:
        """Return what the owner of a sound that was read should know; None if all is well."""
        if self.is_silent and self.damaged_count:
            return f"{name} will not be heard: its sound is damaged throughout"
        if self.damaged_count:
            return f"the sound of {name} is damaged: silence stands for what is no sound"
        if not self.sample_count:
            return f"{name} will not be heard: there is no sound in it"
        if self.is_silent:
            return f"{name} will not be heard: it is silent"
        if self.is_begun_again:
            return f"{name} is short and begins again where it ends: its bars can't be told"
        return None


def read_audio(
    path: Path, *, start_s: Fraction = Fraction(0), heard: SoundFindings | None = None
) -> Iterator[Samples]:
    """Yield the sound of a file from a time on, as float32 (n, 2) at 48 kHz; blocks of any size.

    A file without sound yields nothing. Silence stands where the file's own times leave a gap, so
    that sound and picture stay together.

    Args:
        path: The file.
        start_s: Where to begin, in seconds from the beginning of the file.
        heard: Is kept up to date with what is found on the way.

    Raises:
        UnsupportedFileError: It can't be opened. Damage further on ends the sound early.
    """
    heard = heard or SoundFindings()
    with opened(path, path.name) as container:
        stream = audio_stream(container)
        if stream is None:
            return
        origin = zero_of(container) + start_s
        if start_s > 0:
            seek(container, stream, origin)
        for block in _in_step(frames_of(container, stream), origin, heard):
            heard.peak = max(heard.peak, float(np.abs(block).max()))
            yield block


def listen(path: Path) -> SoundFindings:
    """Read a file as far as to the first sound that can be heard; to its end if there is none.

    Raises:
        UnsupportedFileError: It can't be opened.
    """
    heard = SoundFindings()
    for _ in read_audio(path, heard=heard):
        if not heard.is_silent:
            break
    return heard


def _in_step(frames: Iterator[Any], origin: Fraction, heard: SoundFindings) -> Iterator[Samples]:
    """Yield the samples from `origin` on, each at its time."""
    resampler = _Resampler()
    position: int | None = None  # of the next sample, counted from the origin
    for frame in frames:
        due = _position(frame, origin, position or 0)
        if position is None:
            position = min(due, 0)
        if due - position > _LONGEST_GAP or position == 0 < due:
            yield from _silence(due - position)
            position = due
        surplus = position - due if _LONGEST_GAP < position - due <= _LONGEST_OVERLAP else 0
        for block in resampler.take(_sound_of(frame, heard)):
            fresh = block[surplus:]
            surplus = max(0, surplus - len(block))
            yield from _after_start(fresh, position)
            position += len(fresh)
    for block in resampler.rest():
        yield from _after_start(block, position or 0)
        position = (position or 0) + len(block)


def _after_start(block: Samples, position: int) -> Iterator[Samples]:
    kept = block[max(0, -position) :]
    if len(kept):
        yield kept


def _position(frame: Any, origin: Fraction, default: int) -> int:
    if frame.pts is None:
        return default
    return round(Fraction(frame.pts * frame.time_base - origin) * SAMPLE_RATE)


def _silence(count: int) -> Iterator[Samples]:
    for start in range(0, count, SAMPLE_RATE):
        yield np.zeros((min(SAMPLE_RATE, count - start), 2), np.float32)


def _sound_of(frame: Any, heard: SoundFindings) -> Any:
    """Return a frame without damaged samples; only formats of floating point can have them."""
    heard.sample_count += frame.samples * frame.layout.nb_channels
    if not frame.format.name.startswith(("flt", "dbl")):
        return frame
    samples = frame.to_ndarray()
    is_sound = np.abs(samples) <= _LOUDEST  # false for what is no number, too
    if is_sound.all():
        return frame
    heard.damaged_count += int(np.count_nonzero(~is_sound))
    cleaned = av.AudioFrame.from_ndarray(
        np.where(is_sound, samples, 0).astype(samples.dtype), frame.format.name, frame.layout.name
    )
    cleaned.sample_rate = frame.sample_rate
    cleaned.pts, cleaned.time_base = frame.pts, frame.time_base
    return cleaned


class _Resampler:
    """Turns frames into stereo at 48 kHz; they may change their form on the way."""

    def __init__(self) -> None:
        self._form: object = None
        self._resampler: Any = None

    def take(self, frame: Any) -> Iterator[Samples]:
        form = (frame.format.name, frame.layout.name, frame.sample_rate)
        if form == self._form:
            yield from self._stereo(frame)
            return
        yield from self.rest()
        self._form = form
        # One channel stays one: it would be spread over two at 0.7 of its level.
        self._set_up("mono" if frame.layout.nb_channels == 1 else "stereo")
        try:
            yield from self._stereo(frame)
        except av.error.ArgumentError:
            # Nobody knows where these channels stand (or they are Ambisonics): take the first two.
            self._set_up(frame.layout)
            yield from self._stereo(frame)

    def rest(self) -> Iterator[Samples]:
        if self._resampler is not None:
            yield from self._stereo(None)

    def _set_up(self, layout: Any) -> None:
        self._resampler = av.AudioResampler(format="flt", layout=layout, rate=SAMPLE_RATE)

    def _stereo(self, frame: Any) -> Iterator[Samples]:
        for resampled in self._resampler.resample(frame):
            samples = resampled.to_ndarray().reshape(-1, resampled.layout.nb_channels)
            yield samples[:, :2] if samples.shape[1] > 1 else np.repeat(samples, 2, axis=1)
