"""A file from frames and sound: MP4, QuickTime or WebM; clips are read elsewhere (`clip`).

yuv420p, BT.709, limited range, constant frame rate, stereo at 48 kHz. MP4 and QuickTime: H.264 High
and AAC-LC, with the index (`moov`) before the data, so that a browser can start before it has the
whole file. WebM: VP9 and Opus.
"""

from __future__ import annotations

import errno
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from av.video.reformatter import ColorRange, Colorspace

from nemovideo.errors import RenderError
from nemovideo.render.clip.sound import SAMPLE_RATE
from nemovideo.render.picture.planes import Planes

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
    vp9_crf: str
    sound_bits_per_second: int
    x264: Mapping[str, str] = field(default_factory=lambda: _X264)


_GRADES = {
    "max": _Grade(
        *("16", "20", 256_000),
        {"profile": "high", "preset": "medium", "x264-params": "cpu-independent=1"},
    ),
    "high": _Grade("20.5", "30", 192_000),
    "medium": _Grade("25", "36", 160_000),
    "low": _Grade("30", "44", 96_000),
    "draft": _Grade(
        *("26", "40", 128_000),
        {"profile": "high", "preset": "ultrafast", "x264-params": "cpu-independent=1"},
    ),
}
_VP9 = {"deadline": "realtime", "cpu-used": "6", "row-mt": "1"}
"""What is quick enough to wait for; its slower modes take many times as long."""


@dataclass(frozen=True)
class Rates:
    """How many bits a second may have, on the average."""

    pictures: int
    sound: int

    @classmethod
    def of(cls, bits_per_second: float) -> Rates:
        """Share out what a whole file may have; sound gets a sixth, and no more than it needs."""
        sound = min(int(bits_per_second / 6), 128_000)
        return cls(int(bits_per_second) - sound, sound)


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
        container: ``mp4``, ``mov`` or ``webm``.
        quality: Of `nemovideo.protocol.outputs.QUALITIES`.
        rates: As the quality needs if None.
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
        rates: Rates | None = None,
    ) -> None:
        self._grade = _GRADES[quality]
        self._rates = rates
        self._is_webm = container == "webm"
        self._path = path
        self._size = (width, height)
        self._fps = fps
        self._samples = 0
        with translated_errors(path):
            self._container = av.open(
                str(path),
                "w",
                format=container,
                options={} if self._is_webm else {"movflags": "+faststart"},
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
        name, options = "libx264", {**self._grade.x264, "crf": self._grade.crf}
        if self._is_webm:
            name, options = "libvpx-vp9", {**_VP9, "b": "0", "crf": self._grade.vp9_crf}
        if self._rates is not None:
            del options["crf"]
            bits = self._rates.pictures
            options |= {"b": str(bits), "maxrate": str(bits * 3 // 2), "bufsize": str(bits * 2)}
        stream: Any = self._container.add_stream(name, rate=self._fps, options=options)
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
        name = "libopus" if self._is_webm else "aac"
        stream: Any = self._container.add_stream(name, rate=SAMPLE_RATE, layout="stereo")
        stream.codec_context.bit_rate = (
            self._rates.sound if self._rates else self._grade.sound_bits_per_second
        )
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
        frames, ends = 0, {"video": Fraction(0), "audio": Fraction(0)}
        for packet in container.demux():
            if packet.size and packet.pts is not None:
                frames += packet.stream.type == "video"
                end = (packet.pts + (packet.duration or 0)) * packet.time_base
                ends[packet.stream.type] = max(ends[packet.stream.type], end)
        for stream in (*container.streams.video, *container.streams.audio):
            if stream.duration is not None and stream.time_base is not None:
                ends[stream.type] = stream.duration * stream.time_base
        return MovieFacts(
            frame_count=frames,
            duration_s=Fraction(container.duration or 0, av.time_base),
            video_s=ends["video"],
            audio_s=ends["audio"],
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
