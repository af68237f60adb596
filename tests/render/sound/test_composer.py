"""Composed music repeats itself by the sample, keeps to its key and stands well under photos."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from nemovideo.render.clip.sound import SAMPLE_RATE
from nemovideo.render.sound._instruments import VOICES, play
from nemovideo.render.sound._score import Bar, write_score
from nemovideo.render.sound._styles import ARRANGEMENTS
from nemovideo.render.sound.beats import onset_strength
from nemovideo.render.sound.composer import compose, stream_music
from nemovideo.timeline import names
from nemovideo.timeline.music import KEYS, STYLES, pick, read_plan

SCALES = {"major": {0, 2, 4, 5, 7, 9, 11}, "minor": {0, 2, 3, 5, 7, 8, 10}}
DRUMS = {"kick", "drum", "snap", "snare", "brush", "shaker", "hat"}
SECONDS = 16

Sound = npt.NDArray[np.float32]


@pytest.fixture(scope="module", params=sorted(STYLES))
def piece(request: pytest.FixtureRequest) -> tuple[dict[str, Any], Sound]:
    music = pick(request.param, 7)
    return music, compose(music, SECONDS * SAMPLE_RATE)


def level(sound: Sound) -> float:
    """Root mean square in dB."""
    return float(10 * np.log10(np.mean(sound.astype(np.float64) ** 2) + 1e-20))


def test_compose_gives_the_length_asked_for(piece: tuple[dict[str, Any], Sound]) -> None:
    _, sound = piece
    assert sound.shape == (SECONDS * SAMPLE_RATE, 2)
    assert sound.dtype == np.float32


@pytest.mark.parametrize("count", [0, 1, 4799, 100_000], ids=str)
def test_compose_gives_odd_lengths(count: int) -> None:
    sound = compose(pick("upbeat", 1), count)
    assert sound.shape == (count, 2)
    assert np.isfinite(sound).all()


def test_compose_repeats_itself_by_the_sample(piece: tuple[dict[str, Any], Sound]) -> None:
    music, sound = piece
    assert np.array_equal(compose(music, len(sound)), sound)


def test_compose_repeats_itself_in_another_process() -> None:
    music = pick("lo-fi", 3)
    code = (
        "import hashlib; from nemovideo.render.sound.composer import compose;"
        f"print(hashlib.sha256(compose({music!r}, 150_000).tobytes()).hexdigest())"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    here = hashlib.sha256(compose(music, 150_000).tobytes()).hexdigest()
    assert shown.stdout.strip() == here


def test_compose_differs_with_the_seed(piece: tuple[dict[str, Any], Sound]) -> None:
    music, sound = piece
    other = compose({**music, "seed": 8}, len(sound))
    assert abs(float(np.corrcoef(sound[:, 0], other[:, 0])[0, 1])) < 0.9


def test_compose_is_stream_music_in_one_piece(piece: tuple[dict[str, Any], Sound]) -> None:
    music, sound = piece
    blocks = list(stream_music(music, len(sound)))
    assert len(blocks) > 3
    assert np.array_equal(np.concatenate(blocks), sound)


def test_music_stays_below_full_scale(piece: tuple[dict[str, Any], Sound]) -> None:
    assert 0.2 < np.abs(piece[1]).max() < 0.9


def test_music_has_no_offset(piece: tuple[dict[str, Any], Sound]) -> None:
    assert np.abs(piece[1].mean(axis=0)).max() < 0.002


def test_music_does_not_click(piece: tuple[dict[str, Any], Sound]) -> None:
    _, sound = piece
    assert np.abs(np.diff(sound, axis=0)).max() < 0.2
    assert max(np.abs(sound[0]).max(), np.abs(sound[-1]).max()) < 0.01


def test_music_has_a_steady_level(piece: tuple[dict[str, Any], Sound]) -> None:
    _, sound = piece
    seconds = [
        level(sound[start : start + 2 * SAMPLE_RATE])
        for start in range(4 * SAMPLE_RATE, (SECONDS - 5) * SAMPLE_RATE, SAMPLE_RATE)
    ]
    assert -24 < np.mean(seconds) < -15
    assert max(seconds) - min(seconds) < 8


def test_music_is_wide_but_not_hollow(piece: tuple[dict[str, Any], Sound]) -> None:
    _, sound = piece
    likeness = float(np.corrcoef(sound[:, 0], sound[:, 1])[0, 1])
    assert 0.05 < likeness < 0.95
    assert abs(level(sound[:, 0]) - level(sound[:, 1])) < 2.5


def test_music_ends_on_its_tonic_and_rings_out(piece: tuple[dict[str, Any], Sound]) -> None:
    music, sound = piece
    closing = sound[-int(2.5 * SAMPLE_RATE) : -int(0.3 * SAMPLE_RATE)]
    strengths = _pitch_classes(closing)
    third = 4 if music["mode"] == "major" else 3
    tonic = KEYS.index(music["key"])
    jazz = (third + 7, 2) if music["style"] == "lo-fi" else ()
    chord = sorted({(tonic + step) % 12 for step in (0, third, 7, *jazz)})
    assert strengths[chord].sum() > 0.75 * strengths.sum()
    assert level(sound[-SAMPLE_RATE // 2 :]) < level(closing) - 4


@pytest.mark.parametrize("style", sorted(STYLES))
@pytest.mark.parametrize("seed", [1, 2])
def test_music_sounds_in_its_key(style: str, seed: int) -> None:
    music = pick(style, seed)
    strengths = _pitch_classes(compose(music, 10 * SAMPLE_RATE))
    tonic = KEYS.index(music["key"])
    inside = [(tonic + step) % 12 for step in SCALES[music["mode"]]]
    # Drums have pitches of their own: a kick on every beat is a tenth of it.
    assert strengths[inside].sum() > 0.87 * strengths.sum()


@pytest.mark.parametrize("style", sorted(STYLES))
@pytest.mark.parametrize("mode", ["major", "minor"])
def test_score_keeps_to_the_scale(style: str, mode: str) -> None:
    for seed in range(20):
        plan = read_plan({**pick(style, seed), "mode": mode})
        scale = {(plan.tonic + step) % 12 for step in SCALES[mode]}
        notes = [note for bar in write_score(plan, 96) for note in bar.notes]
        assert {note.pitch % 12 for note in notes if note.voice not in DRUMS} <= scale
        assert {note.voice for note in notes} <= VOICES
        assert all(0 < note.velocity <= 1 and abs(note.pan) <= 1 for note in notes)
        assert all(27 <= note.pitch <= 96 for note in notes if note.voice not in DRUMS)


@pytest.mark.parametrize(
    ("style", "beats", "lengths"),
    [
        ("upbeat", 22, [4, 4, 4, 4, 4, 2, 0]),
        ("acoustic", 12, [3, 3, 3, 3, 0]),
        ("ambient", 7, [2, 2, 2, 1, 0]),
    ],
    ids=["4/4", "3/4", "6/8"],
)
def test_score_has_as_many_beats_as_asked_for(style: str, beats: int, lengths: list[int]) -> None:
    bars = list(write_score(read_plan(pick(style, 1)), beats))
    assert [bar.beats for bar in bars] == lengths
    assert all(note.beat < max(bar.beats, 1) for bar in bars for note in bar.notes)


def test_styles_differ_in_metre() -> None:
    metres = {style: STYLES[style].metre.name for style in ("upbeat", "acoustic", "ambient")}
    assert metres == {"upbeat": "4/4", "acoustic": "3/4", "ambient": "6/8"}


@pytest.mark.parametrize("style", ["acoustic", "ambient"])
def test_what_is_heard_falls_on_the_quavers_of_the_metre(style: str) -> None:
    """Onsets in each twelfth of a bar: on the six quavers, and nowhere between them."""
    music = pick(style, 2)
    plan = read_plan(music)
    sound = compose(music, 30 * SAMPLE_RATE).mean(axis=1).reshape(-1, 2).mean(axis=1)
    strength = onset_strength(sound.astype(np.float32))
    bar_s = 60 / plan.tempo * plan.metre.beats
    at = np.arange(len(strength)) * 256 / 24_000 + 512 / 24_000
    inside = (at > 4 * bar_s) & (at < 24)
    twelfths = at / bar_s * 12

    def heard(twelfth: int) -> float:
        off = np.abs((twelfths - twelfth + 6) % 12 - 6) / 12 * bar_s
        return float(strength[inside & (off < 0.02)].mean())

    assert min(heard(n) for n in (0, 2, 4, 6, 8, 10)) > 5 * max(heard(n) for n in (1, 3, 5, 7, 9))


def test_styles_are_those_of_the_timeline() -> None:
    assert set(STYLES) == set(ARRANGEMENTS) == set(names.MUSIC_STYLES)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("style", STYLES)
def test_three_minutes_of_music_are_no_loop(style: str, seed: int) -> None:
    plan = read_plan(pick(style, seed))
    bars = [
        frozenset((note.voice, round(note.beat, 1), note.pitch) for note in bar.notes)
        for bar in write_score(plan, 2 * int(1.5 * plan.tempo))
    ]
    longest = 0
    for lag in range(4, len(bars)):
        run = 0
        for before, after in zip(bars, bars[lag:], strict=False):
            alike = len(before & after) >= 0.9 * len(before | after)
            run = run + 1 if alike else 0
            longest = max(longest, run)
    assert longest <= 6, f"{longest} bars come back as they were"


def test_electronic_music_has_a_kick_on_every_beat() -> None:
    bar = list(write_score(read_plan(pick("electronic", 1)), 64))[6]
    assert [note.beat for note in bar.notes if note.voice == "kick"] == [0, 1, 2, 3]
    assert {"arp", "saw", "hat"} <= {note.voice for note in bar.notes}


def test_acoustic_music_is_plucked_and_brushed() -> None:
    bar = list(write_score(read_plan(pick("acoustic", 1)), 64))[6]
    assert {"guitar", "brush"} <= {note.voice for note in bar.notes}


def test_score_builds_up() -> None:
    bars = list(write_score(read_plan(pick("upbeat", 1)), 64))

    def voices(bar: Bar) -> set[str]:
        return {note.voice for note in bar.notes}

    assert "bass" not in voices(bars[0])
    assert {"bass", "kick"} <= voices(bars[5])
    assert any("bell" in voices(bar) for bar in bars[4:])


@pytest.mark.parametrize("voice", sorted(VOICES))
def test_instrument_begins_and_ends_in_silence(voice: str) -> None:
    sound = play(voice, 60, SAMPLE_RATE // 2)
    assert np.abs(sound[0]).max() < 0.02
    assert np.abs(sound[-1]).max() < 0.02
    assert 0.2 < np.abs(sound).max() < 2.5


@pytest.mark.parametrize("voice", sorted(VOICES - DRUMS))
def test_instrument_plays_the_pitch_asked_for(voice: str) -> None:
    sound = play(voice, 57, SAMPLE_RATE)[:SAMPLE_RATE].mean(axis=1)
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound)), SAMPLE_RATE * 4))
    overtones = spectrum[: 4 * 5000].reshape(-1)
    loudest = np.argmax(overtones) / 4
    assert loudest % 220 == pytest.approx(0, abs=2) or loudest % 220 > 218


def test_compose_takes_what_makes_no_sense() -> None:
    assert np.abs(compose({"style": None, "tempo": "x"}, 96_000)).max() > 0.05


def _pitch_classes(sound: Sound) -> npt.NDArray[np.float64]:
    """How strong each of the twelve tones is between 110 and 1000 Hz, by its spectral peaks."""
    mono = sound.mean(axis=1).astype(np.float64)
    spectrum = np.abs(np.fft.rfft(mono * np.hanning(len(mono))))
    frequencies = np.fft.rfftfreq(len(mono), 1 / SAMPLE_RATE)
    kept = (frequencies > 110) & (frequencies < 1000)
    pitches = 69 + 12 * np.log2(frequencies[kept] / 440)
    near = np.abs(pitches - np.rint(pitches)) < 0.3
    classes = (np.rint(pitches[near]) % 12).astype(int)
    return np.bincount(classes, spectrum[kept][near] ** 2, minlength=12).astype(np.float64)
