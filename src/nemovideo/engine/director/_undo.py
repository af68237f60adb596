"""Taking the last change back: who asks for it, and what to answer. Pure."""

from __future__ import annotations

import re

from nemovideo.engine.director._model import Outcome, ToolCall
from nemovideo.engine.director._reply import language_of
from nemovideo.protocol.draft import JsonObject

_THING = r"(?:that|it|this|(?:the |my )?(?:last|latest|previous) (?:change|edit|step|one|thing))"
_ENGLISH = re.compile(
    rf"(?:please |can you |could you )*(?:undo(?: {_THING})?|(?:take|roll) {_THING} back"
    rf"|(?:take|roll) back {_THING}|revert(?: {_THING})?|go back (?:one|a) step)(?:,? please)?",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"(?:请|帮我|请帮我)?(?:撤销|撤消|撤回|还原|取消)(?:一下)?"
    r"(?:(?:上|前|最后)(?:一)?(?:步|个|次)?(?:的)?(?:修改|操作|更改|编辑|改动)?)?(?:吧)?"
)
_PHRASES = {
    "en": ("Took the last change back.", "There is no change left to take back."),
    "zh": ("已撤销上一步修改。", "没有可以撤销的修改了。"),
}


def asks_to_undo(message: str) -> bool:
    """Return whether a message asks for the last change to be taken back, and nothing else."""
    said = message.strip().rstrip(".!。！~ ")
    return bool(_ENGLISH.fullmatch(said) or _CHINESE.fullmatch(said))


def undone(draft: JsonObject | None, message: str, *, language: str, is_done: bool) -> Outcome:
    """Return what came of a wish to undo.

    Args:
        draft: The timeline as it is now.
        message: The wish.
        language: The session's.
        is_done: Whether there was something to take back.
    """
    done, nothing = _PHRASES[language_of(message, language)]
    if not is_done:
        return Outcome(None, nothing)
    return Outcome(draft, done, (ToolCall("undo_change", {}, {"ok": True}),))
