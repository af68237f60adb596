from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from nemovideo.errors import NemoError
from nemovideo.projects.journal import JOURNAL_FILE, Journal
from nemovideo.projects.journal.schema import MIGRATIONS


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
