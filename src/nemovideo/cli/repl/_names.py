"""File names in what is typed, pasted or dropped after a command."""

from __future__ import annotations

import os
import shlex
from urllib.parse import urlsplit
from urllib.request import url2pathname

from nemovideo._files import expand_home


def split_names(text: str) -> list[str]:
    """Return the files that a text names: quoted, escaped, as links, or one bare with spaces."""
    if text and _exists(text):
        return [text]
    try:
        words = shlex.split(text, posix=os.name != "nt")
    except ValueError:
        words = text.split()
    return [_as_path(word.strip("\"'")) for word in words]


def _as_path(word: str) -> str:
    return url2pathname(urlsplit(word).path) if word.startswith("file://") else word


def _exists(text: str) -> bool:
    try:
        return expand_home(text).exists()
    except OSError:
        return False
