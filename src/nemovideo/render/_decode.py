"""Clips and sound as arrays; with `_encode` the only module that imports av.

What PyAV raises is translated here, once, by `to_nemo_error`.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import av
import av.error
import av.stream
import numpy as np
import numpy.typing as npt
from av.video.reformatter import Colorspace

from nemovideo.errors import NemoError, RenderError, UnsupportedFileError

SAMPLE_RATE = 48_000
"""Samples a second of all sound in this package."""

_LONGEST_GAP = SAMPLE_RATE // 10
"""Timestamps of sound that jump further than this are believed; below it they are rounding."""

_MATRICES = {
    1: Colorspace.ITU709,
    4: Colorspace.FCC,
    5: Colorspace.ITU601,
    6: Colorspace.SMPTE170M,
    7: Colorspace.SMPTE240M,
    9: Colorspace.BT2020,
    10: Colorspace.BT2020,
}
"""The colour matrix by the number that streams carry (ITU-T H.273, matrix coefficients)."""


@dataclass(frozen=True)
class StreamInfo:
    """What `probe_streams` found."""

    size: tuple[int, int] | None
    """Upright width and height with square pixels; None without pictures."""
    duration_s: float
    fps: float | None
    has_audio: bool


def to_nemo_error(exc: Exception, name: str) -> NemoError:
    """Return the error of ours that stands for one of PyAV's while `name` is read."""
    if isinstance(exc, MemoryError):
        return RenderError(f"there is not enough memory to read {name}")
    if isinstance(exc, av.error.DecoderNotFoundError):
        return UnsupportedFileError(f"{name} is in a format that can't be decoded here")
    if isinstance(exc, OSError) and exc.errno not in (None, errno.EINVAL, errno.EIO):
        return UnsupportedFileError(f"{name} can't be read: {exc.strerror}")
    return UnsupportedFileError(f"{name} is broken: it can't be decoded")


def probe_streams(path: Path, name: str, *, has_pictures: bool = True) -> StreamInfo:
    """Decode the beginning of a clip or sound and measure its length.

    The length is that of the data, not the one that the header claims: a download that broke off
    is as long as what is there.

    Args:
        path: The file.
        name: What messages call it.
        has_pictures: False to see the sound alone, where pictures are a record's cover.

    Raises:
        UnsupportedFileError: Its pictures, or without any its sound, can't be decoded.
    """
    with _opened(path, name) as container:
        video = _video_stream(container) if has_pictures else None
        picture = next(_frames(container, video), None) if video else None
        size = _geometry(picture, video).upright if picture else None
        rate = video.average_rate if video else None
    if video is not None and picture is None:
        raise UnsupportedFileError(f"{name} is broken: not one picture in it can be decoded")
    with _opened(path, name) as container:
        audio = _audio_stream(container)
        sound = next(_frames(container, audio), None) if audio else None
    if picture is None and sound is None:
        raise UnsupportedFileError(f"{name} is broken: there is no sound in it to decode")
    with _opened(path, name) as container:
        stream = _video_stream(container) if picture else _audio_stream(container)
        duration = _measured_duration(container, stream)
    return StreamInfo(size, float(duration), float(rate) if rate else None, sound is not None)


class ClipReader:
    """The pictures of a clip by time, read forwards; a context manager.

    Args:
        path: The clip.
        start_s: Where in the clip time 0 of `frame_at` lies.

    Raises:
        UnsupportedFileError: The file has no picture that can be decoded.
    """

    width: int
    """Pixels of the upright picture."""
    height: int
    duration_s: float | None
    """From the clip's own beginning, as its header claims it; None when it claims nothing."""

    def __init__(self, path: Path, *, start_s: Fraction = Fraction(0)) -> None:
        self._path = path
        self._start = max(Fraction(0), start_s)
        self._picture: npt.NDArray[np.uint8] | None = None
        self._open()
        try:
            self._find_start()
        except BaseException:
            self.close()
            raise

    def frame_at(self, t: Fraction) -> npt.NDArray[np.uint8]:
        """Return the picture that shows at a time, as rgb24 (height, width, 3), upright.

        Before the first picture that is the first one, after the last the last one. The array
        is the same object while the picture is the same: don't write into it.

        Args:
            t: Seconds after `start_s`; never less than in the call before.
        """
        with _translated(self._path.name):
            self._advance(self._start + t)
            if self._picture is None:
                self._picture = self._geometry.to_rgb(self._current)
        return self._picture

    def close(self) -> None:
        """Close the file."""
        self._container.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _open(self) -> None:
        with _translated(self._path.name):
            self._container = _open(self._path)
            self._stream = _video_stream(self._container)
            if self._stream is None:
                self._container.close()
                raise UnsupportedFileError(f"{self._path.name} has no pictures in it")
            self._stream.thread_type = "AUTO"
            self._zero = _zero(self._container)
            self._frames = _frames(self._container, self._stream)

    def _find_start(self) -> None:
        with _translated(self._path.name):
            if self._start > 0:
                _seek(self._container, self._stream, self._zero + self._start)
            first = next(self._frames, None)
            if self._start > 0 and (first is None or self._time(first) > self._start):
                self.close()  # seeking led nowhere or too far: read from the beginning
                self._open()
                first = next(self._frames, None)
        if first is None:
            raise UnsupportedFileError(
                f"{self._path.name} is broken: not one picture in it can be decoded"
            )
        duration = self._container.duration
        self.duration_s = None if duration is None else duration / av.time_base
        self._geometry = _geometry(first, self._stream)
        self.width, self.height = self._geometry.upright
        self._current = first
        self._next = next(self._frames, None)

    def _advance(self, target: Fraction) -> None:
        while self._next is not None and self._time(self._next) <= target:
            self._current, self._picture = self._next, None
            self._next = next(self._frames, None)

    def _time(self, frame: Any) -> Fraction:
        """Return when a frame shows, in seconds; a millisecond early, for MKV rounds to them."""
        if frame.pts is None:
            return Fraction(0)
        return Fraction(frame.pts * frame.time_base) - self._zero - Fraction(1, 1000)


def read_audio(path: Path, *, start_s: Fraction = Fraction(0)) -> Iterator[npt.NDArray[np.float32]]:
    """Yield the sound of a file from a time on, as float32 (n, 2) at 48 kHz; blocks of any size.

    A file without sound yields nothing. Silence stands where the file's own times leave a gap, so
    that sound and picture stay together.

    Raises:
        UnsupportedFileError: It can't be opened. Damage further on ends the sound early.
    """
    with _opened(path, path.name) as container:
        stream = _audio_stream(container)
        if stream is None:
            return
        zero = _zero(container)
        if start_s > 0:
            _seek(container, stream, zero + start_s)
        resampler = _Resampler()
        position: int | None = None  # of the next sample, counted from start_s
        for frame in _frames(container, stream):
            due = _position(frame, zero + start_s, position or 0)
            if position is None:
                position = min(due, 0)
            if due - position > _LONGEST_GAP or position == 0 < due:
                yield from _silence(due - position)
                position = due
            for block in resampler.take(frame):
                yield from _after_start(block, position)
                position += len(block)
        for block in resampler.rest():
            yield from _after_start(block, position or 0)


def _position(frame: Any, origin: Fraction, default: int) -> int:
    if frame.pts is None:
        return default
    return round(Fraction(frame.pts * frame.time_base - origin) * SAMPLE_RATE)


def _silence(count: int) -> Iterator[npt.NDArray[np.float32]]:
    for start in range(0, count, SAMPLE_RATE):
        yield np.zeros((min(SAMPLE_RATE, count - start), 2), np.float32)


def _after_start(
    block: npt.NDArray[np.float32], position: int
) -> Iterator[npt.NDArray[np.float32]]:
    kept = block[max(0, -position) :]
    if len(kept):
        yield kept


class _Resampler:
    """Turns frames into stereo at 48 kHz; they may change their form on the way."""

    def __init__(self) -> None:
        self._form: object = None
        self._resampler: Any = None

    def take(self, frame: Any) -> Iterator[npt.NDArray[np.float32]]:
        form = (frame.format.name, frame.layout.name, frame.sample_rate)
        if form != self._form:
            yield from self.rest()
            # One channel stays one: it would be spread over two at 0.7 of its level.
            layout = "mono" if frame.layout.nb_channels == 1 else "stereo"
            self._resampler = av.AudioResampler(format="flt", layout=layout, rate=SAMPLE_RATE)
            self._form = form
        yield from self._stereo(frame)

    def rest(self) -> Iterator[npt.NDArray[np.float32]]:
        if self._resampler is not None:
            yield from self._stereo(None)

    def _stereo(self, frame: Any) -> Iterator[npt.NDArray[np.float32]]:
        for resampled in self._resampler.resample(frame):
            samples = resampled.to_ndarray().reshape(-1, resampled.layout.nb_channels)
            yield samples if samples.shape[1] == 2 else np.repeat(samples, 2, axis=1)


@contextmanager
def _translated(name: str) -> Iterator[None]:
    try:
        yield
    except (av.error.FFmpegError, MemoryError) as exc:
        raise to_nemo_error(exc, name) from exc


@contextmanager
def _opened(path: Path, name: str) -> Iterator[Any]:
    with _translated(name), _open(path) as container:
        yield container


def _open(path: Path) -> Any:
    return av.open(str(path), metadata_errors="ignore")


def _video_stream(container: Any) -> Any:
    """Return the first stream of moving pictures; a record's cover is none."""
    for stream in container.streams.video:
        is_cover = bool(stream.disposition & av.stream.Disposition.attached_pic)
        if stream.codec_context is not None and not is_cover:
            return stream
    return None


def _audio_stream(container: Any) -> Any:
    """Return the first stream of sound for which there is a decoder; phones add others."""
    return next((s for s in container.streams.audio if s.codec_context is not None), None)


def _zero(container: Any) -> Fraction:
    """Return the file's own time that is 0 for us, in seconds."""
    return Fraction(container.start_time or 0, av.time_base)


def _seek(container: Any, stream: Any, time: Fraction) -> None:
    try:
        container.seek(int(time / stream.time_base), stream=stream, backward=True)
    except (av.error.PermissionError, av.error.InvalidDataError, av.error.OSError):
        return  # beyond the end, or a file that can't be sought in: its frames tell the time


def _packets(container: Any, stream: Any) -> Iterator[Any]:
    try:
        yield from container.demux(stream)
    except (av.error.InvalidDataError, av.error.EOFError):
        return  # what follows is damaged: what was there before counts


def _frames(container: Any, stream: Any) -> Iterator[Any]:
    """Yield what can be decoded; damaged pieces are left out, as players do."""
    for packet in _packets(container, stream):
        try:
            yield from packet.decode()
        except (av.error.InvalidDataError, av.error.EOFError):
            continue


def _measured_duration(container: Any, stream: Any) -> Fraction:
    end = Fraction(0)
    zero = _zero(container)
    for packet in _packets(container, stream):
        time = packet.pts if packet.pts is not None else packet.dts
        if time is not None:
            length = (packet.duration or 0) * stream.time_base
            end = max(end, time * stream.time_base + length - zero)
    return end


@dataclass(frozen=True)
class _Geometry:
    """How the stored picture becomes the one to see."""

    stored: tuple[int, int]
    """Width and height with square pixels, before it is turned."""
    quarter_turns: int
    """Counter-clockwise."""

    @property
    def upright(self) -> tuple[int, int]:
        width, height = self.stored
        return (height, width) if self.quarter_turns % 2 else (width, height)

    def to_rgb(self, frame: Any) -> npt.NDArray[np.uint8]:
        width, height = self.stored
        rgb = frame.reformat(
            width=width,
            height=height,
            format="rgb24",
            src_colorspace=_matrix(frame),
            src_color_range=frame.color_range,
        )
        array: npt.NDArray[np.uint8] = rgb.to_ndarray()
        return np.ascontiguousarray(np.rot90(array, self.quarter_turns))


def _geometry(frame: Any, stream: Any) -> _Geometry:
    aspect = stream.sample_aspect_ratio or Fraction(1)
    width, height = frame.width, frame.height
    if 1 < aspect <= 4:
        width = round(width * aspect)
    elif Fraction(1, 4) <= aspect < 1:
        height = round(height / aspect)
    return _Geometry((width, height), round(frame.rotation / 90) % 4)


def _matrix(frame: Any) -> Colorspace:
    """Return the colour matrix that a frame names, else the one that its size makes likely."""
    guess = Colorspace.ITU709 if frame.height >= 720 else Colorspace.ITU601
    return _MATRICES.get(int(frame.colorspace), guess)
