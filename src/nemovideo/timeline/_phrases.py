"""Words for changes, in one language: lines, nouns, values. The words are data: phrases.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from nemovideo.protocol.media_types import kind_of
from nemovideo.timeline import _format
from nemovideo.timeline._format import crop, one_line, percent
from nemovideo.timeline.model import Caption, Clip, Fade, Look, Segment, Sound, Transition

ENGLISH = "en"
MOST_NAMES = 4
"""So many are named; more are counted."""
LONGEST_NAME = 60
"""In columns of a terminal."""

Noun = Sequence[str]
"""A word for one, for several, for all, and for one amid a line."""


class Phrases:
    """Words of one language.

    Args:
        table: Section, key and word.
        english: The same in English, by which lines are grouped: so that they are as many in every
            language. None for English itself.
    """

    def __init__(
        self, table: Mapping[str, Mapping[str, Any]], english: Phrases | None = None
    ) -> None:
        self._table = table
        self.english = english or self

    def line(self, key: str, **values: object) -> str:
        """Return a line."""
        return _filled(self._table["lines"][key], values)

    def part(self, key: str, **values: object) -> str:
        """Return a part of a line."""
        return _filled(self._table["parts"][key], values)

    def word(self, name: str) -> str:
        """Return what a value is called."""
        return str(self._table["words"].get(name) or one_line(name).replace("-", " "))

    def property(self, key: str) -> str:
        """Return what a property is called."""
        return str(self._table["properties"][key])

    def noun(self, key: str) -> Noun:
        """Return a noun."""
        found: Noun = self._table["nouns"][key]
        return found

    def seconds(self, ms: int) -> str:
        """Write a length of time."""
        return self.part("seconds", number=_format.seconds(ms))

    def span(self, start_ms: int, end_ms: int) -> str:
        """Write a stretch of time."""
        numbers = f"{_format.seconds(start_ms)}-{_format.seconds(end_ms)}"
        return self.part("seconds", number=numbers)

    def counted(self, key: str, count: int) -> str:
        """Return how many there are: “Photo”, “2 photos”."""
        noun = self.noun(key)
        return noun[0] if count == 1 else _filled(noun[1], {"count": count})

    def all_of(self, key: str, count: int) -> str:
        """Return that it is all of them: “all 6 photos”."""
        return _filled(self.noun(key)[2], {"count": count})

    def was(self, old: str) -> str:
        """Return the part that says what it was; nothing where that is no news."""
        is_news = old not in (self.word("none"), self.word("automatic"))
        return self.part("was", old=old) if is_news else ""

    def names(self, names: Sequence[str]) -> str:
        """List names, the first of them."""
        left = len(names) - MOST_NAMES
        shown = self.part("comma").join(names[:MOST_NAMES])
        return shown + (self.part("more", count=left) if left > 0 else "")

    def name(self, segment: Segment) -> str:
        """Return what a segment is called, words in quotes."""
        name = crop(one_line(segment.label or ""), LONGEST_NAME) or self.part("untitled")
        return self.part("quoted", text=name) if segment.is_text else name

    def look(self, looks: Sequence[Look] | None) -> str:
        """Name looks."""
        return self.part("comma").join(map(self._one_look, looks or ())) or self.word("none")

    def _one_look(self, look: Look) -> str:
        name = self.word(look.name)
        if look.amount == 1:
            return name
        return self.part("amount", name=name, percent=percent(look.amount))

    def transition(self, transition: Transition | None) -> str:
        """Name a transition."""
        if transition is None:
            return self.word("none")
        name = self.word(transition.name)
        if transition.duration_ms is None:
            return name
        return self.part("transition", name=name, length=self.seconds(transition.duration_ms))

    def fade(self, fade: Fade | None, key: str) -> str:
        """Name a fade; the key is ``fade_in`` or ``fade_out``."""
        if fade is None:
            return self.word("none")
        return self.part(key, color=self.word(fade.color), length=self.seconds(fade.duration_ms))


def _filled(template: str, values: Mapping[str, object]) -> str:
    """Put values into a template, with a space between Chinese and Latin letters or digits."""
    line = ""
    for text, key, _, _ in Formatter().parse(template):
        for piece in (text, "" if key is None else str(values[key])):
            line += f" {piece}" if _wants_space(line[-1:], piece[:1]) else piece
    return line


def _wants_space(left: str, right: str) -> bool:
    """Return whether of two letters side by side one is Chinese and the other is not."""
    is_alike = left.isascii() == right.isascii()
    return left.isalnum() and right.isalnum() and not is_alike


@cache
def phrases(language: str) -> Phrases:
    """Return the words of a language, ``en`` where there are none of it."""
    name = language.lower().replace("_", "-").partition("-")[0]
    table = {
        section: {key: forms.get(name, forms[ENGLISH]) for key, forms in rows.items()}
        for section, rows in _table().items()
    }
    return Phrases(table, None if language == ENGLISH else phrases(ENGLISH))


@cache
def _table() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    source = files(__package__).joinpath("phrases.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


def noun_of(segments: Sequence[Segment]) -> str:
    """Return the key of the noun for some segments of one type."""
    keys = {_noun_of(segment) for segment in segments}
    if len(keys) == 1:
        return keys.pop()
    return "text" if isinstance(segments[0], Caption) else "clip"


def _noun_of(segment: Segment) -> str:
    if isinstance(segment, Clip):
        kind = segment.kind or kind_of(segment.name or "")
        return "photo" if kind == "image" else "clip"
    if isinstance(segment, Sound):
        return "music"
    return (segment.style or "title") if isinstance(segment, Caption) else "track"
