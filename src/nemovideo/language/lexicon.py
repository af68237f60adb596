"""The lexicons: what a language calls each concept. Data from ``lexicon/*.toml``, no rules.

A language is one file; a further one needs no code. Forms are matched as whole words, the longest
first; in scripts without spaces anywhere.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

from nemovideo.language import _beginnings, _chinese, _forms, _normal
from nemovideo.language._beginnings import ends_word, next_sign, start_at, tails_of
from nemovideo.language._chinese import HAN
from nemovideo.language._forms import Forms
from nemovideo.language._kept import kept
from nemovideo.language._normal import normal_form as normal_form
from nemovideo.language.slips import (
    FREE_TYPO_LENGTH,
    MIN_TYPO_LENGTH,
    is_slip,
    is_swap,
    without_one,
)

_VALUE_TABLES = {
    "numbers": "number",
    "scales": "scale",
    "ordinals": "ordinal",
    "factors": "factor",
    "colors": "color",
}
"""Tables whose keys or values are the meaning: number words, ordinals, factors, colours."""
_MAKERS = (__file__, *(str(module.__file__) for module in (_beginnings, _chinese, _forms, _normal)))
DEFAULT = "en"
EDITS = "lexicon"
"""The folder of the lexicons that edits are read with."""
_LONGEST_WORD = 40
"""No word of a language is longer, slip or not."""


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
    forgives_typos: bool = True
    verbs: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Forms of verbs, each with the keys of `entries` that it is a form of: ``{quitar}``."""
    told: frozenset[str] = frozenset()
    """Words that mean nothing here and are no slips of others: forms of verbs in which something
    is told and not wished, and what the table ``other_words`` lists."""
    swapped: frozenset[str] = frozenset()
    """Short forms in which two letters that changed places are forgiven all the same."""
    enclitics: Mapping[str, Entry] = field(default_factory=dict)
    """Pronouns that may be written at the end of a verb, the longest first."""
    accented: Mapping[str, Entry] = field(default_factory=dict)
    """Words that are others without their accents, as they are written: ``está``."""
    participles: Mapping[str, Any] = field(default_factory=dict)
    """How forms that are told or suffered are made of verbs: ``removed``. ``endings`` has for an
    ending what stands in its place in the verb, ``irregular`` the verbs of other forms, ``of`` the
    concepts of the verbs."""
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    """What is short for other words: ``q = "que"``."""
    _tails: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """How long what follows may be, by how forms begin: what `tails_of` returns."""
    _deletions: dict[str, set[str]] | None = None

    def __post_init__(self) -> None:
        """Index the forms by how they begin."""
        self._tails = tails_of(self.entries)

    def match(self, text: str, at: int) -> tuple[int, Entry] | None:
        """Return the end and the meaning of the longest form at a place of a normalised text."""
        start = start_at(text, at)
        begin = at + len(start)
        sign = next_sign(text, begin)
        found: list[tuple[int, Entry]] = []
        for key in (start, *self.verbs.get(start, ())):
            for length in self._tails.get(key + sign) or self._tails.get(key, ()):
                end = begin + length
                entry = self.entries.get(key + text[begin:end]) if end <= len(text) else None
                if entry is not None and ends_word(text, end):
                    found.append((end, entry))
                    break
        if len(found) < 2:
            return found[0] if found else None
        longest = max(end for end, _ in found)
        return longest, _together([entry for end, entry in found if end == longest])

    def entry(self, word: str) -> Entry:
        """Return what a word means, which may be a form of verbs."""
        keys = (word, *self.verbs.get(word, ()))
        return _together([self.entries[key] for key in keys if key in self.entries])

    def without_enclitic(self, word: str) -> str | None:
        """Return the verb to whose end a pronoun is written: of ``borramela`` ``borra``."""
        for ending in self.enclitics:
            if word.endswith(ending) and word.removesuffix(ending) in self.verbs:
                return word.removesuffix(ending)
        return None

    def verb_of(self, participle: str) -> str | None:
        """Return the verb of which a word is a participle: of ``removed`` ``remove``."""
        verbs = [self.participles.get("irregular", {}).get(participle, "")]
        for ending, plain in self.participles.get("endings", {}).items():
            stem = participle.removesuffix(ending)
            if stem != participle:
                verbs += [stem + end for end in plain]
                verbs += [stem[:-1]] if stem[-1:] == stem[-2:-1] else []
        kinds = self.participles.get("of", ())
        return next(
            (v for v in verbs if v in self.entries and self.entries[v].concepts & {*kinds}), None
        )

    def knows(self, word: str) -> bool:
        """Return whether a word is one of this language."""
        is_form = word in self.entries or word in self.verbs or self.verb_of(word) is not None
        return is_form or self.without_enclitic(word) is not None

    def forgive(self, word: str) -> str | None:
        """Return the one form that a word with a single slip must mean; None in doubt."""
        if not self.forgives_typos or not word.isascii() or word in self.told:
            return None
        for plain in _unstretched(word):
            if plain in self.entries:
                return plain
        if not MIN_TYPO_LENGTH <= len(word) <= _LONGEST_WORD:
            return next((form for form in self.swapped if is_swap(word, form)), None)
        near = {form for form in self._near(word) if is_slip(word, form)}
        meanings = {self.entry(form).concepts for form in near}
        return min(near) if len(meanings) == 1 else None

    def _near(self, word: str) -> set[str]:
        if self._deletions is None:
            self._deletions = {}
            verbs = (form for form in self.verbs if len(form) >= FREE_TYPO_LENGTH)
            for form in (*self.entries, *verbs):
                if len(form) >= MIN_TYPO_LENGTH and form.isascii() and form.isalpha():
                    for key in (form, *without_one(form)):
                        self._deletions.setdefault(key, set()).add(form)
        keys = (word, *without_one(word))
        return set().union(*(self._deletions.get(key, set()) for key in keys))


@lru_cache(maxsize=8)
def languages(*, is_unspaced: bool = False, folder: str = EDITS) -> tuple[str, ...]:
    """Return the codes of the languages that the package has a lexicon of, the default first.

    Args:
        is_unspaced: Whether those come first that are written without spaces.
        folder: The kind of lexicon.
    """
    names = [file.name for file in (files("nemovideo.language") / folder).iterdir()]
    codes = sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))
    codes.sort(
        key=lambda code: (
            is_unspaced and not re.search(f"[{HAN}]", _source(code, folder)),
            code != DEFAULT,
        )
    )
    return tuple(codes)


def _source(code: str, folder: str) -> str:
    return (files("nemovideo.language") / folder / f"{code}.toml").read_text("utf-8")


@lru_cache(maxsize=16)
def lexicon_of(code: str, folder: str = EDITS) -> Lexicon:
    """Return the lexicon of a language; it is read once."""
    file = files("nemovideo.language") / folder / f"{code}.toml"
    if not isinstance(file, Path):  # in an archive
        return read_lexicon(tomllib.loads(_source(code, folder)))
    return kept(file, _MAKERS, Lexicon, lambda: read_lexicon(tomllib.loads(_source(code, folder))))


def lexicons(folder: str = EDITS) -> tuple[Lexicon, ...]:
    """Return all lexicons that the package ships, the default language first."""
    return tuple(lexicon_of(code, folder) for code in languages(folder=folder))


def read_lexicon(document: Mapping[str, Any]) -> Lexicon:
    """Build a lexicon of a parsed file; `docs/lexicons.md` describes the form."""
    meanings: dict[str, tuple[set[str], dict[str, Any]]] = {}
    made = Forms(document)

    def add(forms: Iterable[str], concept: str | None, kind: str = "", value: Any = None) -> None:
        for form in (each for written in forms for each in made.of(written)):
            concepts, values = meanings.setdefault(form, (set(), {}))
            if concept:
                concepts.add(concept)
            else:
                values[kind] = value

    shared: dict[str, Entry] = {}  # many forms mean the same

    def entry(concepts: set[str], values: dict[str, Any]) -> Entry:
        known = repr((sorted(concepts), values))
        return shared.setdefault(known, Entry(frozenset(concepts), values))

    for concept, forms in document.get("concepts", {}).items():
        add(forms, concept)
    for table, kind in _VALUE_TABLES.items():
        for key, value in document.get(table, {}).items():
            if isinstance(value, list):
                add(value, None, kind, key)
            else:
                add([key], None, kind, value)
    return Lexicon(
        code=document["code"],
        entries={form: entry(*meaning) for form, meaning in meanings.items()},
        suffixes=_by_form(document.get("suffixes", {})),
        has_decimal_comma=bool(document.get("decimal_comma")),
        forgives_typos=bool(document.get("forgives_typos", True)),
        verbs=made.verbs(),
        told=made.told().union(map(normal_form, document.get("other_words", ()))),
        swapped=frozenset(map(normal_form, document.get("swapped", ()))),
        enclitics=_by_form(document.get("enclitics", {})),
        participles=document.get("participles", {}),
        abbreviations=document.get("abbreviations", {}),
        accented={
            word: Entry(frozenset((concept,)))
            for concept, words in document.get("accented", {}).items()
            for word in words
        },
    )


def _together(entries: Sequence[Entry]) -> Entry:
    """Return what a form means that is one of several words."""
    if len(entries) == 1:
        return entries[0]
    concepts = frozenset().union(*(entry.concepts for entry in entries))
    return Entry(concepts, {k: v for entry in entries for k, v in entry.values.items()})


def _by_form(table: Mapping[str, Iterable[str]]) -> dict[str, Entry]:
    """Return what a table of concepts and their forms says of each form, the longest first."""
    found: dict[str, set[str]] = {}
    for concept, forms in table.items():
        for form in forms:
            found.setdefault(normal_form(form), set()).add(concept)
    return {form: Entry(frozenset(found[form])) for form in sorted(found, key=len, reverse=True)}


def _unstretched(word: str) -> Iterable[str]:
    """Return a word without letters that were held down, once or twice: "exporttt", "zoooom"."""
    if len(set(word)) < 2 or not any(char * 3 in word for char in set(word)):
        return ()
    runs = ["".join(run) for _, run in groupby(word)]
    return ("".join(run if len(run) < 3 else run[:kept] for run in runs) for kept in (1, 2))
