"""What of folders and patterns is passed over, counted, so that one line can say it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Literal

from nemovideo.projects.texts import counted
from nemovideo.protocol.media_types import extension_of
from nemovideo.protocol.refused_types import is_raw

MAX_NAMED = 5
_HINT = "add --recursive"

Unnamed = Literal["hidden", "subfolder", "live clip", "link"]
"""Names that begin with a dot; folders that are not looked into; films of Live Photos whose still
is taken; links to files that are taken under another name."""


class LeftOut:
    """Gathers what `collect_inputs` does not take, with the reasons."""

    def __init__(self) -> None:
        self._folders: dict[str, None] = {}
        self._endings: Counter[str] = Counter()
        self._counts: Counter[Unnamed] = Counter()
        self._made: list[str] = []
        self._single: list[str] = []

    def add_other_kind(self, path: Path, where: str) -> None:
        """Note a file that is no photo, clip or sound by its name."""
        ending = extension_of(path.name)
        raw = ": camera RAW" if is_raw(path.name) else ""
        self._endings[f".{ending}{raw}" if ending else "without an ending"] += 1
        self._folders[where] = None

    def count(self, what: Unnamed, where: str) -> None:
        """Note one of what is not named."""
        self._counts[what] += 1
        self._folders[where] = None

    def add_made(self, path: Path, where: str) -> None:
        """Note a film that nemo made."""
        self._made.append(path.name)
        self._folders[where] = None

    def add(self, reason: str, where: str) -> None:
        """Note one file with a reason of its own, in words."""
        self._single.append(reason)
        self._folders[where] = None

    def notes(self) -> tuple[str, ...]:
        """Return one sentence; none when nothing was left out."""
        parts = self._parts()
        if not parts:
            return ()
        of = f" of {next(iter(self._folders))}" if len(self._folders) == 1 else ""
        return (f"Left out{of}: {', '.join(parts)}.",)

    def _parts(self) -> list[str]:
        parts = []
        if self._endings:
            count = self._endings.total()
            kinds = ", ".join(
                f"{number} {ending}" if number > 1 else ending
                for ending, number in sorted(self._endings.items(), key=_commonest)
            )
            noun = "files of other kinds" if count > 1 else "file of another kind"
            parts.append(f"{count} {noun} ({kinds})")
        if live := self._counts["live clip"]:
            noun = "clips of Live Photos" if live > 1 else "clip of a Live Photo"
            parts.append(f"{live} {noun} (the photo is used)")
        if hidden := self._counts["hidden"]:
            parts.append(counted(hidden, "hidden file"))
        if subfolders := self._counts["subfolder"]:
            parts.append(f"{counted(subfolders, 'subfolder')} ({_HINT})")
        if self._made:
            more = ", …" if len(self._made) > MAX_NAMED else ""
            names = ", ".join(self._made[:MAX_NAMED])
            parts.append(f"{counted(len(self._made), 'film')} that nemo made ({names}{more})")
        if links := self._counts["link"]:
            parts.append(f"{counted(links, 'link')} to files that are there already")
        parts += self._single[:MAX_NAMED]
        if len(self._single) > MAX_NAMED:
            parts.append(f"and {len(self._single) - MAX_NAMED} more that can't be used")
        return parts


def _commonest(counted: tuple[str, int]) -> tuple[int, str]:
    ending, number = counted
    return -number, ending
