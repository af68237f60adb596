"""Back and forth in a session: undo and redo are messages like any other, in the user's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from nemovideo.projects.chat import ChatResult
    from nemovideo.projects.session.session import Session

Direction = Literal["undo", "redo"]
_CHINESE = {"undo": "撤销", "redo": "重做"}


def step(session: Session, direction: Direction, steps: int = 1) -> ChatResult:
    """Take steps back, or bring them back.

    Args:
        session: The session.
        direction: Which way.
        steps: How many, 1 or more.

    Raises:
        NemoError: As a message raises.
    """
    from nemovideo.projects.chat import send_words

    if not session.is_local:
        session.reporter.notice("The cloud has no undo of its own; the agent is asked to do it.")
    return send_words(session, ask_for(direction, steps, session.workspace.settings.language))


def ask_for(direction: Direction, steps: int, language: str) -> str:
    """Return the message that takes steps back, or brings them back.

    Args:
        direction: Which way.
        steps: How many, 1 or more.
        language: An ISO code; the agent answers in the message's language.
    """
    if language.lower().startswith("zh"):
        return _CHINESE[direction] if steps == 1 else f"{_CHINESE[direction]}{steps}步"
    return direction if steps == 1 else f"{direction} {steps} steps"
