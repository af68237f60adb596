"""One message to the agent and what came of it.

A message is never sent twice. Its answer is the text of the stream, or, where the stream closed
without text or broke off, what the state shows to have changed.
"""

from __future__ import annotations

from nemovideo.projects.turns._sending import send_message
from nemovideo.projects.turns.answer import Answer, kept_answer

__all__ = ["Answer", "kept_answer", "send_message"]
