"""Live Photos: a still and a short film of the same moment, side by side under one name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from nemovideo._metadata import film_length_s
from nemovideo.protocol.media_types import extension_of

MAX_LENGTH_S = 4.0
"""A Live Photo's film has about 3 seconds; a longer one of the same name is a clip of its own."""

_STILLS = ("heic", "heif", "jpg", "jpeg")
_FILMS = ("mov", "mp4")


def live_clips(paths: Iterable[Path]) -> frozenset[Path]:
    """Return the films among these files that belong to a still among them."""
    paths = list(paths)
    films = [path for path in paths if extension_of(path.name) in _FILMS]
    if not films:
        return frozenset()
    stills = {_name(path) for path in paths if extension_of(path.name) in _STILLS}
    return frozenset(path for path in films if _name(path) in stills and _is_short(path))


def _name(path: Path) -> tuple[Path, str]:
    return path.parent, path.stem.casefold()


def _is_short(path: Path) -> bool:
    try:
        length_s = film_length_s(path) if path.is_file() else None
    except OSError:
        return False
    return length_s is not None and 0 < length_s <= MAX_LENGTH_S
