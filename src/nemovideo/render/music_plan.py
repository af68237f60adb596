"""Which music fits: picks mood, key, mode and tempo, and gives them a name. Pure; knows no sound.

What `pick` gives is what a draft carries and what `nemovideo.render.music` composes from.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Mode = Literal["major", "minor"]

KEYS = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
"""The twelve keys by their usual names, upwards from C."""

_OTHER_NAMES = {"Db": "C#", "D#": "Eb", "Gb": "F#", "G#": "Ab", "A#": "Bb", "Cb": "B", "Fb": "E"}

_SLOWEST, _FASTEST = 40, 180


@dataclass(frozen=True)
class Mood:
    """What pieces of one mood have in common."""

    name: str
    adjective: Mapping[Mode, str]
    """How its name begins, by mode."""
    modes: tuple[Mode, ...]
    """As often as each comes up."""
    keys: tuple[str, ...]
    tempos: tuple[int, int]
    """The slowest and the fastest, in beats a minute."""


MOODS: Mapping[str, Mood] = {
    mood.name: mood
    for mood in (
        Mood(
            "happy",
            {"major": "Sunny", "minor": "Lively"},
            ("major",),
            ("C", "D", "F", "G", "A"),
            (92, 112),
        ),
        Mood(
            "calm",
            {"major": "Gentle", "minor": "Pensive"},
            ("major", "major", "minor"),
            ("C", "D", "Eb", "F", "G", "A"),
            (62, 76),
        ),
        Mood(
            "epic",
            {"major": "Soaring", "minor": "Epic"},
            ("minor", "minor", "major"),
            ("C", "D", "E", "G", "A"),
            (84, 104),
        ),
        Mood(
            "lofi",
            {"major": "Mellow", "minor": "Dusky"},
            ("major", "minor"),
            ("C", "D", "Eb", "F", "G", "Bb"),
            (70, 84),
        ),
    )
}
"""The moods by name."""

DEFAULT_MOOD = "happy"


@dataclass(frozen=True)
class MusicPlan:
    """A draft's ``music``, read."""

    mood: str
    key: str
    mode: Mode
    tempo: float
    """Beats a minute."""
    seed: int

    @property
    def tonic(self) -> int:
        """The key as semitones above C."""
        return KEYS.index(self.key)


def pick(mood: str | None, seed: int) -> dict[str, Any]:
    """Choose key, mode and tempo for a mood; the same values for the same seed.

    Args:
        mood: One of `MOODS`; anything else is `DEFAULT_MOOD`.
        seed: Tells pieces of one mood apart.
    """
    chosen = MOODS.get(mood or DEFAULT_MOOD, MOODS[DEFAULT_MOOD])
    chance = random.Random(f"{chosen.name}:{seed}")  # noqa: S311 - music, no secret
    slow, fast = chosen.tempos
    return {
        "mood": chosen.name,
        "key": chosen.keys[int(chance.random() * len(chosen.keys))],
        "mode": chosen.modes[int(chance.random() * len(chosen.modes))],
        "tempo": slow + 2 * int(chance.random() * ((fast - slow) // 2 + 1)),
        "seed": seed,
    }


def read_plan(music: Mapping[str, Any]) -> MusicPlan:
    """Read a draft's ``music``; what is missing or makes no sense is what `pick` would choose."""
    mood = music.get("mood")
    seed = music.get("seed")
    seed = seed if isinstance(seed, int) and not isinstance(seed, bool) else 0
    usual = pick(mood if isinstance(mood, str) else None, seed)
    mode = music.get("mode")
    return MusicPlan(
        mood=usual["mood"],
        key=_key(music.get("key")) or usual["key"],
        mode=mode if mode in ("major", "minor") else usual["mode"],
        tempo=_tempo(music.get("tempo")) or float(usual["tempo"]),
        seed=seed,
    )


def describe(music: Mapping[str, Any]) -> str:
    """Return a name to show, as in ``Sunny C major, 96 bpm``."""
    plan = read_plan(music)
    adjective = MOODS[plan.mood].adjective[plan.mode]
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
