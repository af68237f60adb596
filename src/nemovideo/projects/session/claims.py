"""A link that opens a session in the web workspace, through a short-lived claim token."""

from __future__ import annotations

from urllib.parse import urlencode

from nemovideo.errors import SessionError, UsageError
from nemovideo.projects.session.session import Session


def claim_url(session: Session) -> str:
    """Return the link; it holds a claim token, never the user's own.

    Raises:
        UsageError: The session lives on this machine.
        SessionError: The session's task is not known and the server doesn't tell it.
    """
    if session.is_local:
        raise UsageError(
            "this session lives on this machine; the web workspace can't see it",
            hint="Open the video itself, or start a session in the cloud: nemo session new.",
        )
    client = session.client
    task_id = session.record.task_id or client.state.get(session.session_id).task_id
    if task_id is None:
        raise SessionError(f"the server does not say which task {session.session_id} belongs to")
    claim = client.claims.create(task_id, session.session_id)
    return f"{session.workspace.url}/claim?{urlencode({'ct': claim.claim_token})}"
