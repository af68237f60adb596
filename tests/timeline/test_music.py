from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from nemovideo.timeline.music import STYLES, MusicPlan, describe, pick, read_plan


def test_pick_is_the_same_for_a_seed() -> None:
    assert pick("ambient", 5) == pick("ambient", 5)
    assert len({str({**pick("ambient", seed), "seed": 0}) for seed in range(30)}) > 10


@pytest.mark.parametrize("style", sorted(STYLES))
def test_pick_stays_within_the_mood(style: str) -> None:
    for seed in range(50):
        music = pick(style, seed)
        slow, fast = STYLES[style].tempos
        assert music["style"] == style
        assert slow <= music["tempo"] <= fast
        assert music["key"] in STYLES[style].keys
        assert music["seed"] == seed


def test_pick_takes_unknown_moods_for_happy() -> None:
    assert pick("furious", 3) == pick(None, 3) == pick("upbeat", 3)


@pytest.mark.parametrize(
    ("music", "name"),
    [
        ({"style": "upbeat", "key": "C", "mode": "major", "tempo": 96}, "Sunny C major, 96 bpm"),
        (
            {"style": "ambient", "key": "Eb", "mode": "minor", "tempo": 64.5},
            "Pensive Eb minor, 64.5 bpm",
        ),
        ({"style": "lo-fi", "key": "a♭", "mode": "major", "tempo": 72}, "Mellow Ab major, 72 bpm"),
        (
            {"style": "cinematic", "key": "Gb", "mode": "minor", "tempo": 1e9},
            "Epic F# minor, 180 bpm",
        ),
    ],
    ids=["upbeat", "ambient", "flat sign", "limits"],
)
def test_describe_names_a_piece(music: dict[str, Any], name: str) -> None:
    assert describe(music) == name


@pytest.mark.parametrize(
    "music",
    [
        {},
        {"style": 4, "key": 7, "mode": None, "tempo": "fast", "seed": "x"},
        {"style": ["upbeat"], "key": "H", "mode": "dorian", "tempo": True, "seed": 1.5},
        {"tempo": float("nan"), "key": " "},
    ],
    ids=["empty", "types", "values", "not a number"],
)
def test_read_plan_takes_what_makes_no_sense_for_absent(music: dict[str, Any]) -> None:
    plan = read_plan(music)
    assert plan == read_plan(pick("upbeat", 0))


def test_choosing_music_needs_nothing_heavy() -> None:
    code = "import sys, nemovideo.timeline.music; print('numpy' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert shown.stdout.strip() == "False"


def test_plan_counts_its_key_in_semitones() -> None:
    assert [MusicPlan("upbeat", key, "major", 96, 0).tonic for key in ("C", "Eb", "B")] == [
        0,
        3,
        11,
    ]
