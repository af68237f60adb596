"""Which way each part of a line runs: Unicode's bidirectional algorithm (UAX 9), by python-bidi.

The library's public function gives a finished string; a font needs the levels, because it joins
and mirrors by itself. They come from the library's own steps. What those lack is the rule for
brackets (N0), without which “(1990)” falls apart in an Arabic line.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any, TypeVar

from bidi import algorithm
from bidi.mirror import MIRRORED

_Item = TypeVar("_Item")
_NUMBERS = ("EN", "AN")


def base_level(text: str) -> int:
    """Return the direction of a paragraph, that of its first strong character: 1 is from right."""
    return int(algorithm.get_base_level(text))


def levels(clusters: Sequence[str], base: int) -> list[int]:
    """Return the embedding level of each cluster; odd ones run from right to left.

    There are no control characters among them; the first character of each decides.
    """
    leaders = "".join(cluster[0] for cluster in clusters)
    if base == 0 and leaders.isascii():
        return [0] * len(clusters)
    storage: dict[str, Any] = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    algorithm.get_embedding_levels(leaders, storage)
    for entry in storage["chars"]:
        if entry["type"] in ("BN", "B"):
            entry["type"] = "ON"
    algorithm.calc_level_runs(storage)
    algorithm.resolve_weak_types(storage)
    _resolve_brackets(storage["chars"], "LR"[base])
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    return [int(entry["level"]) for entry in storage["chars"]]


def visual_order(items: Sequence[_Item], levels_of: Sequence[int]) -> list[_Item]:
    """Return the parts of one line from left to right (rule L2)."""
    entries = list(zip(levels_of, items, strict=True))
    for level in range(max(levels_of, default=0), 0, -1):
        start = 0
        while start < len(entries):
            end = start
            while end < len(entries) and entries[end][0] >= level:
                end += 1
            entries[start:end] = entries[start:end][::-1]
            start = end + 1
    return [item for _, item in entries]


def _resolve_brackets(chars: list[dict[str, Any]], base: str) -> None:
    """Give both brackets of a pair one direction: that of what they hold or stand in (rule N0)."""
    for opening, closing in _pairs(chars):
        inside = {_direction(entry) for entry in chars[opening + 1 : closing]} - {None}
        if not inside:
            continue
        direction = base
        if base not in inside:
            before = (_direction(entry) for entry in reversed(chars[:opening]))
            direction = next((found for found in before if found), base)
        chars[opening]["type"] = chars[closing]["type"] = direction


def _direction(entry: dict[str, Any]) -> str | None:
    kind = str(entry["type"])
    return "R" if kind in _NUMBERS else kind if kind in ("L", "R") else None


def _pairs(chars: list[dict[str, Any]]) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    still_open: list[tuple[str, int]] = []
    for number, entry in enumerate(chars):
        char = str(entry["ch"])
        kind = unicodedata.category(char)
        if kind == "Ps" and char in MIRRORED:
            still_open.append((MIRRORED[char], number))
        elif kind == "Pe" and (match := _last(still_open, char)) is not None:
            pairs.append((still_open[match][1], number))
            del still_open[match:]
    return sorted(pairs)


def _last(still_open: list[tuple[str, int]], closing: str) -> int | None:
    matches = [at for at, (wanted, _) in enumerate(still_open) if wanted == closing]
    return matches[-1] if matches else None
