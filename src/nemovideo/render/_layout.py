"""Text into lines: clusters, where a line may break, right-to-left order. Pure; knows no fonts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

Direction = Literal["ltr", "rtl"]

_NO_START = set(
    "，。、！？；：）】》」』〉”’…·～ー々,.!?;:)]}%ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ"
)
"""What a line must not begin with."""
_NO_END = set("（【《「『〈“‘([{")
"""What a line must not end with."""
_JOINER = "\u200d"
_JOINERS = (_JOINER, "\u200c")


def clusters(text: str) -> list[str]:
    """Split a text into what readers take for one character each.

    Control characters and direction overrides are dropped; an accent, a joiner, a skin tone or the
    second half of a flag belongs to the character before it.
    """
    result: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        if result and _continues(result[-1], char):
            result[-1] += char
        elif not _is_dropped(char):
            result.append(" " if char.isspace() else char)
    return result


def language_of(text: str) -> str:
    """Return ``ja``, ``ko`` or ``zh`` for texts in their scripts, else an empty text."""
    if any("\u3040" <= char <= "\u30ff" for char in text):
        return "ja"
    if any("\uac00" <= char <= "\ud7af" or "\u1100" <= char <= "\u11ff" for char in text):
        return "ko"
    return "zh" if any(_is_wide(char) for char in text) else ""


def wrap(items: Sequence[str], widths: Sequence[float], limit: float) -> list[list[int]]:
    """Break clusters into lines no wider than a limit; returns the numbers in each line.

    Words stay whole unless one alone is too wide; Chinese, Japanese and Korean break between any
    two characters, but for punctuation. Blanks at a break go.
    """
    lines: list[list[int]] = []
    line: list[int] = []
    width = 0.0
    for piece in _pieces(items):
        for part in _fitting(piece, widths, limit):
            part_width = sum(widths[number] for number in part)
            shown = part_width - (widths[part[-1]] if items[part[-1]] == " " else 0)
            if line and width + shown > limit:
                lines.append(line)
                line, width = [], 0.0
            line = line + part
            width += part_width
    return [_trimmed(items, line) for line in [*lines, line]]


def balanced(items: Sequence[str], widths: Sequence[float], limit: float) -> list[list[int]]:
    """Break as `wrap` does into as few lines, but of widths as even as can be."""
    lines = wrap(items, widths, limit)
    low, high = max(limit * 0.4, longest_word(items, widths)), limit
    for _ in range(7 if len(lines) > 1 and low < high else 0):
        middle = (low + high) / 2
        narrower = wrap(items, widths, middle)
        fits = all(sum(widths[number] for number in line) <= middle for line in narrower)
        if fits and len(narrower) == len(lines):
            lines, high = narrower, middle
        else:
            low = middle
    return lines


def longest_word(items: Sequence[str], widths: Sequence[float]) -> float:
    """Return the width of the widest piece that `wrap` would rather keep whole."""
    return max((sum(widths[number] for number in piece) for piece in _pieces(items)), default=0)


def base_direction(items: Sequence[str]) -> Direction:
    """Return the direction of a paragraph, that of its first strong character."""
    return next((direction for item in items if (direction := _strong(item))), "ltr")


def visual_runs(
    items: Sequence[str], faces: Sequence[object], base: Direction
) -> list[tuple[str, Direction]]:
    """Return a line as runs from left to right, each of one direction and one face.

    Args:
        items: The clusters of one line.
        faces: What draws each of them.
        base: The paragraph's direction.
    """
    runs: list[tuple[str, Direction]] = []
    last: object = None
    for item, face, direction in zip(items, faces, _resolved(items, base), strict=True):
        if runs and runs[-1][1] == direction and last == face:
            runs[-1] = (runs[-1][0] + item, direction)
        else:
            runs.append((item, direction))
        last = face
    groups = [list(group) for _, group in groupby(runs, key=lambda run: run[1])]
    ordered = [group[::-1] if group[0][1] == "rtl" else group for group in groups]
    return [run for group in (ordered if base == "ltr" else ordered[::-1]) for run in group]


def _continues(cluster: str, char: str) -> bool:
    code = ord(char)
    if cluster in (" ", "\n"):
        return False
    if cluster.endswith(_JOINER) and not char.isspace():
        return True
    if unicodedata.category(char) in ("Mn", "Me", "Mc") or char in _JOINERS:
        return True
    if 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F:
        return True
    if 0x1160 <= code <= 0x11FF:  # vowels and finals of decomposed Hangul
        return 0x1100 <= ord(cluster[-1]) <= 0x11FF
    return _is_regional(char) and len(cluster) == 1 and _is_regional(cluster)


def _is_dropped(char: str) -> bool:
    return not char.isspace() and unicodedata.category(char) in ("Cc", "Cf", "Cs")


def _is_regional(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _is_wide(char: str) -> bool:
    code = ord(char[0])
    return 0x2E80 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF


def _breaks_anywhere(item: str) -> bool:
    code = ord(item[0])
    return _is_wide(item) or 0xFF00 <= code <= 0xFFEF or 0x1F000 <= code <= 0x1FAFF


def _may_break(before: str, after: str) -> bool:
    if before == " ":
        return after != " "
    if after == " " or after in _NO_START or before in _NO_END:
        return False
    return before in "-–—/" or _breaks_anywhere(before) or _breaks_anywhere(after)


def _pieces(items: Sequence[str]) -> Iterator[list[int]]:
    piece: list[int] = []
    for number, item in enumerate(items):
        if piece and _may_break(items[number - 1], item):
            yield piece
            piece = []
        piece.append(number)
    if piece:
        yield piece


def _fitting(piece: list[int], widths: Sequence[float], limit: float) -> Iterator[list[int]]:
    part: list[int] = []
    width = 0.0
    for number in piece:
        if part and width + widths[number] > limit:
            yield part
            part, width = [], 0.0
        part.append(number)
        width += widths[number]
    if part:
        yield part


def _trimmed(items: Sequence[str], line: list[int]) -> list[int]:
    while line and items[line[-1]] == " ":
        line = line[:-1]
    while line and items[line[0]] == " ":
        line = line[1:]
    return line


def _strong(item: str) -> Direction | None:
    kind = unicodedata.bidirectional(item[0])
    if kind in ("R", "AL", "AN"):
        return "rtl"
    return "ltr" if kind == "L" else None


def _resolved(items: Sequence[str], base: Direction) -> list[Direction]:
    """Give every cluster a direction, as the Unicode bidirectional algorithm does without levels.

    Numbers go with the word before them; what is neutral with both neighbours, or the paragraph.
    """
    strong: list[Direction | None] = []
    word = base
    for item in items:
        direction = _strong(item)
        word = direction or word
        is_number = unicodedata.bidirectional(item[0]) == "EN"
        strong.append(word if is_number else direction)
    before = _carried(strong, base)
    after = _carried(strong[::-1], base)[::-1]
    return [
        direction or (left if left == right else base)
        for direction, left, right in zip(strong, before, after, strict=True)
    ]


def _carried(strong: Sequence[Direction | None], base: Direction) -> list[Direction]:
    carried: list[Direction] = []
    for direction in strong:
        carried.append(direction or (carried[-1] if carried else base))
    return carried
