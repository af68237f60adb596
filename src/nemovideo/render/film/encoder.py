"""A file from frames and sound: MP4, QuickTime or WebM; clips are read elsewhere (`clip`).

yuv420p, BT.709, limited range, constant frame rate, stereo at 48 kHz. MP4 and QuickTime: H.264 High
and AAC-LC, with the index (`moov`) before the data, so that a browser can start before it has the
whole file. WebM: VP9 and Opus.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from nemovideo.render.clip.sound import SAMPLE_RATE
from nemovideo.render.film.coding import Coding, Picture
from nemovideo.render.film.failures import translated_errors
from nemovideo.render.film.pieces.packets import Packet


class MovieWriter:
    """Writes one file; a context manager. Leaving it without `finish` leaves a broken file behind.

    Pictures are given either as they are, or encoded already: in the order of decoding, each piece
    of the film with the same coding. The container is ``mp4``, ``mov`` or ``webm``, whatever the
    file's name.
    """

    def __init__(
        self, path: Path, coding: Coding, *, container: str, sound_bits_per_second: int
    ) -> None:
        self._path = path
        self._coding = coding
        self._joined = 0
        is_webm = container == "webm"
        with translated_errors(path):
            self._container = av.open(
                str(path),
                "w",
                format=container,
                options={} if is_webm else {"movflags": "+faststart"},
            )
            self._video: Any = self._container.add_stream(
                coding.encoder, rate=coding.fps, options=dict(coding.options)
            )
            coding.configure(self._video.codec_context)
            self._audio: Any = self._container.add_stream(
                "libopus" if is_webm else "aac", rate=SAMPLE_RATE, layout="stereo"
            )
            self._audio.codec_context.bit_rate = sound_bits_per_second
            self._container.start_encoding()

    def __enter__(self) -> MovieWriter:
        return self

    def __exit__(self, *_: object) -> None:
        # After `finish` there is nothing left to close; before it the file is given up.
        with suppress(av.FFmpegError, OSError, ValueError):
            self._container.close()

    @property
    def header(self) -> bytes:
        """What the file tells decoders of its pictures: the header of all that can be joined."""
        return bytes(self._video.codec_context.extradata or b"")

    def write_picture(self, picture: Picture, number: int) -> None:
        """Encode a frame; numbers start at 0 and go up by one."""
        picture.frame.pts = number
        picture.frame.time_base = Fraction(1, self._coding.fps)
        with translated_errors(self._path):
            self._container.mux(self._video.encode(picture.frame))

    def join_picture(self, packet: Packet, start: int) -> None:
        """Write an encoded frame of the piece that begins at a frame of the film."""
        ready = self._ready(packet, self._video, Fraction(1, self._coding.fps))
        ready.pts, ready.duration = start + packet.time, 1
        # One frame a packet, at a constant rate: no piece has to know what the others needed.
        ready.dts = self._joined - self._coding.reordered
        self._joined += 1
        with translated_errors(self._path):
            self._container.mux_one(ready)

    def join_sound(self, packets: Iterable[Packet]) -> None:
        """Write encoded sound."""
        for packet in packets:
            ready = self._ready(packet, self._audio, Fraction(1, SAMPLE_RATE))
            ready.pts = ready.dts = packet.time
            ready.duration = packet.duration
            with translated_errors(self._path):
                self._container.mux_one(ready)

    def end_pictures(self) -> None:
        """Write what the encoder of `write_picture` still holds."""
        with translated_errors(self._path):
            self._container.mux(self._video.encode(None))

    def finish(self) -> None:
        """Write the index."""
        with translated_errors(self._path):
            self._container.close()

    @staticmethod
    def _ready(packet: Packet, stream: Any, time_base: Fraction) -> Any:
        ready: Any = av.Packet(packet.content)
        ready.stream, ready.time_base = stream, time_base
        ready.is_keyframe = packet.is_key
        return ready


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
