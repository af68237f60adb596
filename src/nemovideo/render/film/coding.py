"""How pictures are encoded: H.264 or VP9, of a quality, into packets that can be kept and joined.

yuv420p, BT.709, limited range, constant frame rate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any, Self

import av
import numpy as np
from av.codec.context import Flags
from av.video.reformatter import ColorRange, Colorspace

from nemovideo.render.film.failures import translated_errors
from nemovideo.render.film.pieces.packets import Packet, packet_of
from nemovideo.render.picture.planes import Planes

_QUICK = {"profile": "high", "preset": "superfast"}
# What superfast leaves out and still pays for itself: the look-ahead makes slow camera moves a
# fifth smaller, a fixed pattern of B-frames costs no decisions, and variance-based quantisers keep
# soft edges from sticking to the grid of motion vectors as they move.
_LOOK_AHEAD = "mbtree=1:rc-lookahead=12:b-adapt=0:bframes=9:b-pyramid=normal:aq-mode=2"
# Headers that depend on no quality, so that pieces can be joined; and where what lies ahead is
# weighed (`mbtree`), as x264 does it without AVX-512, which weighs the same frames differently from
# run to run. That costs nothing to speak of.
_ALIKE = "stitchable=1:cpu-independent=1"
_PHOTOS = {**_QUICK, "x264-params": f"{_ALIKE}:{_LOOK_AHEAD}:direct=temporal"}
"""A camera's way over photos is even: where things go is told by where they went."""
_FILMS = {**_QUICK, "x264-params": f"{_ALIKE}:{_LOOK_AHEAD}:direct=spatial"}
_VP9 = {"deadline": "realtime", "cpu-used": "6", "row-mt": "1"}
"""What is quick enough to wait for; its slower modes take many times as long."""
_BT709 = 1
"""In ITU-T H.273, for primaries and transfer; older PyAV has no names for them."""
_THREADS, _LARGE = 1, 2560 * 1440
"""Threads of each encoder; of those with more pixels four. Two pieces side by side with a thread
each are sooner done than one with two, which has the processors wait for one another."""
_MOST_REORDERED = 2
"""Pictures by which x264's order of decoding runs ahead, with B-frames that others refer to."""


@dataclass(frozen=True)
class Grade:
    """How good pictures and sound become."""

    crf: float
    """The constant quality of x264 for photos: 6 more is about half the size."""
    vp9_crf: int
    sound_bits_per_second: int
    photos: Mapping[str, str] = field(default_factory=lambda: _PHOTOS)
    """Options of x264, as are `films`."""
    films: Mapping[str, str] = field(default_factory=lambda: _FILMS)
    films_crf: float = 0.9
    """What is added for films, so that both lose as little."""


_BEST = {"profile": "high", "preset": "medium", "x264-params": _ALIKE}
_QUICKEST = {
    "profile": "high",
    "preset": "ultrafast",
    # A third of its size, and no slower.
    "x264-params": "stitchable=1:b-adapt=0:bframes=9:b-pyramid=normal:direct=temporal",
}
GRADES = {
    "max": Grade(16, 20, 256_000, _BEST, _BEST, 0),
    "high": Grade(19.5, 30, 192_000),
    "medium": Grade(24.3, 36, 160_000),
    "low": Grade(29.3, 44, 96_000),
    "draft": Grade(26, 40, 128_000, _QUICKEST, _QUICKEST, 0),
}
"""By the names of `nemovideo.protocol.outputs.QUALITIES`."""


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
class Coding:
    """An encoder of pictures and what it is told."""

    encoder: str
    options: Mapping[str, str]
    width: int
    """Even, as is the height."""
    height: int
    fps: int
    threads: int
    """0 takes as many as there are processors: then what comes out depends on the machine."""
    reordered: int = 0
    """By how many pictures the order of decoding runs ahead of that of showing, at the most."""
    pixels: str = "yuv420p"
    """FFmpeg's name of what the encoder takes; frames are drawn in yuv420p."""

    @property
    def codec(self) -> str:
        """FFmpeg's name of what it makes."""
        return "vp9" if self.encoder == "libvpx-vp9" else "h264"

    def configure(self, context: Any) -> None:
        """Prepare an encoder's context."""
        context.width, context.height = self.width, self.height
        context.pix_fmt = self.pixels
        context.time_base = Fraction(1, self.fps)
        context.framerate = Fraction(self.fps)
        context.color_primaries = context.color_trc = _BT709
        context.colorspace = Colorspace.ITU709
        context.color_range = ColorRange.MPEG
        # Slices, PyAV's default, cost size and waiting; whole frames side by side do not.
        context.thread_type = "FRAME"
        context.thread_count = self.threads


def coding_of(
    quality: str,
    container: str,
    size: tuple[int, int],
    fps: int,
    *,
    is_film: bool = False,
    rates: Rates | None = None,
) -> Coding:
    """Return how pictures are encoded.

    Those of one size, rate, quality and container can be joined, whatever else is told here. The
    container is ``mp4``, ``mov`` or ``webm``; width and height are in pixels, even. Given rates,
    all processors work on one film; else it has those that the quality needs.
    """
    grade = GRADES[quality]
    name, reordered = "libx264", _MOST_REORDERED
    options = {
        **(grade.films if is_film else grade.photos),
        "crf": f"{grade.crf + (grade.films_crf if is_film else 0):g}",
    }
    if container == "webm":
        name, reordered = "libvpx-vp9", 0
        options = {**_VP9, "b": "0", "crf": str(grade.vp9_crf)}
    if rates is None:
        threads = _THREADS if size[0] * size[1] <= _LARGE else 4 * _THREADS
        return Coding(name, options, *size, fps, threads, reordered)
    del options["crf"]
    bits = rates.pictures
    options |= {"b": str(bits), "maxrate": str(bits * 3 // 2), "bufsize": str(bits * 2)}
    return Coding(name, options, *size, fps, 0, reordered)


@dataclass(frozen=True)
class Picture:
    """A frame in the encoder's memory, to be drawn into."""

    planes: Planes
    frame: av.VideoFrame

    @classmethod
    def blank(cls, width: int, height: int) -> Self:
        """Make one; it may be drawn into again once it has been encoded."""
        frame = av.VideoFrame(width, height, "yuv420p")
        frame.colorspace = Colorspace.ITU709
        frame.color_range = ColorRange.MPEG
        y, u, v = (
            np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[
                : plane.height, : plane.width
            ]
            for plane in frame.planes
        )
        return cls(Planes(y, u, v), frame)


class PictureEncoder:
    """Encodes one piece of a film.

    Raises:
        RenderError: There is no such encoder here, or it does not work.
    """

    def __init__(self, coding: Coding) -> None:
        self._time_base = Fraction(1, coding.fps)
        with translated_errors(Path()):
            context: Any = av.CodecContext.create(coding.encoder, "w")
            coding.configure(context)
            context.options = dict(coding.options)
            context.flags |= Flags.global_header
            context.open()
        self._context = context

    @property
    def header(self) -> bytes:
        """What a decoder must know first."""
        return bytes(self._context.extradata or b"")

    def encode(self, pictures: Iterable[Picture]) -> Iterator[Packet]:
        """Yield the packets of pictures; each is done with when the next one is asked for.

        Raises:
            RenderError: The encoder failed.
        """
        for number, picture in enumerate(pictures):
            picture.frame.pts, picture.frame.time_base = number, self._time_base
            yield from self._encoded(picture.frame)
        yield from self._encoded(None)

    def _encoded(self, frame: av.VideoFrame | None) -> list[Packet]:
        with translated_errors(Path()):
            return [packet_of(packet) for packet in self._context.encode(frame)]
