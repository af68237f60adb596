from __future__ import annotations

from pathlib import Path

from nemovideo.projects.journal import Journal
from nemovideo.projects.recovery.states import TurnState


def test_journal_keeps_the_draft_before_a_turn(tmp_path: Path) -> None:
    draft = {"t": [{"tt": 0, "x": 1.0}]}
    with Journal(tmp_path) as journal:
        turn_id = journal.turns.add("s1", "hello", draft)
        journal.turns.update(turn_id, TurnState.ANSWERED)
        (turn,) = journal.turns.of("s1")
    assert (turn.draft_document_before, turn.status) == (draft, "answered")
