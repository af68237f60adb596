"""A turn that the user stopped: what it had done by then, read from the state."""

from __future__ import annotations

from dataclasses import dataclass

from nemovideo.projects.recovery.states import TurnState
from nemovideo.projects.session import Session
from nemovideo.protocol.draft import Draft
from nemovideo.timeline import Change, find_changes


@dataclass(frozen=True)
class StoppedTurn:
    """What a stopped turn left behind."""

    changes: tuple[Change, ...]
    """What had changed by then, in words."""
    draft: Draft | None


def look_after_stop(session: Session) -> StoppedTurn | None:
    """Read what the last turn has done, if its answer was stopped; nothing is sent again.

    Returns:
        None when the session's last turn was answered, or none was sent.
    """
    turns = session.journal.turns.of(session.session_id)
    if not turns or turns[-1].status is not TurnState.SENDING:
        return None
    before = Draft.from_wire(turns[-1].draft_document_before)
    draft = session.draft()
    changes = find_changes(before, draft)
    # One that has shown no change yet may still bring one: `nemo resume` asks for it.
    state = TurnState.ANSWERED if changes else TurnState.LOST
    session.journal.turns.update(turns[-1].turn_id, state)
    return StoppedTurn(changes, draft)
