"""Room on the disk: what the engine on this machine keeps, and which of it may go."""

from __future__ import annotations

import re
import time
from collections.abc import Collection
from dataclasses import dataclass

from nemovideo import _sizes
from nemovideo.config import Settings
from nemovideo.engine.storage import ENGINE_FOLDER, KeptSession, Storage, opened_store
from nemovideo.errors import UsageError
from nemovideo.projects.finding import known_id
from nemovideo.projects.recovery.locks import is_held
from nemovideo.projects.workspace import Workspace

DEFAULT_AGE_S = 30 * 86400.0
_AGE = re.compile(r"(\d+(?:\.\d+)?)\s*(m|min|h|d|w|y)?", re.IGNORECASE)
_SECONDS = {"m": 60, "min": 60, "h": 3600, "d": 86400, "w": 7 * 86400, "y": 365 * 86400}


@dataclass(frozen=True)
class Removal:
    """A session that goes, or went."""

    name: str
    kept: KeptSession


@dataclass(frozen=True)
class CleaningPlan:
    """What is to go, the oldest first, and what stays."""

    removals: tuple[Removal, ...]
    storage: Storage
    protected: int
    """How many old sessions stay because they are current or in use."""
    piece_bytes: int = 0
    """How much goes of the pieces that are kept for the next export: all of them, or none."""

    @property
    def freed_bytes(self) -> int:
        """What becomes free."""
        return self.piece_bytes + sum(removal.kept.size_bytes for removal in self.removals)


def survey_storage(settings: Settings) -> Storage:
    """Return what the engine keeps; nothing where it never ran."""
    if not (settings.data_dir / ENGINE_FOLDER).is_dir():
        return Storage()
    with opened_store(settings.data_dir / ENGINE_FOLDER) as store:
        return store.cleaning.survey(time.time())


def plan_cleaning(
    workspace: Workspace,
    *,
    older_than_s: float | None = None,
    keep_bytes: float | None = None,
    with_pieces: bool = False,
    now: float | None = None,
) -> CleaningPlan:
    """Choose the sessions that may go, the ones untouched for longest first.

    Args:
        workspace: Whose engine it is.
        older_than_s: Those that nobody has touched for so long.
        keep_bytes: As many as must go for no more than that to be left; with an age, of those.
            Before them go the pieces kept for the next export: they can be made again.
        with_pieces: Whether those go in any case.
        now: Seconds since the epoch; the present if None.
    """
    now = time.time() if now is None else now
    storage = survey_storage(workspace.settings)
    old = [s for s in storage.sessions if now - s.used_at >= (older_than_s or 0)]
    protected = _protected(workspace, [session.session_id for session in old])
    free = [s for s in old if not s.is_busy and s.session_id not in protected]
    if keep_bytes is not None:
        left = float(storage.size_bytes)
        with_pieces = with_pieces or left > keep_bytes
        left -= storage.piece_bytes if with_pieces else 0
        too_many = []
        for session in free:
            if left <= keep_bytes:
                break
            if not session.size_bytes:
                continue  # linked to files of the user's: it takes no room
            too_many.append(session)
            left -= session.size_bytes
        stays, free = len(old) - len(free) if left > keep_bytes else 0, too_many
    else:
        stays = len(old) - len(free)
    names = {record.session_id: record.name for record in workspace.journal.sessions.all()}
    removals = tuple(Removal(names.get(s.session_id, s.session_id), s) for s in free)
    return CleaningPlan(removals, storage, stays, storage.piece_bytes if with_pieces else 0)


def plan_clearing(workspace: Workspace) -> CleaningPlan:
    """Choose the pieces of films that are kept for the next export, and nothing else."""
    storage = survey_storage(workspace.settings)
    return CleaningPlan((), storage, 0, storage.piece_bytes)


def clean(workspace: Workspace, plan: CleaningPlan) -> tuple[Removal, ...]:
    """Remove what was planned and is still untouched; those sessions are forgotten here, too."""
    if not (workspace.settings.data_dir / ENGINE_FOLDER).is_dir():
        return ()
    with opened_store(workspace.settings.data_dir / ENGINE_FOLDER) as store:
        removed = store.cleaning.remove(removal.kept for removal in plan.removals)
        store.cleaning.remove_leftovers(time.time())
        if plan.piece_bytes:
            store.cleaning.remove_pieces()
    gone = {session.session_id for session in removed}
    for session_id in gone:
        workspace.journal.sessions.forget(session_id)
    return tuple(removal for removal in plan.removals if removal.kept.session_id in gone)


def _protected(workspace: Workspace, session_ids: Collection[str]) -> set[str]:
    """Return the sessions that commands would work in, or are at work in."""
    journal, data_dir = workspace.journal, workspace.settings.data_dir
    current = journal.sessions.current()
    found = {current.session_id} if current is not None else set()
    if named := known_id(workspace, workspace.settings.session):
        found.add(named)
    for run in journal.runs.unfinished():
        if run.session_id and is_held(data_dir, run.run_id):
            found.add(run.session_id)
    for render in journal.renders.all():
        is_open = render.status.is_open and render.session_id in session_ids
        if is_open and is_held(data_dir, render.render_id):
            found.add(render.session_id)
    return found


def parse_age(text: str) -> float:
    """Return the seconds of "30d", "12h", "2w"; a bare number counts days.

    Raises:
        UsageError: It is none.
    """
    match = _AGE.fullmatch(text.strip())
    if match is None:
        raise UsageError(f"--older-than is {text!r}, but must be like 30d, 12h or 2w")
    return float(match[1]) * _SECONDS[(match[2] or "d").lower()]


def parse_size(text: str) -> int:
    """Return the bytes of "2GB", "500 MB".

    Raises:
        UsageError: It is none.
    """
    size = _sizes.parse_size(text)
    if size is None:
        raise UsageError(f"--keep is {text!r}, but must be like 2GB or 500MB")
    return size
