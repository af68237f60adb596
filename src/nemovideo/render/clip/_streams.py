"""Files of clips and sound, opened and taken apart into frames.

What PyAV raises while reading is translated here, once, by `to_nemo_error`; `_encode` does the same
for writing.
"""

from __future__ import annotations

import errno
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import av.error
import av.stream

from nemovideo.errors import NemoError, RenderError, UnsupportedFileError

_MOST_PRIMING = Fraction(1, 10)
"""Sound codecs begin so much, in seconds, before the first sample to be heard, at the most."""


def to_nemo_error(exc: Exception, name: str) -> NemoError:
    """Return the error of ours that stands for one of PyAV's while `name` is read."""
    if isinstance(exc, MemoryError):
        return RenderError(f"there is not enough memory to read {name}")
    if isinstance(exc, av.error.DecoderNotFoundError):
        return UnsupportedFileError(f"{name} is in a format that can't be decoded here")
    if isinstance(exc, OSError) and exc.errno not in (None, errno.EINVAL, errno.EIO):
        return UnsupportedFileError(f"{name} can't be read: {exc.strerror}")
    return UnsupportedFileError(f"{name} is broken: it can't be decoded")


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Raise errors of ours instead of PyAV's while the file called `name` is read."""
    try:
        yield
    except (av.error.FFmpegError, MemoryError) as exc:
        raise to_nemo_error(exc, name) from exc


@contextmanager
def opened(path: Path, name: str) -> Iterator[Any]:
    """Open a file; what PyAV raises until it is closed becomes an error of ours."""
    with translated(name), open_file(path) as container:
        yield container


def open_file(path: Path) -> Any:
    """Open a file with PyAV."""
    return av.open(str(path), metadata_errors="ignore")


def video_stream(container: Any) -> Any:
    """Return the first stream of moving pictures; a record's cover is none."""
    for stream in container.streams.video:
        is_cover = bool(stream.disposition & av.stream.Disposition.attached_pic)
        if stream.codec_context is not None and not is_cover:
            return stream
    return None


def audio_stream(container: Any) -> Any:
    """Return the first stream of sound for which there is a decoder; phones add others."""
    return next((s for s in container.streams.audio if s.codec_context is not None), None)


def zero_of(container: Any) -> Fraction:
    """Return the file's own time that is 0 for us, in seconds: where its first stream begins."""
    start = Fraction(container.start_time or 0, av.time_base)
    return Fraction(0) if -_MOST_PRIMING < start < 0 else start


def seek(container: Any, stream: Any, time: Fraction) -> None:
    """Go to the last place before a time from which can be decoded, where the file allows it."""
    try:
        container.seek(int(time / stream.time_base), stream=stream, backward=True)
    except (av.error.PermissionError, av.error.InvalidDataError, av.error.OSError):
        return  # beyond the end, or a file that can't be sought in: its frames tell the time


def packets_of(container: Any, stream: Any) -> Iterator[Any]:
    """Yield the packets of a stream up to the first damage that can't be passed by."""
    try:
        yield from container.demux(stream)
    except (av.error.InvalidDataError, av.error.EOFError):
        return  # what follows is damaged: what was there before counts


def frames_of(container: Any, stream: Any) -> Iterator[Any]:
    """Yield what can be decoded; damaged pieces are left out, as players do.

    AVI says only when packets are to be decoded. What comes out shows in that same rhythm: the
    times that FFmpeg guesses are late by the reordering of B-frames, or wrong.
    """
    has_no_times = container.format.name == "avi" and stream.type == "video"
    rhythm: deque[int] = deque()
    for packet in packets_of(container, stream):
        is_counted = has_no_times and packet.dts is not None
        if is_counted:
            rhythm.append(packet.dts)
        try:
            for frame in packet.decode():
                if rhythm:
                    frame.pts, frame.time_base = rhythm.popleft(), stream.time_base
                yield frame
        except (av.error.InvalidDataError, av.error.EOFError):
            if is_counted:
                rhythm.pop()


def time_of(packet: Any) -> int | None:
    """Return when a packet's picture or sound is due, in ticks; None if it does not say."""
    is_timed = packet.pts is not None and packet.stream.container.format.name != "avi"
    time: int | None = packet.pts if is_timed else packet.dts
    return time
