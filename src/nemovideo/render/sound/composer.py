"""Background music that the program composes: the same values give the same sound, by the sample.

A piece is rendered bar by bar, so that its length costs time but no memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from nemovideo.render.clip.sound import SAMPLE_RATE
from nemovideo.render.sound._instruments import LONGEST_S, Stereo, noise, play
from nemovideo.render.sound._score import Bar, Note, write_score
from nemovideo.render.sound._styles import ARRANGEMENTS
from nemovideo.timeline.music import MusicPlan, read_plan

# Level in the mix, share that goes into the room.
_MIX = {
    "pad": (0.09, 0.35),
    "strings": (0.2, 0.35),
    "horn": (0.16, 0.45),
    "pluck": (0.2, 0.3),
    "piano": (0.26, 0.4),
    "bell": (0.15, 0.5),
    "keys": (0.15, 0.3),
    "guitar": (0.24, 0.25),
    "arp": (0.13, 0.35),
    "square": (0.13, 0.4),
    "bass": (0.28, 0.0),
    "saw": (0.2, 0.03),
    "kick": (0.5, 0.05),
    "drum": (0.17, 0.4),
    "snap": (0.12, 0.35),
    "snare": (0.2, 0.25),
    "brush": (0.1, 0.2),
    "shaker": (0.06, 0.15),
    "hat": (0.05, 0.1),
}

_RING = int(LONGEST_S * SAMPLE_RATE)
_END_FADE = SAMPLE_RATE * 3 // 2


def compose(music: Mapping[str, Any], sample_count: int) -> npt.NDArray[np.float32]:
    """Return a whole piece as float32 (sample_count, 2) at 48 kHz.

    Music is ``style``, ``key``, ``mode``, ``tempo`` and ``seed``, as a draft has them; the closing
    chord falls a few seconds before the end.
    """
    blocks = list(stream_music(music, sample_count))
    return np.concatenate(blocks) if blocks else np.zeros((0, 2), np.float32)


def stream_music(music: Mapping[str, Any], sample_count: int) -> Iterator[Stereo]:
    """Yield what `compose` returns, bar by bar."""
    plan = read_plan(music)
    beat = 60 * SAMPLE_RATE / plan.tempo
    closing = ARRANGEMENTS[plan.style].closing_s * SAMPLE_RATE
    part = plan.metre.part
    beats = max(0, int((sample_count - closing) / beat / part) * part)
    position, first_beat = 0, 0
    carry: Stereo = np.zeros((0, 2), np.float32)
    for bar in write_score(plan, beats):
        first_beat += bar.beats
        end = round(first_beat * beat) if bar.beats else sample_count
        carry = _added(_render(bar, beat, end - position), carry)
        fade = min(_END_FADE, sample_count // 2)
        yield _finished(carry[: end - position], plan, sample_count - position, fade)
        carry = carry[end - position :]
        position = end


def _finished(sound: Stereo, plan: MusicPlan, left: int, fade: int) -> Stereo:
    """Bring a block to its loudness; the last `fade` samples of the piece die away."""
    loud = np.tanh(sound * ARRANGEMENTS[plan.style].loudness)
    ending = np.clip((left - np.arange(len(sound))) / max(1, fade), 0, 1)
    finished: Stereo = (loud * np.sin(ending * np.pi / 2)[:, None] ** 2).astype(np.float32)
    return finished


def _render(bar: Bar, beat: float, count: int) -> Stereo:
    """Return the notes of a bar with all their ringing, in their room."""
    dry = np.zeros((count + _RING, 2), np.float32)
    send = np.zeros(len(dry), np.float32)
    for note in bar.notes:
        _place(note, beat, dry, send)
    return _added(_in_room(send), dry)


def _place(note: Note, beat: float, dry: Stereo, send: npt.NDArray[np.float32]) -> None:
    level, share = _MIX[note.voice]
    start = round(note.beat * beat)
    sound = play(note.voice, note.pitch, round(note.beats * beat))[: max(0, len(dry) - start)]
    gain = level * note.velocity
    angle = (note.pan + 1) * np.pi / 4
    sides = np.array([np.cos(angle), np.sin(angle)], np.float32) * np.float32(gain * np.sqrt(2))
    dry[start : start + len(sound)] += sound * sides
    if share:
        send[start : start + len(sound)] += sound.mean(axis=1) * np.float32(gain * share)


def _in_room(send: npt.NDArray[np.float32]) -> Stereo:
    size = 1 << (len(send) + len(_room()[0]) - 1).bit_length()
    spectrum = np.fft.rfft(send, size)
    sides = [np.fft.irfft(spectrum * side, size) for side in _room_spectra(size)]
    return np.stack(sides, axis=1)[: len(send) + len(_room()[0])].astype(np.float32)


@lru_cache(maxsize=1)
def _room() -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return the echo of a medium hall for both ears: noise that dies away, highs first."""
    count = int(1.7 * SAMPLE_RATE)
    time = np.arange(count) / SAMPLE_RATE
    sides = []
    for seed in (101, 202):
        spectrum = np.fft.rfft(noise(count, seed))
        frequencies = np.fft.rfftfreq(count, 1 / SAMPLE_RATE)
        bright = np.fft.irfft(spectrum / (1 + (frequencies / 5200) ** 2), count)
        dark = np.fft.irfft(spectrum / (1 + (frequencies / 1600) ** 2), count)
        echo = bright * np.exp(-time / 0.12) + dark * np.exp(-time / 0.38)
        echo *= np.minimum(1, time / 0.012) * np.minimum(1, (count - np.arange(count)) / 4800)
        echo -= echo.mean()
        sides.append((1.4 * echo / np.sqrt((echo**2).sum())).astype(np.float32))
    return sides[0], sides[1]


@lru_cache(maxsize=4)
def _room_spectra(size: int) -> tuple[npt.NDArray[Any], ...]:
    return tuple(np.fft.rfft(side, size) for side in _room())


def _added(one: Stereo, other: Stereo) -> Stereo:
    """Return the sum of two sounds that begin together."""
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    longer[: len(shorter)] += shorter
    return longer
