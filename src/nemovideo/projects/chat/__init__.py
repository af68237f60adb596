"""What a user says, routed: exports, balance, timeline and uploads at once; the rest to the agent.

Actions that the agent would have had the user do on a screen are done here where that is safe.
"""

from __future__ import annotations

from nemovideo.projects.chat._messages import send_words
from nemovideo.projects.chat._result import ChatPolicy, ChatResult, DoneAction
from nemovideo.projects.chat._routing import chat
from nemovideo.projects.chat._steps import describe_credits

__all__ = ["ChatPolicy", "ChatResult", "DoneAction", "chat", "describe_credits", "send_words"]
