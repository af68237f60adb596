"""An MP4 or QuickTime file from frames and sound; clips are read elsewhere (`clip`).

H.264 High, yuv420p, BT.709, limited range, constant frame rate; AAC-LC stereo at 48 kHz; the index
(`moov`) before the data, so that a browser can start before it has the whole file.
"""

from __future__ import annotations

import errno
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from av.video.reformatter import ColorRange, Colorspace

from nemovideo.errors import RenderError
from nemovideo.render._planes import Planes
from nemovideo.render.clip.sound import SAMPLE_RATE

SOUND_BLOCK = 1024
"""Samples in an AAC frame."""

_X264 = {
    "profile": "high",
    "preset": "superfast",
    # What superfast leaves out and still pays for itself: the look-ahead makes slow camera moves
    # a fifth smaller, a fixed pattern of B-frames costs no decisions, and variance-based
    # quantisers keep soft edges from sticking to the grid of motion vectors as they move.
    "x264-params": "mbtree=1:rc-lookahead=16:b-adapt=0:bframes=5:aq-mode=2"
    # x264 on AVX-512 else weighs the same frames differently from run to run.
    ":cpu-independent=1",
}
_BT709 = 1
"""In ITU-T H.273, for primaries and transfer; older PyAV has no names for them."""


@dataclass(frozen=True)
class _Grade:
    """How good pictures and sound become."""

    crf: str
    """The constant quality of x264: 6 more is about half the size."""
    sound_bits_per_second: int


_GRADES = {
    "high": _Grade("20.5", 192_000),
    "medium": _Grade("25", 160_000),
    "low": _Grade("30", 96_000),
}


@dataclass(frozen=True)
class Picture:
    """A frame in the encoder's memory, to be drawn into."""

    planes: Planes
    frame: av.VideoFrame


class MovieWriter:
    """Writes one file; a context manager. Leaving it without `finish` leaves a broken file behind.

    Args:
        path: Where to write, whatever the name.
        width: Even.
        height: Even.
        fps: Frames per second.
        container: ``mp4`` or ``mov``.
        quality: Of `nemovideo.protocol.outputs.QUALITIES`.
    """

    def __init__(
        self,
        path: Path,
        width: int,
        height: int,
        fps: int,
        *,
        container: str = "mp4",
        quality: str = "high",
    ) -> None:
        self._grade = _GRADES[quality]
        self._path = path
        self._size = (width, height)
        self._fps = fps
        self._samples = 0
        with translated_errors(path):
            self._container = av.open(
                str(path), "w", format=container, options={"movflags": "+faststart"}
            )
            self._video = self._add_video()
            self._audio = self._add_audio()

    def __enter__(self) -> MovieWriter:
        return self

    def __exit__(self, *_: object) -> None:
        # After `finish` there is nothing left to close; before it the file is given up.
        with suppress(av.FFmpegError, OSError, ValueError):
            self._container.close()

    def new_picture(self) -> Picture:
        """Make a frame to draw into; it may be drawn into again once it has been written."""
        frame = av.VideoFrame(*self._size, "yuv420p")
        frame.colorspace = Colorspace.ITU709
        frame.color_range = ColorRange.MPEG
        y, u, v = (
            np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[
                : plane.height, : plane.width
            ]
            for plane in frame.planes
        )
        return Picture(Planes(y, u, v), frame)

    def write_picture(self, picture: Picture, number: int) -> None:
        """Encode a frame; numbers start at 0 and go up by one."""
        picture.frame.pts = number
        picture.frame.time_base = Fraction(1, self._fps)
        with translated_errors(self._path):
            self._container.mux(self._video.encode(picture.frame))

    def write_sound(self, block: npt.NDArray[np.float32]) -> None:
        """Encode samples (n, 2); all blocks but the last have `SOUND_BLOCK` samples."""
        planar = np.ascontiguousarray(block.T)
        frame = av.AudioFrame.from_ndarray(planar, format="fltp", layout="stereo")
        frame.sample_rate = SAMPLE_RATE
        frame.pts = self._samples
        frame.time_base = Fraction(1, SAMPLE_RATE)
        self._samples += block.shape[0]
        with translated_errors(self._path):
            self._container.mux(self._audio.encode(frame))

    def finish(self) -> None:
        """Write what the encoders still hold, and the index."""
        with translated_errors(self._path):
            for stream in (self._video, self._audio):
                self._container.mux(stream.encode(None))
            self._container.close()

    def _add_video(self) -> Any:
        stream = self._container.add_stream(
            "libx264", rate=self._fps, options=_X264 | {"crf": self._grade.crf}
        )
        stream.width, stream.height = self._size
        stream.pix_fmt = "yuv420p"
        context = stream.codec_context
        context.time_base = Fraction(1, self._fps)
        context.color_primaries = context.color_trc = _BT709
        context.colorspace = Colorspace.ITU709
        context.color_range = ColorRange.MPEG
        # Slices, PyAV's default, cost size and waiting; whole frames side by side do not.
        context.thread_type = "FRAME"
        context.thread_count = 0
        return stream

    def _add_audio(self) -> Any:
        stream = self._container.add_stream("aac", rate=SAMPLE_RATE, layout="stereo")
        stream.codec_context.bit_rate = self._grade.sound_bits_per_second
        return stream


@dataclass(frozen=True)
class MovieFacts:
    """What a finished file says about itself."""

    frame_count: int
    """Frames that are really in it."""
    duration_s: Fraction
    video_s: Fraction
    audio_s: Fraction


def read_facts(path: Path) -> MovieFacts:
    """Read a finished file from its first packet to its last.

    Raises:
        RenderError: It can't be read.
    """
    with translated_errors(path), av.open(str(path)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        frames = sum(packet.size > 0 for packet in container.demux(video))
        return MovieFacts(
            frame_count=frames,
            duration_s=Fraction(container.duration or 0, av.time_base),
            video_s=(video.duration or 0) * (video.time_base or Fraction(0)),
            audio_s=(audio.duration or 0) * (audio.time_base or Fraction(0)),
        )


@contextmanager
def translated_errors(path: Path) -> Generator[None, None, None]:
    """Turn what PyAV and the file system raise into a `RenderError`."""
    try:
        yield
    except (av.FFmpegError, OSError, ValueError) as exc:
        raise to_render_error(exc, path) from exc


def to_render_error(exc: Exception, path: Path) -> RenderError:
    """Say what went wrong with writing a file, and what to do."""
    number = getattr(exc, "errno", None)
    if number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return RenderError(
            f"the disk is full: the video could not be written to {path.parent}",
            hint="Free some space or choose another place, then export again.",
        )
    if number in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR):
        return RenderError(
            f"the video can't be written to {path.parent}",
            hint="Choose a folder that exists and that you may write to.",
        )
    if isinstance(exc, av.error.ExternalError):
        return RenderError(
            "the encoder failed: the machine may lack memory, processes or threads",
            hint="Close other programs, or raise the limits (ulimit -u, ulimit -v).",
        )
    reason = (exc.strerror if isinstance(exc, OSError) else None) or exc
    return RenderError(f"the video could not be written: {reason}")
