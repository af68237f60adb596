"""What pictures show and files are called after, in several languages. Data from ``things.toml``.

People speak of ``beach.jpg`` in their own language. Pure.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from nemovideo.language._chinese import is_han


def same_things(word: str) -> tuple[str, ...]:
    """Return what else a thing is called, in any language: of ``beach`` ``playa`` and ``海滩``.

    Args:
        word: Normalised; of one that is not known there is nothing.
    """
    return tuple(other for other in _things().get(word, ()) if other != word)


def is_unspaced(word: str) -> bool:
    """Return whether a word is of a script that is written without spaces."""
    return all(map(is_han, word))


@lru_cache(maxsize=1)
def _things() -> Mapping[str, tuple[str, ...]]:
    text = (files("nemovideo.language") / "things.toml").read_text("utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for words in tomllib.loads(text)["things"]:
        for word in words:
            found[word] = (*found.get(word, ()), *words)
    return found
