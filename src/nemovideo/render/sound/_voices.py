"""What sounds on a timeline: which file or music, from when to when, how loud at each moment."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from nemovideo._installation import install_hint
from nemovideo._music_pack import EXTRA, tracks
from nemovideo.errors import RenderError
from nemovideo.protocol.media_types import SNIFF_BYTES, sniff_kind
from nemovideo.render.clip.sound import SAMPLE_RATE, Samples, SoundFindings, read_audio
from nemovideo.render.film.plan import frame_rate, playing_speed, to_frame
from nemovideo.render.sound._feed import without_first
from nemovideo.render.sound._repeating import looped, repeated
from nemovideo.render.sound._stretch import stretched
from nemovideo.render.sound.composer import stream_music
from nemovideo.timeline.model import PACK, Clip, Sound, Timeline
from nemovideo.timeline.music import COMPOSED_VOLUME, FILE_VOLUME

_Spans = tuple[tuple[int, int], ...]

_DECLICK = SAMPLE_RATE // 100
"""Every sound begins and ends with a fade of 10 ms at least, or it would click."""
_LOUDEST = 2.0
"""Volumes above this are taken for it."""
_DUCK_DB = 12.0
"""How much quieter music is under a film's sound."""
_DUCK_RAMP = SAMPLE_RATE * 3 // 10
_SHORT_PAUSE = SAMPLE_RATE
"""Music does not come up for less."""


@dataclass(frozen=True)
class Voice:
    """One sound on the timeline; positions in samples."""

    start: int
    end: int
    open: Callable[[], Iterator[Samples]]
    """Opens the sound, which begins at `start`; silence follows when it is too short."""
    volume: float
    fade_in: int = _DECLICK
    fade_out: int = _DECLICK
    quieter: tuple[tuple[int, int], ...] = ()
    """From where to where it makes room for another; apart by more than two ramps."""
    name: str = ""
    """What its owner calls the file."""
    heard: SoundFindings | None = None
    """What is found in the file while it plays; None for music that is composed."""
    may_be_silent: bool = False
    usual_volume: float = 1.0
    """How loud it is unless somebody says otherwise, with nothing else to be heard."""
    is_of_film: bool = False

    def gains(self, position: int, count: int) -> npt.NDArray[np.float32]:
        """Return the factors for `count` samples from a position on the timeline."""
        length = self.end - self.start
        fade_in, fade_out = max(self.fade_in, _DECLICK), max(self.fade_out, _DECLICK)
        shrink = min(1.0, length / (fade_in + fade_out))
        at = np.arange(position - self.start, position - self.start + count) + 0.5
        rise = np.minimum(at / (fade_in * shrink), (length - at) / (fade_out * shrink))
        # Two sounds that cross on sine curves keep their common loudness.
        gains = self.volume * np.sin(np.clip(rise, 0.0, 1.0) * (math.pi / 2))
        if self.quieter:
            gains *= self._ducking(np.arange(position, position + count))
        factors: npt.NDArray[np.float32] = gains.astype(np.float32)
        return factors

    def note(self) -> str | None:
        """Return what its owner should know, once it has played."""
        if self.heard is None or (self.may_be_silent and not self.heard.damaged_count):
            return None
        return self.heard.note(self.name)

    def _ducking(self, positions: npt.NDArray[np.int_]) -> npt.NDArray[np.float64]:
        """Return the factors that make room: down before the other begins, up after its end."""
        ends = [(a - _DUCK_RAMP, a, b, b + _DUCK_RAMP) for a, b in self.quieter]
        levels = [0.0, 1.0, 1.0, 0.0] * len(ends)
        depth = np.interp(positions, [at for four in ends for at in four], levels)
        return np.asarray(10 ** (-_DUCK_DB / 20 * depth * depth * (3 - 2 * depth)))


def read_voices(timeline: Timeline, media: Mapping[str, Path]) -> list[Voice]:
    """Return all that a timeline lets sound.

    Raises:
        RenderError: It names a file that is not there.
    """
    reader = _Reader(media, frame_rate(timeline.canvas))
    films = list(reader.films(timeline))
    heard = _spans(films) if any(sound.ducks for sound in timeline.sounds) else ()
    return films + [reader.sound(sound, heard) for sound in timeline.sounds if sound.duration_ms]


def _spans(films: list[Voice]) -> _Spans:
    """Return from where to where a film is heard; short pauses between two count as heard."""
    spans: list[tuple[int, int]] = []
    for film in sorted(films, key=lambda film: film.start):
        if next(film.open(), None) is None:
            continue
        if spans and film.start - spans[-1][1] < _SHORT_PAUSE:
            spans[-1] = (spans[-1][0], max(spans[-1][1], film.end))
        else:
            spans.append((film.start, film.end))
    return tuple(spans)


@dataclass(frozen=True)
class _Reader:
    """Turns segments into voices."""

    media: Mapping[str, Path]
    fps: int

    def films(self, timeline: Timeline) -> Iterator[Voice]:
        for track in timeline.tracks:
            clips = [segment for segment in track.segments if isinstance(segment, Clip)]
            yield from self._film_sounds(sorted(clips, key=lambda clip: clip.start_ms))

    def sound(self, sound: Sound, heard: _Spans) -> Voice:
        start, end = self._sample_at(sound.start_ms), self._sample_at(sound.end_ms)
        begins = Fraction(sound.source_start_ms or 0, 1000)
        found: SoundFindings | None = None
        if sound.music is not None:
            source = _composed(sound.music, end - start, begins)
        else:
            found = SoundFindings()
            source = _of_file(self._find(sound), sound, begins, found)
        return Voice(
            start,
            end,
            source,
            _volume(sound),
            _samples(sound.fade_in_ms),
            _samples(sound.fade_out_ms),
            heard if sound.ducks else (),
            name=_shown(sound),
            heard=found,
            usual_volume=FILE_VOLUME if sound.music is None else COMPOSED_VOLUME,
        )

    def _film_sounds(self, clips: list[Clip]) -> Iterator[Voice]:
        """Yield the sound of the films; where two pictures cross, so do their sounds."""
        crossings = [
            self._sample_at(a.end_ms) - self._sample_at(b.start_ms) for a, b in pairwise(clips)
        ]
        for index, clip in enumerate(clips):
            if clip.kind == "image" or _volume(clip) <= 0:
                continue
            path = self._find(clip)
            if _is_film(path):
                found = SoundFindings()
                yield Voice(
                    self._sample_at(clip.start_ms),
                    self._sample_at(clip.end_ms),
                    _of_film(path, clip, found),
                    _volume(clip),
                    fade_in=crossings[index - 1] if index > 0 else 0,
                    fade_out=crossings[index] if index < len(crossings) else 0,
                    name=_shown(clip),
                    heard=found,
                    may_be_silent=True,
                    is_of_film=True,
                )

    def _find(self, segment: Clip | Sound) -> Path:
        for name in (segment.media, segment.name):
            if name is not None and name in self.media:
                path = self.media[name]
                if not path.is_file():
                    raise RenderError(f"the file of {segment.name or name} is gone")
                return path
        if isinstance(segment, Sound) and segment.kind == "pack" and segment.media:
            return self._track(segment.media.removeprefix(PACK))
        raise RenderError(
            f"{_shown(segment)} is not among the files of this session",
            hint="Upload it again, or take it off the timeline.",
        )

    def _track(self, name: str) -> Path:
        track = tracks().get(name)
        if track is None:
            raise RenderError(f"the music {name} is not installed here", hint=install_hint(EXTRA))
        return track.path

    def _sample_at(self, time_ms: int) -> int:
        """Return the sample at which the frame of a time begins, as pictures are timed."""
        return round(Fraction(to_frame(time_ms, self.fps) * SAMPLE_RATE, self.fps))


def _shown(segment: Clip | Sound) -> str:
    return segment.name or segment.media or "a segment without a name"


def _composed(
    music: Mapping[str, Any], count: int, begins: Fraction
) -> Callable[[], Iterator[Samples]]:
    skipped = round(begins * SAMPLE_RATE)
    return lambda: without_first(stream_music(music, skipped + count), skipped)


def _of_file(
    path: Path, sound: Sound, begins: Fraction, found: SoundFindings
) -> Callable[[], Iterator[Samples]]:
    if sound.loop_ms is not None and sound.loop_ms[1] > begins * 1000:
        return looped(path, begins, sound.loop_ms, found)
    return repeated(path, begins, found)


def _of_film(path: Path, clip: Clip, found: SoundFindings) -> Callable[[], Iterator[Samples]]:
    begins = Fraction(clip.source_start_ms or 0, 1000)
    speed = playing_speed(clip)
    return lambda: stretched(read_audio(path, start_s=begins, heard=found), speed)


def _is_film(path: Path) -> bool:
    with path.open("rb") as file:
        return sniff_kind(file.read(SNIFF_BYTES)) == "video"


def _volume(segment: Clip | Sound) -> float:
    return 1.0 if segment.volume is None else min(max(0.0, segment.volume), _LOUDEST)


def _samples(length_ms: int | None) -> int:
    return (length_ms or 0) * SAMPLE_RATE // 1000
