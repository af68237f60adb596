"""Each sound at its place: its volume, fades, repeats, and the sound of clips."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nemovideo.errors import RenderError
from nemovideo.render.clip.sound import SAMPLE_RATE
from nemovideo.render.sound.composer import compose
from nemovideo.render.sound.soundtrack import Soundtrack
from nemovideo.timeline.model import Timeline
from tests.render.sound.mixing import MUSIC, Sound, level, mix, segment, sounds
from tests.support.media import loudest_frequency, tone, write_clip, write_jpeg


def pictures(*segments: dict[str, Any]) -> dict[str, Any]:
    return {"tt": 0, "sg": list(segments)}


def test_sound_plays_at_its_place(song: dict[str, Path]) -> None:
    sound = mix(sounds(segment(1000, 500, media="f1")), media=song, seconds=2)
    assert level(sound, 0, 1) == 0
    assert level(sound, 1.05, 1.45) == pytest.approx(0.5, rel=0.02)
    assert level(sound, 1.5, 2) == 0


def test_sound_is_found_by_its_file_name(song: dict[str, Path]) -> None:
    sound = mix(sounds(segment(0, 1000, name="song.wav")), media={"song.wav": song["f1"]})
    assert loudest_frequency(sound) == pytest.approx(440, abs=2)


def test_a_finished_track_is_found_by_its_name() -> None:
    sound = mix(sounds(segment(0, 2000, media="pack:happy_acoustic_1")), seconds=2)
    assert level(sound, 0.5, 2) > 0.05


def test_a_finished_track_that_is_not_there_says_what_to_install() -> None:
    with pytest.raises(RenderError, match="happy_accordion_1 is not installed") as caught:
        mix(sounds(segment(0, 2000, media="pack:happy_accordion_1")))
    assert "[music]" in (caught.value.hint or "")


def test_sound_is_repeated_until_its_segment_ends(song: dict[str, Path]) -> None:
    sound = mix(sounds(segment(0, 3500, media="f1")), media=song, seconds=4)
    assert level(sound, 2.1, 2.9) == pytest.approx(0.5, rel=0.02)
    assert level(sound, 3.05, 3.45) == pytest.approx(0.5, rel=0.02)
    assert level(sound, 3.5, 4) == 0


@pytest.mark.parametrize(
    ("volume", "amplitude"),
    [(1, 0.5), (0.5, 0.25), (0, 0), (-1, 0), ("loud", 0.5), (None, 0.5)],
    ids=["full", "half", "none", "negative", "text", "absent"],
)
def test_sound_has_its_volume(song: dict[str, Path], volume: object, amplitude: float) -> None:
    sound = mix(sounds(segment(0, 1000, media="f1", volume=volume)), media=song)
    assert level(sound, 0.1, 0.9) == pytest.approx(amplitude, rel=0.02)


def test_sound_fades_in_and_out(song: dict[str, Path]) -> None:
    faded = sounds(segment(0, 4000, media="f1", fade_in=1000, fade_out=2000))
    sound = mix(faded, media=song, seconds=4)
    steps = [level(sound, t, t + 0.1) for t in (0, 0.45, 1.1, 1.9, 2.95, 3.9)]
    assert steps[0] < 0.1 < steps[1] < 0.45
    assert steps[2] == pytest.approx(0.5, rel=0.03)
    assert steps[3] == pytest.approx(0.5, rel=0.03)
    assert 0.45 > steps[4] > 0.1 > steps[5]


def test_sound_fades_out_before_the_video_ends(song: dict[str, Path]) -> None:
    sound = mix(sounds(segment(0, 60_000, media="f1", fade_out=1000)), media=song, seconds=2)
    assert level(sound, 1.9, 2.0) < 0.1


def test_fades_longer_than_the_segment_are_shortened(song: dict[str, Path]) -> None:
    faded = sounds(segment(0, 1000, media="f1", fade_in=9000, fade_out=9000))
    sound = mix(faded, media=song)
    assert level(sound, 0.47, 0.53) == pytest.approx(0.5, rel=0.03)
    assert level(sound, 0.95, 1) < 0.1


def test_sound_never_begins_or_ends_with_a_click(song: dict[str, Path]) -> None:
    sound = mix(sounds(segment(101, 333, media="f1")), media=song)
    assert np.abs(np.diff(sound, axis=0)).max() < 0.035


def test_music_is_what_compose_gives() -> None:
    sound = mix(sounds(segment(0, 4000, music=MUSIC, volume=0.5)), seconds=4)
    wanted = 0.5 * compose(MUSIC, 4 * SAMPLE_RATE)
    middle = slice(SAMPLE_RATE // 50, -SAMPLE_RATE // 50)
    assert np.abs(sound[middle] - wanted[middle]).max() < 1e-5


def test_a_clip_plays_with_its_sound(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4", seconds=2, frequency=600)
    sound = mix(pictures(segment(500, 1000, media="c", volume=0.5)), media={"c": clip}, seconds=2)
    assert level(sound, 0, 0.5) == 0
    assert level(sound, 0.6, 1.4) == pytest.approx(0.25, rel=0.05)
    assert loudest_frequency(sound[28_800:67_200]) == pytest.approx(600, abs=3)
    assert level(sound, 1.5, 2) == 0


def test_a_clip_falls_silent_when_it_is_over(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4", seconds=1)
    sound = mix(pictures(segment(0, 3000, media="c")), media={"c": clip}, seconds=3)
    assert level(sound, 1.1, 3) < 0.001


def test_a_clip_begins_at_its_source_start(tmp_path: Path) -> None:
    steps = np.concatenate([tone(1, 300), tone(1, 900)])
    clip = write_clip(tmp_path / "a.mkv", seconds=2, samples=steps)
    sound = mix(pictures(segment(0, 1000, media="c", source_start=1000)), media={"c": clip})
    assert loudest_frequency(sound) == pytest.approx(900, abs=5)


@pytest.mark.parametrize("speed", [0.3, 0.5, 2, 5], ids=str)
def test_a_clip_at_another_speed_keeps_its_pitch_and_its_step(tmp_path: Path, speed: float) -> None:
    steps = np.concatenate([tone(1, 300), tone(1, 900)])
    clip = write_clip(tmp_path / "a.mkv", seconds=2, samples=steps)
    length = 2 / speed
    fast = pictures(segment(0, 1000 * length, media="c", speed=speed))
    sound = mix(fast, media={"c": clip}, seconds=length)
    halves = np.array_split(sound, 2)
    edge = round(0.1 * len(sound))
    heard = [loudest_frequency(half[edge:-edge]) for half in halves]
    assert heard == pytest.approx([300, 900], abs=20)
    assert level(sound, 0.6 * length, 0.9 * length) > 0.35


def test_a_clip_at_another_speed_begins_at_its_source_start(tmp_path: Path) -> None:
    steps = np.concatenate([tone(1, 300), tone(1, 900)])
    clip = write_clip(tmp_path / "a.mkv", seconds=2, samples=steps)
    begun = pictures(segment(0, 500, media="c", speed=2, source_start=1000))
    sound = mix(begun, media={"c": clip}, seconds=0.5)
    assert loudest_frequency(sound) == pytest.approx(900, abs=20)


def test_sound_begins_where_the_timeline_says_and_then_repeats(tmp_path: Path) -> None:
    steps = np.concatenate([tone(1, 300, rate=48_000), tone(1, 900, rate=48_000)])
    song = write_clip(tmp_path / "a.mkv", seconds=2, samples=steps)
    begun = sounds(segment(0, 2000, media="s", source_start=1000))
    sound = mix(begun, media={"s": song}, seconds=2)
    halves = [loudest_frequency(half) for half in np.array_split(sound, 2)]
    assert halves == pytest.approx([900, 300], abs=5)


def test_composed_music_begins_where_the_timeline_says() -> None:
    begun = sounds(segment(0, 4000, music=MUSIC, source_start=2500))
    wanted = compose(MUSIC, 6 * SAMPLE_RATE + SAMPLE_RATE // 2)[SAMPLE_RATE * 5 // 2 :]
    middle = slice(SAMPLE_RATE // 50, -SAMPLE_RATE // 50)
    assert np.abs(mix(begun, seconds=4)[middle] - wanted[middle]).max() < 1e-5


@pytest.mark.parametrize(
    ("ducks", "volume", "sounding", "under"),
    [
        pytest.param(True, None, True, 0.5 * 10 ** (-12 / 20), id="ducks"),
        pytest.param(False, None, True, 0.5, id="does not"),
        pytest.param(None, None, True, 0.5, id="not told"),
        pytest.param(True, 0, True, 0.5, id="under a muted clip"),
        pytest.param(True, None, False, 0.5, id="under a clip without sound"),
    ],
)
def test_music_makes_room_for_a_clip_that_is_heard(
    tmp_path: Path,
    song: dict[str, Path],
    ducks: object,
    volume: object,
    sounding: bool,
    under: float,
) -> None:
    quiet = np.concatenate([tone(0.1, 600), 0 * tone(2.9, 600)])
    clip = write_clip(
        tmp_path / "a.mkv", seconds=3, frequency=440 if sounding else None, samples=quiet
    )
    sound = mix(
        pictures(segment(2000, 3000, media="c", volume=volume)),
        sounds(segment(0, 8000, media="f1", ducks=ducks)),
        media={**song, "c": clip},
        seconds=8,
    )
    assert level(sound, 0.1, 1.6) == pytest.approx(0.5, rel=0.02)
    assert level(sound, 2.2, 4.9) == pytest.approx(under, rel=0.03)
    assert level(sound, 5.4, 7.9) == pytest.approx(0.5, rel=0.02)
    steps = np.abs(np.diff([level(sound, t, t + 0.05) for t in np.arange(4.8, 5.5, 0.05)]))
    assert steps.max() < 0.12


def test_clips_cross_with_their_transition(tmp_path: Path) -> None:
    first = write_clip(tmp_path / "a.mp4", seconds=3, frequency=400)
    second = write_clip(tmp_path / "b.mp4", seconds=3, frequency=1300)
    sound = mix(
        pictures(
            segment(0, 2000, media="a"),
            segment(1000, 2000, media="b", transition={"name": "crossfade", "d": 1000}),
        ),
        media={"a": first, "b": second},
        seconds=3,
    )
    shares = [_share(sound, t, 400, 1300) for t in (0.9, 1.2, 1.5, 1.8, 2.1)]
    assert shares[0] > 0.99
    assert shares[4] < 0.01
    assert shares[0] > shares[1] > shares[2] > shares[3] > shares[4]
    assert shares[2] == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("kind", ["image", None], ids=["called image", "not called"])
def test_photos_are_silent(tmp_path: Path, kind: str | None) -> None:
    photo = write_jpeg(tmp_path / "a.jpg")
    sound = mix(pictures(segment(0, 1000, media="p", kind=kind)), media={"p": photo})
    assert not sound.any()


def test_a_photo_called_a_clip_is_silent(tmp_path: Path) -> None:
    photo = write_jpeg(tmp_path / "a.jpg")
    assert not mix(pictures(segment(0, 1000, media="p", kind="video")), media={"p": photo}).any()


def test_a_photo_as_music_is_silent(tmp_path: Path) -> None:
    photo = write_jpeg(tmp_path / "a.jpg")
    assert not mix(sounds(segment(0, 1000, media="p")), media={"p": photo}).any()


def test_a_clip_may_be_silent(tmp_path: Path) -> None:
    quiet = np.zeros(48_000, np.float32)
    media = {"c": write_clip(tmp_path / "a.mp4", samples=quiet)}
    timeline = Timeline.from_draft({"t": [pictures(segment(0, 1000, media="c", name="clip"))]})
    track = Soundtrack.of(timeline, media, Fraction(1))
    assert not np.concatenate([*track.blocks(1600)]).any()
    assert track.notes == ()


def _share(sound: Sound, at_s: float, frequency: float, other: float) -> float:
    """How much of the power of two tones at a time is the first one's."""
    start = round(at_s * SAMPLE_RATE) - 2400
    part = sound[start : start + 4800, 0].astype(np.float64) * np.hanning(4800)
    spectrum = np.abs(np.fft.rfft(part)) ** 2
    one, two = (spectrum[round(f / 10) - 3 : round(f / 10) + 4].sum() for f in (frequency, other))
    return float(one / (one + two))
