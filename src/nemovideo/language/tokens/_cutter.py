"""A text cut into tokens. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nemovideo.language._chinese import is_han
from nemovideo.language._normal import NormalText, normal_form
from nemovideo.language.lexicon import Entry, Lexicon
from nemovideo.language.tokens._digits import read_digits
from nemovideo.language.tokens._signs import QUOTES, ends_name, letters
from nemovideo.language.tokens.token import Token
from nemovideo.protocol.media_types import MIME_TYPES

_SINGLE = "'‘’"
_CLOSERS = tuple(QUOTES.values())
_FILE_ENDINGS = (*MIME_TYPES, "srt", "vtt", "flac", "ogg", "mpg", "m4v")
_NAME_END = re.compile(r"[ \n,;，；\"“”]")
_CLOSING_APOSTROPHE = re.compile(rf"[{_SINGLE}](?![^\W_])")
_LONGEST_FORM = 100
_SPACED_UNITS = ("millisecond", "second", "minute", "hour", "fps")
"""Short units that may stand apart from their number: ``2 s``."""


class Cutter:
    """Cuts one text.

    Args:
        normal: The text.
        main: The lexicon of its language.
        others: Lexicons that are read beside it.
        names: What to look out for, with the file that it names; empty where it is but a word.
    """

    def __init__(
        self, normal: NormalText, main: Lexicon, others: Sequence[Lexicon], names: Mapping[str, str]
    ) -> None:
        self._normal = normal
        self._text = normal.text
        self._main = main
        self._others = others
        self._enclitic: tuple[int, int] | None = None
        """Where the pronoun stands that is written at the end of the verb just read."""
        self._name_end = 0
        """Where signs end that may be a file's name, as far as was looked."""
        self._last_end = -1
        """Where the token before ends."""
        self._names: dict[str, list[tuple[str, str]]] = {}
        forms = {normal_form(said): name for said, name in names.items()}
        for form in sorted(forms, key=len, reverse=True):
            if form:
                self._names.setdefault(form[0], []).append((form, forms[form]))

    def tokens(self) -> Iterator[Token]:
        """Yield the tokens, in order."""
        at, text = 0, self._text
        while at < len(text):
            if text[at] == " ":
                if self._pauses(at):
                    yield self._make("punct", at, at + 1, values="，")[0]
                at += 1
                continue
            token, at = self._token(at)
            yield token
            self._last_end = at

    def _pauses(self, at: int) -> bool:
        """Return whether a space stands for a comma, as in scripts that have no other use of it."""
        before, after = self._text[at - 1 : at], self._text[at + 1 : at + 2]
        return is_han(after) and (is_han(before) or before in _CLOSERS)

    def _token(self, at: int) -> tuple[Token, int]:
        if self._enclitic is not None and self._enclitic[0] == at:
            end = self._enclitic[1]
            return self._entry(self._main.enclitics[self._text[at:end]], at, end)
        for reader in (self._name, self._quoted, self._file, self._number, self._known):
            found = reader(at)
            if found is not None:
                return found
        return self._unknown(at)

    def _make(
        self,
        kind: str,
        at: int,
        end: int,
        concepts: frozenset[str] = frozenset(),
        values: Any = None,
        *,
        is_known: bool = False,
        raw: str | None = None,
    ) -> tuple[Token, int]:
        start, stop = self._normal.span(at, end)
        if raw is None:
            raw = self._normal.original[start:stop]
        is_glued = at == self._last_end
        return Token(kind, start, stop, concepts, values, is_known, raw, is_glued), end

    def _name(self, at: int) -> tuple[Token, int] | None:
        """Read the name of a file that is there, whatever signs it holds."""
        for form, name in self._names.get(self._text[at], ()):
            end = at + len(form)
            if self._text.startswith(form, at) and ends_name(self._text, end):
                if at and self._text[at - 1].isalnum() and not is_han(self._text[at - 1]):
                    continue
                if not name:
                    return self._make("word", at, end)
                return self._make("file", at, end, values=name, is_known=True)
        return None

    def _quoted(self, at: int) -> tuple[Token, int] | None:
        place = self._normal.places[at]
        original = self._normal.original
        closer = QUOTES.get(original[place])
        if closer:
            end = original.find(closer, place + 1)
        elif original[place] in _SINGLE and not original[max(0, place - 1) : place].isalnum():
            found = _CLOSING_APOSTROPHE.search(original, place + 1)
            end = found.start() if found else -1
        else:
            return None
        if end < 0:
            return None
        after = bisect_right(self._normal.places, end)
        inner = original[place + 1 : end]
        plain = normal_form(inner)
        for form, name in self._names.get(plain[:1], ()):
            if name and plain == form:
                return self._make("file", at, after, values=name, is_known=True)
        return self._make("text", at, after, values=inner, is_known=True, raw=inner)

    def _file(self, at: int) -> tuple[Token, int] | None:
        """Read what looks like a file's name: signs without a space up to a known ending."""
        original, start = self._normal.original, self._normal.places[at]
        if self._name_end <= start:
            found = _NAME_END.search(original, start)
            self._name_end = found.start() if found else len(original)
        if original.find(".", start, self._name_end) < 0:
            return None
        word = original[start : self._name_end]
        stem, dot, ending = word.rstrip(".!?。！？:").rpartition(".")
        length = len(stem) + len(dot) + len(ending)
        if (
            not stem
            or ending.lower() not in _FILE_ENDINGS
            or (not stem.isascii() and is_han(stem[0]))
            or self._holds_more(at, bisect_left(self._normal.places, self._name_end))
        ):
            return None
        stop = bisect_left(self._normal.places, start + length)
        return self._make("file", at, stop, values=word[:length], is_known=True)

    def _holds_more(self, at: int, end: int) -> bool:
        """Return whether a name without spaces is words and a name: ``bgm换成waltz.mp3``."""
        if any(self._name(place) for place in range(at + 1, end)):
            return True
        known = self._main.match(self._text, at)
        return known is not None and is_han(self._text[known[0] : known[0] + 1])

    def _number(self, at: int) -> tuple[Token, int] | None:
        found = read_digits(self._text, at, has_decimal_comma=self._main.has_decimal_comma)
        if found is None:
            return None
        return self._make(found.kind, at, found.end, values=found.value, is_known=True)

    def _known(self, at: int) -> tuple[Token, int] | None:
        is_glued = at > 0 and self._text[at - 1].isdigit()
        if is_glued or (at > 1 and self._text[at - 1] == " " and self._text[at - 2].isdigit()):
            run = letters(self._text, at)
            entry = self._main.suffixes.get(run) or next(
                (one.suffixes[run] for one in self._others if run in one.suffixes), None
            )
            if run and entry and (is_glued or not entry.concepts.isdisjoint(_SPACED_UNITS)):
                return self._make("word", at, at + len(run), is_known=True, concepts=entry.concepts)
        if self._main.accented and (end := at + len(letters(self._text, at))) > at:
            start, stop = self._normal.span(at, end)
            written = self._main.accented.get(self._normal.original[start:stop].lower())
            if written is not None:
                return self._entry(written, at, end)
        if (found := self._participle(at)) is not None:
            return found
        for lexicon in (self._main, *self._others):
            known = lexicon.match(self._text, at)
            if known is not None:
                return self._entry(known[1], at, known[0])
        return None

    def _participle(self, at: int) -> tuple[Token, int] | None:
        """Read a participle, or what begins with it: ``taken out``."""
        word = letters(self._text, at) if self._main.participles else ""
        verb = self._main.verb_of(word) if word else None
        if verb is None:
            return None
        end = at + len(word)
        known = self._main.match(self._text, at)
        plain = self._main.match(f"{verb}{self._text[end : end + _LONGEST_FORM]}", 0)
        assert plain is not None
        length = end + plain[0] - len(verb)
        entry = plain[1]
        if known is not None and known[0] >= length:
            length, entry = known
        concepts = entry.concepts | {"participle"}
        return self._make("word", at, length, concepts, entry.values, is_known=True)

    def _entry(self, entry: Entry, at: int, end: int) -> tuple[Token, int]:
        return self._make("word", at, end, entry.concepts, entry.values, is_known=True)

    def _unknown(self, at: int) -> tuple[Token, int]:
        char = self._text[at]
        if not char.isalnum():
            return self._make("punct", at, at + 1, values=char)
        end = at + 1
        if is_han(char):
            while end < len(self._text) and is_han(self._text[end]) and not self._starts(end):
                end += 1
            return self._make("word", at, end)
        run = letters(self._text, at) or self._text[at:end]
        end = at + len(run)
        if (owner := self._owner(at, end)) is not None:
            return owner
        if (verb := self._main.without_enclitic(run)) is not None:
            return self._verb(verb, at, end)
        meant = self._main.forgive(run)
        if meant is not None:
            return self._entry(self._main.entry(meant), at, end)
        return self._make("word", at, end)

    def _owner(self, at: int, end: int) -> tuple[Token, int] | None:
        """Read whose something is: ``the film's sound``."""
        start, stop = self._normal.span(at, end)
        name, sign, ending = self._normal.original[start:stop].partition(self._apostrophe(at, end))
        if not sign or ending.lower() != "s":
            return None
        known = self._main.match(self._text[: end - 1], at)
        if known is not None and known[0] == end - 1:
            return self._make("word", at, end, known[1].concepts, known[1].values, is_known=True)
        return self._make("word", at, end, raw=name)

    def _apostrophe(self, at: int, end: int) -> str:
        start, stop = self._normal.span(at, end)
        written = self._normal.original[start:stop]
        return next((sign for sign in _SINGLE if sign in written), _SINGLE[0])

    def _verb(self, verb: str, at: int, end: int) -> tuple[Token, int]:
        """Read a verb with a pronoun at its end, or what begins with it: ``quítale el sonido``."""
        found = self._main.match(f"{verb}{self._text[end : end + _LONGEST_FORM]}", 0)
        if found is not None and found[0] > len(verb):
            return self._entry(found[1], at, end + found[0] - len(verb))
        self._enclitic = at + len(verb), end
        return self._entry(self._main.entry(verb), at, at + len(verb))

    def _starts(self, at: int) -> bool:
        return any(one.match(self._text, at) for one in (self._main, *self._others)) or any(
            self._text.startswith(form, at) for form, _ in self._names.get(self._text[at], ())
        )
