"""What this machine remembers of sessions, uploads, turns, runs and renders, across processes."""

from nemovideo.projects.journal.journal import JOURNAL_FILE as JOURNAL_FILE, Journal as Journal
from nemovideo.projects.journal.records import (
    BatchRecord as BatchRecord,
    RenderRecord as RenderRecord,
    RunRecord as RunRecord,
    SessionRecord as SessionRecord,
    TurnRecord as TurnRecord,
    UploadRecord as UploadRecord,
)
