"""What a language module gives to the grammar: patterns over the marks of `_scan`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from nemovideo.engine.director._model import Ordering
from nemovideo.engine.director._scan import (
    DURATION,
    FILE,
    PERCENT,
    QUOTE,
    RATIO,
    UNKNOWN_FILE,
)

Pattern = re.Pattern[str]
Name = TypeVar("Name", bound=str)
_MARK_NAMES = {
    "<Q>": QUOTE,
    "<F>": FILE,
    "<U>": UNKNOWN_FILE,
    "<D>": DURATION,
    "<R>": RATIO,
    "<P>": PERCENT,
}


def compile_pattern(source: str) -> Pattern:
    """Compile a pattern; ``<Q> <F> <U> <D> <R> <P>`` stand for the marks.

    Word boundaries are those of ASCII: Chinese and English words touch without a space.
    """
    for name, mark in _MARK_NAMES.items():
        source = source.replace(name, f"(?:{mark})")
    return re.compile(source, re.ASCII)


def compile_choices(choices: Mapping[Name, str]) -> tuple[tuple[Name, Pattern], ...]:
    """Compile named patterns; their order is that in which they are tried."""
    return tuple((name, compile_pattern(source)) for name, source in choices.items())


@dataclass(frozen=True)
class Vocabulary:
    """A language's patterns, grouped by what they are for."""

    without: tuple[Pattern, ...]
    """Takes away what `things` names inside the match."""
    things: tuple[tuple[str, Pattern], ...]
    """``music``, ``title``, ``transition``."""
    titles: tuple[Pattern, ...]
    """With the last quote, or the group ``text``, as the title."""
    at_the_end: Pattern
    """Inside a title's match: it stands at the end."""
    not_a_title: Pattern
    """What an unquoted title never is."""
    title_asked: Pattern
    """A title is wanted, but no words are given."""
    music_said: Pattern
    """Music after a colon, in the group ``text``."""
    music_file: Pattern
    """A file or quote as music."""
    music: Pattern
    other_music: Pattern
    moods: tuple[tuple[str, Pattern], ...]
    louder: Pattern
    quieter: Pattern
    volume_to: Pattern
    per_photo: Pattern
    per_transition: Pattern
    longer: Pattern
    shorter: Pattern
    moment: Pattern
    """A duration that is a position, not a length."""
    total: Pattern
    aspects: tuple[tuple[str, Pattern], ...]
    transitions: tuple[tuple[str, Pattern], ...]
    orders: tuple[tuple[Ordering, Pattern], ...]
    named_order: Pattern
    put_first: Pattern
    put_last: Pattern
    adds_media: Pattern
    new_cut: Pattern
    counts: Pattern
    """Photos and clips as they are spoken of, a number in the group ``count``."""
    clause_end: Pattern
    not_done: Pattern
    """A question or a prohibition: nothing in such a clause is to be done."""
    aside: Pattern
    """What follows describes a subject; it is not read as an instruction."""
    scope: Pattern
    """Words that narrow an edit to a part, or ask for one that is unknown here."""
    harmless: Pattern
    """Words that say nothing of their own."""
