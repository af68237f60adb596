"""In which language a text is written. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from nemovideo.language._chinese import is_han
from nemovideo.language.lexicon import Lexicon
from nemovideo.language.tokens._signs import QUOTES

_NAMED = re.compile(
    "|".join(f"{start}[^{end}]*{end}" for start, end in QUOTES.items())
    + rf"|(?<![^\s{''.join(QUOTES.values())}])\S+\.\w{{2,4}}\b"
)
"""Quoted words, and what looks like a file's name."""
_ENOUGH = 0.9
"""A language that knows this share of the words is the one."""


def language_of(text: str, known: Iterable[Lexicon], neutral: Collection[str] = ()) -> Lexicon:
    """Return the language in which most words of a normalised text are known.

    Quoted words, files' names and `neutral` words say nothing about it, unless there is nothing
    else. Lexicons are asked one after the other, and no further when one knows nearly all words.
    """
    said = _NAMED.sub(" ", text)
    text = said if any(map(str.isalpha, said)) else text
    is_unspaced = any(map(is_han, set(text)))
    said_words = [word.strip(".,;:!?()\"'¿¡") for word in text.split() if not word.isdigit()]
    words = Counter(word for word in said_words if word not in neutral) or Counter(said_words)
    best: tuple[int, Lexicon] | None = None
    for lexicon in known:
        if is_unspaced:
            count = int(any(is_han(form[0]) for form in lexicon.entries))
            is_enough = count > 0
        else:
            count = sum(times for word, times in words.items() if lexicon.knows(word))
            is_enough = count >= _ENOUGH * words.total()
        if best is None or count > best[0]:
            best = count, lexicon
        if is_enough:
            break
    assert best is not None
    return best[1]
