"""How the forms of a lexicon begin, so that few of them are compared with a text. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection

from nemovideo.language._chinese import is_han

_WORD = re.compile(r"[^\W_]+")


def tails_of(forms: Collection[str]) -> dict[str, tuple[int, ...]]:
    """Return how many signs forms have behind their first word or sign, the longest first.

    Args:
        forms: All that a lexicon has, normalised.

    Returns:
        The numbers by that word, with the `next_sign` behind it; 0 where it is a form itself.
    """
    found: dict[str, set[int]] = {}
    for form in forms:
        start = _start_of(form)
        tails = found.setdefault(start + next_sign(form, len(start)), set())
        tails.add(len(form) - len(start))
        if start in forms:
            tails.add(0)
    shared: dict[tuple[int, ...], tuple[int, ...]] = {}  # many are equal
    ordered = ((begin, tuple(sorted(tails, reverse=True))) for begin, tails in found.items())
    return {begin: shared.setdefault(tails, tails) for begin, tails in ordered}


def start_at(text: str, at: int) -> str:
    """Return the key under which forms that begin here are kept: a word, or one sign."""
    first = text[at : at + 1]
    if is_han(first) or (found := _WORD.match(text, at)) is None:
        return first
    word = found[0]
    if word.isascii():
        return word
    return word[: next((place for place, char in enumerate(word) if is_han(char)), len(word))]


def _start_of(form: str) -> str:
    """Return the key of a form: its first word or sign, or the verb that it begins with."""
    if form[:1] == "{":
        return form[: form.index("}") + 1]
    if is_han(form[:1]):
        return form[:1]
    word = form.partition(" ")[0]
    return word if word.isascii() and word.isalnum() else start_at(form, 0)


def next_sign(text: str, at: int) -> str:
    """Return what stands at a place, or behind a space there; empty at the end."""
    sign = text[at : at + 1]
    return text[at : at + 2] if sign == " " else sign


def ends_word(text: str, end: int) -> bool:
    """Return whether a form may end at a place of a text."""
    if end >= len(text) or not text[end].isalnum() or is_han(text[end]):
        return True
    return not text[end - 1].isalnum() or is_han(text[end - 1])
