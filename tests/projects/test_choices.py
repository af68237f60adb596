"""Options with closed sets, lengths as people write them, and names that decide the format."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from nemovideo._lengths import parse_duration
from nemovideo.errors import UsageError
from nemovideo.projects.choices import (
    check_aspect,
    check_duration,
    check_fps,
    check_max_size,
    check_music_style,
    check_quality,
    check_size,
    check_transition,
)
from nemovideo.projects.exports.outputs import name_and_format
from nemovideo.protocol.outputs import CLOUD_FORMATS, ENGINE_FORMATS
from nemovideo.timeline.names import MUSIC_STYLES, TRANSITIONS
from tests.support.cli import run_cli


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        *((90, 90), (1.5, 1.5), ("90", 90), ("90s", 90), ("90 sec", 90), ("1:30", 90)),
        *(("01:30.5", 90.5), ("0:00:45", 45), ("1:00:00", 3600), ("1m30s", 90), ("1m 30", 90)),
        *(("1.5min", 90), ("2 minutes", 120), ("1H", 3600), ("1h1m1s", 3661), (".5", None)),
        *(("", None), ("s", None), ("1:75", None), ("ten", None), ("-5", None), ("1e3", None)),
        *((True, None), (None, None), ("90x", None), ("1:30s", None)),
    ],
    ids=repr,
)
def test_lengths_are_read_as_people_write_them(written: object, seconds: float | None) -> None:
    assert parse_duration(written) == seconds


@pytest.mark.parametrize(
    ("check", "value", "listed", "guess"),
    [
        (check_aspect, "16:99", "16:9, 9:16", "16:9"),
        (partial(check_quality, is_local=True), "hight", "draft, low, medium, high, max", "high"),
        (partial(check_quality, is_local=False), "max", "low, medium, high", None),
        (partial(check_quality, is_local=True), "bogus", "low, medium, high", None),
        (check_transition, "crosfade", "crossfade, fadeblack", "crossfade"),
        (check_transition, "spin", "none, fade", None),
        (check_music_style, "cinemagraphic", "lo-fi, upbeat", "cinematic"),
        (check_music_style, "jazz", "tender, none, or an audio file", None),
        (check_size, "1080", "720p, 1080p, 4K", "1080p"),
        (check_fps, "31", "24, 25, 30, 50, 60", None),
        (partial(check_max_size, is_local=True), "tiny", "must be a size", "For example 16MB"),
        (partial(check_max_size, is_local=True), "9kB", "no film is so small", None),
        (partial(check_max_size, is_local=False), "16MB", "cloud can't be told", "--local"),
        (check_duration, "soon", "", "For example 90"),
        (check_duration, "2h", "between 1 and 3600", None),
    ],
    ids=lambda value: getattr(getattr(value, "func", value), "__name__", str(value)),
)
def test_what_does_not_exist_is_refused_with_the_list_and_a_guess(
    check: Callable[..., object], value: str, listed: str, guess: str | None
) -> None:
    with pytest.raises(UsageError) as caught:
        check(value, prefix="--")
    assert caught.value.message.startswith("--")
    assert value in caught.value.message or listed.startswith("between")
    assert listed in caught.value.message
    if guess is None:
        assert "Did you mean" not in (caught.value.hint or "")
    else:
        assert guess in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("written", "name"),
    [("Fade Black", "fadeblack"), ("cut", "none"), ("wipe-left", "wipeleft"), ("zoom", "zoomin")],
)
def test_transitions_are_found_however_they_are_written(written: str, name: str) -> None:
    assert check_transition(written) == name


@pytest.mark.parametrize(
    "words", [*MUSIC_STYLES, "lofi", "happy", "a calm piano piece", "epic orchestral", "欢快"]
)
def test_a_style_may_be_said_in_other_words(words: str) -> None:
    check_music_style(words)


@pytest.mark.parametrize(
    ("name", "wish", "path", "container"),
    [
        ("v.mp4", None, "v.mp4", "mp4"),
        ("v.MOV", None, "v.MOV", "mov"),
        ("v", None, "v.mp4", "mp4"),
        ("v", "mov", "v.mov", "mov"),
        ("v.mov", "MOV", "v.mov", "mov"),
    ],
    ids=str,
)
def test_the_name_decides_the_format(
    tmp_path: Path, name: str, wish: str | None, path: str, container: str
) -> None:
    found, format, notes = name_and_format(tmp_path / name, ENGINE_FORMATS, wish)
    assert (found.name, format) == (path, container)
    assert notes == (() if path == name else (f"The file is called {path}.",))


@pytest.mark.parametrize(
    ("name", "wish"), [("v.mkv", None), ("v", "mkv"), ("v.mp4", "mov")], ids=str
)
def test_what_can_not_be_made_is_refused_with_what_can(
    tmp_path: Path, name: str, wish: str | None
) -> None:
    with pytest.raises(UsageError, match="mp4") as caught:
        name_and_format(tmp_path / name, ENGINE_FORMATS, wish)
    assert (wish or "").lower() in caught.value.message
    if wish is None:
        assert name_and_format(tmp_path / name, CLOUD_FORMATS)[1] == name.partition(".")[2]


def test_a_device_keeps_its_name() -> None:
    assert name_and_format(Path(os.devnull), ENGINE_FORMATS) == (Path(os.devnull), "mp4", ())


def test_help_of_convert_has_every_name_and_examples() -> None:
    help = " ".join(run_cli("convert", "--help").stdout.split())
    assert all(f"{name}," in help for name in (*TRANSITIONS, *MUSIC_STYLES))
    assert "nemo convert photos/ --local --duration 30 --out trip.mp4" in help
