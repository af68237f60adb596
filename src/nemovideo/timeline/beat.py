"""Where the beats and bars of a song are, and where it can end or be repeated. Pure."""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

PHRASE_BARS = 4
_UNSURE_BEATS = 12
"""Whole bars, whether they have three beats or four."""
_LEAST_FADE_MS, _MOST_FADE_MS = 1500, 6000


class Beat(NamedTuple):
    """The even grid of a song that keeps time; in ms from the beginning of its file."""

    first_ms: float
    """The first bar line; the first beat where bars can't be told."""
    step_ms: float
    """From one beat to the next."""
    bar: int = 0
    """Beats in a bar; 0 where that can't be told."""
    begin_ms: float = 0
    end_ms: float = 0
    """From where to where it is as loud as usual, after its beginning and before it dies away."""

    @property
    def bar_ms(self) -> float:
        """From one bar line to the next."""
        return (self.bar or _UNSURE_BEATS) * self.step_ms

    @property
    def phrase_ms(self) -> float:
        """From one phrase to the next."""
        return self.bar_ms * (PHRASE_BARS if self.bar else 1)

    @property
    def _body_ms(self) -> float:
        """The first bar line where it is as loud as usual; phrases are counted from it."""
        line_ms = (self.bar or 1) * self.step_ms
        lines = ceil((self.begin_ms - self.first_ms) / line_ms - 0.01)
        return self.first_ms + max(lines, 0) * line_ms

    def loop(self) -> tuple[int, int] | None:
        """Return from where to where it can be repeated: whole phrases, or bars if it is short."""
        room_ms = self.end_ms - self._body_ms + 0.01 * self.bar_ms
        length_ms = self.phrase_ms if room_ms >= self.phrase_ms else self.bar_ms
        count = int(room_ms / length_ms)
        begin = round(self._body_ms)
        return (begin, begin + round(count * length_ms)) if count > 0 else None

    def ending_ms(self, at_ms: float, most_ms: int) -> int | None:
        """Return how long before a time a phrase begins, else a bar, with which music can fade.

        Args:
            at_ms: Where the music ends.
            most_ms: How long a fade may be.

        Returns:
            None where no line is near enough.
        """
        since_ms = at_ms - self._body_ms
        for length_ms in (self.phrase_ms, self.bar_ms):
            fade_ms = since_ms % length_ms
            while fade_ms < _LEAST_FADE_MS:
                fade_ms += length_ms
            if fade_ms <= min(most_ms, _MOST_FADE_MS):
                return round(fade_ms)
        return None
