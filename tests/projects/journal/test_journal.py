from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from nemovideo.errors import NemoError
from nemovideo.projects.journal import JOURNAL_FILE, Journal, UploadRecord
from nemovideo.projects.journal.schema import MIGRATIONS
from nemovideo.projects.places import Place
from nemovideo.projects.recovery.states import RenderState, TurnState, UploadState

CLOUD = Place("cloud", "https://one.example")
LOCAL = Place("local")


def test_journal_remembers_sessions_across_openings(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.sessions.save("s1", CLOUD, name="trip", task_id="t1")
    with Journal(tmp_path) as journal:
        record = journal.sessions.get("s1")
    assert record is not None
    assert (record.place, record.name, record.task_id) == (CLOUD, "trip", "t1")


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


def test_journal_gives_every_render_an_id_of_its_own(tmp_path: Path) -> None:
    with Journal(tmp_path, clock=lambda: 7.0) as journal:
        ids = [
            journal.renders.add("s1", output=None, format="mp4", quality="high").render_id
            for _ in range(3)
        ]
    assert ids == ["render_7000000", "render_7000001", "render_7000002"]


def test_journal_finds_a_render_by_the_id_that_the_server_gave(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        record = journal.renders.add("s1", output="/x.mp4", format="mp4", quality="high")
        journal.renders.update(record.render_id, status=RenderState.PROCESSING, polled_id="srv-9")
        found = journal.renders.get("srv-9")
    assert found is not None
    assert (found.render_id, found.status, found.output) == (
        record.render_id,
        "processing",
        "/x.mp4",
    )


def test_journal_keeps_the_draft_before_a_turn(tmp_path: Path) -> None:
    draft = {"t": [{"tt": 0, "x": 1.0}]}
    with Journal(tmp_path) as journal:
        turn_id = journal.turns.add("s1", "hello", draft)
        journal.turns.update(turn_id, TurnState.ANSWERED)
        (turn,) = journal.turns.of("s1")
    assert (turn.draft_document_before, turn.status) == (draft, "answered")


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


def test_journal_of_an_older_nemo_keeps_what_it_holds(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / JOURNAL_FILE)) as connection:
        connection.executescript(
            f"{MIGRATIONS[0]}{MIGRATIONS[1]} PRAGMA user_version = 2;"
            "INSERT INTO uploads VALUES ('s', 'h', '/a.jpg', 'a.jpg', 'done', 'image', 'u', 1.0);"
            "INSERT INTO turns VALUES (1, 's', NULL, 'hello', 'null', 'answered', 1.0);"
        )
    with Journal(tmp_path) as journal:
        (upload,) = journal.uploads.of("s")
        (turn,) = journal.turns.of("s")
    assert (upload.path, upload.status, upload.url, upload.told) == ("/a.jpg", "done", "u", ())
    assert (turn.text, turn.answer) == ("hello", None)


def test_journal_is_safe_for_many_at_once(tmp_path: Path) -> None:
    def work() -> None:
        with Journal(tmp_path) as journal:
            for _ in range(10):
                journal.renders.add("s1", output=None, format="mp4", quality="high")

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Journal(tmp_path) as journal:
        assert len({render.render_id for render in journal.renders.all()}) == 80


def test_journal_of_a_newer_nemo_is_left_as_it_is(tmp_path: Path) -> None:
    with Journal(tmp_path):
        pass
    with closing(sqlite3.connect(tmp_path / JOURNAL_FILE)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(NemoError, match="newer nemo"):
        Journal(tmp_path)
    with closing(sqlite3.connect(tmp_path / JOURNAL_FILE)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (99,)


def test_journal_that_fails_later_is_a_clear_error(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        with closing(sqlite3.connect(tmp_path / JOURNAL_FILE)) as connection:
            connection.execute("DROP TABLE renders")
        with pytest.raises(NemoError, match="can't be used"):
            journal.renders.add("s1", output=None, format="mp4", quality="high")
        with pytest.raises(NemoError, match="can't be used"):
            journal.renders.all()


def test_journal_says_that_it_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NemoError, match="journal") as caught:
        Journal(tmp_path / "file")
    assert caught.value.hint is not None
