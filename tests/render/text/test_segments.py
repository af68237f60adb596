"""Characters are what readers take for one; lines break where the language lets them."""

from __future__ import annotations

import pytest

from nemovideo.render.text import segments
from nemovideo.render.text.segments import Paragraph, paragraph_of, wrap


def paragraph(text: str) -> Paragraph:
    return paragraph_of(segments.clusters(text), segments.language_of(text))


def lines_of(text: str, limit: float) -> list[str]:
    """The lines of a text in which each character is one wide."""
    whole = paragraph(text)
    lines = wrap(whole, [1.0] * len(whole.clusters), limit)
    return ["".join(whole.clusters[number] for number in line) for line in lines]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("abc", ["a", "b", "c"]),
        ("e\u0301a", ["é", "a"]),
        ("q\u0307a", ["q\u0307", "a"]),
        ("👨‍👩‍👧x", ["👨‍👩‍👧", "x"]),
        ("👍🏽👍", ["👍🏽", "👍"]),
        ("🇫🇷🇩🇪", ["🇫🇷", "🇩🇪"]),
        ("❤\ufe0f!", ["❤\ufe0f", "!"]),
        ("1\ufe0f\u20e3", ["1\ufe0f\u20e3"]),
        ("🏴\U000e0067\U000e0062\U000e007f!", ["🏴\U000e0067\U000e0062\U000e007f", "!"]),
        ("क्षिप्र", ["क्षि", "प्र"]),
        ("ที่น้ำ", ["ที่", "น้ำ"]),
        ("한", ["한"]),
        ("a\tb\u00a0c", ["a", " ", "b", " ", "c"]),
        ("a\u202eb\x1bc\ufeffd", ["a", "b", "c", "d"]),
        ("", []),
    ],
    ids=[
        "letters",
        "composed",
        "accent",
        "family",
        "skin",
        "flags",
        "heart",
        "keycap",
        "flag of a part",
        "devanagari",
        "thai",
        "hangul",
        "blanks",
        "controls",
        "nothing",
    ],
)
def test_clusters_are_what_readers_take_for_characters(text: str, wanted: list[str]) -> None:
    assert segments.clusters(text) == wanted


@pytest.mark.parametrize(
    ("text", "limit", "wanted"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 100, ["one two three"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("今天天气很好。", 6, ["今天天气", "很好。"]),
        ("他说「你」吗", 3, ["他说", "「你」", "吗"]),
        ("去Paris玩", 6, ["去Paris", "玩"]),
        ("well-known", 6, ["well-", "known"]),
        ("今天去Paris玩 well-known", 9, ["今天去Paris", "玩 well-", "known"]),
        ("私は昨日お寺に行きました", 7, ["私は昨日お寺に", "行きました"]),
        ("สวัสดีครับยินดี", 5, ["สวัสดี", "ครับ", "ยินดี"]),
        ("सत्यमेव जयते", 5, ["सत्यमेव", "जयते"]),
        ("ab\u200bcd", 3, ["ab\u200b", "cd"]),
        ("", 5, [""]),
        ("   ", 5, [""]),
    ],
    ids=[
        "words",
        "room",
        "one word",
        "no stop first",
        "brackets",
        "mixed",
        "hyphen",
        "latin in chinese",
        "japanese phrases",
        "thai words",
        "hindi words",
        "zero width space",
        "nothing",
        "blanks",
    ],
)
def test_wrap_breaks_where_a_line_may_end(text: str, limit: float, wanted: list[str]) -> None:
    assert lines_of(text, limit) == wanted


@pytest.mark.parametrize("limit", range(1, 30))
@pytest.mark.parametrize(
    "text", ["a trip to the sea, and on", "今天天气很好。去Paris玩", "สวัสดีครับ ยินดีต้อนรับ"]
)
def test_wrap_keeps_every_character_and_its_limit(text: str, limit: int) -> None:
    lines = lines_of(text, limit)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(segments.clusters(line)) <= limit for line in lines)


def test_wrap_evens_out_lines() -> None:
    assert lines_of("a trip to the sea and on", 20) == ["a trip to the", "sea and on"]


def test_wrap_breaks_a_phrase_rather_than_take_another_line() -> None:
    assert len(lines_of("今天天气很好我们去公园散步", 7)) == 2


@pytest.mark.parametrize(
    ("text", "language"),
    [("Paris", ""), ("天堂岛", "zh"), ("京都の旅", "ja"), ("제주도", "ko"), ("漢字 카페", "ko")],
)
def test_language_is_told_by_script(text: str, language: str) -> None:
    assert segments.language_of(text) == language
