"""Which session is meant, of those that this machine knows and those that a server has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nemovideo.errors import NoSessionError, SessionElsewhereError, SessionNotFoundError
from nemovideo.projects.backends import Backend, is_elsewhere, wants_local
from nemovideo.projects.names import DEFAULT_NAME, find_session, numbered

if TYPE_CHECKING:
    from nemovideo.projects.journal import SessionRecord
    from nemovideo.projects.workspace import Workspace

Purpose = Literal["change", "read", "export"]
"""What a session is opened for."""


def find_record(
    workspace: Workspace, session_id: str | None = None, *, to: Purpose = "change"
) -> SessionRecord:
    """Return the session to work in: the one named, else the project's, else the current one.

    A session that this machine knows is used where it lives (one of the cloud at the API URL that
    the user names, if any); one that it doesn't know is looked up where the settings point. The
    current one is looked at though it lives elsewhere than a flag or a setting asks for, and
    rendered where that asks for the engine on this machine. Raises as `Workspace.open` does.
    """
    may_be_elsewhere = to == "read" or (to == "export" and wants_local(workspace.settings))
    if session_id is None:
        record = _current(workspace, may_be_elsewhere=may_be_elsewhere)
    else:
        record = _named(workspace, session_id)
    if not is_elsewhere(workspace.settings, record.backend):
        return record
    if to == "read" or not may_be_elsewhere:
        workspace.reporter.notice(
            f"{_label(record)} is used where it lives: {record.backend.label}."
        )
    return record


def known_session(workspace: Workspace, session_id: str) -> SessionRecord:
    """Return a session that this machine knows, by its id or name.

    Raises:
        SessionNotFoundError: It doesn't, or knows several of that name.
    """
    record = _find_known(workspace, session_id)
    if record is None:
        raise _unknown(session_id)
    return record


def known_id(workspace: Workspace, session_id: str | None) -> str | None:
    """Return the id of the session that is meant, where this machine knows it."""
    record = _find_known(workspace, session_id)
    return session_id if record is None else record.session_id


def backend_of(workspace: Workspace, session_id: str | None) -> Backend:
    """Return where a session lives that is named; without a name, where new ones are made."""
    record = _find_known(workspace, session_id)
    return workspace.backend if record is None else record.backend


def project_session(workspace: Workspace) -> str | None:
    """Return the session that the project folder names.

    Where a flag or a setting points elsewhere than where that session lives, there is none,
    and that is said.
    """
    settings = workspace.settings
    session_id = settings.session
    record = _find_known(workspace, session_id)
    if record is None or not is_elsewhere(settings, _rehomed(workspace, record).backend):
        return session_id
    workspace.reporter.notice(
        f"{_label(record)} of {settings.project_file} is left alone: "
        f"it lives with {record.backend.label}."
    )
    return None


def name_session(workspace: Workspace, record: SessionRecord, name: str) -> None:
    """Call a session so that nobody has named, with a number where another is called so."""
    journal = workspace.journal
    others = [s for s in journal.sessions.all() if s.session_id != record.session_id]
    known = journal.sessions.get(record.session_id)
    if known is not None and known.name == DEFAULT_NAME != name:
        journal.sessions.rename(record.session_id, numbered(name, (s.name for s in others)))


def _current(workspace: Workspace, *, may_be_elsewhere: bool) -> SessionRecord:
    settings = workspace.settings
    project = _named(workspace, settings.session) if settings.session else None
    current = workspace.journal.sessions.current()
    candidates = [record for record in (project, current) if record is not None]
    if not candidates:
        raise NoSessionError
    for record in candidates:
        if not is_elsewhere(settings, record.backend):
            if record is not candidates[0]:
                workspace.reporter.notice(f"Working in {_label(record)}, not in the folder's.")
            return record
    first = candidates[0]
    # A token of the user's own is meant for the URL that was named, and goes to no other.
    is_other_cloud = not first.backend.is_local and first.backend != workspace.cloud
    if may_be_elsewhere and not is_other_cloud:
        return first
    where = first.backend.api_url if is_other_cloud else first.backend.label
    raise SessionElsewhereError(
        f"the current session, {_label(first)}, lives with {where}",
        hint="Leave out what asks for another backend, name a session (`nemo session list`), "
        "or begin one there: nemo session new.",
    )


def _find_known(workspace: Workspace, session_id: str | None) -> SessionRecord | None:
    return find_session(workspace.journal.sessions.all(), session_id) if session_id else None


def _named(workspace: Workspace, session_id: str) -> SessionRecord:
    record = _find_known(workspace, session_id)
    if record is not None:
        return _rehomed(workspace, record)
    if any(map(str.isspace, session_id)):
        raise _unknown(session_id)  # no server calls a session so
    return _adopted(workspace, session_id)


def _rehomed(workspace: Workspace, record: SessionRecord) -> SessionRecord:
    """Return a session at the API URL that the user names, if any."""
    is_default = workspace.settings.sources.get("api_url", "default") == "default"
    if record.backend.is_local or is_default:
        return record
    return workspace.journal.sessions.save(record.session_id, workspace.cloud, name=record.name)


def _adopted(workspace: Workspace, session_id: str) -> SessionRecord:
    """Look a session up at the server and remember it."""
    state = workspace.client().state.get(session_id)
    return workspace.journal.sessions.save(
        session_id,
        workspace.backend,
        name=state.task_name or DEFAULT_NAME,
        task_id=state.task_id,
        user_id=state.user_id,
    )


def _label(record: SessionRecord) -> str:
    return f"“{record.name}” ({record.session_id})"


def _unknown(session_id: str) -> SessionNotFoundError:
    return SessionNotFoundError(
        f"no session {session_id} is known on this machine",
        hint="`nemo session list` shows those that are.",
    )
