"""The states of what a process may die in: a run, a turn, a render, an upload.

`docs/architecture.md` draws them: what kills, and what the next process does.
"""

from __future__ import annotations

from enum import StrEnum


class UploadState(StrEnum):
    """A file on its way to the server."""

    SENDING = "sending"
    DONE = "done"
    REFUSED = "refused"

    @property
    def is_open(self) -> bool:
        """Whether nobody knows yet if the server has it."""
        return self is UploadState.SENDING


class TurnState(StrEnum):
    """A message and its answer."""

    PENDING = "pending"
    """Written down; no byte has left."""
    SENDING = "sending"
    """The first byte is about to leave, or has left: never sent again."""
    ANSWERED = "answered"
    LOST = "lost"
    """Neither the stream nor the state told what came of it."""
    UNSENT = "unsent"
    """The server refused it, or nobody will send it any more."""

    @property
    def is_open(self) -> bool:
        """Whether something is left to do for it."""
        return self not in (TurnState.ANSWERED, TurnState.UNSENT)


class RunState(StrEnum):
    """A conversion from its files to its video."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    """Its files are at fault: as it is, it can't come to an end."""

    @property
    def is_open(self) -> bool:
        """Whether something is left to do for it."""
        return self is not RunState.DONE


class RenderState(StrEnum):
    """An export at the server, and its file."""

    SUBMITTING = "submitting"
    """Written down; the server may not have heard of it."""
    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    DOWNLOADED = "downloaded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @classmethod
    def _missing_(cls, value: object) -> RenderState:
        """Take a server's other words: what is not known is not at its end."""
        return cls.CANCELLED if value == "canceled" else cls.PROCESSING

    @property
    def is_open(self) -> bool:
        """Whether something is left to do for it."""
        return self is not RenderState.DOWNLOADED and not self.came_to_nothing

    @property
    def came_to_nothing(self) -> bool:
        """Whether there will never be a file of it."""
        return self in (RenderState.FAILED, RenderState.CANCELLED)

    @property
    def has_file(self) -> bool:
        """Whether the server has made its file."""
        return self in (RenderState.COMPLETED, RenderState.DOWNLOADED)
