"""What is on a screen, judged."""

from __future__ import annotations


def is_chinese(text: str) -> bool:
    """Return whether there is a Chinese character in a text."""
    return any("\u4e00" <= char <= "\u9fff" for char in text)
