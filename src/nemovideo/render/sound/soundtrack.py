"""The sound of a timeline: music, the user's own audio and the films' sound, mixed as a stream.

Only what plays at a moment is open at that moment, so that memory does not grow with the length
of the video or the number of clips.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from nemovideo.render.clip.sound import SAMPLE_RATE, Samples
from nemovideo.render.sound._limiter import CHUNK, limited
from nemovideo.render.sound._voices import Voice, read_voices
from nemovideo.timeline.model import Timeline


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
        voices = read_voices(timeline, media)
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

    @property
    def notes(self) -> tuple[str, ...]:
        """What users should know, in sentences, when all blocks have been taken."""
        notes = (voice.note() for voice in self._voices)
        return tuple(dict.fromkeys(note for note in notes if note is not None))

    def _mixed(self) -> Iterator[Samples]:
        waiting = sorted(self._voices, key=lambda voice: voice.start)
        playing: list[tuple[Voice, _Feed]] = []
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
                self._rest = block
            part = self._rest[: count - filled]
            taken[filled : filled + len(part)] = part
            self._rest = self._rest[len(part) :]
            filled += len(part)
        return taken
