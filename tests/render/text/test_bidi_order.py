"""Lines with words from right to left stand in the order in which they are read."""

from __future__ import annotations

from itertools import groupby

import pytest

from nemovideo.render.text.bidi_order import base_level, levels, visual_order


def shown(text: str) -> list[str]:
    """The parts of a line from left to right, each in the order in which it is read."""
    found = levels(text, base_level(text))
    groups = [list(group) for _, group in groupby(zip(found, text, strict=True), lambda it: it[0])]
    parts = ["".join(char for _, char in group) for group in groups]
    return visual_order(parts, [group[0][0] for group in groups])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("abc", ["abc"]),
        ("été 12", ["été 12"]),
        ("אבג", ["אבג"]),
        ("אב cd", ["cd", "אב "]),
        ("ab גד ef", ["ab ", "גד", " ef"]),
        ("אב 12", ["12", "אב "]),
        ("אב 12 cd", ["cd", " ", "12", "אב "]),
        ("מרץ 3.14%", ["3.14%", "מרץ "]),
        ("ab (גד) ef", ["ab (", "גד", ") ef"]),
        ("אב (ab) cd", ["cd", ") ", "ab", "אב ("]),
        ("אב (1990) גד", [") גד", "1990", "אב ("]),
        ("a) אב", ["a) ", "אב"]),
        ("(אב [cd) ef]", ["]", "ef", ") ", "cd", "(אב ["]),
        ("السعر 50 ريال", [" ريال", "50", "السعر "]),
        ("", []),
    ],
    ids=[
        "latin",
        "accents",
        "hebrew",
        "hebrew first",
        "latin first",
        "number",
        "number and latin",
        "percent",
        "hebrew in brackets",
        "latin in brackets",
        "number in brackets",
        "closing bracket alone",
        "brackets crossed",
        "arabic",
        "nothing",
    ],
)
def test_visual_order_is_that_of_reading(text: str, wanted: list[str]) -> None:
    assert shown(text) == wanted


@pytest.mark.parametrize(
    ("text", "level"), [("abc", 0), ("12 אב", 1), ("!?", 0), ("", 0), ("سلام abc", 1)]
)
def test_base_level_is_that_of_the_first_letter(text: str, level: int) -> None:
    assert base_level(text) == level
