"""What the program says, in the user's language.

Inside, the program speaks English: messages, errors, JSON and logs are the same everywhere. At the
edge `Output` turns a sentence into the user's language by a catalogue, a TOML file a language. Its
keys are the English sentences with ``{}`` for what varies; a value puts that back in the same order
or, by numbers (``{1} … {0}``), in another. What the catalogue doesn't know stays English.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "zh")
"""What the interface speaks; the first is that of the sources."""
HOLE = "{}"
GOING_ON = "…"
"""Ends what is being done; it says the same in every language."""
_NUMBERED_HOLE = re.compile(r"\{(\d*)\}")
_BETWEEN = re.compile(r"((?<=[.!?…])[^\S\n]+|\n)")
"""What stands between two sentences."""
_PAUSES = ("; ", ": ", ", ", " (")


class Catalogue:
    """Sentences of one language by their English ones, with holes."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self._whole = {key: value for key, value in sentences.items() if HOLE not in key}
        templates = [(key.split(HOLE), value) for key, value in sentences.items() if HOLE in key]
        # Of several that fit, the one that says most of it itself.
        self._templates = sorted(templates, key=lambda item: -sum(map(len, item[0])))

    def translate(self, text: str) -> str:
        """Return a text in the catalogue's language; what is not known of it as it is."""
        return self._translated(text) or text

    def _translated(self, text: str) -> str | None:
        return self._looked_up(text) or self._in_sentences(text) or self._in_parts(text)

    def _looked_up(self, text: str) -> str | None:
        known = self._whole.get(text)
        if known is not None:
            return known
        if text.endswith(GOING_ON):
            known = self._translated(text.removesuffix(GOING_ON))
            return None if known is None else f"{known}{GOING_ON}"
        for parts, value in self._templates:
            holes = _match(parts, text)
            if holes is not None:
                return _fill(
                    value, [self.translate(hole) if " " in hole else hole for hole in holes]
                )
        return None

    def _in_sentences(self, text: str) -> str | None:
        first, *rest = _BETWEEN.split(text)
        if not rest:
            return None
        known = self._translated(first)
        is_known, said = known is not None, known or first
        for gap, sentence in zip(rest[::2], rest[1::2], strict=True):
            # Chinese needs no space after its full stop.
            said += "" if gap == " " and known is not None else gap
            known = self._translated(sentence)
            is_known, said = is_known or known is not None, said + (known or sentence)
        return said if is_known else None

    def _in_parts(self, text: str) -> str | None:
        """Translate what stands beside a pause: "a.jpg: the file is broken"."""
        for pause in _PAUSES:
            before, found, after = text.partition(pause)
            if not found:
                continue
            known, rest = self._translated(before), self._translated(after)
            if rest is None and pause == " (" and after.endswith(")"):
                rest = self._translated(after[:-1])
                rest = f"{rest})" if rest else None
            if known or rest:
                return f"{known or before}{self._whole.get(pause, pause)}{rest or after}"
        return None


def _match(parts: Sequence[str], text: str) -> list[str] | None:
    """Return what stands in the holes between these parts; None where they don't fit."""
    first, *middle, last = parts
    if not (text.startswith(first) and text.endswith(last)):
        return None
    holes, start, end = [], len(first), len(text) - len(last)
    for part in middle:
        found = text.find(part, start + 1, end)
        if found < 0:
            return None
        holes.append(text[start:found])
        start = found + len(part)
    return [*holes, text[start:end]] if start < end else None


def _fill(value: str, holes: Sequence[str]) -> str:
    numbers = iter(range(len(holes)))
    return _NUMBERED_HOLE.sub(
        lambda match: holes[int(match[1]) if match[1] else next(numbers)], value
    )


@cache
def catalogue_of(language: str) -> Catalogue | None:
    """Return the catalogue of an ISO language code; None for English and those without one."""
    name = language.lower().partition("-")[0].partition("_")[0]
    if name not in LANGUAGES[1:]:
        return None
    text = files(__package__).joinpath(f"{name}.toml").read_text("utf-8")
    return Catalogue(tomllib.loads(text))


def translator_for(language: str) -> Callable[[str], str]:
    """Return what turns English sentences into a language."""
    catalogue = catalogue_of(language)
    return (lambda text: text) if catalogue is None else catalogue.translate
