"""The sound of a draft: music, the user's own audio and the clips' sound, mixed as a stream.

Only what plays at a moment is open at that moment, so that memory does not grow with the length
of the video or the number of clips.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from nemovideo.errors import RenderError
from nemovideo.protocol.draft import Draft, Segment, TrackType
from nemovideo.protocol.media_types import SNIFF_BYTES, sniff_kind
from nemovideo.render._decode import SAMPLE_RATE, read_audio
from nemovideo.render._limiter import CHUNK, limited
from nemovideo.render.music import stream_music

Samples = npt.NDArray[np.float32]
"""Sound as float32 (n, 2) at `SAMPLE_RATE`."""

_SAMPLES_PER_FRAME = SAMPLE_RATE // 30
_DECLICK = SAMPLE_RATE // 100
"""Every sound begins and ends with a fade of 10 ms at least, or it would click."""

_NAMELESS = "a segment without a name"

_LOUDEST = 2.0
"""Volumes above this are taken for it."""


@dataclass(frozen=True)
class _Voice:
    """One sound on the timeline; positions in samples."""

    start: int
    end: int
    open: Callable[[], Iterator[Samples]]
    """Opens the sound, which begins at `start`; silence follows when it is too short."""
    volume: float
    fade_in: int = _DECLICK
    fade_out: int = _DECLICK

    def gains(self, position: int, count: int) -> npt.NDArray[np.float32]:
        """Return the factors for `count` samples from a position on the timeline."""
        length = self.end - self.start
        fade_in, fade_out = max(self.fade_in, _DECLICK), max(self.fade_out, _DECLICK)
        shrink = min(1.0, length / (fade_in + fade_out))
        at = np.arange(position - self.start, position - self.start + count) + 0.5
        rise = np.minimum(at / (fade_in * shrink), (length - at) / (fade_out * shrink))
        # Two sounds that cross on sine curves keep their common loudness.
        gains = self.volume * np.sin(np.clip(rise, 0.0, 1.0) * (math.pi / 2))
        factors: npt.NDArray[np.float32] = gains.astype(np.float32)
        return factors


class Soundtrack:
    """The mixed sound of a draft.

    Args:
        draft: The timeline.
        media: The session's files, by id and by file name.
        duration_s: The length of the video.

    Raises:
        RenderError: The draft names a file that is not there.
    """

    def __init__(self, draft: Draft, media: Mapping[str, Path], duration_s: Fraction) -> None:
        self.sample_count = max(0, round(duration_s * SAMPLE_RATE))
        voices = [
            voice for track in draft.tracks for voice in _voices(track.type, track.segments, media)
        ]
        self._voices = [
            replace(voice, end=min(voice.end, self.sample_count))
            for voice in voices
            if voice.start < min(voice.end, self.sample_count) and voice.volume > 0
        ]

    def blocks(self, samples_per_block: int) -> Iterator[Samples]:
        """Yield the sound in blocks of a size, the last may be shorter; no sample is clipped.

        All blocks together have `sample_count` samples.

        Raises:
            UnsupportedFileError: A file can't be decoded.
        """
        rest = np.zeros((0, 2), np.float32)
        for chunk in limited(self._mixed()):
            rest = np.concatenate([rest, chunk]) if len(rest) else chunk
            while len(rest) >= samples_per_block:
                yield rest[:samples_per_block]
                rest = rest[samples_per_block:]
        if len(rest):
            yield rest

    def _mixed(self) -> Iterator[Samples]:
        waiting = sorted(self._voices, key=lambda voice: voice.start)
        playing: list[tuple[_Voice, _Feed]] = []
        for position in range(0, self.sample_count, CHUNK):
            count = min(CHUNK, self.sample_count - position)
            while waiting and waiting[0].start < position + count:
                voice = waiting.pop(0)
                playing.append((voice, _Feed(voice.open())))
            mix = np.zeros((count, 2), np.float32)
            for voice, feed in playing:
                first = max(voice.start, position)
                last = min(voice.end, position + count)
                sound = feed.take(last - first)
                sound = sound * voice.gains(first, last - first)[:, None]
                mix[first - position : last - position] += sound
            playing = [(voice, feed) for voice, feed in playing if voice.end > position + count]
            yield mix


class _Feed:
    """Samples in the amounts wanted, from blocks as they come; silence when they are used up."""

    def __init__(self, blocks: Iterator[Samples]) -> None:
        self._blocks = blocks
        self._rest = np.zeros((0, 2), np.float32)

    def take(self, count: int) -> Samples:
        taken = np.zeros((count, 2), np.float32)
        filled = 0
        while filled < count:
            if not len(self._rest):
                block = next(self._blocks, None)
                if block is None:
                    break
                self._rest = np.nan_to_num(block, nan=0.0, posinf=0.0, neginf=0.0)
            part = self._rest[: count - filled]
            taken[filled : filled + len(part)] = part
            self._rest = self._rest[len(part) :]
            filled += len(part)
        return taken


def _voices(
    track_type: TrackType, segments: tuple[Segment, ...], media: Mapping[str, Path]
) -> Iterator[_Voice]:
    if track_type == TrackType.AUDIO:
        for segment in segments:
            yield from _sound(segment, media)
    elif track_type == TrackType.VIDEO:
        yield from _clip_sounds(sorted(segments, key=lambda segment: segment.start_ms), media)


def _sound(segment: Segment, media: Mapping[str, Path]) -> Iterator[_Voice]:
    start, end = _samples_at(segment.start_ms), _samples_at(segment.end_ms)
    if end <= start:
        return
    music = segment.metadata.get("music")
    if isinstance(music, Mapping) and not isinstance(segment.metadata.get("media"), str):
        source = _composed(music, end - start)
    else:
        source = _repeated(_find(segment, media))
    yield _Voice(
        start,
        end,
        source,
        _volume(segment),
        _fade(segment.metadata.get("fade_in")),
        _fade(segment.metadata.get("fade_out")),
    )


def _clip_sounds(segments: list[Segment], media: Mapping[str, Path]) -> Iterator[_Voice]:
    """Yield the sound of the clips; where two pictures cross, so do their sounds."""
    crossings = [_samples_at(a.end_ms) - _samples_at(b.start_ms) for a, b in pairwise(segments)]
    for index, segment in enumerate(segments):
        if segment.metadata.get("kind") == "image" or _volume(segment) <= 0:
            continue
        path = _find(segment, media)
        if not _is_clip(path):
            continue
        yield _Voice(
            _samples_at(segment.start_ms),
            _samples_at(segment.end_ms),
            _from_start(path, segment.metadata.get("source_start")),
            _volume(segment),
            fade_in=crossings[index - 1] if index > 0 else 0,
            fade_out=crossings[index] if index < len(crossings) else 0,
        )


def _composed(music: Mapping[str, Any], count: int) -> Callable[[], Iterator[Samples]]:
    return lambda: stream_music(music, count)


def _repeated(path: Path) -> Callable[[], Iterator[Samples]]:
    def repeat() -> Iterator[Samples]:
        heard = True
        while heard:
            heard = False
            for block in read_audio(path):
                heard = True
                yield block

    return repeat


def _from_start(path: Path, source_start: object) -> Callable[[], Iterator[Samples]]:
    start_s = Fraction(_number(source_start) or 0) / 1000
    return lambda: read_audio(path, start_s=max(Fraction(0), start_s))


def _find(segment: Segment, media: Mapping[str, Path]) -> Path:
    named = [segment.metadata.get("media"), segment.name]
    for name in named:
        if isinstance(name, str) and name in media:
            path = media[name]
            if not path.is_file():
                raise RenderError(f"the file of {segment.name or name} is gone")
            return path
    shown = segment.name or next((name for name in named if isinstance(name, str)), _NAMELESS)
    raise RenderError(
        f"{shown} is not among the files of this session",
        hint="Upload it again, or take it off the timeline.",
    )


def _is_clip(path: Path) -> bool:
    with path.open("rb") as file:
        return sniff_kind(file.read(SNIFF_BYTES)) == "video"


def _volume(segment: Segment) -> float:
    return 1.0 if segment.volume is None else min(max(0.0, segment.volume), _LOUDEST)


def _fade(value: object) -> int:
    return round(max(0.0, _number(value) or 0.0) * SAMPLE_RATE / 1000)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if math.isfinite(value) and abs(value) < 1e12 else None


def _samples_at(time_ms: float) -> int:
    """Return the sample at which the frame of a time begins, as pictures are timed."""
    return math.floor(Fraction(time_ms) * 30 / 1000 + Fraction(1, 2)) * _SAMPLES_PER_FRAME
