"""A regular expression that is compiled when it is first used: most commands need none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property


class LazyPattern:
    """What `re.Pattern` does, compiled on first use."""

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source = source
        self._flags = flags

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self._source, self._flags)

    def match(self, text: str) -> re.Match[str] | None:
        """Match at the beginning of a text."""
        return self._pattern.match(text)

    def match_within(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """Match at a place of a text, not beyond an end."""
        return self._pattern.match(text, start, end)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Match a whole text."""
        return self._pattern.fullmatch(text)

    def search(self, text: str) -> re.Match[str] | None:
        """Find the first match."""
        return self._pattern.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Find all matches."""
        return self._pattern.finditer(text)

    def findall(self, text: str) -> list[str]:
        """Return all matches of a pattern without groups."""
        return self._pattern.findall(text)

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Replace all matches."""
        return self._pattern.sub(replacement, text)

    def split(self, text: str) -> list[str]:
        """Return what stands between the matches."""
        return self._pattern.split(text)
