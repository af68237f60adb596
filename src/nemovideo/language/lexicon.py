"""The lexicons: what a language calls each concept. Data from ``lexicon/*.toml``, no rules.

A language is one file; a further one needs no code. Forms are matched as whole words, the longest
first; in scripts without spaces anywhere.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from nemovideo.language._chinese import is_han
from nemovideo.language._normal import normal_form as normal_form

_VALUE_TABLES = {
    "numbers": "number",
    "scales": "scale",
    "ordinals": "ordinal",
    "factors": "factor",
    "colors": "color",
}
"""Tables whose keys or values are the meaning: number words, ordinals, factors, colours."""
DEFAULT = "en"
MIN_TYPO_LENGTH = 5
_SHORTEST_STEM = 3
_FREE_TYPO_LENGTH = 6
"""From here on a wrong letter is forgiven too, not only a missing, doubled or swapped one."""


@dataclass(frozen=True)
class Entry:
    """What one form may mean."""

    concepts: frozenset[str] = frozenset()
    values: Mapping[str, Any] = field(default_factory=dict)
    """Its value as a number, ordinal, factor or colour."""


@dataclass
class Lexicon:
    """The words of one language."""

    code: str
    entries: dict[str, Entry]
    """By normalised form."""
    suffixes: dict[str, Entry]
    """What may follow a number without a space: units, ordinal endings."""
    has_decimal_comma: bool = False
    endings: tuple[str, ...] = ()
    """What may be written at the end of a word, the longest first: Spanish pronouns."""
    _by_start: dict[str, list[str]] = field(default_factory=dict)
    _deletions: dict[str, set[str]] | None = None

    def __post_init__(self) -> None:
        """Index the forms by how they begin."""
        for form in sorted(self.entries, key=len, reverse=True):
            self._by_start.setdefault(_start(form, 0), []).append(form)

    def match(self, text: str, at: int) -> str | None:
        """Return the longest form that stands at a place of a normalised text."""
        for form in self._by_start.get(_start(text, at), ()):
            if text.startswith(form, at) and _ends_word(text, at + len(form)):
                return form
        return None

    def without_ending(self, word: str) -> str | None:
        """Return the form that an unknown word is but for its ending; None when it is none."""
        for ending in self.endings:
            stem = word.removesuffix(ending)
            if stem != word and len(stem) >= _SHORTEST_STEM and stem in self.entries:
                return stem
        return None

    def forgive(self, word: str) -> str | None:
        """Return the one form that a word with a single slip must mean; None in doubt."""
        if len(word) < MIN_TYPO_LENGTH or not word.isascii():
            return None
        near = {form for form in self._near(word) if _is_slip(word, form)}
        meanings = {self.entries[form].concepts for form in near}
        return min(near) if len(meanings) == 1 else None

    def _near(self, word: str) -> set[str]:
        if self._deletions is None:
            self._deletions = {}
            for form in self.entries:
                if len(form) >= MIN_TYPO_LENGTH and form.isascii() and form.isalpha():
                    for key in (form, *_shorter(form)):
                        self._deletions.setdefault(key, set()).add(form)
        keys = (word, *_shorter(word))
        return set().union(*(self._deletions.get(key, set()) for key in keys))


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that the package has a lexicon of, the default first."""
    names = [file.name for file in (files("nemovideo.language") / "lexicon").iterdir()]
    codes = sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))
    return (DEFAULT, *(code for code in codes if code != DEFAULT))


@lru_cache(maxsize=16)
def lexicon_of(code: str) -> Lexicon:
    """Return the lexicon of a language; it is read once."""
    file = files("nemovideo.language") / "lexicon" / f"{code}.toml"
    return read_lexicon(tomllib.loads(file.read_text("utf-8")))


def lexicons() -> tuple[Lexicon, ...]:
    """Return all lexicons that the package ships, the default language first."""
    return tuple(map(lexicon_of, languages()))


def read_lexicon(document: Mapping[str, Any]) -> Lexicon:
    """Build a lexicon of a parsed file; `docs/architecture.md` describes the form."""
    meanings: dict[str, tuple[set[str], dict[str, Any]]] = {}

    def add(forms: Iterable[str], concept: str | None, kind: str = "", value: Any = None) -> None:
        for form in forms:
            concepts, values = meanings.setdefault(normal_form(form), (set(), {}))
            if concept:
                concepts.add(concept)
            else:
                values[kind] = value

    for concept, forms in document.get("concepts", {}).items():
        add(forms, concept)
    for table, kind in _VALUE_TABLES.items():
        for key, value in document.get(table, {}).items():
            if isinstance(value, list):
                add(value, None, kind, key)
            else:
                add([key], None, kind, value)
    suffixes: dict[str, set[str]] = {}
    for concept, forms in document.get("suffixes", {}).items():
        for form in forms:
            suffixes.setdefault(normal_form(form), set()).add(concept)
    endings = [form for forms in document.get("endings", {}).values() for form in forms]
    return Lexicon(
        code=document["code"],
        entries={form: Entry(frozenset(c), values) for form, (c, values) in meanings.items()},
        suffixes={form: Entry(frozenset(concepts)) for form, concepts in suffixes.items()},
        has_decimal_comma=bool(document.get("decimal_comma")),
        endings=tuple(sorted(endings, key=len, reverse=True)),
    )


def _start(text: str, at: int) -> str:
    """Return the key under which forms that begin here are kept: a word, or one sign."""
    if at >= len(text) or not text[at].isalnum() or is_han(text[at]):
        return text[at : at + 1]
    end = at
    while end < len(text) and text[end].isalnum() and not is_han(text[end]):
        end += 1
    return text[at:end]


def _ends_word(text: str, end: int) -> bool:
    if end >= len(text) or not text[end].isalnum() or is_han(text[end]):
        return True
    return not text[end - 1].isalnum() or is_han(text[end - 1])


def _shorter(word: str) -> Iterable[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


def _is_slip(word: str, meant: str) -> bool:
    """Return whether one slip of the fingers makes one word of the other."""
    if abs(len(word) - len(meant)) == 1:
        longer, shorter = sorted((word, meant), key=len, reverse=True)
        return longer[0] == shorter[0] and shorter in _shorter(longer)
    if len(word) != len(meant):
        return False
    wrong = [place for place in range(len(word)) if word[place] != meant[place]]
    if len(wrong) == 1:
        return len(word) >= _FREE_TYPO_LENGTH and wrong[0] > 0
    if len(wrong) != 2 or wrong[1] != wrong[0] + 1:
        return False
    return word[wrong[0]] == meant[wrong[1]] and word[wrong[1]] == meant[wrong[0]]
