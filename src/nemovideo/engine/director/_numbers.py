"""Numbers and lengths of time as people write them, in English and Chinese."""

from __future__ import annotations

import re

_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_DIGITS_ZH = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}

_WORDS = {
    **{word: value for value, word in enumerate(_UNITS, 1)},
    **{word: value for value, word in enumerate(_TEENS, 10)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
    "an": 1,
    "a": 1,
}

_EN_WORD = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_UNITS)}))?|{'|'.join(_TEENS + _UNITS)}|an?)"
)
_NUMBER_EN = rf"(?:\d+(?:\.\d+)?|\b{_EN_WORD}\b)"
_HOUR = r"(?:hours?|hrs?|h)\b"
_MINUTE = r"(?:minutes?|mins?|m)\b"
_SECOND = r"(?:seconds?|secs?|s)\b"
_GAP = r"[ -]?"

DURATION_EN = (
    r"(?:"
    rf"(?<![\d:.])\d+:[0-5]\d(?![\d:])(?: ?{_MINUTE})?"
    rf"|\b(?:half an?|a half|half){_GAP}(?:{_HOUR}|{_MINUTE}|{_SECOND})"
    rf"|(?<![\d.]){_NUMBER_EN}{_GAP}(?:{_HOUR}|{_MINUTE}|(?<=\d)h|(?<=\d)m)(?: and a half)?"
    rf"(?:(?:,? and |, | |-)?{_NUMBER_EN}(?:{_GAP}(?:{_MINUTE}|{_SECOND})"
    rf"|(?![\w:%.,-]*\d)(?![ -](?:photos?|pictures?|images?|clips?|files?))\b))?"
    rf"|(?<![\d.]){_NUMBER_EN} and a half (?:{_HOUR}|{_MINUTE}|{_SECOND})"
    rf"|(?<![\d.]){_NUMBER_EN}{_GAP}{_SECOND}(?: and a half)?"
    r")"
)
"""A pattern for lengths in English: ``90s``, ``1:30``, ``half a minute``, ``1 minute 30``."""

_NUMBER_ZH = r"(?:\d+(?:\.\d+)?|[零一二两三四五六七八九十百]+)"
DURATION_ZH = (
    rf"(?:{_NUMBER_ZH}个半小时|{_NUMBER_ZH}(?:个?小时|分钟?)半|半(?:个?小时|分钟|秒)"
    rf"|{_NUMBER_ZH}个?小时(?:{_NUMBER_ZH}分钟?)?(?:{_NUMBER_ZH}秒钟?)?"
    rf"|{_NUMBER_ZH}分钟?(?:{_NUMBER_ZH}秒钟?|{_NUMBER_ZH}(?=$|\W))?"
    rf"|{_NUMBER_ZH}(?:个?半)?秒钟?)"
)
"""The same for Chinese: ``三十秒``, ``一分半``, ``1分30秒``."""

_SECONDS = {"h": 3600, "小": 3600, "时": 3600, "m": 60, "分": 60, "s": 1, "秒": 1}
_TOKEN = re.compile(
    rf"(?P<half>half(?: an?)?|a half|个?半)|(?P<number>{_NUMBER_ZH}|\b{_EN_WORD}\b)"
    r"|(?P<unit>hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s|个?小时|分钟?|秒钟?)(?![a-z])"
)


def parse_duration(text: str) -> int:
    """Return the milliseconds of a text that `DURATION_EN` or `DURATION_ZH` matched."""
    clock = re.match(r"(\d+):(\d\d)", text)
    if clock:
        return (int(clock[1]) * 60 + int(clock[2])) * 1000
    return round(_sum_of_tokens(text) * 1000)


def _sum_of_tokens(text: str) -> float:
    total, number, unit = 0.0, None, 0
    has_half = False
    for token in _TOKEN.finditer(text):
        if token["half"]:
            if number is None and unit:
                total += unit / 2  # "a minute and a half", 一分半
            else:
                has_half = True  # "half a minute", "one and a half minutes", 一个半小时
        elif token["number"]:
            number = parse_number(token["number"])
        else:
            unit = _SECONDS[token["unit"].removeprefix("个")[0]]
            total += ((number or 0.0) + (0.5 if has_half else 0.0)) * unit
            number, has_half = None, False
    return total + (number or 0.0) * (unit / 60)  # "1 minute 30": the next smaller unit


def parse_number(text: str) -> float:
    """Return the value of digits or number words."""
    if text[0].isdigit() and text[0].isascii():
        return float(text)
    if text[0] in _DIGITS_ZH or text[0] in "十百":
        return _parse_chinese(text)
    return float(sum(_WORDS[word] for word in re.split("[ -]", text)))


def _parse_chinese(text: str) -> float:
    total, digit = 0, 0
    for char in text:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = digit * 10 + _DIGITS_ZH[char]
    return float(total + digit)
