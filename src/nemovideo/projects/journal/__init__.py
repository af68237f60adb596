"""What this machine remembers of sessions, uploads, turns, runs and renders, across processes."""

from nemovideo.projects.journal.journal import JOURNAL_FILE, Journal
from nemovideo.projects.journal.records import (
    BatchRecord,
    RenderRecord,
    RunRecord,
    SessionRecord,
    TurnRecord,
    UploadRecord,
)

__all__ = [
    "JOURNAL_FILE",
    "BatchRecord",
    "Journal",
    "RenderRecord",
    "RunRecord",
    "SessionRecord",
    "TurnRecord",
    "UploadRecord",
]
