"""Editing: typed edits of a timeline, and how they are said. Pure, by rules, no I/O.

An edit is a small model with ``apply(timeline, media)``: it gives another timeline, or says why
not. `read_message` turns what a person says into edits; `direct` carries a message out. What is not
understood is named, never guessed.
"""

from nemovideo.editing.director import direct, gone_back
from nemovideo.editing.edits import EDITS, apply_edits, edit_schema, parse_edits
from nemovideo.editing.examples import Example, examples
from nemovideo.editing.model import EditError, HistoryStep, MediaItem, Outcome, ToolCall

__all__ = [
    "EDITS",
    "EditError",
    "Example",
    "HistoryStep",
    "MediaItem",
    "Outcome",
    "ToolCall",
    "apply_edits",
    "direct",
    "edit_schema",
    "examples",
    "gone_back",
    "parse_edits",
]
