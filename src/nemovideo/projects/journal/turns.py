"""The messages that were said, each with what came of it."""

from __future__ import annotations

import json

from nemovideo.projects.journal.database import Table
from nemovideo.projects.journal.records import TurnRecord
from nemovideo.projects.recovery.states import TurnState
from nemovideo.protocol.draft import JsonObject


class Turns(Table):
    """Written down before they are sent; of several processes one sends a message."""

    def add(
        self,
        session_id: str,
        text: str,
        draft_before: JsonObject | None,
        *,
        run_id: str | None = None,
    ) -> int:
        """Write down a message before it is sent; return the turn's number."""
        cursor = self._database.run(
            "INSERT INTO turns (session_id, run_id, text, draft_before, status, sent_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            *(session_id, run_id, text, json.dumps(draft_before), TurnState.PENDING),
            self._database.now(),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def begin(self, turn_id: int) -> bool:
        """Write down that a pending message leaves now; return whether it was ours to send."""
        cursor = self._database.run(
            "UPDATE turns SET status = ?, sent_at = ? WHERE turn_id = ? AND status = ?",
            *(TurnState.SENDING, self._database.now(), turn_id, TurnState.PENDING),
        )
        return cursor.rowcount == 1

    def drop(self, turn_id: int) -> bool:
        """Write down that a pending message won't be sent; return whether that was possible yet."""
        cursor = self._database.run(
            "UPDATE turns SET status = ? WHERE turn_id = ? AND status = ?",
            *(TurnState.UNSENT, turn_id, TurnState.PENDING),
        )
        return cursor.rowcount == 1

    def update(self, turn_id: int, status: TurnState, answer: JsonObject | None = None) -> None:
        """Write down how a turn ended, and what was told of it."""
        self._database.run(
            "UPDATE turns SET status = ?, answer = COALESCE(?, answer) WHERE turn_id = ?",
            *(status, None if answer is None else json.dumps(answer), turn_id),
        )

    def of(self, session_id: str, *, run_id: str | None = None) -> tuple[TurnRecord, ...]:
        """Return a session's turns, of one run or all, the oldest first."""
        return self._database.all(
            TurnRecord,
            "SELECT * FROM turns WHERE session_id = ?1 AND (?2 IS NULL OR run_id = ?2)"
            " ORDER BY turn_id",
            *(session_id, run_id),
        )

    def seconds_since(self, turn: TurnRecord) -> float:
        """Return how long ago a message left."""
        return max(self._database.now() - turn.sent_at, 0.0)
