"""How far a sentence is read: what is understood, and what the clause before was about. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nemovideo.editing.frame import SetCanvas
from nemovideo.editing.model import HistoryStep
from nemovideo.editing.reading.items import Item
from nemovideo.editing.reading.matching import Match
from nemovideo.editing.reading.pieces import bounds, is_it
from nemovideo.editing.reading.result import Reading
from nemovideo.editing.said.frames import Said


@dataclass
class Progress:
    """What is known when the next clause of a sentence is read.

    Args:
        reading: The whole message so far.
        source: The message as it was written.
    """

    reading: Reading
    source: str
    before: Match | None = None
    """The clause before: a wish, or without edits what a remark was about."""
    has_told_story: bool = False
    """Whether a clause was not understood that did not even begin like a wish."""
    is_either: bool = False
    """Whether one of several clips was spoken of, and not which."""
    steps: int = 1
    """How many changes a clause spoke of: "the last three steps were wrong, roll them back"."""
    is_lost: bool = False
    """Whether nothing is known of what the clause before was about."""

    def text(self, items: Sequence[Item]) -> str:
        """Return a clause as it was written."""
        start, end = bounds(items)
        return self.source[start:end]

    def add(self, match: Match, part: Sequence[Item]) -> None:
        """Add what a clause says."""
        reading = self.reading
        reading.is_understood = True
        if any(map(is_it, part)):
            reading.loose.append((match.said, self.text(part)))
        is_whole = isinstance(match.said, list) and all(
            isinstance(edit, SetCanvas) for edit in match.said
        )  # "make it portrait and 30 seconds long": the video, whatever was named before
        self.before, self.is_lost = replace(match, target=None) if is_whole else match, False
        reading.subject = match.subject or reading.subject
        if isinstance(match.said, HistoryStep):
            steps = self.steps if match.said.steps == 1 else match.said.steps
            reading.history = replace(match.said, steps=steps)
            reading.history_text = self.text(part)
            return
        reading.edits += match.said

    def settle_complaint(self) -> None:
        """Take the clause before as understood: it said what this one helps against."""
        text = self.text(self.before.items) if self.before else ""
        if text in self.reading.not_understood:
            self.reading.not_understood.remove(text)

    def withdraw(self, said: Said) -> None:
        """Take back what a clause said; other clauses that say the same stand."""
        taken = [] if isinstance(said, HistoryStep) else said
        edits = self.reading.edits
        self.reading.edits = [edit for edit in edits if all(edit is not one for one in taken)]
