"""The director: a message becomes edits, the edits a new draft. Pure, by rules, no I/O.

The stages: `_scan` marks what is quoted, named or measured; `_grammar` reads the wishes with a
vocabulary per language; `_first_cut` makes a timeline of them, `_revision` changes one; `_reply`
says what came of it. What is not understood is named, never guessed.
"""

from nemovideo.engine.director._director import direct
from nemovideo.engine.director._model import MediaItem, Outcome, ToolCall
from nemovideo.engine.director._undo import asks_to_undo, undone

__all__ = ["MediaItem", "Outcome", "ToolCall", "asks_to_undo", "direct", "undone"]
