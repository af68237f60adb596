"""Files and links that a text names, as people type, paste and drop them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from nemovideo._files import expand_home
from nemovideo.language import split_paths
from nemovideo.projects.inputs import is_url
from nemovideo.protocol.media_types import kind_of


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
    return [word for word in words if is_url(word) or kind_of(word) or Path(word).is_dir()]


def mentions_in(text: str) -> list[Mention]:
    """Return the media files that a text names by a path, not by the name alone.

    A name alone is that of a file that the session holds already.
    """
    found = [Mention(word, _bare(word)) for word in split_paths(text)[0]]
    return [mention for mention in found if _is_file_with_folder(mention.path)]


def by_names(text: str, mentions: list[Mention], names: Mapping[str, str] | None = None) -> str:
    """Return a text with the names of files in the place of their paths.

    Args:
        text: What was said.
        mentions: The paths in it.
        names: What files are called where they were uploaded, by path, where that differs.
    """
    for mention in sorted(mentions, key=lambda mention: -len(mention.written)):
        path = Path(mention.path).expanduser()
        text = text.replace(mention.written, (names or {}).get(str(path), path.name))
    return text


def _is_file_with_folder(path: str) -> bool:
    if is_url(path) or kind_of(path) is None or Path(path).name == path:
        return False
    return expand_home(path).is_file()


def _bare(word: str) -> str:
    """Return a path as the file system knows it, without a shell's or a file manager's marks."""
    word = word.strip().strip("\"'“”‘’").rstrip(",，;；")
    if word.startswith("file://"):
        return url2pathname(urlsplit(word).path)
    return word if os.name == "nt" else word.replace("\\ ", " ")
