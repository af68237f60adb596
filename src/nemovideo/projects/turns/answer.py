"""What a message brought about, for the caller and for the journal."""

from __future__ import annotations

import json
from dataclasses import dataclass

from nemovideo.language.actions import Action
from nemovideo.projects.journal import TurnRecord
from nemovideo.projects.session import Session
from nemovideo.protocol.draft import Draft, JsonObject
from nemovideo.timeline import Change

LOST_ANSWER = "The answer broke off: whether all of the message was understood is not known."


@dataclass(frozen=True)
class Answer:
    """What a message brought about."""

    reply: str
    """The agent's text without what was meant for a screen; empty when it said nothing."""
    actions: tuple[Action, ...]
    """What the agent would have had the user do on a screen."""
    changes: tuple[Change, ...]
    """What changed on the timeline, in words."""
    draft: Draft | None
    is_recovered: bool = False
    """Whether the stream broke off and the state told the rest."""
    not_understood: tuple[str, ...] = ()
    """The parts of the message that were not understood, where the server says so."""
    notes: tuple[str, ...] = ()
    """What was changed, guessed or can't be known, in sentences."""
    error: str | None = None
    """Why edits that were given exactly were not made."""

    def to_json(self) -> JsonObject:
        """Return what is kept of it in the journal."""
        return {"reply": self.reply, "not_understood": self.not_understood, "notes": self.notes}


def kept_answer(turn: TurnRecord) -> Answer:
    """Return what an earlier process heard and told of a turn, without the timeline.

    The reply, what was not understood and the notes are kept; nothing is where none were heard.
    """
    kept = json.loads(turn.answer or "{}")
    return Answer(
        reply=kept.get("reply", ""),
        actions=(),
        changes=(),
        draft=None,
        not_understood=tuple(kept.get("not_understood", ())),
        notes=tuple(kept.get("notes", ())),
    )


def tell_unsaid(session: Session, answer: Answer) -> None:
    """Tell the notes that the reply does not hold."""
    for note in answer.notes:
        if note not in answer.reply:
            session.workspace.tell(note)
