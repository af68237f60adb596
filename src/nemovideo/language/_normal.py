"""Text in one form for reading: lower case, no accents, simplified Chinese, single spaces. Pure.

Each character of the normalised text knows where it stood, so that words can be named as they were
written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from nemovideo.language._chinese import simplified

_DASHES = "‐‑‒–—−"
_APOSTROPHES = "'’‘ʼ`´"
_HAN_ALONE = re.compile("[\u4e00-\u9fff]+")
_WORD = re.compile(r"[^\W_]+")
_IN_NEED = re.compile("^ |[ \n] |['-]")
"""Spaces that are too many, and signs that may join words."""
_ACCENTS = str.maketrans("áàâäéèêëíìîïóòôöúùûüñç", "aaaaeeeeiiiioooouuuunc")


@dataclass(frozen=True)
class NormalText:
    """A text and its normalised form."""

    original: str
    """In Unicode's composed form (NFC)."""
    text: str
    places: tuple[int, ...]
    """Where each character of `text` stands in `original`, and at last where that ends."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the normalised text stands in the original."""
        if start >= end:
            return self.places[start], self.places[start]
        return self.places[start], self.places[end - 1] + 1


def normalized(text: str) -> NormalText:
    """Normalise a text; any string will do."""
    original = unicodedata.normalize("NFC", text)
    folds = [_fold(char) for char in original]
    plain = "".join(folds)
    is_one_each = len(plain) == len(folds) and "" not in folds
    if is_one_each and not _IN_NEED.search(plain):
        return NormalText(original, plain, tuple(range(len(original) + 1)))
    chars: list[str] = []
    places: list[int] = []
    for place, fold in enumerate(folds):
        for folded in fold:
            if folded == " " and (not chars or chars[-1] in " \n"):
                continue
            chars.append(folded)
            places.append(place)
    joined, kept = _without_joints(chars, places)
    return NormalText(original, joined, (*kept, len(original)))


def written_out(normal: NormalText, abbreviations: Mapping[str, str]) -> NormalText:
    """Return a text with words in the place of what is short for them: ``q`` for ``que``.

    All letters of such a word stand where the abbreviation began.
    """
    chars: list[str] = []
    places: list[int] = []
    end = 0
    for found in _WORD.finditer(normal.text):
        whole = abbreviations.get(found[0])
        if whole is not None:
            chars += normal.text[end : found.start()] + whole
            places += normal.places[end : found.start()]
            places += (normal.places[found.start()],) * (len(whole) - 1)
            places.append(normal.places[found.end() - 1])
            end = found.end()
    if not end:
        return normal
    text = "".join(chars) + normal.text[end:]
    return NormalText(normal.original, text, (*places, *normal.places[end:]))


@lru_cache(maxsize=8192)
def normal_form(text: str) -> str:
    """Return the normalised form alone, as entries of a lexicon are kept."""
    if _HAN_ALONE.fullmatch(text):
        return simplified(text)
    plain = text if text.isascii() else text.translate(_ACCENTS)
    if plain.isascii() and plain.replace(" ", "a").isalpha() and plain.islower():
        return plain.strip()
    return normalized(text).text.strip()


@lru_cache(maxsize=8192)
def _fold(char: str) -> str:
    """Return what stands for one character."""
    if char in _DASHES:
        return "-"
    if char in _APOSTROPHES:
        return "'"
    if "a" <= char <= "z" or "0" <= char <= "9" or char in " \n":
        return char
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", char).lower())
    kept = "".join(c for c in folded if unicodedata.category(c) not in ("Mn", "Cf", "Cc", "Cs"))
    return simplified(" " if kept.isspace() else kept)


def _without_joints(chars: list[str], places: list[int]) -> tuple[str, list[int]]:
    """Drop apostrophes inside words and write hyphens before letters as spaces."""
    kept: list[str] = []
    kept_places: list[int] = []
    for number, char in enumerate(chars):
        if char == "s" and _is_genitive(chars, number):
            continue
        before = chars[number - 1] if number else " "
        after = chars[number + 1] if number + 1 < len(chars) else " "
        if char == "'" and before.isalnum() and after.isalpha():
            continue
        if char == "-" and before.isalnum() and after.isalpha():
            char = " "
        kept.append(char)
        kept_places.append(places[number])
    return "".join(kept), kept_places


def _is_genitive(chars: list[str], place: int) -> bool:
    """Return whether an "s" says whose something is behind a number: "photo 3's length"."""
    is_behind = place > 1 and chars[place - 1] == "'" and chars[place - 2].isdigit()
    return is_behind and not "".join(chars[place + 1 : place + 2]).isalnum()
