"""Turns that were broken off: what they did is told; what surely never left is sent."""

from __future__ import annotations

from dataclasses import dataclass

from nemovideo.errors import NothingToResumeError
from nemovideo.projects.journal import TurnRecord
from nemovideo.projects.recovery.states import TurnState
from nemovideo.projects.session import Session
from nemovideo.projects.turns import send_message
from nemovideo.projects.turns.answer import LOST_ANSWER, Answer, tell_unsaid
from nemovideo.projects.turns.lost_answers import await_change
from nemovideo.protocol.draft import Draft
from nemovideo.timeline import Change, find_changes


@dataclass(frozen=True)
class StoppedTurn:
    """What a stopped turn left behind."""

    changes: tuple[Change, ...]
    """What had changed by then, in words."""
    draft: Draft | None


def take_up_turn(session: Session, turn: TurnRecord, *, is_strict: bool = False) -> Answer:
    """Finish a turn that was broken off: tell what it did, or send it where it surely never left.

    Raises:
        StreamTimeoutError: It may have left and the state shows no change.
        NothingToResumeError: Another process is sending it.
    """
    journal = session.journal
    document = turn.draft_document_before
    before = None if document is None else Draft.from_wire(document)
    if turn.status is TurnState.PENDING:
        if not journal.turns.drop(turn.turn_id):
            raise NothingToResumeError("another nemo is sending this message")
        return send_message(session, turn.text, run_id=turn.run_id, is_strict=is_strict)
    if session.is_local and session.draft() == before:
        # The engine died with the process that sent it, and nothing was paid.
        journal.turns.update(turn.turn_id, TurnState.UNSENT)
        return send_message(session, turn.text, run_id=turn.run_id, is_strict=is_strict)
    changes = await_change(session, before, waited_s=journal.turns.seconds_since(turn))
    after = session.draft()
    answer = Answer("", (), changes, after, is_recovered=True, notes=(LOST_ANSWER,))
    journal.turns.update(turn.turn_id, TurnState.ANSWERED, answer.to_json())
    tell_unsaid(session, answer)
    return answer


def look_after_stop(session: Session) -> StoppedTurn | None:
    """Read what the last turn has done, sending nothing; None if its answer was not stopped."""
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
