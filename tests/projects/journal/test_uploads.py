from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from nemovideo.projects.journal import Journal, UploadRecord
from nemovideo.projects.recovery.states import UploadState


def test_journal_keeps_an_upload_each_time_that_a_file_is_sent(tmp_path: Path) -> None:
    sent = UploadRecord("s1", "hash", "/a.jpg", "a.jpg", UploadState.SENDING)
    with Journal(tmp_path) as journal:
        first = journal.uploads.save(sent)
        journal.uploads.save(sent)
        journal.uploads.save(replace(first, status=UploadState.DONE, notes='["rows are missing"]'))
        uploads = journal.uploads.of("s1")
    assert [(upload.status, upload.told) for upload in uploads] == [
        ("done", ("rows are missing",)),
        ("sending", ()),
    ]
