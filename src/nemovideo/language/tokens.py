"""A text as tokens: concepts of a lexicon, numbers, quoted words, file names, unknown words. Pure.

Every token knows where it stands in the text, so that nothing that was said gets lost unnoticed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nemovideo.language._chinese import is_han
from nemovideo.language._normal import NormalText, normalized
from nemovideo.language.lexicon import Entry, Lexicon, lexicon_of, lexicons
from nemovideo.language.lexicon import languages as shipped
from nemovideo.protocol.media_types import MIME_TYPES

MAX_CHARS = 8000
"""What follows in a longer message is not read."""
_QUOTES = {"“": "”", "「": "」", "『": "』", "《": "》", "«": "»", '"': '"', "„": "“", "＂": "＂"}
_SINGLE = "'‘’"
_FILE_ENDINGS = (*MIME_TYPES, "heic", "heif", "avif", "srt", "vtt", "flac", "ogg", "mpg", "m4v")
_NAMED = re.compile(
    "|".join(f"{start}[^{end}]*{end}" for start, end in _QUOTES.items())
    + rf"|(?<![^\s{''.join(_QUOTES.values())}])\S+\.\w{{2,4}}\b"
)
_NAME_END = re.compile(r"[ \n,;，；\"“”]")
_CLOSING_APOSTROPHE = re.compile(rf"[{_SINGLE}](?![^\W_])")
_ENOUGH = 0.9
"""A language that knows this share of the words is the one."""
_LONGEST_FORM = 100
_SPACED_UNITS = ("millisecond", "second", "minute", "hour", "fps")
"""Short units that may stand apart from their number: ``2 s``."""


@dataclass(frozen=True)
class Token:
    """A piece of a text."""

    kind: str
    """``word``, ``number``, ``text`` (quoted), ``file``, ``punct``, or a value's kind."""
    start: int
    end: int
    """Where it stands in the text as it was written."""
    concepts: frozenset[str] = frozenset()
    values: Any = None
    """For a word of the lexicon its values by kind, for others the value itself."""
    is_known: bool = False
    """Whether a lexicon has it."""
    raw: str = ""
    """As it was written; of quoted words what stands between the quotes."""
    glued: bool = field(default=False, compare=False)
    """Whether it follows the token before without a space."""

    def has(self, *concepts: str) -> bool:
        """Return whether it stands for one of the concepts."""
        return not self.concepts.isdisjoint(concepts)

    def value(self, kind: str) -> Any:
        """Return its value of a kind; None when it has none."""
        if self.kind == kind:
            return self.values
        return self.values.get(kind) if isinstance(self.values, dict) else None


def tokenize(
    text: str, *, names: Mapping[str, str] | None = None, languages: Sequence[Lexicon] | None = None
) -> tuple[list[Token], Lexicon]:
    """Cut a text into tokens.

    Args:
        text: What was said; beyond `MAX_CHARS` it is not read.
        names: What to look out for, whatever signs it holds, with the file that it names.
        languages: To choose from; those that the package ships if None.

    Returns:
        The tokens, and the lexicon of the language that the text is written in. Words of scripts
        without spaces are read beside it, since people mix them.
    """
    known = map(lexicon_of, shipped()) if languages is None else languages
    normal = normalized(text[:MAX_CHARS])
    main = language_of(normal.text, known)
    others: Sequence[Lexicon] = ()
    if _mixes(normal.text):  # where scripts mix, their words are told apart by the script alone
        others = [one for one in languages or lexicons() if one is not main]
    return list(_Cutter(normal, main, others, names or {}).tokens()), main


def language_of(text: str, known: Iterable[Lexicon]) -> Lexicon:
    """Return the language in which most words of a normalised text are known.

    Quoted words and files' names say nothing about it, unless there is nothing else. Lexicons
    are asked one after the other, and no further when one knows nearly all words.
    """
    said = _NAMED.sub(" ", text)
    text = said if any(map(str.isalpha, said)) else text
    is_unspaced = any(map(is_han, text))
    words = [word.strip(".,;:!?()\"'¿¡") for word in text.split() if not word.isdigit()]
    best: tuple[int, Lexicon] | None = None
    for lexicon in known:
        if is_unspaced:
            count = int(any(is_han(form[0]) for form in lexicon.entries))
            is_enough = count > 0
        else:
            count = sum(map(lexicon.knows, words))
            is_enough = count >= _ENOUGH * len(words)
        if best is None or count > best[0]:
            best = count, lexicon
        if is_enough:
            break
    assert best is not None
    return best[1]


class _Cutter:
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
        self._names: dict[str, list[tuple[str, str]]] = {}
        forms = {normalized(said).text.strip(): name for said, name in names.items()}
        for form in sorted(forms, key=len, reverse=True):
            if form:
                self._names.setdefault(form[0], []).append((form, forms[form]))

    def tokens(self) -> Iterator[Token]:
        at, text, last_end = 0, self._text, -1
        while at < len(text):
            if text[at] == " ":
                at += 1
                continue
            token, end = self._token(at)
            yield _glued(token) if at == last_end else token
            at = last_end = end

    def _token(self, at: int) -> tuple[Token, int]:
        if self._enclitic is not None and self._enclitic[0] == at:
            end = self._enclitic[1]
            return self._entry(self._main.enclitics[self._text[at:end]], at, end)
        for reader in (self._name, self._quoted, self._file, self._number, self._known):
            found = reader(at)
            if found is not None:
                return found
        return self._unknown(at)

    def _make(self, kind: str, at: int, end: int, **values: Any) -> tuple[Token, int]:
        start, stop = self._normal.span(at, end)
        raw = values.pop("raw", self._normal.original[start:stop])
        return Token(kind, start, stop, raw=raw, **values), end

    def _name(self, at: int) -> tuple[Token, int] | None:
        """Read the name of a file that is there, whatever signs it holds."""
        for form, name in self._names.get(self._text[at], ()):
            end = at + len(form)
            if self._text.startswith(form, at) and _ends(self._text, end):
                if at and self._text[at - 1].isalnum() and not is_han(self._text[at - 1]):
                    continue
                return self._make("file", at, end, values=name, is_known=True)
        return None

    def _quoted(self, at: int) -> tuple[Token, int] | None:
        place = self._normal.places[at]
        original = self._normal.original
        closer = _QUOTES.get(original[place])
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
        plain = normalized(inner).text.strip()
        for form, name in self._names.get(plain[:1], ()):
            if plain == form:
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
        """Read digits: a number, a clock, a ratio, a size, a colour."""
        text = self._text
        if text[at] == "#" and len(digits := _run(text, at + 1, "0123456789abcdef")) == 6:
            return self._make("color", at, at + 7, values=f"#{digits}", is_known=True)
        sign = at + 1 if text[at] in "-+" and not text[at - 1 : at].isalnum() else at
        first = _run(text, sign, "0123456789")
        if not first:
            return None
        end = sign + len(first)
        if text[end : end + 1] in (":", "：", "x", "×", "*", "/") and sign == at:
            second = _run(text, end + 1, "0123456789")
            if second and text[end] in ":：":
                return self._pair(at, first, second, end + 1 + len(second))
            if second and text[end] in "x×*" and not text[end + 1 + len(second) :][:1].isalpha():
                size = (int(first[:9]), int(second[:9]))
                return self._make("size", at, end + 1 + len(second), values=size, is_known=True)
        tail = _run(text, end + 1, "0123456789") if text[end : end + 1] in (".", ",") else ""
        is_list = text[end : end + 1] == "," and (
            not self._main.has_decimal_comma
            or "," in (text[at - 1 : at], text[end + 1 + len(tail) :][:1])
        )
        if tail and not is_list and (text[end] == "." or len(tail) < 3):
            first, end = f"{first}.{tail}", end + 1 + len(tail)
        value = float(first[:300]) * (-1 if text[at] == "-" else 1)
        kind = "change" if text[at] == "+" else "number"
        return self._make(kind, at, end, values=value, is_known=True)

    def _pair(self, at: int, first: str, second: str, end: int) -> tuple[Token, int]:
        third = _run(self._text, end + 1, "0123456789") if self._text[end : end + 1] == ":" else ""
        numbers: list[float] = [int(part[:9]) for part in (first, second, third) if part]
        end += len(third) + 1 if third else 0
        tail = _run(self._text, end + 1, "0123456789") if self._text[end : end + 1] == "." else ""
        if tail and not third:
            numbers[1:] = [numbers[1] + float(f"0.{tail[:3]}")]
            end += len(tail) + 1
        return self._make("pair", at, end, values=tuple(numbers), is_known=True)

    def _known(self, at: int) -> tuple[Token, int] | None:
        is_glued = at > 0 and self._text[at - 1].isdigit()
        if is_glued or (at > 1 and self._text[at - 1] == " " and self._text[at - 2].isdigit()):
            run = _letters(self._text, at)
            entry = self._main.suffixes.get(run) or next(
                (one.suffixes[run] for one in self._others if run in one.suffixes), None
            )
            if run and entry and (is_glued or not entry.concepts.isdisjoint(_SPACED_UNITS)):
                return self._make("word", at, at + len(run), is_known=True, concepts=entry.concepts)
        if self._main.accented and (end := at + len(_letters(self._text, at))) > at:
            start, stop = self._normal.span(at, end)
            written = self._main.accented.get(self._normal.original[start:stop].lower())
            if written is not None:
                return self._entry(written, at, end)
        for lexicon in (self._main, *self._others):
            found = lexicon.match(self._text, at)
            if found is not None:
                return self._entry(found[1], at, found[0])
        return None

    def _entry(self, entry: Entry, at: int, end: int) -> tuple[Token, int]:
        return self._make(
            "word", at, end, concepts=entry.concepts, values=dict(entry.values), is_known=True
        )

    def _unknown(self, at: int) -> tuple[Token, int]:
        char = self._text[at]
        if not char.isalnum():
            return self._make("punct", at, at + 1, values=char)
        end = at + 1
        if is_han(char):
            while end < len(self._text) and is_han(self._text[end]) and not self._starts(end):
                end += 1
            return self._make("word", at, end)
        run = _letters(self._text, at) or self._text[at:end]
        end = at + len(run)
        if (verb := self._main.without_enclitic(run)) is not None:
            return self._verb(verb, at, end)
        meant = self._main.forgive(run)
        if meant is not None:
            return self._entry(self._main.entry(meant), at, end)
        return self._make("word", at, end)

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


def _ends(text: str, end: int) -> bool:
    """Return whether a name may end here: no letter or digit of its script follows."""
    return not text[end : end + 1].isalnum() or is_han(text[end])


def _mixes(text: str) -> bool:
    return any(map(is_han, text)) and any("a" <= char <= "z" for char in text)


def _glued(token: Token) -> Token:
    return Token(
        token.kind,
        token.start,
        token.end,
        token.concepts,
        token.values,
        token.is_known,
        token.raw,
        True,
    )


def _run(text: str, at: int, alphabet: str) -> str:
    end = at
    while end < len(text) and text[end] in alphabet:
        end += 1
    return text[at:end]


def _letters(text: str, at: int) -> str:
    """Return the word that begins at a place: letters, and digits after them."""
    end = at
    while end < len(text) and text[end].isalpha() and not is_han(text[end]):
        end += 1
    while end > at and end < len(text) and text[end].isalnum() and not is_han(text[end]):
        end += 1
    return text[at:end]
