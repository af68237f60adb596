"""The films that nemo made on this machine: they are no photos and clips of the user's."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from nemovideo.projects.journal import JOURNAL_FILE, Journal
from nemovideo.projects.workspace import Workspace

_DATED_NAME = re.compile(r"nemo-\d{8}-\d{6}(-\d+)?\.[a-z0-9]+")


class Films:
    """Known by the journal, or by the name that nemo gives by itself."""

    def __init__(self, paths: Collection[Path] = ()) -> None:
        self._paths = frozenset(path.resolve() for path in paths)
        self._names = frozenset(path.name for path in self._paths)

    def __contains__(self, path: Path) -> bool:
        """Return whether nemo put the file there."""
        if _DATED_NAME.fullmatch(path.name):
            return True
        return path.name in self._names and path.resolve() in self._paths


def films_made(data_dir: Path, *more: Path | None) -> Films:
    """Return the films that a data folder's journal knows, and more that are about to be made."""
    paths = [path for path in more if path is not None]
    if (data_dir / JOURNAL_FILE).exists():
        with Journal(data_dir) as journal:
            paths += _outputs(journal)
    return Films(paths)


def films_of(workspace: Workspace) -> Films:
    """Return the films that a workspace's journal knows."""
    return Films(_outputs(workspace.journal))


def _outputs(journal: Journal) -> list[Path]:
    return [Path(render.output) for render in journal.renders.all() if render.output]
