"""What is worth a word beside a segment's name: the rarest first, nothing that is as usual."""

from __future__ import annotations

from nemovideo.timeline._phrases import Phrases
from nemovideo.timeline.model import Caption, Clip, Segment, Sound, Timeline


def details_of(segment: Segment, say: Phrases) -> tuple[str, ...]:
    """Return what is unusual about a segment, in words, the most telling first."""
    if isinstance(segment, Clip):
        return tuple(filter(None, _of_clip(segment, say)))
    if isinstance(segment, Sound):
        return tuple(filter(None, _of_sound(segment, say)))
    return tuple(filter(None, _of_caption(segment, say))) if isinstance(segment, Caption) else ()


def fades_of(timeline: Timeline, say: Phrases) -> tuple[str, ...]:
    """Return how the whole picture fades, in words."""
    fades = {"fade_in": timeline.fade_in, "fade_out": timeline.fade_out}
    return tuple(
        f"{say.property(key).lower()} {say.fade(fade, key)}" for key, fade in fades.items() if fade
    )


def _of_clip(clip: Clip, say: Phrases) -> tuple[str | None, ...]:
    return (
        f"{clip.speed:g}x" if clip.speed not in (None, 1) else None,
        say.look(clip.looks) if clip.looks else None,
        f"{clip.rotation}°" if clip.rotation else None,
        say.word(clip.flip) if clip.flip else None,
        say.word(clip.motion.name) if clip.motion and clip.motion.name != "still" else None,
    )


def _of_sound(sound: Sound, say: Phrases) -> tuple[str | None, ...]:
    lengths = {"fade_in": sound.fade_in_ms, "fade_out": sound.fade_out_ms}
    return tuple(
        f"{say.property(key).lower()} {say.seconds(length)}" if length else None
        for key, length in lengths.items()
    )


def _of_caption(caption: Caption, say: Phrases) -> tuple[str | None, ...]:
    return (
        say.word(caption.position) if caption.position not in (None, "center") else None,
        say.word(caption.size) if caption.size not in (None, "medium") else None,
    )
