"""The first look at a message: what is quoted, named or measured becomes one mark each.

Marks are private-use characters, as many as the text that they stand for, so that every position
in `Scan.marked` is the same one in the message. The vocabularies' patterns are written with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from nemovideo.engine.director._model import MediaItem
from nemovideo.engine.director._numbers import (
    DURATION_EN,
    DURATION_ZH,
    parse_duration,
    parse_number,
)
from nemovideo.protocol.media_types import MIME_TYPES

QUOTE = "\ue000\ue001*"
FILE = "\ue002\ue003*"
UNKNOWN_FILE = "\ue004\ue005*"
DURATION = "\ue006\ue007*"
RATIO = "\ue008\ue009*"
PERCENT = "\ue00a\ue00b*"
TAKEN = "\ue00f"
"""Stands where a rule has used the words."""

_MARKS = {mark[0]: mark[1] for mark in (QUOTE, FILE, UNKNOWN_FILE, DURATION, RATIO, PERCENT)}

_QUOTED = re.compile(
    r"“([^“”]*)”|\"([^\"]*)\"|「([^「」]*)」|『([^『』]*)』|《([^《》]*)》|‘([^‘’]*)’(?![a-z])"
    r"|(?<![a-z0-9])'([^'\n]*)'(?![a-z0-9])",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(
    rf"[^\s,，、;；:：\"“”'()/\\\ue000-\ue00f]+\.(?:{'|'.join(MIME_TYPES)})(?![a-z0-9])", re.ASCII
)
_RATIO = re.compile(
    r"(?<![\d:.])(\d{1,2}) ?(?:[:：x×比/]|by|to) ?(\d{1,2})(?![\d:.]\d|\d)"
    r"|(?<!\d)(\d{3,4}) ?[x×] ?(\d{3,4})(?!\d)"
)
_PERCENT = re.compile(r"(\d{1,3})(?: ?%| percent\b)|百分之(\d{1,3}|[一二两三四五六七八九十百]+)")
_DURATIONS = (re.compile(DURATION_EN, re.ASCII), re.compile(DURATION_ZH))
_KNOWN_RATIOS = {16 / 9: "16:9", 9 / 16: "9:16", 1.0: "1:1", 4 / 5: "4:5"}


@dataclass
class Scan:
    """A message with its marks."""

    message: str
    marked: str
    values: dict[int, Any]
    """What the marks stand for, by position."""

    def mark(self, start: int, end: int, mark: str, value: object) -> None:
        """Put a mark over a stretch of the message."""
        self.values[start] = value
        self._write(start, end, mark[0] + _MARKS[mark[0]] * (end - start - 1))

    def take(self, start: int, end: int) -> None:
        """Blank a stretch: its words are used."""
        self._write(start, end, TAKEN * (end - start))

    def values_in(self, start: int, end: int, mark: str) -> list[Any]:
        """Return what the marks of one kind stand for within a stretch."""
        spots = (match.start() for match in re.finditer(mark, self.marked[start:end]))
        return [self.values[start + spot] for spot in spots]

    def _write(self, start: int, end: int, text: str) -> None:
        self.marked = self.marked[:start] + text + self.marked[end:]


def scan(message: str, media: Sequence[MediaItem]) -> Scan:
    """Mark a message."""
    result = Scan(message, "".join(map(_plain, message)), {})
    _mark_quotes(result, media)
    _mark_files(result, media)
    for match in _RATIO.finditer(result.marked):
        ratio = _ratio_name(match)
        if ratio:
            result.mark(*match.span(), RATIO, ratio)
    for match in _PERCENT.finditer(result.marked):
        result.mark(*match.span(), PERCENT, parse_number(match[1] or match[2]))
    for pattern in _DURATIONS:
        for match in pattern.finditer(result.marked):
            result.mark(*match.span(), DURATION, parse_duration(match.group()))
    return result


def _plain(char: str) -> str:
    """Fold case and width, a character for a character."""
    if "\ue000" <= char <= "\ue0ff":
        return "?"
    if "\uff01" <= char <= "\uff5e" and char not in "，；：！？":
        char = chr(ord(char) - 0xFEE0)
    if char in "’ʼ":
        return "'" if char == "ʼ" else char
    if char in "‐‑–":
        return "-"
    lowered = char.lower()
    return lowered if len(lowered) == 1 else char


def _mark_quotes(result: Scan, media: Sequence[MediaItem]) -> None:
    names = {item.name.lower() for item in media}
    for match in _QUOTED.finditer(result.marked):
        start, end = next(match.span(group) for group in range(1, 8) if match[group] is not None)
        inner = result.message[start:end].strip()
        if inner.lower() in names:
            result.mark(*match.span(), FILE, inner.lower())
        elif _FILE_NAME.fullmatch(inner.lower()):
            result.mark(*match.span(), UNKNOWN_FILE, inner)
        else:
            result.mark(*match.span(), QUOTE, inner)


def _mark_files(result: Scan, media: Sequence[MediaItem]) -> None:
    names = {item.name.lower() for item in media if "." in item.name}
    for name in sorted(names, key=len, reverse=True):
        for start in _standing_alone(name, result.marked):
            result.mark(start, start + len(name), FILE, name)
    for match in _FILE_NAME.finditer(result.marked):
        result.mark(*match.span(), UNKNOWN_FILE, result.message[match.start() : match.end()])


def _standing_alone(name: str, text: str) -> Iterator[int]:
    pattern = rf"(?<![a-z0-9_\-]){re.escape(name)}(?![a-z0-9_\-])"
    return (match.start() for match in re.finditer(pattern, text, re.ASCII))


def _ratio_name(match: re.Match[str]) -> str | None:
    width, height = (int(value) for value in match.groups() if value)
    return _KNOWN_RATIOS.get(width / height) if height else None
