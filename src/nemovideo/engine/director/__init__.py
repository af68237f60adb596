"""The director: a message becomes edits, the edits a new draft. Pure, by rules, no I/O.

The stages: `_scan` marks what is quoted or named, `_grammar` reads the wishes with a vocabulary per
language, `_edit` applies them to a draft, `_reply` says what came of it.
"""

from nemovideo.engine.director._model import MediaItem, Outcome, ToolCall

__all__ = ["MediaItem", "Outcome", "ToolCall"]
