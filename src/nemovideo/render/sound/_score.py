"""The notes of composed music, bar by bar. Pure; `music` turns them into sound.

All pitches come from the scale of the piece. A piece has an introduction, sections of eight bars
with chords, rhythms and figures of their own, which change each time they come back, quieter
places, and a last bar that leads to the closing chord.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from nemovideo.render.sound._styles import ARRANGEMENTS, CHORD_HITS, Rhythm
from nemovideo.timeline.music import MusicPlan

_T = TypeVar("_T")

_FORM = "ABACBDACDB"
"""The sections, some three minutes of them, by the parts that they play."""
_BREAK = "C"
"""The part that begins without bass and drums."""
_CLOSING_BEATS = 10
"""Held beyond the end of the piece, whose fade ends the closing chord."""

_SCALES = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10)}
_DISSONANT = {"major": (3, 6), "minor": (1, 5)}
"""Degrees that melodies only pass over: without them a scale has five tones and no harsh steps."""


@dataclass(frozen=True)
class Note:
    """One sound: of an instrument, or of the drums when it has no pitch of its own."""

    voice: str
    beat: float
    """From the start of its bar."""
    pitch: int
    """MIDI number; of drums the pitch that they are tuned to."""
    beats: float
    """How long it is held."""
    velocity: float
    """0–1."""
    pan: float = 0.0
    """-1 left, 1 right."""


@dataclass(frozen=True)
class Bar:
    """The notes that begin in one bar."""

    beats: int
    """0 for the closing chord, which lasts until the end."""
    notes: tuple[Note, ...]


def write_score(plan: MusicPlan, beats: int) -> Iterator[Bar]:
    """Write a piece: as many bars as there are beats for, then the closing chord.

    So many beats come before the closing chord; the last bar ends with it, on a stressed one.
    """
    writer = _Writer(plan)
    in_bar = plan.metre.beats
    count = -(-beats // in_bar)
    for number in range(count):
        yield writer.bar(number, count, min(in_bar, beats - number * in_bar))
    yield writer.closing_chord()


@dataclass(frozen=True)
class _Part:
    """What the sections of one letter have in common."""

    chords: Sequence[int]
    """A degree for each bar of a phrase."""
    figure: Sequence[int]
    bass: Rhythm
    hits: Rhythm
    motif: tuple[Rhythm, Rhythm]

    def turned(self, times: int) -> _Part:
        """Return it as it is when it comes again: the figure begins elsewhere."""
        count = max(1, len(self.figure))
        start = (3 if count % 3 else 2) * times % count
        motif = self.motif if times % 2 == 0 else (self.motif[1], self.motif[0])
        return replace(self, figure=(*self.figure[start:], *self.figure[:start]), motif=motif)


class _Writer:
    """Remembers what makes a piece one piece: its parts and the steps of its melody."""

    def __init__(self, plan: MusicPlan) -> None:
        self._plan = plan
        self._random = random.Random(f"{plan.style}:{plan.seed}:score")  # noqa: S311 - music
        style = self._style = ARRANGEMENTS[plan.style]
        chords = self._shuffled(style.progressions[plan.mode])
        figures = self._shuffled(style.figures or ((),))
        basses, hits = self._shuffled(style.bass), self._shuffled(CHORD_HITS)
        rhythms = self._shuffled(style.melody)
        self._parts = {
            letter: _Part(
                _nth(chords, number),
                _nth(figures, number),
                _nth(basses, number),
                _nth(hits, number),
                (_nth(rhythms, number), _nth(rhythms, number // 2 + 1)),
            )
            for number, letter in enumerate(sorted(set(_FORM)))
        }
        self._steps = [self._choose((-2, -1, -1, 1, 1, 2)) for _ in range(32)]

    def bar(self, number: int, count: int, beats: int) -> Bar:
        intro = 0 if count < 6 else 2 if count < 14 else 4
        section, phrase = divmod((number - intro) // 4, 2) if number >= intro else (0, 0)
        part = self._part(section)
        chord = self._chord(number, count, part)
        is_break = _FORM[section % len(_FORM)] == _BREAK and phrase == 0 and count - number > 4
        is_quiet = number < intro or is_break
        notes = [
            *self._pad(chord, beats),
            *self._accompaniment(chord, part, is_quiet=number < intro),
        ]
        if not is_quiet:
            notes += [*self._bass_line(chord, part.bass), *self._drums(number)]
        if number >= intro and (phrase == 1 or count - intro <= 8):
            notes += self._melody(number - intro, chord, part.motif)
        return Bar(beats, tuple(note for note in notes if note.beat < beats))

    def _part(self, section: int) -> _Part:
        """Return what is played in a section of eight bars."""
        letter = _FORM[section % len(_FORM)]
        before = [_FORM[n % len(_FORM)] for n in range(section)].count(letter)
        return self._parts[letter].turned(before)

    def closing_chord(self) -> Bar:
        style, tones = self._style, self._tones(0)
        roll = sorted({*tones, self._pitch(0, 3), self._pitch(0, 5)})
        notes = [
            Note(
                style.accompanist,
                0.12 * place,
                pitch,
                _CLOSING_BEATS,
                0.6 - 0.04 * place,
                0.5 * (place % 3 - 1),
            )
            for place, pitch in enumerate(roll)
        ]
        notes += [Note("pad", 0, pitch, _CLOSING_BEATS, 0.55) for pitch in tones]
        notes.append(Note(style.bass_voice, 0, self._low(0), _CLOSING_BEATS, 0.75))
        if style.last_stroke == "kick":
            notes.append(Note("kick", 0, self._low(0) - 12, 1, 0.6))
        elif style.last_stroke is not None:
            notes.append(Note(style.last_stroke, 0, self._low(0), 2, 0.9))
        return Bar(0, tuple(notes))

    def _chord(self, number: int, count: int, part: _Part) -> int:
        if number == count - 1 and count > 1:  # what leads home
            return 4 if self._plan.mode == "major" else 6
        if number == count - 2 and count > 3:
            return 3
        return part.chords[number % 4]

    def _pad(self, chord: int, beats: int) -> Iterator[Note]:
        for pitch in self._tones(chord):
            yield Note("pad", 0, pitch, beats, self._style.pad)

    def _accompaniment(self, chord: int, part: _Part, *, is_quiet: bool) -> Iterator[Note]:
        style = self._style
        if not style.figures:
            yield from self._chord_hits(chord, part.hits)
            return
        tones = self._figure_tones(chord)
        for number, place in enumerate(part.figure):
            beat = number * style.step
            accent = 0.12 if beat in self._plan.metre.strong else 0.0
            velocity = 0.5 + accent + 0.1 * self._random.random() - (0.1 if is_quiet else 0)
            pan = 0.55 * (place % 3 - 1)
            beat += 0.04 * style.step * self._random.random() * (number > 0)
            pitch = tones[place % len(tones)]
            yield Note(style.accompanist, beat, pitch, style.held, velocity, pan)
            if style.echoes and number % 8 in (0, 3, 6):  # on the other side
                late = beat + 1.5 * style.step
                yield Note(style.accompanist, late, pitch, style.held, velocity * 0.3, -pan)

    def _chord_hits(self, chord: int, hits: Rhythm) -> Iterator[Note]:
        for number, (beat, beats) in enumerate(hits):
            for place, pitch in enumerate(self._tones(chord)):
                late = 0.02 * place + 0.03 * self._random.random()
                velocity = 0.5 - 0.08 * number + 0.06 * self._random.random()
                yield Note(
                    self._style.accompanist,
                    beat + late,
                    pitch,
                    beats,
                    velocity,
                    0.3 * (place - 1.5),
                )

    def _bass_line(self, chord: int, bass: Rhythm) -> Iterator[Note]:
        root, fifth = self._low(chord), self._low(chord + 4)
        for place, (beat, beats) in enumerate(bass):
            pitch = fifth if place == 1 and len(bass) > 2 else root
            yield Note(self._style.bass_voice, beat, pitch, beats, 0.75 - 0.08 * (place > 0))

    def _drums(self, number: int) -> Iterator[Note]:
        tuned = self._low(0)
        for voice, beat, velocity, pan in self._style.drums:
            human = 0.9 + 0.2 * self._random.random()
            yield Note(voice, beat, tuned, 1, velocity * human, pan)
        if number % 4 == 3 and self._style.fill is not None:
            begin = self._plan.metre.beats - 0.75
            for place in range(3):
                beat, velocity = begin + 0.25 * place, 0.35 + 0.12 * place
                yield Note(self._style.fill, beat, tuned, 1, velocity, 0.2)

    def _melody(self, number: int, chord: int, motif: tuple[Rhythm, Rhythm]) -> Iterator[Note]:
        """Play the motif's bar at the chord; the fourth bar of a phrase rests on a long tone."""
        voice = self._style.singer
        degree = self._near_chord(7 + self._steps[number // 4 % 32], chord)
        held = ((0.0, 0.75 * self._plan.metre.beats),)
        rhythm = held if number % 4 == 3 else motif[number % 2]
        for place, (beat, beats) in enumerate(rhythm):
            if place:
                degree = self._stepped(
                    degree, self._steps[(place + 5 * (number % 2) + number // 8) % 32]
                )
            velocity = 0.55 + 0.12 * self._random.random() + (0.08 if beat == 0 else 0)
            yield Note(voice, self._swung(beat), self._pitch(degree, 4), beats, velocity, 0.15)

    def _swung(self, beat: float) -> float:
        return beat + self._style.swing if beat % 1 == 0.5 else beat

    def _near_chord(self, degree: int, chord: int) -> int:
        tones = [chord % 7, (chord + 2) % 7, (chord + 4) % 7]
        return min(range(3, 13), key=lambda d: (d % 7 not in tones, abs(d - degree)))

    def _stepped(self, degree: int, step: int) -> int:
        direction = 1 if step > 0 else -1
        if not 2 <= degree + step <= 13:
            step, direction = -step, -direction
        degree += step
        while degree % 7 in _DISSONANT[self._plan.mode]:
            degree += direction
        return degree

    def _tones(self, chord: int) -> list[int]:
        """Return the chord close together around the middle of the keyboard."""
        return sorted({self._around(chord + third, 62) for third in self._style.chord})

    def _figure_tones(self, chord: int) -> list[int]:
        if self._style.reach == "wide":
            low = self._low(chord) + 12
            upper = [self._around(chord + third, low + 14) for third in (2, 4, 7, 8)]
            return [low, *sorted(upper)]
        middle = self._style.middle
        return sorted(
            {self._around(chord + third, middle) for third in (0, 2, 4)}
            | {self._around(chord, middle + 12)}
        )

    def _around(self, degree: int, middle: int) -> int:
        """Return the pitch of a degree that is nearest to a middle."""
        pitch = self._pitch(degree, 4)
        return pitch + 12 * round((middle - pitch) / 12)

    def _low(self, chord: int) -> int:
        """Return the root of a chord in the bass, E1 to D#2."""
        return 28 + (self._pitch(chord, 1) - 28) % 12

    def _pitch(self, degree: int, octave: int) -> int:
        scale = _SCALES[self._plan.mode]
        tonic = self._plan.tonic - (12 if self._plan.tonic > 6 else 0)
        return 12 * (octave + 1 + degree // 7) + tonic + scale[degree % 7]

    def _shuffled(self, options: Sequence[_T]) -> Sequence[_T]:
        left, found = list(options), []
        while left:
            found.append(left.pop(int(self._random.random() * len(left))))
        return found

    def _choose(self, options: Sequence[_T]) -> _T:
        return options[int(self._random.random() * len(options))]


def _nth(options: Sequence[_T], number: int) -> _T:
    return options[number % len(options)]
