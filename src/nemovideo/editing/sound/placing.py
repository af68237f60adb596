"""Where music stands on a timeline: from its beginning to its end, repeated where it is short.

A song whose bars are known is repeated from bar line to bar line, and its last fade begins with a
phrase.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nemovideo.editing.model import Media
from nemovideo.timeline.beat import Beat
from nemovideo.timeline.model import Sound, Timeline

FADE_IN_MS, FADE_OUT_MS = 1000, 2000
"""Of music, unless its bars say otherwise."""
_MOST_SOUNDS = 500


def with_sounds_to_end(timeline: Timeline, sounds: Sequence[Sound], media: Media) -> Timeline:
    """Return the timeline with sounds one after the other, again from the first until the end.

    Fades stay at both ends; what is composed, or repeated by the renderer, is one piece.
    """
    entries: dict[object, Sound] = {}
    for sound in sounds:
        key = (sound.media, sound.name, str(sound.music), sound.volume)
        entries.setdefault(key, replace(sound, fade_in_ms=None, fade_out_ms=None, loop_ms=None))
    if not entries or not timeline.duration_ms:
        return timeline.with_sounds(())
    total_ms, queue = timeline.duration_ms, list(entries.values())
    lengths = [_own_length(sound, media) for sound in queue]
    placed: list[Sound] = []
    start = 0
    while start < total_ms:
        place = len(placed) % len(queue)
        length = lengths[place]
        ends_all = len(queue) == 1 or not length or len(placed) >= _MOST_SOUNDS
        left = total_ms - start
        duration = left if ends_all else min(length or left, left)
        one = replace(queue[place], id=f"m{len(placed) + 1}", start_ms=start, duration_ms=duration)
        placed.append(replace(one, loop_ms=_loop(one, media)))
        start += duration
    fade_in = next((s.fade_in_ms for s in sounds if s.fade_in_ms is not None), FADE_IN_MS)
    placed[0] = replace(placed[0], fade_in_ms=min(fade_in, placed[0].duration_ms // 3))
    last = placed[-1]
    fade_out = _wished_fade_out(timeline, sounds, media)
    if fade_out is None:
        fade_out = _usual_fade_out(last, media)
    placed[-1] = replace(last, fade_out_ms=min(fade_out, last.duration_ms // 3))
    return timeline.with_sounds(placed)


def beat_of(sound: Sound, media: Media) -> Beat | None:
    """Return where the beats of a file of sound are; None where that can't be told."""
    return next((item.beat for item in media if item.id == sound.media), None)


def _loop(sound: Sound, media: Media) -> tuple[int, int] | None:
    """Return from where to where a song is repeated that is over too soon."""
    beat, length = beat_of(sound, media), _own_length(sound, media)
    if beat is None or length is None or length >= sound.duration_ms:
        return None
    loop = beat.loop()
    return loop if loop is not None and loop[1] > (sound.source_start_ms or 0) else None


def _wished_fade_out(timeline: Timeline, sounds: Sequence[Sound], media: Media) -> int | None:
    """Return how long the music shall fade at its end; None when nobody chose that."""
    fade_out = next((s.fade_out_ms for s in reversed(sounds) if s.fade_out_ms is not None), None)
    before = timeline.sounds
    is_usual = bool(before) and fade_out == _usual_fade_out(before[-1], media)
    return None if is_usual else fade_out


def _usual_fade_out(sound: Sound, media: Media) -> int:
    """Return how long music fades at its end: from the last phrase or bar, where these are known.

    A song that is repeated elsewhere than at its bar lines has lost them by then.
    """
    most = sound.duration_ms // 3
    beat, length = beat_of(sound, media), _own_length(sound, media)
    is_in_step = sound.loop_ms is not None or (length or 0) >= sound.duration_ms
    if beat is not None and beat.bar and is_in_step:
        ending = beat.ending_ms((sound.source_start_ms or 0) + sound.duration_ms, most)
        if ending is not None:
            return ending
    return min(FADE_OUT_MS, most)


def _own_length(sound: Sound, media: Media) -> int | None:
    """Return how long a file of sound plays from where it starts; None when nobody knows."""
    item = next((item for item in media if item.id == sound.media), None)
    if item is None or not item.duration_ms:
        return None
    return max(item.duration_ms - (sound.source_start_ms or 0), 1)
