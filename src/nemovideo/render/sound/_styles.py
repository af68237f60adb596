"""How each style of composed music is played: its chords, rhythms and instruments. Data only.

Beats are counted from the start of a bar, which has as many as the style's metre
(`nemovideo.timeline.music`); chords and tones are degrees of the scale, 0 the tonic.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from nemovideo.timeline.names import MusicStyle

Rhythm = tuple[tuple[float, float], ...]
"""Where each tone begins and how long it is held."""
Stroke = tuple[str, float, float, float]
"""A drum, its beat, velocity and pan."""


@dataclass(frozen=True, kw_only=True)
class Arrangement:
    """One style."""

    progressions: Mapping[str, tuple[tuple[int, int, int, int], ...]]
    """By mode; a chord for each bar of a phrase."""
    melody: tuple[Rhythm, ...]
    bass: tuple[Rhythm, ...]
    drums: tuple[Stroke, ...] = ()
    singer: str
    """The instrument of the melody."""
    accompanist: str
    figures: tuple[tuple[int, ...], ...] = ()
    """Which tone of the chord is played at each step of a bar; without any the chord is struck."""
    step: float = 0.5
    """Beats between the tones of a figure."""
    held: float = 1.0
    """How long each of them is held, in beats."""
    reach: Literal["close", "wide"] = "close"
    """Whether a figure's tones lie together, or over a low root."""
    middle: int = 57
    """The pitch around which they lie when close."""
    echoes: bool = False
    """Whether some of them come back on the other side."""
    chord: tuple[int, ...] = (0, 2, 4)
    pad: float
    """How loud the long chords are, 0 to 1."""
    bass_voice: str = "bass"
    fill: str | None = None
    """The drum that leads from one phrase to the next."""
    last_stroke: str | None = None
    """The drum that ends the piece."""
    swing: float = 0.0
    """How late the offbeats come, in beats."""
    closing_s: float
    """At least so long does the closing chord ring."""
    loudness: float
    """The factor that brings pieces to about -17 LUFS."""


CHORD_HITS: tuple[Rhythm, ...] = (
    ((0, 1.4), (1.5, 2.2)),
    ((0, 2.4), (2.5, 1.3)),
    ((0.5, 1.8), (2.5, 1.4)),
)
"""Where chords are struck in a style without figures."""

ARRANGEMENTS: Mapping[MusicStyle, Arrangement] = {
    "lo-fi": Arrangement(
        progressions={
            "major": ((1, 4, 0, 5), (3, 2, 1, 0), (0, 5, 1, 4), (3, 4, 2, 5)),
            "minor": ((0, 3, 6, 2), (5, 6, 0, 0), (0, 5, 3, 4), (3, 6, 2, 5)),
        },
        melody=(
            ((0.5, 0.5), (1, 1), (2.5, 1)),
            ((0, 0.5), (1.5, 1.5)),
            ((1, 0.5), (1.5, 0.5), (2, 2)),
        ),
        bass=(
            ((0, 1.2), (2.5, 1.2)),
            ((0, 1.8), (2.5, 0.5), (3, 0.8)),
            ((0, 1.2), (1.5, 0.5), (2.5, 1)),
        ),
        drums=(
            ("kick", 0, 0.75, 0),
            ("kick", 2.62, 0.55, 0),
            ("snare", 1, 0.5, 0.05),
            ("snare", 3, 0.5, 0.05),
            *(
                ("hat", place + 0.12 * (place % 1 > 0), 0.3, 0.3)
                for place in (0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5)
            ),
        ),
        singer="bell",
        accompanist="keys",
        chord=(2, 4, 6, 8),
        pad=0.35,
        last_stroke="kick",
        swing=0.12,
        closing_s=3.5,
        loudness=0.96,
    ),
    "upbeat": Arrangement(
        progressions={
            "major": ((0, 4, 5, 3), (0, 3, 5, 4), (0, 5, 3, 4), (3, 0, 4, 5), (0, 2, 3, 4)),
            "minor": ((0, 5, 2, 6), (0, 2, 6, 3), (0, 6, 5, 6)),
        },
        melody=(
            ((0, 0.5), (0.5, 0.5), (1, 1), (2.5, 0.5), (3, 1)),
            ((0, 1), (1.5, 0.5), (2, 1), (3, 0.5), (3.5, 0.5)),
            ((0.5, 0.5), (1, 0.5), (1.5, 1), (3, 1)),
        ),
        bass=(
            ((0, 1.4), (2, 0.9), (3, 0.9)),
            ((0, 1.4), (1.5, 0.5), (2, 1.6)),
            ((0, 0.9), (2, 1.8)),
        ),
        drums=(
            ("kick", 0, 0.7, 0),
            ("kick", 2, 0.6, 0),
            ("snap", 1, 0.5, 0.15),
            ("snap", 3, 0.55, 0.15),
            *(("shaker", place / 2, 0.3 + 0.15 * (place % 2), -0.35) for place in range(8)),
        ),
        singer="bell",
        accompanist="pluck",
        figures=((0, 2, 1, 3, 2, 1, 3, 2), (0, 1, 2, 3, 2, 3, 1, 2), (0, 3, 2, 3, 1, 3, 2, 3)),
        middle=69,
        echoes=True,
        pad=0.4,
        fill="shaker",
        last_stroke="kick",
        closing_s=3.0,
        loudness=0.95,
    ),
    "cinematic": Arrangement(
        progressions={
            "minor": ((0, 5, 2, 6), (0, 6, 5, 6), (5, 6, 0, 0), (0, 2, 6, 5)),
            "major": ((0, 4, 5, 3), (5, 3, 0, 4), (0, 3, 5, 4)),
        },
        melody=(((0, 2), (2, 2)), ((0, 3), (3, 0.5), (3.5, 0.5)), ((0, 1.5), (1.5, 0.5), (2, 2))),
        bass=(((0, 4),), ((0, 1.5), (1.5, 1.5), (3, 1)), ((0, 2), (2, 1), (3, 1))),
        drums=(("drum", 0, 0.75, 0), ("drum", 1.5, 0.45, -0.25), ("drum", 3, 0.55, 0.25)),
        singer="horn",
        accompanist="strings",
        figures=((0, 0, 2, 0, 1, 0, 2, 1), (0, 0, 1, 0, 0, 2, 1, 0), (0, 2, 0, 1, 0, 2, 0, 3)),
        held=0.45,
        pad=0.6,
        fill="drum",
        last_stroke="drum",
        closing_s=4.0,
        loudness=0.85,
    ),
    "acoustic": Arrangement(
        progressions={
            "major": ((0, 4, 5, 3), (0, 3, 0, 4), (0, 2, 3, 4), (0, 5, 3, 4), (3, 0, 4, 0)),
            "minor": ((0, 6, 5, 6), (0, 3, 6, 2), (0, 5, 2, 6)),
        },
        melody=(
            ((0, 1.5), (1.5, 0.5), (2, 1)),
            ((0, 1), (1, 0.5), (1.5, 0.5), (2, 1)),
            ((0, 2), (2, 1)),
        ),
        bass=(((0, 2.8),), ((0, 1.8), (2, 0.9)), ((0, 0.9), (1, 0.9), (2, 0.9))),
        drums=(
            ("kick", 0, 0.45, 0),
            ("brush", 1, 0.6, 0.1),
            ("brush", 2, 0.55, 0.1),
            *(("shaker", place / 2, 0.16 + 0.12 * (place % 2), -0.4) for place in range(6)),
        ),
        singer="pluck",
        accompanist="guitar",
        figures=((0, 2, 3, 4, 3, 2), (0, 3, 2, 4, 2, 3), (0, 2, 4, 3, 1, 3)),
        held=2.0,
        reach="wide",
        pad=0.16,
        fill="brush",
        closing_s=3.5,
        loudness=1.0,
    ),
    "ambient": Arrangement(
        progressions={
            "major": ((0, 3, 0, 4), (0, 5, 3, 0), (3, 0, 1, 4), (0, 2, 3, 3), (0, 5, 1, 4)),
            "minor": ((0, 5, 2, 6), (0, 3, 5, 6), (5, 2, 0, 6)),
        },
        melody=(
            ((0, 1), (1, 2 / 3), (5 / 3, 1 / 3)),
            ((0, 2 / 3), (2 / 3, 1 / 3), (1, 1)),
            ((1 / 3, 2 / 3), (1, 1)),
        ),
        bass=(((0, 2),), ((0, 1), (1, 1))),
        singer="piano",
        accompanist="piano",
        figures=((0, 1, 2, 3, 2, 1), (0, 2, 3, 4, 3, 2), (0, 2, 1, 3, 2, 4)),
        step=1 / 3,
        held=1.8,
        reach="wide",
        chord=(0, 2, 4, 8),
        pad=0.55,
        closing_s=4.5,
        loudness=0.64,
    ),
    "electronic": Arrangement(
        progressions={
            "minor": ((0, 5, 2, 6), (0, 0, 5, 6), (0, 6, 5, 5), (5, 6, 0, 2)),
            "major": ((5, 3, 0, 4), (0, 4, 5, 3), (3, 4, 5, 5)),
        },
        melody=(
            ((0, 0.5), (0.75, 0.5), (1.5, 1), (3, 0.75)),
            ((0, 1.5), (1.5, 0.5), (2, 0.5), (2.75, 1)),
            ((0.5, 0.5), (1.5, 0.5), (2.5, 1.25)),
        ),
        bass=(
            tuple((place + 0.5, 0.45) for place in range(4)),
            tuple((place / 2, 0.4) for place in (1, 2, 3, 5, 6, 7)),
            ((0.5, 0.4), (1.25, 0.4), (1.75, 0.2), (2.5, 0.4), (3.5, 0.4)),
        ),
        drums=(
            *(("kick", place, 0.85, 0) for place in range(4)),
            ("snap", 1, 0.55, 0),
            ("snap", 3, 0.6, 0),
            *(("hat", place + 0.5, 0.6, 0.2) for place in range(4)),
            *(("hat", place / 2 + 0.25, 0.22, -0.2) for place in range(8)),
        ),
        singer="square",
        accompanist="arp",
        figures=(
            (0, 1, 2, 3, 1, 2, 3, 2, 0, 1, 2, 3, 2, 3, 1, 2),
            (0, 2, 3, 0, 2, 3, 0, 2, 3, 0, 2, 3, 0, 2, 3, 1),
            (3, 2, 1, 0, 2, 1, 3, 1, 3, 2, 1, 0, 1, 2, 3, 2),
        ),
        step=0.25,
        held=0.22,
        middle=64,
        echoes=True,
        pad=0.45,
        bass_voice="saw",
        fill="snap",
        last_stroke="kick",
        closing_s=3.0,
        loudness=1.12,
    ),
}
"""By the names of `nemovideo.timeline.names.MUSIC_STYLES`."""
