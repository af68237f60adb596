from __future__ import annotations

import re

import pytest

from nemovideo.engine.director._numbers import DURATION_EN, DURATION_ZH, parse_duration


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("30-second", 30_000),
        ("30 s", 30_000),
        ("12.5 seconds", 12_500),
        ("90s", 90_000),
        ("1:30", 90_000),
        ("a minute and a half", 90_000),
        ("half a minute", 30_000),
        ("half-minute", 30_000),
        ("one and a half minutes", 90_000),
        ("1 minute 30", 90_000),
        ("1 minute 30 seconds", 90_000),
        ("1m30s", 90_000),
        ("2min", 120_000),
        ("thirty seconds", 30_000),
        ("forty-five sec", 45_000),
        ("2 minutes and 10 seconds", 130_000),
        ("an hour", 3_600_000),
        ("half an hour", 1_800_000),
    ],
)
def test_duration_in_english_is_read(text: str, ms: int) -> None:
    match = re.fullmatch(DURATION_EN, text, re.ASCII)
    assert match is not None
    assert parse_duration(match.group()) == ms


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("三十秒", 30_000),
        ("十五秒", 15_000),
        ("一分半", 90_000),
        ("一分钟半", 90_000),
        ("1分30秒", 90_000),
        ("一分三十", 90_000),
        ("两分钟", 120_000),
        ("半分钟", 30_000),
        ("一百二十秒", 120_000),
        ("一个小时", 3_600_000),
        ("一个半小时", 5_400_000),
        ("2.5秒", 2500),
    ],
)
def test_duration_in_chinese_is_read(text: str, ms: int) -> None:
    match = re.fullmatch(DURATION_ZH, text)
    assert match is not None
    assert parse_duration(match.group()) == ms


@pytest.mark.parametrize("text", ["30", "16:9", "second", "5 songs", "minutes"])
def test_duration_needs_number_and_unit(text: str) -> None:
    assert re.fullmatch(DURATION_EN, text, re.ASCII) is None
