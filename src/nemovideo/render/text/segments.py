"""Text into characters as readers see them, and into lines. Pure; knows no fonts.

Unicode's own rules come from libraries: characters (UAX 29) and breaks (UAX 14) from
`unicode_segmentation_rs`; where words or phrases end in Thai, Chinese and Japanese, which put no
blanks between them, from BudouX.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import budoux
import unicode_segmentation_rs as unicode_segments

_KEPT_FORMATS = frozenset("\u200b\u200c\u200d\u2060")
"""Characters of no width that mean something to breaks or to the font."""


@dataclass(frozen=True)
class Paragraph:
    """A text between two line breaks."""

    clusters: tuple[str, ...]
    """What readers take for one character each; blanks are single spaces."""
    breaks: frozenset[int] = frozenset()
    """Numbers of clusters before which a line may end."""
    phrases: frozenset[int] = frozenset()
    """Those of the breaks at which it reads best."""


def clusters(text: str) -> list[str]:
    """Split a text into what readers take for one character each.

    Control characters and direction overrides are dropped, blanks become spaces; an accent, a
    joiner, a skin tone or the second half of a flag belongs to the character before it.
    """
    plain = "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFC", text)
        if not _is_dropped(char)
    )
    return unicode_segments.graphemes(plain, is_extended=True)


def paragraph_of(items: Sequence[str], language: str) -> Paragraph:
    """Return a paragraph with its breaks."""
    text = "".join(items)
    starts = _starts(items)
    breaks = {starts[at] for at in _break_offsets(text) if at in starts}
    words = {starts[at] for at in _thai_offsets(text) if at in starts}
    breaks |= words
    if language not in ("ja", "zh"):
        return Paragraph(tuple(items), frozenset(breaks), frozenset(breaks))
    ends = {starts[at] for at in _offsets(_parser(language).parse(text)) if at in starts}
    phrases = {at for at in breaks if at in ends or not _is_within_phrase(items, at)}
    return Paragraph(tuple(items), frozenset(breaks), frozenset(phrases))


def language_of(text: str) -> str:
    """Return ``ja``, ``ko`` or ``zh`` for texts in their scripts, else an empty text."""
    if any("\u3040" <= char <= "\u30ff" for char in text):
        return "ja"
    if any("\uac00" <= char <= "\ud7af" or "\u1100" <= char <= "\u11ff" for char in text):
        return "ko"
    return "zh" if any(_is_ideograph(char) for char in text) else ""


def wrap(paragraph: Paragraph, widths: Sequence[float], limit: float) -> list[range]:
    """Break a paragraph into lines no wider than a limit, as even as can be.

    Phrases and words stay whole where that costs no line; what is wider than a line by itself is
    broken between characters. Blanks at a break belong to no line. Returns the numbers of the
    clusters of each line.
    """
    lines = _filled(paragraph, paragraph.breaks, widths, limit)
    if paragraph.phrases != paragraph.breaks:
        by_phrase = _evened(paragraph, paragraph.phrases, widths, limit)
        if len(by_phrase) <= len(lines):
            return by_phrase
    return _evened(paragraph, paragraph.breaks, widths, limit)


def count_lines(paragraph: Paragraph, widths: Sequence[float], limit: float) -> int:
    """Return into how many lines `wrap` breaks a paragraph."""
    return len(_filled(paragraph, paragraph.breaks, widths, limit))


def longest_word(paragraph: Paragraph, widths: Sequence[float]) -> float:
    """Return the width of the widest piece that `wrap` would rather keep whole."""
    pieces = _pieces(paragraph, paragraph.breaks)
    return max((_width(paragraph, piece, widths) for piece in pieces), default=0.0)


def _evened(
    paragraph: Paragraph, breaks: frozenset[int], widths: Sequence[float], limit: float
) -> list[range]:
    lines = _filled(paragraph, breaks, widths, limit)
    pieces = _pieces(paragraph, breaks)
    widest = max((_width(paragraph, piece, widths) for piece in pieces), default=0.0)
    low, high = max(limit * 0.4, widest), limit
    for _ in range(7 if len(lines) > 1 and low < high else 0):
        middle = (low + high) / 2
        narrower = _filled(paragraph, breaks, widths, middle)
        if len(narrower) == len(lines):
            lines, high = narrower, middle
        else:
            low = middle
    return lines


def _filled(
    paragraph: Paragraph, breaks: frozenset[int], widths: Sequence[float], limit: float
) -> list[range]:
    """Put as many pieces into each line as have room."""
    lines: list[range] = []
    line = range(0)
    for piece in _pieces(paragraph, breaks):
        for part in _fitting(paragraph, piece, widths, limit):
            longer = range(line.start if line else part.start, part.stop)
            if line and _width(paragraph, longer, widths) > limit:
                lines.append(_trimmed(paragraph, line))
                longer = part
            line = longer
    return [*lines, _trimmed(paragraph, line)]


def _pieces(paragraph: Paragraph, breaks: frozenset[int]) -> Iterator[range]:
    ends = sorted({0, *breaks, len(paragraph.clusters)})
    return (range(start, end) for start, end in pairwise(ends))


def _fitting(
    paragraph: Paragraph, piece: range, widths: Sequence[float], limit: float
) -> Iterator[range]:
    if _width(paragraph, piece, widths) <= limit:
        yield piece
        return
    start, width = piece.start, 0.0
    for number in piece:
        if number > start and width + widths[number] > limit:
            yield range(start, number)
            start, width = number, 0.0
        width += widths[number]
    yield range(start, piece.stop)


def _width(paragraph: Paragraph, line: range, widths: Sequence[float]) -> float:
    return sum(widths[line.start : _trimmed(paragraph, line).stop])


def _trimmed(paragraph: Paragraph, line: range) -> range:
    start, stop = line.start, line.stop
    while stop > start and paragraph.clusters[stop - 1] == " ":
        stop -= 1
    while start < stop and paragraph.clusters[start] == " ":
        start += 1
    return range(start, stop)


def _starts(items: Sequence[str]) -> dict[int, int]:
    """Return the number of the cluster that starts at each offset of the text, the first apart."""
    starts: dict[int, int] = {}
    at = 0
    for number, item in enumerate(items):
        if number:
            starts[at] = number
        at += len(item)
    return starts


def _break_offsets(text: str) -> Iterator[int]:
    yield from _offsets(unicode_segments.line_break_units(text))


def _thai_offsets(text: str) -> Iterator[int]:
    if any("\u0e01" <= char <= "\u0e5b" for char in text):
        yield from _offsets(_parser("th").parse(text))


def _is_within_phrase(items: Sequence[str], at: int) -> bool:
    """Return whether a break is between two characters of which BudouX knows what they mean."""
    return all(
        _is_ideograph(item[0]) or "\u3040" <= item[0] <= "\u30ff" for item in items[at - 1 : at + 1]
    )


def _offsets(parts: Sequence[str]) -> Iterator[int]:
    at = 0
    for part in parts[:-1]:
        at += len(part)
        yield at


@lru_cache(maxsize=3)
def _parser(language: str) -> budoux.Parser:
    loaders = {
        "ja": budoux.load_default_japanese_parser,
        "th": budoux.load_default_thai_parser,
        "zh": budoux.load_default_simplified_chinese_parser,
    }
    return loaders[language]()


def _is_dropped(char: str) -> bool:
    if char.isspace() or char in _KEPT_FORMATS or 0xE0020 <= ord(char) <= 0xE007F:
        return False
    return unicodedata.category(char) in ("Cc", "Cf", "Cs")


def _is_ideograph(char: str) -> bool:
    code = ord(char)
    return 0x2E80 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF
