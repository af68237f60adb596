"""The items of a wish, references to clips and words among them, and what those are read against.

An item is a concept, a value with its role (``to``, ``by``, ``from``, ``at`` …), or a reference to
clips or words on the timeline before the message.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import PurePath
from typing import Any, NamedTuple

from nemovideo.editing.model import Media
from nemovideo.language.lexicon import normal_form
from nemovideo.language.slips import is_slip
from nemovideo.language.things import same_things
from nemovideo.timeline.model import Clip, Timeline

VERBS = frozenset(
    [
        "remove",
        "move",
        "rotate",
        "flip",
        "trim",
        "cut",
        "split",
        "swap",
        "duplicate",
        "sort",
        "shuffle",
        "reverse",
        "replace",
        "speed-up",
        "slow-down",
        "lengthen",
        "shorten",
        "louder",
        "quieter",
        "zoom",
        "pan",
        "keep",
        "start-over",
        "undo",
        "redo",
        "back-to-first",
        "make",
    ]
)
"""Concepts of doing: "don't" before one of them is a negation, before a thing it means none."""
_GENERIC = frozenset(
    [
        "img",
        "image",
        "dsc",
        "dscn",
        "pxl",
        "mvi",
        "vid",
        "video",
        "photo",
        "pic",
        "picture",
        "foto",
        "clip",
        "scan",
        "file",
        "screenshot",
        "copy",
        "final",
        "edit",
        "the",
        "and",
    ]
)
"""Words in names of files that name no picture."""
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Ref:
    """Clips that are meant, by their places on the timeline."""

    places: tuple[int, ...]
    noun: str = ""
    """``photo``, ``clip``, ``one``, or empty when a number or name stands alone."""
    is_bare: bool = False
    """Whether the noun stands alone: which of them is not said."""
    is_plural: bool = False
    is_all: bool = False
    is_each: bool = False
    is_named: bool = False
    is_ordinal: bool = False
    """Whether it is one, given by a number."""
    is_it: bool = False
    is_rest: bool = False
    """Whether it is all that was not named before, of whatever kind: "the rest"."""
    numbers: tuple[int, ...] = ()
    """As which they were counted, of those that were: 1 is the first, -1 the last."""
    is_ending: bool = False
    """Whether it is a pronoun at the end of a verb, which may say again what is named anyway."""
    hole: tuple[int, ...] = ()
    """Places of what "except …" leaves out."""
    problem: tuple[str, dict[str, Any]] | None = field(default=None, hash=False)
    """Why there are no such clips: a key of the phrases, and values."""
    choices: tuple[int, ...] = ()
    """Places of which one is meant, when it is not clear which."""


@dataclass(frozen=True)
class TextRef:
    """Words over the picture that are meant."""

    style: str
    """``title``, ``caption``, ``subtitle``, or ``text`` for any."""
    number: int | None = None
    is_plural: bool = False
    is_bare: bool = False


@lru_cache(maxsize=4096)
def _is_of_family(concepts: frozenset[str]) -> bool:
    return any(":" in concept for concept in concepts)


@lru_cache(maxsize=4096)
def _named(concepts: frozenset[str], family: str) -> str | None:
    prefix = f"{family}:"
    return next((c.removeprefix(prefix) for c in sorted(concepts) if c.startswith(prefix)), None)


class Item(NamedTuple):
    """A piece of a wish."""

    kind: str
    start: int
    end: int
    raw: str = ""
    concepts: frozenset[str] = frozenset()
    value: Any = None
    role: str | None = None
    is_known: bool = True

    def has(self, *concepts: str) -> bool:
        """Return whether it stands for one of the concepts."""
        return not self.concepts.isdisjoint(concepts)

    @property
    def is_of_family(self) -> bool:
        """Whether it stands for a concept of some family."""
        return _is_of_family(self.concepts)

    def named(self, family: str) -> str | None:
        """Return the name in a family of concepts: ``warm`` of ``look:warm``."""
        return _named(self.concepts, family)


@dataclass(frozen=True)
class Scene:
    """What references are read against: the timeline before the message."""

    timeline: Timeline
    media: Media
    named: tuple[int, ...] = ()
    """What was named last: "it", "this one"."""

    def places(self, noun: str) -> Sequence[int]:
        """Return the places of all clips of a kind."""
        return self._of_kinds.get(noun) or range(len(self.timeline.clips))

    @cached_property
    def _of_kinds(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {"photo": [], "clip": []}
        for place, clip in enumerate(self.timeline.clips):
            found["clip" if clip.is_film else "photo"].append(place)
        return found

    def picture_named(self, place: int, words: str) -> Clip | None:
        """Return the picture of a pair that words name; None where they name both, or neither."""
        pictures = self.timeline.clips[place].pictures
        said = normal_form(words)
        exact = [one for one in pictures if one.name and normal_form(one.name) in said]
        found = exact or [one for one in pictures if _is_named(one.name or "", said)]
        return found[0] if len(found) == 1 < len(pictures) else None

    @cached_property
    def file_words(self) -> dict[str, str]:
        """Return the files that are not on the timeline by the words in their names."""
        used = {picture.name for picture in self.timeline.pictures}
        found: dict[str, str] = {}
        for item in self.media:
            for word in _words_of(item.name) if item.name not in used else ():
                found.setdefault(word, item.name)
        for word, name in list(found.items()):
            for other in same_things(word):
                found.setdefault(other, name)
        return found

    @cached_property
    def words(self) -> dict[str, list[int]]:
        """Return the clips by the words in their names, and by what these are called elsewhere."""
        found: dict[str, list[int]] = {}
        for place, clip in enumerate(self.timeline.clips):
            names = [_words_of(picture.name or "") for picture in clip.pictures]
            for word in dict.fromkeys(word for words in names for word in words):
                found.setdefault(word, []).append(place)
        elsewhere: dict[str, set[int]] = {}
        for word, places in found.items():
            for other in same_things(word):
                elsewhere.setdefault(other, set()).update(places)
        return {word: sorted(places) for word, places in elsewhere.items()} | found


def _words_of(name: str) -> list[str]:
    """Return the words of a file's name that may name what is in it, each once."""
    words = dict.fromkeys(_WORD.findall(normal_form(PurePath(name).stem)))
    return [word for word in words if word not in _GENERIC]


def _is_named(name: str, said: str) -> bool:
    """Return whether some words hold one of a file's name, if need be with a slip."""
    words = _words_of(name)
    if any(form in said for word in words for form in (word, *same_things(word))):
        return True
    return any(is_slip(one, word) for one in said.split() for word in words)
