"""Holds back "I encountered a temporary issue" while a text streams in.

The backend ends some good answers with such a notice, and then it means nothing; when it is all
that the backend says, the turn has failed. Only the end of the turn tells which it is, so the
notice must not be shown before.
"""

from __future__ import annotations

import re
from functools import cache

_LEADS = ("", "sorry, ", "sorry, but ", "but ", "however, ", "unfortunately, ", "i'm sorry, but ")
_SUBJECTS = ("i ", "we ", "i've ", "we've ", "i have ", "we have ")
_VERBS = ("encountered ", "hit ", "ran into ", "run into ", "experienced ")
_OPENINGS = (
    *(
        f"{lead}{subject}{verb}a temporary issue"
        for lead in _LEADS
        for subject in _SUBJECTS
        for verb in _VERBS
    ),
    "temporary issue",
    "a temporary issue",
)
_LONGEST = max(map(len, _OPENINGS))
_ONLY_AT_START = ("temporary issue", "a temporary issue")
_LABELS = ("error", "warning", "note")

MAX_NOTICE_CHARS = 300
"""A text that goes on beyond this after the opening words is no notice."""


class NoticeFilter:
    """Lets text through as it comes, except what may be a trailing notice."""

    def __init__(self) -> None:
        self._held = ""
        self._is_notice = False
        self._at_start = True

    def feed(self, text: str) -> str:
        """Take a piece of text and return what may be shown now."""
        text = self._held + text
        self._held = ""
        if self._is_notice:
            return self._hold_notice("", text)
        match = self._find(text)
        if match is not None:
            return self._hold_notice(text[:match], text[match:])
        start = self._start_of_maybe(text)
        self._held = text[start:]
        return self._pass(text[:start])

    def release(self) -> str:
        """Return what is held back: it turned out not to end the turn."""
        held, self._held, self._is_notice = self._held, "", False
        return self._pass(held)

    def close(self) -> tuple[str, str]:
        """Return what is left to show and the trailing notice, at the end of the turn."""
        if not self._is_notice:
            return self.release(), ""
        notice, self._held, self._is_notice = self._held, "", False
        return "", notice

    def _hold_notice(self, before: str, notice: str) -> str:
        if len(notice) > MAX_NOTICE_CHARS:
            self._is_notice = False
            return self._pass(before + notice)
        self._held, self._is_notice = notice, True
        return self._pass(before)

    def _find(self, text: str) -> int | None:
        """Find where a notice starts; the last possible one, for only that can be trailing."""
        lowered = _normal(text)
        if not any(opening in lowered for opening in _OPENINGS):
            return None  # most texts: to compile all openings takes longer than to look
        for match in _notice().finditer(text):
            is_bare = _normal(match.group()) in _ONLY_AT_START
            starts_text = self._at_start and says_nothing(text[: match.start()])
            if len(text) - match.start() <= MAX_NOTICE_CHARS and (not is_bare or starts_text):
                return match.start()
        return None

    def _start_of_maybe(self, text: str) -> int:
        """Find from where on the text may be the beginning of a notice."""
        lowest = max(0, len(text) - _LONGEST)
        for start in range(lowest, len(text)):
            if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
                continue
            if _normal(text[start:]) in _beginnings():
                return start
        return len(text)

    def _pass(self, text: str) -> str:
        if not says_nothing(text):
            self._at_start = False
        return text


def says_nothing(text: str) -> bool:
    """Return whether a text before a notice says nothing ("Error: ", a warning sign)."""
    folded = text.lower()
    label = next((label for label in _LABELS if folded.startswith(label)), "")
    return not any(map(str.isalnum, text[len(label) :]))


@cache
def _notice() -> re.Pattern[str]:
    longest_first = sorted(_OPENINGS, key=len, reverse=True)
    forms = "|".join(re.escape(opening).replace("'", "['’]") for opening in longest_first)
    return re.compile(rf"(?<!\w)(?:{forms})\b", re.IGNORECASE)


@cache
def _beginnings() -> frozenset[str]:
    lengths = ((opening, range(1, len(opening) + 1)) for opening in _OPENINGS)
    return frozenset(opening[:length] for opening, counts in lengths for length in counts)


def _normal(text: str) -> str:
    return text.lower().replace("’", "'")
