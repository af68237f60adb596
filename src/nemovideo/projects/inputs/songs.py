"""The user's own folder of songs: one is meant by its name, or by some words of it."""

from __future__ import annotations

from pathlib import Path

from nemovideo._files import natural_key
from nemovideo.errors import UsageError
from nemovideo.protocol.media_types import kind_of

_QUOTED = 5
"""So many songs are named where several are meant."""


def song_called(name: str, folder: Path) -> Path | None:
    """Return the song of a folder, or of one within it, that has a name; None if there is none.

    A whole name counts before words in one; neither case nor the ending matters.

    Raises:
        UsageError: Several are called so.
    """
    songs = [path for path in folder.rglob("*") if kind_of(path.name) == "audio"]
    songs.sort(key=lambda path: natural_key(path.name))
    wanted, words = name.casefold(), name.casefold().split()
    found = [song for song in songs if wanted in (song.name.casefold(), song.stem.casefold())]
    if not found:
        found = [song for song in songs if all(word in song.stem.casefold() for word in words)]
    if len(found) > 1:
        names = ", ".join(song.name for song in found[:_QUOTED])
        more = ", …" if len(found) > _QUOTED else ""
        raise UsageError(f"--music {name} may be {names}{more}", hint="Give more of its name.")
    return found[0] if found else None
