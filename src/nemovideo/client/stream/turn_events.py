"""What happens to a message besides the agent's events, as events of the same stream."""

from __future__ import annotations

from dataclasses import dataclass

from nemovideo.client._retry import RetryNotice
from nemovideo.protocol.events import ChatEvent


@dataclass(frozen=True)
class Leaving(ChatEvent):
    """The connection stands, and nothing of the message has been sent yet.

    It leaves when the next event is asked for; who closes the stream instead keeps it.
    """


@dataclass(frozen=True)
class Retrying(ChatEvent):
    """The message is sent (again) after a pause: the server did nothing with it so far."""

    notice: RetryNotice


@dataclass(frozen=True)
class StillWorking(ChatEvent):
    """Work goes on without text."""

    elapsed_s: float
    """Since the message was sent."""
