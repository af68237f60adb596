"""What an answer brought: its words, what changed, what was not understood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nemovideo.cli.output.output import Output
    from nemovideo.cli.progress.answer import AnswerWriter
    from nemovideo.projects.turns import Answer
    from nemovideo.timeline import Change


def show_answer(output: Output, answer: Answer, writer: AnswerWriter | None) -> None:
    """Show what came of a message that was taken up."""
    warn_not_understood(output, answer.not_understood)
    if writer is not None:
        writer.finish()
    elif answer.reply:
        output.result(answer.reply)
    show_changes(output, answer.changes)


def show_changes(output: Output, changes: Iterable[Change]) -> None:
    """Show what changed on the timeline."""
    for change in changes:
        output.result(f"• {change.in_language(output.language)}")


def warn_not_understood(output: Output, words: Sequence[str]) -> None:
    """Name what was not understood, on stderr, also when told to be quiet."""
    if words:
        output.warning(f"not understood: {', '.join(f'“{word}”' for word in words)}")
