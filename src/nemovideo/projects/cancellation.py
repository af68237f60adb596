"""Work that another thread may end, as Ctrl-C ends that of the main thread."""

from __future__ import annotations

import threading


class Cancelled(KeyboardInterrupt):
    """The work was given up; what handles Ctrl-C handles it, too."""


class Cancellation:
    """Whether work is to end; set by one thread, looked at by those that do the work.

    A workspace that has one looks at it whenever work tells of itself or waits.
    """

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Let the work end where it next looks up."""
        self._event.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether the work is to end."""
        return self._event.is_set()

    def check(self) -> None:
        """End the work where that is asked for.

        Raises:
            Cancelled: It is.
        """
        if self._event.is_set():
            raise Cancelled

    def sleep(self, seconds: float) -> None:
        """Wait, unless the work is to end.

        Raises:
            Cancelled: It is.
        """
        if self._event.wait(seconds):
            raise Cancelled
