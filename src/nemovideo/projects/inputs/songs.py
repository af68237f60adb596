"""The user's own folder of songs: one is meant by its name, by some words of it, or any of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from pathlib import Path
from zlib import crc32

from nemovideo._files import natural_key
from nemovideo.errors import UsageError
from nemovideo.language.tokens import Token, tokenize
from nemovideo.protocol.media_types import kind_of

ANY_SONG = "any"
"""What `--music` is called when it does not matter which song."""
NO_FOLDER = "To take one of your songs, name their folder: nemo config set music_dir FOLDER"
_QUOTED = 5
"""So many songs are named where several are meant."""


def song_called(name: str, folder: Path) -> Path | None:
    """Return the song of a folder, or of one within it, that has a name; None if there is none.

    A whole name counts before words in one; neither case nor the ending matters.

    Raises:
        UsageError: Several are called so.
    """
    songs = _songs_in(folder)
    wanted, words = name.casefold(), name.casefold().split()
    found = [song for song in songs if wanted in (song.name.casefold(), song.stem.casefold())]
    if not found:
        found = [song for song in songs if all(word in song.stem.casefold() for word in words)]
    if len(found) > 1:
        names = ", ".join(song.name for song in found[:_QUOTED])
        more = ", …" if len(found) > _QUOTED else ""
        raise UsageError(f"--music {name} may be {names}{more}", hint="Give more of its name.")
    return found[0] if found else None


def any_song(folder: Path | None, beside: Sequence[str], *, but: Collection[str] = ()) -> Path:
    """Return one of the songs of a folder, the same for the same files; those of `but` come last.

    Raises:
        UsageError: There is no such folder, or no song in it.
    """
    songs = [] if folder is None else _songs_in(folder)
    if not songs:
        where = "music_dir names no folder" if folder is None else f"there are none in {folder}"
        raise UsageError(f"no song of yours can be taken: {where}", hint=NO_FOLDER)
    choice = [song for song in songs if song.name not in but] or songs
    seed = crc32("\n".join(beside).encode("utf-8", "replace"))
    return choice[seed % len(choice)]


def asks_for_any_song(text: str) -> bool:
    """Return whether a text wishes for any of the user's own songs."""
    return bool(_wishes(text))


def with_song(text: str, song: Path) -> str:
    """Return a text that names a song where it wished for any."""
    text = unicodedata.normalize("NFC", text)
    for wish in reversed(_wishes(text)):
        text = f'{text[: wish.start]} "{song}" {text[wish.end :]}'
    return text.replace("  ", " ").strip()


def _wishes(text: str) -> list[Token]:
    return [token for token in tokenize(text)[0] if token.has("own-song")]


def _songs_in(folder: Path) -> list[Path]:
    songs = [path for path in folder.rglob("*") if kind_of(path.name) == "audio"]
    return sorted(songs, key=lambda path: (natural_key(path.name), path))
