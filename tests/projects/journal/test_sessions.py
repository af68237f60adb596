from __future__ import annotations

from pathlib import Path

from nemovideo.projects.backends import Backend
from nemovideo.projects.journal import Journal

CLOUD = Backend("cloud", "https://one.example")
LOCAL = Backend("local")


def test_journal_remembers_sessions_across_openings(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.sessions.save("s1", CLOUD, name="trip", task_id="t1")
    with Journal(tmp_path) as journal:
        record = journal.sessions.get("s1")
    assert record is not None
    assert (record.backend, record.name, record.task_id) == (CLOUD, "trip", "t1")


def test_journal_keeps_the_task_when_a_session_is_saved_without_it(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.sessions.save("s1", CLOUD, name="trip", task_id="t1")
        assert journal.sessions.save("s1", CLOUD, name="other").task_id == "t1"


def test_journal_current_session_is_the_last_made_current(tmp_path: Path) -> None:
    with Journal(tmp_path, clock=lambda: 5.0) as journal:
        for session_id, place in (("s1", CLOUD), ("s2", LOCAL), ("s3", CLOUD)):
            journal.sessions.save(session_id, place, name="x")
            journal.sessions.make_current(session_id)
        journal.sessions.make_current("s1")
        current = journal.sessions.current()
    assert current is not None
    assert current.session_id == "s1"


def test_journal_forgets_a_session(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.sessions.save("s1", CLOUD, name="x")
        journal.sessions.make_current("s1")
        journal.sessions.forget("s1")
        assert journal.sessions.all() == ()
        assert journal.sessions.get("s1") is None
        assert journal.sessions.current() is None
