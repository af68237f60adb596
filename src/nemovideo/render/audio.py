"""The sound of a timeline: music, the user's own audio and the clips' sound, mixed as a stream.

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
from nemovideo.protocol.media_types import SNIFF_BYTES, sniff_kind
from nemovideo.render._limiter import CHUNK, limited
from nemovideo.render.clip.sound import SAMPLE_RATE, read_audio
from nemovideo.render.music import stream_music
from nemovideo.render.plan import frame_rate, to_frame
from nemovideo.timeline.model import Clip, Sound, Timeline, TrackType

Samples = npt.NDArray[np.float32]
"""Sound as float32 (n, 2) at `SAMPLE_RATE`."""

_DECLICK = SAMPLE_RATE // 100
"""Every sound begins and ends with a fade of 10 ms at least, or it would click."""

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
    """The mixed sound of a timeline.

    Args:
        timeline: What plays when.
        media: The session's files, by id and by file name.
        duration_s: The length of the video.

    Raises:
        RenderError: It names a file that is not there.
    """

    def __init__(self, timeline: Timeline, media: Mapping[str, Path], duration_s: Fraction) -> None:
        self.sample_count = max(0, round(duration_s * SAMPLE_RATE))
        voices = _Reader(media, frame_rate(timeline.canvas)).voices(timeline)
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


@dataclass(frozen=True)
class _Reader:
    """Turns segments into voices."""

    media: Mapping[str, Path]
    fps: int

    def voices(self, timeline: Timeline) -> Iterator[_Voice]:
        for track in timeline.tracks:
            clips = [segment for segment in track.segments if isinstance(segment, Clip)]
            if track.type is TrackType.VIDEO:
                yield from self._film_sounds(sorted(clips, key=lambda clip: clip.start_ms))
            for segment in track.segments:
                if isinstance(segment, Sound) and segment.duration_ms:
                    yield self._sound(segment)

    def _sound(self, sound: Sound) -> _Voice:
        start, end = self._sample_at(sound.start_ms), self._sample_at(sound.end_ms)
        begins = Fraction(sound.source_start_ms or 0, 1000)
        if sound.music is not None:
            source = _composed(sound.music, end - start, begins)
        else:
            source = _repeated(self._find(sound), begins)
        return _Voice(
            start,
            end,
            source,
            _volume(sound),
            _samples(sound.fade_in_ms),
            _samples(sound.fade_out_ms),
        )

    def _film_sounds(self, clips: list[Clip]) -> Iterator[_Voice]:
        """Yield the sound of the films; where two pictures cross, so do their sounds."""
        crossings = [
            self._sample_at(a.end_ms) - self._sample_at(b.start_ms) for a, b in pairwise(clips)
        ]
        for index, clip in enumerate(clips):
            if clip.kind == "image" or _volume(clip) <= 0:
                continue
            path = self._find(clip)
            if _is_film(path):
                yield _Voice(
                    self._sample_at(clip.start_ms),
                    self._sample_at(clip.end_ms),
                    _of_film(path, clip),
                    _volume(clip),
                    fade_in=crossings[index - 1] if index > 0 else 0,
                    fade_out=crossings[index] if index < len(crossings) else 0,
                )

    def _find(self, segment: Clip | Sound) -> Path:
        for name in (segment.media, segment.name):
            if name is not None and name in self.media:
                path = self.media[name]
                if not path.is_file():
                    raise RenderError(f"the file of {segment.name or name} is gone")
                return path
        shown = segment.name or segment.media or "a segment without a name"
        raise RenderError(
            f"{shown} is not among the files of this session",
            hint="Upload it again, or take it off the timeline.",
        )

    def _sample_at(self, time_ms: int) -> int:
        """Return the sample at which the frame of a time begins, as pictures are timed."""
        return round(Fraction(to_frame(time_ms, self.fps) * SAMPLE_RATE, self.fps))


def _composed(
    music: Mapping[str, Any], count: int, begins: Fraction
) -> Callable[[], Iterator[Samples]]:
    skipped = round(begins * SAMPLE_RATE)
    return lambda: _without_first(stream_music(music, skipped + count), skipped)


def _without_first(blocks: Iterator[Samples], count: int) -> Iterator[Samples]:
    for block in blocks:
        if count < len(block):
            yield block[count:]
        count = max(0, count - len(block))


def _repeated(path: Path, begins: Fraction) -> Callable[[], Iterator[Samples]]:
    """Play a file from a time on; when it is over, from its beginning again."""

    def repeat() -> Iterator[Samples]:
        yield from read_audio(path, start_s=begins)
        heard = True
        while heard:
            heard = False
            for block in read_audio(path):
                heard = True
                yield block

    return repeat


def _of_film(path: Path, clip: Clip) -> Callable[[], Iterator[Samples]]:
    begins = Fraction(clip.source_start_ms or 0, 1000)
    return lambda: read_audio(path, start_s=begins)


def _is_film(path: Path) -> bool:
    with path.open("rb") as file:
        return sniff_kind(file.read(SNIFF_BYTES)) == "video"


def _volume(segment: Clip | Sound) -> float:
    return 1.0 if segment.volume is None else min(max(0.0, segment.volume), _LOUDEST)


def _samples(length_ms: int | None) -> int:
    return (length_ms or 0) * SAMPLE_RATE // 1000
