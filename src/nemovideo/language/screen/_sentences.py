"""A stream of text cut into sentences, whitespace and what must not be touched.

One pass over the characters, whatever the size of the pieces in which they come: a boundary is
certain only when the character behind it is known, so that the cuts are those of the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from nemovideo.language._patterns import LazyPattern

_STOPS = ".!?…"
_WIDE_STOPS = "。！？"
_CLOSERS = ")]}\"'”’»」』】》）*_`"
_QUOTE_PAIRS = {"“": "”", "「": "」", "『": "』", "《": "》", "«": "»", '"': '"', "`": "`"}
_PREFIX = LazyPattern(
    r"(?:[-*+•·>]|#{1,6}|\d{1,3}[.)、:]|[a-z][.)]|step \d{1,2}[.:)]"
    r"|第[一二三四五六七八九十]步[:：、]?|[①-⑳])[ \t]*",
    re.IGNORECASE,
)
_ABBREVIATION = LazyPattern(
    r"(?:\b(?:vs|approx|mr|mrs|dr)|\b[a-z]\.[a-z]|^\d{1,3}|^step \d{1,2})$", re.IGNORECASE
)
_PLAIN = LazyPattern(f"[^\n{re.escape(_STOPS + _WIDE_STOPS + _CLOSERS + ''.join(_QUOTE_PAIRS))}]+")
"""Characters that neither end a sentence nor open or close anything."""
_MAX_SENTENCE = 2000
"""A longer run of text without an end is no instruction; it is passed on as it is."""


class PieceKind(Enum):
    """What a piece is."""

    SENTENCE = "sentence"
    SPACE = "space"
    PREFIX = "prefix"
    """A bullet or number before a list item."""
    VERBATIM = "verbatim"
    """Code, or a run that is too long to be a sentence."""


class Piece(NamedTuple):
    """A stretch of the text."""

    kind: PieceKind
    text: str


class Splitter:
    """Cuts what it is fed; nothing is lost, and nothing is added."""

    def __init__(self) -> None:
        self._line: list[str] = []
        """The characters since the last cut, on one line."""
        self._is_line_start = True
        self._closer = ""
        self._is_in_code = False
        self._ended = False
        """Whether the last character may end a sentence."""

    def feed(self, text: str) -> Iterator[Piece]:
        """Yield the pieces that are complete now."""
        at = 0
        while at < len(text):
            skipped = self._skip_plain(text, at)
            if not skipped:
                yield from self._step(text[at])
            at += skipped or 1

    def finish(self) -> Iterator[Piece]:
        """Yield what is left."""
        yield from self._cut()

    def _skip_plain(self, text: str, at: int) -> int:
        """Take characters that decide nothing, many at once; return how many."""
        room = len(text) if self._is_in_code else _MAX_SENTENCE - len(self._line)
        if not self._line or self._ended or room <= 0:
            return 0
        match = _PLAIN.match_within(text, at, at + room)
        if match is None:
            return 0
        self._line.extend(match.group())
        return len(match.group())

    def _step(self, char: str) -> Iterator[Piece]:
        if char == "\n":
            yield from self._cut()
            yield Piece(PieceKind.SPACE, "\n")
            self._is_line_start, self._closer = True, ""
            return
        if char.isspace() and not self._line:
            yield Piece(PieceKind.SPACE, char)
            return
        if self._ended and not self._goes_on(char):
            yield from self._cut()
            if char.isspace():
                yield Piece(PieceKind.SPACE, char)
                return
        self._line.append(char)
        self._follow(char)
        if len(self._line) > _MAX_SENTENCE and not self._is_in_code:
            yield Piece(PieceKind.VERBATIM, "".join(self._line))
            self._line, self._is_line_start, self._ended = [], False, False

    def _goes_on(self, char: str) -> bool:
        """Return whether a sentence goes on after what looked like its end."""
        last = self._line[-1]
        if char in _CLOSERS or char in _STOPS + _WIDE_STOPS:
            return True
        is_wide = any(one in _WIDE_STOPS for one in self._line[-3:])
        return not char.isspace() and not is_wide and last not in _WIDE_STOPS

    def _follow(self, char: str) -> None:
        """Keep track of quotes and of what may be the end."""
        if self._closer:
            if char == self._closer:
                self._closer = ""
                # “出发！” ends its sentence; in English the words around a quote may go on.
                is_sentence = any(one in _WIDE_STOPS for one in self._line[-2:-1])
                self._ended = is_sentence and char not in "`》"
            return
        if char in _QUOTE_PAIRS:
            self._closer = _QUOTE_PAIRS[char]
            self._ended = False
        elif char in _WIDE_STOPS:
            self._ended = True
        elif char in _STOPS:
            self._ended = char != "." or not self._is_abbreviation()
        elif not (self._ended and char in _CLOSERS):
            self._ended = False

    def _is_abbreviation(self) -> bool:
        return bool(_ABBREVIATION.search("".join(self._line[-12:-1])))

    def _cut(self) -> Iterator[Piece]:
        """Hand out the line so far: prefix, sentence, and the whitespace at its end."""
        text = "".join(self._line)
        was_line_start, self._is_line_start = self._is_line_start, False
        self._line, self._ended, self._closer = [], False, ""
        if not text:
            return
        if was_line_start and text.startswith("```"):
            # A fence opens and closes on lines of its own; what stands between is code.
            self._is_in_code = not (self._is_in_code or text[3:].rstrip().endswith("```"))
            yield Piece(PieceKind.VERBATIM, text)
            return
        if self._is_in_code:
            yield Piece(PieceKind.VERBATIM, text)
            return
        match = _PREFIX.match(text) if was_line_start else None
        if match and text[match.end() :].strip():
            yield Piece(PieceKind.PREFIX, match.group())
            text = text[match.end() :]
        body = text.rstrip()
        yield Piece(PieceKind.SENTENCE, body)
        if len(body) < len(text):
            yield Piece(PieceKind.SPACE, text[len(body) :])
