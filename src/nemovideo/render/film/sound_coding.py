"""How a film's sound is encoded, ahead of its use, and listened to as it will be heard.

AAC-LC in MP4 and QuickTime, Opus in WebM; stereo at 48 kHz.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.codec.context import Flags

from nemovideo.render.clip.sound import SAMPLE_RATE
from nemovideo.render.film._ahead import ReadAhead
from nemovideo.render.film.failures import translated_errors
from nemovideo.render.film.pieces.packets import Packet, Packets, packet_of
from nemovideo.render.sound import Samples, Soundtrack
from nemovideo.render.sound.loudness import Loudness, Meter, mastered

SOUND_BLOCK = 1024
"""Samples in an AAC frame."""
_AHEAD = 60 * SAMPLE_RATE // SOUND_BLOCK
"""Packets that wait at the most: a minute, some 1.5 MB. All pictures of a piece come at once."""
_AAC = {"aac_coder": "fast"}
"""FFmpeg's documentation calls it better at high rates than the default; its noise was 10 dB lower
below 2 kHz in music that the program composes, at 96 to 192 kb/s and half the time."""


class SoundEncoder:
    """Encodes one film's sound, for ``mp4``, ``mov`` or ``webm``."""

    def __init__(self, container: str, bits_per_second: int) -> None:
        is_opus = container == "webm"
        with translated_errors(Path()):
            context: Any = av.CodecContext.create("libopus" if is_opus else "aac", "w")
            configure_sound(context, bits_per_second, is_opus=is_opus)
            context.flags |= Flags.global_header
            context.open()
            self._decoder: Any = av.CodecContext.create("opus" if is_opus else "aac", "r")
            self._decoder.extradata = context.extradata
        self._context = context
        self._meter = Meter()

    def encode(self, blocks: Iterable[Samples]) -> Iterator[Packet]:
        """Yield the packets of a sound: float32 (n, 2), in blocks of `SOUND_BLOCK` but the last.

        Raises:
            RenderError: The encoder failed, or what it made can't be decoded.
        """
        position = 0
        for block in blocks:
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block.T), "fltp", "stereo")
            frame.sample_rate, frame.pts = SAMPLE_RATE, position
            frame.time_base = Fraction(1, SAMPLE_RATE)
            position += len(block)
            yield from self._encoded(frame)
        yield from self._encoded(None)
        self._listen(None)

    @property
    def loudness(self) -> Loudness | None:
        """How loud it is, decoded again; None when there is next to nothing to hear."""
        return self._meter.loudness

    def _encoded(self, frame: av.AudioFrame | None) -> list[Packet]:
        with translated_errors(Path()):
            packets = [packet_of(packet) for packet in self._context.encode(frame)]
        for packet in packets:
            self._listen(packet)
        return packets

    def _listen(self, packet: Packet | None) -> None:
        with translated_errors(Path()):
            coded = None if packet is None else av.Packet(packet.content)
            for frame in self._decoder.decode(coded):
                self._meter.hear(frame.to_ndarray().T)


class NewSound:
    """A film's sound, mixed and encoded in a thread from now on; as loud as films are."""

    def __init__(self, sound: Soundtrack, container: str, bits_per_second: int) -> None:
        self._sound = sound
        self._encoder = SoundEncoder(container, bits_per_second)
        self._packets = ReadAhead(self._made(), _AHEAD)
        self._next: Packet | None = None
        self._taken: list[Packet] = []

    def until(self, sample: float) -> Iterator[Packet]:
        """Yield what is heard before a sample and was not yielded yet."""
        while (packet := self._next or next(self._packets, None)) is not None:
            self._next = packet if packet.time >= sample else None
            if self._next is not None:
                return
            self._taken.append(packet)
            yield packet

    def whole(self) -> Packets:
        """Return all that was yielded, with what became known on the way."""
        return Packets(tuple(self._taken), notes=self._sound.notes, loudness=self._encoder.loudness)

    def close(self) -> None:
        """Stop the work."""
        self._packets.close()

    def _made(self) -> Iterator[Packet]:
        """Listen to all of it first, for how loud it is; encode it then."""
        yield from self._encoder.encode(mastered(self._sound).blocks(SOUND_BLOCK))


class KeptSound:
    """Sound that was encoded already."""

    def __init__(self, sound: Packets) -> None:
        self._sound = sound
        self._left = deque(sound.packets)

    def until(self, sample: float) -> Iterator[Packet]:
        """As of `NewSound`."""
        while self._left and self._left[0].time < sample:
            yield self._left.popleft()

    def whole(self) -> Packets:
        """Return all of it."""
        return self._sound

    def close(self) -> None:
        """Nothing is at work."""


def configure_sound(context: Any, bits_per_second: int, *, is_opus: bool) -> None:
    """Prepare an encoder's context."""
    context.sample_rate, context.layout = SAMPLE_RATE, "stereo"
    context.time_base = Fraction(1, SAMPLE_RATE)
    context.format = "flt" if is_opus else "fltp"
    context.bit_rate = bits_per_second
    context.options = {} if is_opus else dict(_AAC)
