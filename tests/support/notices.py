"""A listener of progress that keeps the notices."""

from __future__ import annotations

from nemovideo.projects.progress import Notice, ProgressEvent


class Notices:
    """Keeps what a user would be told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def __call__(self, event: ProgressEvent) -> None:
        """Keep a notice."""
        if isinstance(event, Notice):
            self.told.append(event.text)
