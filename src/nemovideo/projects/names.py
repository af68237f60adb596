"""Names of sessions: after the folder or the title, and how one is found again by what is typed.

A session that nobody has named is called after what it is made of, on this machine alone: at the
server it stays a "project".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from nemovideo.errors import SessionNotFoundError
from nemovideo.projects.journal.records import SessionRecord

DEFAULT_NAME = "project"
MAX_CHARS = 60
NAMED_CHOICES = 5


def name_after(paths: Sequence[Path], title: str | None = None) -> str:
    """Return what to call a session: after the title that stands over it, else after its files."""
    folders = {path.absolute().parent for path in paths}
    if title and title.strip():
        name = title
    elif len(paths) == 1:
        name = paths[0].stem
    else:
        name = next(iter(folders)).name if len(folders) == 1 else _common_name(paths)
    return " ".join(name.split())[:MAX_CHARS].strip() or DEFAULT_NAME


def _common_name(paths: Sequence[Path]) -> str:
    """Return the name of the folder above them all, or that of the first one's."""
    parents = [path.absolute().parent for path in paths]
    if not parents:
        return DEFAULT_NAME
    shared = set.intersection(*({parent, *parent.parents} for parent in parents))
    nearest = max(shared, key=lambda folder: len(folder.parts), default=parents[0])
    return nearest.name or parents[0].name


def numbered(name: str, taken: Iterable[str]) -> str:
    """Return a name that no other session has: "Lisbon", "Lisbon 2"."""
    folded = {other.casefold() for other in taken}
    if name.casefold() not in folded:
        return name
    number = 2
    while f"{name} {number}".casefold() in folded:
        number += 1
    return f"{name} {number}"


def find_session(sessions: Sequence[SessionRecord], wanted: str) -> SessionRecord | None:
    """Return the session that is meant by its id, its name, or the beginning of either, or None.

    Raises:
        SessionNotFoundError: Several are; the hint names them.
    """
    said = " ".join(wanted.split()).casefold()
    by_id = [s for s in sessions if s.session_id == wanted]
    by_name = [s for s in sessions if s.name.casefold() == said]
    by_start = [
        session
        for session in sessions
        if said
        if session.session_id.startswith(wanted) or session.name.casefold().startswith(said)
    ]
    found = by_id or by_name or by_start
    if len(found) > 1:
        raise SessionNotFoundError(
            f"several sessions are meant by {wanted!r}", hint=f"Name one: {_choices(found)}."
        )
    return found[0] if found else None


def _choices(sessions: Sequence[SessionRecord]) -> str:
    """Return what can be typed to mean each: the name, where no other has it."""
    names = [session.name.casefold() for session in sessions]
    listed = [
        f"“{session.name}”"
        if names.count(session.name.casefold()) == 1
        else f"{session.session_id} (“{session.name}”)"
        for session in sessions
    ]
    more = len(listed) - NAMED_CHOICES
    return ", ".join(listed[:NAMED_CHOICES]) + (f" … ({more} more)" if more > 0 else "")
