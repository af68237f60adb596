"""What a clip or a sound holds, found by decoding the beginning of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from nemovideo.errors import UnsupportedFileError
from nemovideo.render.clip._geometry import orientation_of, square_size
from nemovideo.render.clip._streams import (
    audio_stream,
    frames_of,
    opened,
    packets_of,
    time_of,
    video_stream,
    zero_of,
)
from nemovideo.render.clip.sound import listen

_LEAST_LACK_S = Fraction(3, 10)
"""What a clip lacks at its end before that is told; headers are not exact."""


@dataclass(frozen=True)
class StreamInfo:
    """What `probe_streams` found."""

    size: tuple[int, int] | None
    """Upright width and height with square pixels; None without pictures."""
    duration_s: float
    fps: float | None
    has_audio: bool
    notes: tuple[str, ...] = ()
    """What its owner should know, in sentences that name it."""


def probe_streams(path: Path, name: str, *, has_pictures: bool = True) -> StreamInfo:
    """Decode the beginning of a clip or sound and measure its length.

    The length is that of the data, not the one that the header claims: a download that broke off is
    as long as what is there. Without pictures, where those are a record's cover, the sound is seen
    alone.

    Raises:
        UnsupportedFileError: Its pictures, or without any its sound, can't be decoded.
    """
    with opened(path, name) as container:
        video = video_stream(container) if has_pictures else None
        picture = next(frames_of(container, video), None) if video else None
        size = _upright_size(picture, video) if picture else None
        rate = video.average_rate if video else None
    if video is not None and picture is None:
        raise UnsupportedFileError(f"{name} is broken: not one picture in it can be decoded")
    with opened(path, name) as container:
        audio = audio_stream(container)
        sound = next(frames_of(container, audio), None) if audio else None
        is_told = bool(container.streams.audio)
    if picture is None and sound is None:
        raise UnsupportedFileError(_soundless(name, is_told))
    with opened(path, name) as container:
        stream = video_stream(container) if picture else audio_stream(container)
        duration = _measured_duration(container, stream)
        claimed = _claimed_duration(container, stream)
    heard = listen(path).note(name) if sound is not None else None
    notes = tuple(note for note in (_broken_off(name, duration, claimed), heard) if note)
    return StreamInfo(
        size, float(duration), float(rate) if rate else None, sound is not None, notes
    )


def _upright_size(frame: Any, stream: Any) -> tuple[int, int]:
    stored = square_size(frame, stream.sample_aspect_ratio)
    return orientation_of(frame).upright_size(stored)


def _soundless(name: str, is_told: bool) -> str:
    if is_told:
        return f"{name} is broken: the sound in it can't be decoded"
    return f"{name} holds neither pictures nor sound"


def _claimed_duration(container: Any, stream: Any) -> Fraction | None:
    """Return what the header has of a stream; None where it has nothing, or only a guess of it."""
    if stream.duration is None or container.duration is None or container.format.name == "mp3":
        return None
    own = Fraction(stream.duration * stream.time_base)
    return min(own, Fraction(container.duration, 1_000_000))


def _broken_off(name: str, found: Fraction, claimed: Fraction | None) -> str | None:
    if claimed is None or claimed - found < max(_LEAST_LACK_S, claimed / 20):
        return None
    return f"{name} breaks off before its end; its first {float(found):.1f} s are used"


def _measured_duration(container: Any, stream: Any) -> Fraction:
    end = Fraction(0)
    zero = zero_of(container)
    rate = getattr(stream, "average_rate", None)
    usual = 1 / Fraction(rate) if rate else Fraction(0)
    for packet in packets_of(container, stream):
        time = time_of(packet)
        if time is not None and not packet.is_discard:
            length = packet.duration * stream.time_base if packet.duration else usual
            end = max(end, time * stream.time_base + length - zero)
    return end
