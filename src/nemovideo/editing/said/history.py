"""How earlier timelines are asked for."""

from __future__ import annotations

from nemovideo.editing.model import HistoryStep
from nemovideo.editing.said.clause import Clause
from nemovideo.editing.said.frames import Frame, Said, frame

MOST_STEPS = 100
"""So many steps may be taken back at once."""


def _count(clause: Clause) -> int | None:
    """Take how many steps; None when it makes no sense."""
    number = clause.value("number")
    factor = clause.value("factor")
    clause.item("ordinal")
    clause.take("steps", "it", "by", "back", "leading", "all")
    things = clause.peek_ref()
    if things is not None and things.noun in ("", "one") and (things.is_it or things.numbers):
        clause.ref(roles=(None,))  # "the last two things"
        number = number or len(things.numbers) or 1
    count = number if number is not None else factor if factor is not None else 1
    return int(count) if count in range(1, MOST_STEPS + 1) else None


@frame("undo")
def undo(clause: Clause) -> Said | None:
    """Undo, undo the last three changes."""
    said = [item.raw for item in clause.items if item.has("undo")]
    times = said.count(said[0]) if said else 0
    clause.take("undo")
    count = _count(clause)
    if times > 1 and count == 1:
        count = times  # "ctrl z ctrl z"
    return None if count is None else HistoryStep("undo", count)


@frame("redo")
def redo(clause: Clause) -> Said | None:
    """Redo, redo two steps."""
    clause.take("redo")
    count = _count(clause)
    return None if count is None else HistoryStep("redo", count)


@frame("back-to-first")
def back_to_first(clause: Clause) -> Said | None:
    """Back to the first cut."""
    clause.take("back-to-first")
    return HistoryStep("first_cut")


FRAMES: tuple[Frame, ...] = (back_to_first, undo, redo)
