"""Telling file paths and addresses from words, by their look alone; nothing is opened."""

from __future__ import annotations

import re

from nemovideo.language._patterns import LazyPattern
from nemovideo.protocol.media_types import MIME_TYPES

_EXTENSION = rf"\.(?:{'|'.join(MIME_TYPES)})"
_URL = LazyPattern(r"https?://\S+", re.IGNORECASE)
_ROOT = LazyPattern(r"(?:~|\.{1,2})?[/\\]|[A-Za-z]:[/\\]|file://")
_NAME_SOURCE = rf"[^\s\"'“”‘’,，。;；:：!?！？]+{_EXTENSION}"
_NAME = LazyPattern(_NAME_SOURCE, re.IGNORECASE)
_PATTERN_END = LazyPattern(r"\.\w{1,5}$|[/\\]\*$")
_TOKEN = LazyPattern(r"\"[^\"]*\"|'[^']*'|“[^”]*”|(?:\\ |[^\s,，、；;])+")
_AFTER_COLON = LazyPattern(
    rf"(?<=[\u3400-\u9fff])[:：](?=(?:~|\.{{1,2}})?[/\\]|[A-Za-z]:\\|https?://|{_NAME_SOURCE})",
    re.IGNORECASE,
)
"""Between Chinese words and a path that follows without a space."""
_HANDED_OVER = LazyPattern(r"[:：]\s*$")
_ENDS_AS_FILE = LazyPattern(rf"{_EXTENSION}$", re.IGNORECASE)
_SIGNS = frozenset("./\\*")
"""Every path has one of them."""
_MAX_PATH = 4096
_COMMAND = LazyPattern(r"/[a-z]+", re.IGNORECASE)


def is_path(token: str) -> bool:
    """Return whether one word is a path, a file's name, a pattern or a web address."""
    bare = token.strip("\"'“”‘’").rstrip(",，;；")
    if not _SIGNS & set(bare) or len(bare) > _MAX_PATH or _COMMAND.fullmatch(bare):
        return False
    return bool(
        _URL.fullmatch(bare)
        or _ROOT.match(bare)
        or _NAME.fullmatch(bare)
        or ("*" in bare and " " not in bare and _PATTERN_END.search(bare))
        or (" " in bare and _ENDS_AS_FILE.search(bare))
    )


def is_rooted(token: str) -> bool:
    """Return whether a path says where it lies, so that it must be on this machine or the web."""
    bare = token.strip("\"'“”‘’")
    return bool(_URL.fullmatch(bare) or (_ROOT.match(bare) and not _COMMAND.fullmatch(bare)))


def is_handing_over(rest: str) -> bool:
    """Return whether what was said beside paths ends in a colon: "my photos:", then the paths."""
    return bool(_HANDED_OVER.search(rest))


def is_only_paths(text: str) -> bool:
    """Return whether a text is nothing but paths; one with spaces needs no quotes by itself."""
    text = text.strip()
    if _ROOT.match(text) and _ENDS_AS_FILE.search(text) and "\n" not in text:
        return True
    tokens = _TOKEN.findall(text)
    return bool(tokens) and all(map(is_path, tokens))


def split_paths(text: str) -> tuple[list[str], str]:
    """Return the paths in a text, and the text with a space in the place of each."""
    paths: list[str] = []

    def take(match: re.Match[str]) -> str:
        if not is_path(match.group()):
            return match.group()
        paths.append(match.group())
        return " "

    if not text.isascii():
        text = _AFTER_COLON.sub("： ", text)
    return paths, _TOKEN.sub(take, text)
