"""Back and forth in a session: undo and redo are messages like any other, in the user's words."""

from __future__ import annotations

from typing import Literal

Direction = Literal["undo", "redo"]
_CHINESE = {"undo": "撤销", "redo": "重做"}


def ask_for(direction: Direction, steps: int, language: str) -> str:
    """Return the message that takes steps back, or brings them back.

    The agent answers in the message's language.
    """
    if language.lower().startswith("zh"):
        return _CHINESE[direction] if steps == 1 else f"{_CHINESE[direction]}{steps}步"
    return direction if steps == 1 else f"{direction} {steps} steps"
