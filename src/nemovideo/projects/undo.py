"""Back and forth in a session: undo and redo are messages like any other, in the agent's words."""

from __future__ import annotations

from typing import Literal

NO_UNDO_IN_THE_CLOUD = "The cloud has no undo of its own; the agent is asked to do it."
Direction = Literal["undo", "redo"]


def ask_for(direction: Direction, steps: int = 1) -> str:
    """Return the message that takes steps back, or brings them back."""
    return direction if steps == 1 else f"{direction} {steps} steps"
