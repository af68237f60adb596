"""Which music fits: picks style, key, mode and tempo, and gives them a name. Pure; knows no sound.

What `pick` gives is what a draft carries and what `nemovideo.render.sound.composer` composes from.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from nemovideo.timeline.names import Mood, MusicStyle

Mode = Literal["major", "minor"]

KEYS = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
"""The twelve keys by their usual names, upwards from C."""

_OTHER_NAMES = {"Db": "C#", "D#": "Eb", "Gb": "F#", "G#": "Ab", "A#": "Bb", "Cb": "B", "Fb": "E"}

_SLOWEST, _FASTEST = 40, 180


@dataclass(frozen=True)
class Metre:
    """How beats make a bar."""

    name: str
    beats: int
    """In a bar; the tempo counts these."""
    strong: tuple[int, ...] = (0,)
    """Which of them are stressed."""

    @property
    def part(self) -> int:
        """How many beats there are from one that is stressed to the next."""
        return self.beats // len(self.strong)


FOUR_FOUR, THREE_FOUR = Metre("4/4", 4, (0, 2)), Metre("3/4", 3)
SIX_EIGHT = Metre("6/8", 2, (0, 1))
"""Its beat is three quavers long."""


@dataclass(frozen=True)
class Style:
    """What pieces of one style have in common."""

    name: MusicStyle
    adjective: Mapping[Mode, str]
    """How its name begins, by mode."""
    modes: tuple[Mode, ...]
    """As often as each comes up."""
    keys: tuple[str, ...]
    tempos: tuple[int, int]
    """The slowest and the fastest, in beats a minute."""
    metre: Metre = FOUR_FOUR


STYLES: Mapping[str, Style] = {
    style.name: style
    for style in (
        Style(
            "upbeat",
            {"major": "Sunny", "minor": "Lively"},
            ("major",),
            ("C", "D", "F", "G", "A"),
            (92, 112),
        ),
        Style(
            "ambient",
            {"major": "Gentle", "minor": "Pensive"},
            ("major", "major", "minor"),
            ("C", "D", "Eb", "F", "G", "A"),
            (48, 58),
            SIX_EIGHT,
        ),
        Style(
            "cinematic",
            {"major": "Soaring", "minor": "Epic"},
            ("minor", "minor", "major"),
            ("C", "D", "E", "G", "A"),
            (84, 104),
        ),
        Style(
            "lo-fi",
            {"major": "Mellow", "minor": "Dusky"},
            ("major", "minor"),
            ("C", "D", "Eb", "F", "G", "Bb"),
            (70, 84),
        ),
        Style(
            "acoustic",
            {"major": "Warm", "minor": "Wistful"},
            ("major", "major", "minor"),
            ("C", "D", "E", "G", "A"),
            (92, 110),
            THREE_FOUR,
        ),
        Style(
            "electronic",
            {"major": "Bright", "minor": "Neon"},
            ("minor", "minor", "major"),
            ("C", "D", "E", "F", "G", "A"),
            (110, 124),
        ),
    )
}
"""The styles by name."""

DEFAULT_STYLE: MusicStyle = "upbeat"
MOOD_STYLES: Mapping[Mood, MusicStyle] = {
    "calm": "ambient",
    "energetic": "upbeat",
    "happy": "upbeat",
    "nostalgic": "acoustic",
    "tender": "ambient",
}
"""What is composed for a mood where no finished tracks are installed."""
FILE_VOLUME, COMPOSED_VOLUME = 0.8, 0.6
"""How loud music is unless somebody says otherwise."""
UNDER_FILMS_VOLUME = 0.35
"""The same where films are heard."""


@dataclass(frozen=True)
class MusicPlan:
    """A draft's ``music``, read."""

    style: MusicStyle
    key: str
    mode: Mode
    tempo: float
    """Beats a minute."""
    seed: int

    @property
    def tonic(self) -> int:
        """The key as semitones above C."""
        return KEYS.index(self.key)

    @property
    def metre(self) -> Metre:
        """How its beats make bars."""
        return STYLES[self.style].metre


def pick(style: str | None, seed: int) -> dict[str, Any]:
    """Choose key, mode and tempo for a style; the same values for the same seed.

    Args:
        style: One of `STYLES`; anything else is `DEFAULT_STYLE`.
        seed: Tells pieces of one style apart.
    """
    chosen = STYLES.get(style or DEFAULT_STYLE, STYLES[DEFAULT_STYLE])
    chance = random.Random(f"{chosen.name}:{seed}")  # noqa: S311 - music, no secret
    slow, fast = chosen.tempos
    return {
        "style": chosen.name,
        "key": chosen.keys[int(chance.random() * len(chosen.keys))],
        "mode": chosen.modes[int(chance.random() * len(chosen.modes))],
        "tempo": slow + 2 * int(chance.random() * ((fast - slow) // 2 + 1)),
        "seed": seed,
    }


def read_plan(music: Mapping[str, Any]) -> MusicPlan:
    """Read a draft's ``music``; what is missing or makes no sense is what `pick` would choose."""
    style = music.get("style")
    seed = music.get("seed")
    seed = seed if isinstance(seed, int) and not isinstance(seed, bool) else 0
    usual = pick(style if isinstance(style, str) else None, seed)
    mode = music.get("mode")
    return MusicPlan(
        style=usual["style"],
        key=_key(music.get("key")) or usual["key"],
        mode=mode if mode in ("major", "minor") else usual["mode"],
        tempo=_tempo(music.get("tempo")) or float(usual["tempo"]),
        seed=seed,
    )


def describe(music: Mapping[str, Any]) -> str:
    """Return a name to show, as in ``Sunny C major, 96 bpm``."""
    plan = read_plan(music)
    adjective = STYLES[plan.style].adjective[plan.mode]
    return f"{adjective} {plan.key} {plan.mode}, {plan.tempo:g} bpm"


def _key(value: object) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return None
    text = value.strip().replace("\u266d", "b").replace("\u266f", "#")
    name = text[0].upper() + text[1:].lower()
    name = _OTHER_NAMES.get(name, name)
    return name if name in KEYS else None


def _tempo(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return min(max(float(value), _SLOWEST), _FASTEST)
