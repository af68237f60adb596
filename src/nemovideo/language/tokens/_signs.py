"""What single signs of a text say: quotes, and where words and runs of signs end. Pure."""

from __future__ import annotations

from nemovideo.language._chinese import is_han

QUOTES = {"“": "”", "「": "」", "『": "』", "《": "》", "«": "»", '"': '"', "„": "“", "＂": "＂"}
"""Quotes that open, with those that close them."""


def run_of(alphabet: str, text: str, at: int) -> str:
    """Return the signs of an alphabet that stand in a row from a place on."""
    end = at
    while end < len(text) and text[end] in alphabet:
        end += 1
    return text[at:end]


def letters(text: str, at: int) -> str:
    """Return the word that begins at a place: letters, and digits after them."""
    end = at
    while end < len(text) and text[end].isalpha() and not is_han(text[end]):
        end += 1
    while end > at and end < len(text) and text[end].isalnum() and not is_han(text[end]):
        end += 1
    return text[at:end]


def ends_name(text: str, end: int) -> bool:
    """Return whether a name may end here: no letter or digit of its script follows."""
    return not text[end : end + 1].isalnum() or is_han(text[end])
