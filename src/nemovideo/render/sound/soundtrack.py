"""The sound of a timeline: music, the user's own audio and the films' sound, mixed as a stream.

Only what plays at a moment is open at that moment, so that memory does not grow with the length
of the video or the number of clips.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from nemovideo.render.clip.sound import SAMPLE_RATE, Samples
from nemovideo.render.sound._feed import Feed
from nemovideo.render.sound._limiter import CHUNK, limited
from nemovideo.render.sound._voices import Voice, read_voices
from nemovideo.timeline.model import Timeline
from nemovideo.timeline.music import UNDER_FILMS_VOLUME


@dataclass(frozen=True)
class Soundtrack:
    """The mixed sound of a timeline."""

    voices: tuple[Voice, ...]
    """What is heard."""
    sample_count: int
    gain: float = 1.0
    """By which all of it is louder."""

    @classmethod
    def of(cls, timeline: Timeline, media: Mapping[str, Path], duration_s: Fraction) -> Soundtrack:
        """Return the sound of a timeline.

        Raises:
            RenderError: It names a file that is not there.
        """
        count = max(0, round(duration_s * SAMPLE_RATE))
        voices = tuple(
            replace(voice, end=min(voice.end, count))
            for voice in read_voices(timeline, media)
            if voice.start < min(voice.end, count) and voice.volume > 0
        )
        return cls(voices, count)

    def as_usual(self) -> Soundtrack:
        """Return it with everything as loud as it is unless somebody says otherwise."""
        has_film = any(voice.is_of_film for voice in self.voices)
        return replace(
            self,
            voices=tuple(
                replace(voice, volume=UNDER_FILMS_VOLUME)
                if has_film and not voice.is_of_film
                else replace(voice, volume=voice.usual_volume)
                for voice in self.voices
            ),
        )

    def blocks(self, samples_per_block: int) -> Iterator[Samples]:
        """Yield the sound in blocks of a size, the last may be shorter; no sample is clipped.

        All blocks together have `sample_count` samples.

        Raises:
            UnsupportedFileError: A file can't be decoded.
        """
        rest = np.zeros((0, 2), np.float32)
        for chunk in limited(self.mixed()):
            rest = np.concatenate([rest, chunk]) if len(rest) else chunk
            while len(rest) >= samples_per_block:
                yield rest[:samples_per_block]
                rest = rest[samples_per_block:]
        if len(rest):
            yield rest

    @property
    def notes(self) -> tuple[str, ...]:
        """What users should know, in sentences, when all blocks have been taken."""
        notes = (voice.note() for voice in self.voices)
        return tuple(dict.fromkeys(note for note in notes if note is not None))

    def mixed(self) -> Iterator[Samples]:
        """Yield the sound before it is limited, in chunks of `CHUNK` samples."""
        waiting = sorted(self.voices, key=lambda voice: voice.start)
        playing: list[tuple[Voice, Feed]] = []
        for position in range(0, self.sample_count, CHUNK):
            count = min(CHUNK, self.sample_count - position)
            while waiting and waiting[0].start < position + count:
                voice = waiting.pop(0)
                playing.append((voice, Feed(voice.open())))
            mix = np.zeros((count, 2), np.float32)
            for voice, feed in playing:
                first = max(voice.start, position)
                last = min(voice.end, position + count)
                sound = feed.take(last - first)
                sound = sound * voice.gains(first, last - first)[:, None]
                mix[first - position : last - position] += sound
            playing = [(voice, feed) for voice, feed in playing if voice.end > position + count]
            mix *= np.float32(self.gain)
            yield mix
