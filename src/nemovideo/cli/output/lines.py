"""Text in lines as wide as a terminal, broken where a reader breaks them; pure but for the width.

Lines break at spaces and between Chinese and Japanese characters, never inside a word, and inside
`code` only where it is wider than a line. A word that fits no line is left to the terminal, so that
a path or a link is still one when it is copied.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from typing import TextIO

_WIDE = (
    r"\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60"
    r"\U00020000-\U0003fffd"
)
_OPENING = "([（《「『【〈“‘"
_CLOSING = "、。，．！？：；）》」』】〉”’…"
_BULLETS = frozenset("•*✓✗→-")
_SENTENCE_ENDS = (*".!?。！？…",)
_MAX_HELD = 200
_MIN_COLUMNS = 20


def columns_of(stream: TextIO) -> int | None:
    """Return how wide the terminal behind a stream is; None where there is none."""
    if not stream.isatty():
        return None
    given = os.environ.get("COLUMNS", "")
    try:
        columns = int(given) if given.isdigit() else os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    return max(columns, _MIN_COLUMNS) if columns else 80


def flow(text: str, width: int | None, *, indent: int = 0) -> str:
    """Return a text in lines of so many columns, continued at an indent; as it is if None."""
    if width is None:
        return text
    lines = LineFlow(width, indent=indent)
    return lines.feed(text) + lines.finish()


@cache
def _unit() -> re.Pattern[str]:
    """Return what finds the pieces of a line; sets as large as these take long to compile."""
    return re.compile(
        r"\n|[^\S\n]+"
        rf"|[{re.escape(_OPENING)}]*(?:`[^`\n]+`|[{_WIDE}]|(?:(?![{_WIDE}`])\S)+|`)"
        rf"[{_CLOSING},.;:!?)]*"
    )


class LineFlow:
    """Breaks text that comes piece by piece; the last word waits for what may belong to it.

    A word that may end a sentence waits for nothing: the speaker may pause there. The width is in
    columns; continuations of a line begin at the indent at least.
    """

    def __init__(self, width: int, *, indent: int = 0) -> None:
        from rich.cells import cell_len

        self._cells_of = cell_len
        self._width = width
        self._least_indent = indent
        self._restart()

    def _restart(self) -> None:
        self._held = ""
        self._column = 0
        self._gap = ""
        self._indent = ""
        self._is_first = True

    def feed(self, text: str) -> str:
        """Return what can be written now."""
        self._held += text
        units = list(_unit().finditer(self._held))
        cut = units[-1].start() if units and units[-1].group() != "\n" else len(self._held)
        line = self._held.rfind("\n", 0, cut) + 1
        if self._held.count("`", line, cut) % 2:
            cut = self._held.rindex("`", line, cut)
        if self._held.endswith(_SENTENCE_ENDS) or len(self._held) - cut > _MAX_HELD:
            cut = len(self._held)
        ready, self._held = self._held[:cut], self._held[cut:]
        return self._place(ready)

    def finish(self) -> str:
        """Return what was held back; what comes next begins a line of its own."""
        text = self._place(self._held)
        self._restart()
        return text

    def _place(self, text: str) -> str:
        placed = []
        for unit in _unit().findall(text):
            if unit == "\n":
                placed.append("\n")
                self._column, self._gap, self._is_first = 0, "", True
            elif unit.isspace():
                self._gap += unit.replace("\t", "    ")
            else:
                placed += [self._place_word(word) for word in self._words(unit)]
        return "".join(placed)

    def _words(self, unit: str) -> Iterator[str]:
        """Yield what may stand in a line: code that fits none in words."""
        if self._cells_of(unit) + len(self._indent) <= self._width:
            yield unit
            return
        first, *rest = unit.split(" ")
        yield first
        for word in rest:
            self._gap = " "
            yield word

    def _place_word(self, word: str) -> str:
        gap, self._gap = self._gap, ""
        length = self._cells_of(word)
        if self._is_first:
            # The lines that follow begin below the first word, that of a list behind its mark.
            indent = len(gap) + (length + 1 if word in _BULLETS else 0)
            indent = max(indent, self._least_indent)
            self._indent = " " * min(indent, self._width // 2)
            self._is_first = False
        elif self._column > len(self._indent) and self._column + len(gap) + length > self._width:
            self._column = len(self._indent) + length
            return f"\n{self._indent}{word}"
        self._column += len(gap) + length
        return gap + word
