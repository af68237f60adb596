"""What became of music, words and whatever else lies beside the clips."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from nemovideo.timeline._format import percent
from nemovideo.timeline._phrases import MOST_NAMES, Phrases, noun_of
from nemovideo.timeline.changes._clips import ClipChanges
from nemovideo.timeline.changes._pairs import AnySegment, Pairs, pair
from nemovideo.timeline.changes._properties import (
    CAPTION_PROPERTIES,
    SOUND_PROPERTIES,
    TIME,
    VOLUME,
    property_lines,
    subject,
)
from nemovideo.timeline.model import Segment, Sound, Timeline, TrackType

_MOST_TEXTS = 2
"""So many new texts are told one by one."""


class PieceChanges:
    """What lies beside the clips on two timelines, side by side.

    Args:
        old: Before.
        new: After.
        clips: The clips of both.
        say: The words.
    """

    def __init__(self, old: Timeline, new: Timeline, clips: ClipChanges, say: Phrases) -> None:
        self._old, self._new, self._clips, self._say = old, new, clips, say

    def caption_lines(self) -> Iterator[str]:
        """Tell what became of words over the picture."""
        captions = self._new.captions
        pairs = pair(self._old.captions, captions)
        yield from self._came_and_went(pairs)
        yield from self._text_lines(pairs.kept)
        yield from self._time_lines(pairs.kept, captions)
        for what in CAPTION_PROPERTIES:
            yield from property_lines(self._say, what, pairs.kept, captions)

    def sound_lines(self) -> Iterator[str]:
        """Tell what became of music and other sounds."""
        before, after = _merged(self._old.sounds), _merged(self._new.sounds)
        if before and not after:
            yield self._say.line("all_music_removed")
            return
        pairs = pair(before, after)
        yield from self._came_and_went(pairs)
        yield from self._name_lines(pairs.kept)
        yield from property_lines(self._say, VOLUME, pairs.kept, after)
        same = [(a, b) for a, b in pairs.kept if a.label == b.label]
        yield from self._time_lines(same, after)
        for what in SOUND_PROPERTIES:
            yield from property_lines(self._say, what, same, after)
        yield from self._music_lines(same)

    def _music_lines(self, same: Sequence[tuple[Sound, Sound]]) -> Iterator[str]:
        for old, new in same:
            was, now = old.source_start_ms or 0, new.source_start_ms or 0
            if was != now:
                words = {"new": self._say.seconds(now), "old": self._say.seconds(was)}
                yield self._say.line("song_start", **words)
                break
        ducking = [bool(b.ducks) for a, b in same if bool(a.ducks) != bool(b.ducks)]
        if ducking:
            yield self._say.line("ducking_on" if ducking[0] else "ducking_off")

    def other_lines(self) -> Iterator[str]:
        """Tell what became of pieces of an unknown kind."""
        after = _others(self._new)
        pairs = pair(_others(self._old), after)
        yield from self._came_and_went(pairs)
        yield from self._name_lines(pairs.kept)
        yield from property_lines(self._say, VOLUME, pairs.kept, after)
        yield from self._time_lines(pairs.kept, after)

    def _came_and_went(self, pairs: Pairs[AnySegment]) -> Iterator[str]:
        yield from self._counted("removed", pairs.removed)
        yield from self._counted("added", pairs.added)

    def _counted(self, key: str, pieces: Sequence[Segment]) -> Iterator[str]:
        groups: dict[str, list[Segment]] = {}
        for piece in pieces:
            groups.setdefault(noun_of([piece]), []).append(piece)
        for noun, group in groups.items():
            called = self._detailed if len(group) <= MOST_NAMES else self._say.name
            names = self._say.names([*map(called, group)])
            yield self._say.line(key, noun=self._say.counted(noun, len(group)), names=names)

    def _detailed(self, piece: Segment) -> str:
        details = self._say.span(piece.start_ms, piece.end_ms)
        if piece.volume is not None:
            details += self._say.part("comma") + percent(piece.volume)
        return self._say.name(piece) + self._say.part("details", details=details)

    def _text_lines(self, kept: Sequence[tuple[AnySegment, AnySegment]]) -> Iterator[str]:
        changed = [(a, b) for a, b in kept if a.label != b.label]
        if len(changed) <= _MOST_TEXTS:
            yield from self._name_lines(changed)
            return
        of, tail = subject(self._say, [b for _, b in changed], self._new.captions)
        yield self._say.line("text", of=of, tail=tail)

    def _name_lines(self, kept: Sequence[tuple[AnySegment, AnySegment]]) -> Iterator[str]:
        for old, new in kept:
            if old.label != new.label:
                noun = self._say.counted(noun_of([new]), 1)
                names = {"new": self._say.name(new), "old": self._say.name(old)}
                yield self._say.line("said_otherwise", noun=noun, **names)

    def _time_lines(
        self, kept: Sequence[tuple[AnySegment, AnySegment]], everything: Sequence[Segment]
    ) -> Iterator[str]:
        told = [(a, b) for a, b in kept if not self._goes_along(a, b)]
        yield from property_lines(self._say, TIME, told, everything)

    def _goes_along(self, old: Segment, new: Segment) -> bool:
        """Return whether a piece is elsewhere only because all else is: nobody asked for that."""
        was_s, now_s = self._old.duration_ms, self._new.duration_ms
        if new.end_ms == now_s < old.end_ms:
            return True  # It was cut off where the video ends now.
        is_same_length = old.duration_ms == new.duration_ms
        if (old.end_ms, new.end_ms) == (was_s, now_s):
            return is_same_length or old.start_ms == new.start_ms
        return any(
            old.start_ms - a.start_ms == new.start_ms - b.start_ms
            and (is_same_length or old.end_ms - a.end_ms == new.end_ms - b.end_ms)
            for a, b in self._clips.pairs.kept
            if a.start_ms <= old.start_ms < a.end_ms
        )


def _merged(sounds: Sequence[Sound]) -> list[Sound]:
    """Return sounds with the repeats of a song as one."""
    merged: list[Sound] = []
    for sound in sounds:
        last = merged[-1] if merged else None
        if last is not None and _goes_on(last, sound):
            end_ms = max(last.end_ms, sound.end_ms)
            merged[-1] = replace(
                last, duration_ms=end_ms - last.start_ms, fade_out_ms=sound.fade_out_ms
            )
        else:
            merged.append(sound)
    return merged


def _goes_on(first: Sound, second: Sound) -> bool:
    """Return whether a sound repeats the one before."""
    return (
        first.label == second.label
        and (first.media, first.music, first.volume) == (second.media, second.music, second.volume)
        and first.start_ms <= second.start_ms <= first.end_ms
    )


def _others(timeline: Timeline) -> list[Segment]:
    others = (track for track in timeline.tracks if track.type is TrackType.OTHER)
    return [segment for track in others for segment in track.segments]
