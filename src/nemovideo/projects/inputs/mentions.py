"""Files and links that a text names, as people type, paste and drop them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from nemovideo._files import expand_home
from nemovideo.language import split_paths
from nemovideo.projects.texts import is_url
from nemovideo.protocol.media_types import kind_of

_ADDING = re.compile(
    r"\b(?:add|append|include|insert|put|use|añad\w*|agreg\w*|incluy\w*|met\w*|usa)\b"
    r"|加|放|插入|用"
)
_UPLOADING = re.compile(r"\b(?:upload|send|sube|subir)\b|上传")


@dataclass(frozen=True)
class Mention:
    """A file of this machine within a text about something else."""

    written: str
    """As it stands in the text."""
    path: str


def paths_in(text: str) -> list[str]:
    """Return the paths and links of media that a text names, quoted, escaped or bare."""
    whole = _bare(text)
    if Path(whole).is_file():
        return [whole]
    words = [_bare(word) for word in split_paths(text)[0]]
    return [word for word in words if is_url(word) or kind_of(word) or expand_home(word).is_dir()]


def missing_in(text: str) -> list[str]:
    """Return the paths of a text that lead nowhere, as they are written."""
    words = [_bare(word) for word in split_paths(text)[0]]
    return [word for word in words if not is_url(word) and not expand_home(word).exists()]


def asks_to_add(text: str) -> bool:
    """Return whether files are to be put into the video, rather than uploaded alone."""
    spoken = split_paths(text)[1].casefold()
    return bool(_ADDING.search(spoken)) and not _UPLOADING.search(spoken)


def mentions_in(text: str) -> list[Mention]:
    """Return the media files and folders that a text names by a path, not by the name alone.

    A name alone is that of a file that the session holds already.
    """
    found = [Mention(word, _bare(word)) for word in split_paths(text)[0]]
    return [mention for mention in found if _is_placed(mention.path)]


def by_names(text: str, mentions: list[Mention], names: Mapping[str, str] | None = None) -> str:
    """Return a text with the names of files in the place of their paths.

    By path, `names` has what they are called where they were uploaded, where that differs.
    """
    for mention in sorted(mentions, key=lambda mention: -len(mention.written)):
        path = expand_home(mention.path)
        called = [(names or {}).get(str(path), path.name)]
        if path.is_dir():
            called = [
                name for source, name in (names or {}).items() if path in Path(source).parents
            ]
        text = text.replace(mention.written, ", ".join(called) or path.name)
    return text


def _is_placed(path: str) -> bool:
    if is_url(path) or Path(path).name == path:
        return False
    is_media = kind_of(path) is not None and expand_home(path).is_file()
    return is_media or expand_home(path).is_dir()


def _bare(word: str) -> str:
    """Return a path as the file system knows it, without a shell's or a file manager's marks."""
    word = word.strip().strip("\"'“”‘’").rstrip(",，;；")
    if word.startswith("file://"):
        from urllib.request import url2pathname  # loads what speaks to servers

        return url2pathname(urlsplit(word).path)
    return word if os.name == "nt" else word.replace("\\ ", " ")
