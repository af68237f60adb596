"""The pictures of a clip by time: upright, whole, in the film's colours."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, Self

from nemovideo.errors import UnsupportedFileError
from nemovideo.render.clip._colours import ColourReader
from nemovideo.render.clip._geometry import orientation_of, square_size, whole_within
from nemovideo.render.clip._interlace import progressive
from nemovideo.render.clip._streams import (
    frames_of,
    open_file,
    seek,
    translated,
    video_stream,
    zero_of,
)
from nemovideo.render.picture.planes import Bytes

_RUN_UP_S = Fraction(1, 2)
"""What is sought begins so much earlier: pictures right behind a seek may lack their neighbours."""
_ROUNDING = Fraction(1, 1000)
"""Frames count as shown so much earlier, in seconds: MKV rounds times to it."""


class ClipReader:
    """The pictures of a clip by time, read forwards; a context manager.

    All have one size. A clip whose pictures change theirs on the way shows the others whole within
    that of the first, on black. Time 0 of `frame_at` lies at `start_s`.

    Raises:
        UnsupportedFileError: The file has no picture that can be decoded.
    """

    width: int
    """Pixels of the upright picture."""
    height: int

    def __init__(self, path: Path, *, start_s: Fraction = Fraction(0)) -> None:
        self._path = path
        self._start = max(Fraction(0), start_s)
        self._picture: Bytes | None = None
        self._colours = ColourReader()
        self._open()
        try:
            self._find_start()
        except BaseException:
            self.close()
            raise

    def frame_at(self, t: Fraction) -> Bytes:
        """Return the picture that shows at a time, as rgb24 (height, width, 3), upright.

        Before the first picture that is the first one, after the last the last one. The array is
        the same object while the picture is the same: don't write into it. The time is in seconds
        after `start_s`, and never less than in the call before.
        """
        with translated(self._path.name):
            self._advance(self._start + t)
            if self._picture is None:
                self._picture = self._to_picture(self._current)
        return self._picture

    def skip_to(self, t: Fraction) -> None:
        """Go to a time, as `frame_at` counts it, without decoding all that comes before."""
        target = self._start + t
        with translated(self._path.name):
            seek(self._container, self._stream, max(Fraction(0), self._zero + target - _RUN_UP_S))
            self._frames = self._timed_frames()
            first = next(self._frames, None)
            if first is None or first[0] > target:
                self.close()
                self._open()
                first = next(self._frames)
            self._current, self._picture = first[1], None
            self._next = next(self._frames, None)

    def close(self) -> None:
        """Close the file."""
        self._container.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open(self) -> None:
        with translated(self._path.name):
            self._container = open_file(self._path)
            self._stream = video_stream(self._container)
            if self._stream is None:
                self._container.close()
                raise UnsupportedFileError(f"{self._path.name} has no pictures in it")
            self._stream.thread_type = "AUTO"
            self._zero = zero_of(self._container)
            self._frames = self._timed_frames()

    def _find_start(self) -> None:
        with translated(self._path.name):
            if self._start > 0:
                seek(self._container, self._stream, self._zero + self._start)
            first = next(self._frames, None)
            if self._start > 0 and (first is None or first[0] > self._start):
                self.close()  # seeking led nowhere or too far: read from the beginning
                self._open()
                first = next(self._frames, None)
            if first is None:
                raise UnsupportedFileError(
                    f"{self._path.name} is broken: not one picture in it can be decoded"
                )
            self._current = first[1]
            stored = square_size(self._current, self._stream.sample_aspect_ratio)
            self._orientation = orientation_of(self._current)
            self.width, self.height = self._orientation.upright_size(stored)
            self._next = next(self._frames, None)

    def _advance(self, target: Fraction) -> None:
        while self._next is not None and self._next[0] <= target:
            self._current, self._picture = self._next[1], None
            self._next = next(self._frames, None)

    def _timed_frames(self) -> Iterator[tuple[Fraction, Any]]:
        """Yield frames with the times in the clip, in seconds, from which on they show."""
        time = -_ROUNDING
        pause = 1 / Fraction(self._stream.average_rate or self._stream.guessed_rate or 25)
        for frame in progressive(frames_of(self._container, self._stream)):
            if frame.pts is not None:
                time = Fraction(frame.pts * frame.time_base) - self._zero - _ROUNDING
            yield time, frame
            time += pause  # of the next, in case that it does not say

    def _to_picture(self, frame: Any) -> Bytes:
        stored = square_size(frame, self._stream.sample_aspect_ratio)
        picture = self._orientation.upright(self._colours.to_rgb(frame, stored))
        if picture.shape[:2] != (self.height, self.width):
            picture = whole_within(picture, self.width, self.height)
        return picture
