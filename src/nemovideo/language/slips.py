"""Slips of the fingers: a letter too many, too few, wrong or swapped with the next. Pure."""

from __future__ import annotations

from collections.abc import Iterable

MIN_TYPO_LENGTH = 5
"""In shorter words no slip is forgiven."""
FREE_TYPO_LENGTH = 6
"""From here on a wrong letter is forgiven too, not only a missing, doubled or swapped one."""


def without_one(word: str) -> Iterable[str]:
    """Return a word without each of its letters in turn."""
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


def is_slip(word: str, meant: str) -> bool:
    """Return whether one slip of the fingers makes one word of the other."""
    if abs(len(word) - len(meant)) == 1:
        longer, shorter = sorted((word, meant), key=len, reverse=True)
        return longer[0] == shorter[0] and shorter in without_one(longer)
    if len(word) != len(meant):
        return False
    wrong = [place for place in range(len(word)) if word[place] != meant[place]]
    if len(wrong) == 1:
        return len(word) >= FREE_TYPO_LENGTH and wrong[0] > 0
    return is_swap(word, meant)


def is_swap(word: str, meant: str) -> bool:
    """Return whether two letters side by side have changed places."""
    if len(word) != len(meant):
        return False
    wrong = [place for place in range(len(word)) if word[place] != meant[place]]
    if len(wrong) != 2 or wrong[1] != wrong[0] + 1:
        return False
    return word[wrong[0]] == meant[wrong[1]] and word[wrong[1]] == meant[wrong[0]]
