"""How people say what the program does itself: data from ``commands/*.toml``, one for a language.

A further language needs no code. Languages that are written without spaces are read together with
every other one, since people mix them; the rest one after the other.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

from nemovideo.language._chinese import is_han
from nemovideo.language._patterns import LazyPattern

_FOLDER = "commands"
_DEFAULT = "en"
_KEYWORD = 6
"""From here on slips in a keyword are forgiven."""
_CLAUSE_END = r"[,.!;?](?:\s|$)|[，。！；？、,!;?](?=[\u3400-\u9fff])|[。！；？]"


@dataclass(frozen=True)
class Command:
    """What a command may be said with."""

    keywords: frozenset[str]
    """One of them is enough, as long as all other words fit."""
    words: frozenset[str]
    """All words that fit, beside the common ones; the keywords among them."""
    says: tuple[LazyPattern, ...]
    """Turns of phrase that say the same without a keyword."""
    never: tuple[LazyPattern, ...]
    """Turns of phrase that mean something else although all words fit."""
    plain: tuple[LazyPattern, ...]
    """What is so plain a way to say it that unknown words after it do no harm, as long as none
    of them is a word of editing."""


@dataclass(frozen=True)
class Speech:
    """The words of one language, or of some that are read together."""

    documents: Sequence[Mapping[str, Any]]

    @cached_property
    def common(self) -> frozenset[str]:
        """Words that fit everywhere: politeness, questions, small words."""
        return self._words("common")

    @cached_property
    def chatter(self) -> frozenset[str]:
        """Words of what is said before a command, the common ones among them."""
        return self.common | self._words("chatter")

    @cached_property
    def unwanted(self) -> frozenset[str]:
        """What a clause says need not be done: changes, anything more, or a command."""
        keywords = (command.keywords for command in self.commands.values())
        return self._words("unwanted").union(*keywords)

    @cached_property
    def declined(self) -> frozenset[str]:
        """Words of a clause that says what need not be done, beside those of the commands."""
        return self.chatter | self._words("unwanted") | self._words("declined")

    @cached_property
    def declining(self) -> LazyPattern:
        """Begins such a clause."""
        return self._pattern("declining")

    @cached_property
    def leading(self) -> LazyPattern:
        """Begins what is to be done before anything else."""
        return self._pattern("leading")

    @cached_property
    def editing(self) -> LazyPattern:
        """Words with one of which a text is for the agent, however plain the rest is."""
        return self._pattern("editing")

    @cached_property
    def real_words(self) -> frozenset[str]:
        """Words that look like a slip of a keyword and are none."""
        return self._words("real_words")

    @cached_property
    def forgiven(self) -> tuple[str, ...]:
        """Short words in which two swapped letters are forgiven."""
        return tuple(sorted(self._words("forgiven")))

    @cached_property
    def short(self) -> Mapping[str, str]:
        """What is written short, and for what."""
        return {form: full for one in self.documents for form, full in one.get("short", {}).items()}

    @cached_property
    def shortened(self) -> LazyPattern:
        """Finds what is written short."""
        return LazyPattern(
            rf"(?<![\w'-])(?:{'|'.join(map(re.escape, self.short)) or '(?!)'})(?![\w'-])"
        )

    @cached_property
    def clause_end(self) -> LazyPattern:
        """Finds where a clause ends: at a sign, or at a word that joins two."""
        joints = "|".join(map(re.escape, sorted(self._words("joints"))))
        return LazyPattern(rf"{_CLAUSE_END}|(?i: (?:{joints}) )" if joints else _CLAUSE_END)

    @cached_property
    def commands(self) -> Mapping[str, Command]:
        """The commands by name; the order decides when two fit."""
        names = dict.fromkeys(name for one in self.documents for name in one["command"])
        return {name: self._command(name) for name in names}

    @cached_property
    def keywords(self) -> tuple[str, ...]:
        """The keywords in which slips are forgiven."""
        words = {word for one in self.commands.values() for word in one.keywords}
        return tuple(sorted(word for word in words if len(word) >= _KEYWORD))

    @cached_property
    def known(self) -> frozenset[str]:
        """All words, of whatever use."""
        return self.declined.union(*(command.words for command in self.commands.values()))

    @cached_property
    def unspaced(self) -> frozenset[str]:
        """All known words of scripts that are written without spaces."""
        return frozenset(word for word in self.known if is_han(word[0]))

    def _command(self, name: str) -> Command:
        tables = [one["command"][name] for one in self.documents if name in one["command"]]
        keywords = _all_words(tables, "keywords")
        return Command(
            keywords=keywords,
            words=keywords | _all_words(tables, "words"),
            says=_patterns(tables, "says"),
            never=(*_patterns(self.documents, "never"), *_patterns(tables, "never")),
            plain=_patterns(tables, "plain"),
        )

    def _words(self, key: str) -> frozenset[str]:
        return _all_words(self.documents, key)

    def _pattern(self, key: str) -> LazyPattern:
        sources = [source for one in self.documents for source in one.get(key, ())]
        return LazyPattern("|".join(sources) or "(?!)", re.IGNORECASE)


def speeches() -> Iterator[Speech]:
    """Yield what the program understands, the default language first; each is read when asked."""
    names = sorted(file.name for file in (files("nemovideo.language") / _FOLDER).iterdir())
    codes = [name.removesuffix(".toml") for name in names if name.endswith(".toml")]
    codes.sort(key=lambda code: code != _DEFAULT)
    unspaced = tuple(code for code in codes if _document(code).get("unspaced"))
    for code in codes:
        if code not in unspaced:
            yield _speech((code, *unspaced))


def unaccented(text: str) -> str:
    """Return a text without accents, as the words are compared."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=16)
def _speech(codes: tuple[str, ...]) -> Speech:
    return Speech([_document(code) for code in codes])


@lru_cache(maxsize=16)
def _document(code: str) -> Mapping[str, Any]:
    file = files("nemovideo.language") / _FOLDER / f"{code}.toml"
    return tomllib.loads(file.read_text("utf-8"))


def _all_words(tables: Sequence[Mapping[str, Any]], key: str) -> frozenset[str]:
    return frozenset(word for one in tables for word in unaccented(one.get(key, "")).split())


def _patterns(tables: Sequence[Mapping[str, Any]], key: str) -> tuple[LazyPattern, ...]:
    return tuple(LazyPattern(source) for table in tables for source in table.get(key, ()))
