"""What is done in one session: files sent, messages said, edits applied, looked at, undone."""

from nemovideo.projects.session.session import Session

__all__ = ["Session"]
