"""The store without a server: tokens and time, the folder, migrations, locks."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import pytest

from nemovideo.engine._refusals import TooManyTokensError
from nemovideo.engine.http.responses import download_name
from nemovideo.engine.store.database import MIGRATIONS, Database
from nemovideo.engine.store.sessions import SessionRow
from nemovideo.engine.store.store import Store, open_store
from nemovideo.errors import InvalidTokenError, UsageError
from nemovideo.timeline import Timeline

DAY = 24 * 3600.0


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def test_token_expires_after_seven_days(tmp_path: Path) -> None:
    clock = Clock()
    store = Store(tmp_path, clock=clock)
    issued = store.users.issue_anonymous("client")
    clock.now += 7 * DAY - 1
    assert store.users.user_of(issued.token) == issued.user_id
    clock.now += 1
    with pytest.raises(InvalidTokenError):
        store.users.user_of(issued.token)
    store.close()


def test_client_gets_one_token_in_seven_days(tmp_path: Path) -> None:
    clock = Clock()
    store = Store(tmp_path, clock=clock)
    first = store.users.issue_anonymous("client")
    clock.now += 7 * DAY - 10
    with pytest.raises(TooManyTokensError) as caught:
        store.users.issue_anonymous("client")
    assert caught.value.retry_after_s == 10
    clock.now += 10
    second = store.users.issue_anonymous("client")
    assert second.token != first.token
    store.close()


def test_client_stays_the_same_user_with_its_next_token(tmp_path: Path) -> None:
    clock = Clock()
    store = Store(tmp_path, clock=clock)
    first = store.users.issue_anonymous("client")
    session = store.sessions.create(first.user_id, "project", "en")
    clock.now += 7 * DAY
    second = store.users.issue_anonymous("client")
    assert store.sessions.get(session.id, second.user_id) == session
    store.close()


def test_owner_token_does_not_expire(tmp_path: Path) -> None:
    clock = Clock()
    store = Store(tmp_path, clock=clock)
    token = store.owner_token()
    clock.now += 10_000 * DAY
    assert store.users.user_of(token) == "local_owner"
    store.close()


def test_tokens_are_not_in_the_database(tmp_path: Path) -> None:
    store = Store(tmp_path)
    tokens = [store.users.issue_anonymous("client-of-mine").token, store.owner_token()]
    user_id = store.users.user_of(tokens[0])
    claim = store.users.issue_claim(store.sessions.create(user_id, "project", "en").id)
    store.close()
    content = b"".join(path.read_bytes() for path in tmp_path.glob("engine.db*"))
    assert user_id.encode() in content
    for secret in (*tokens, claim, "client-of-mine"):
        assert secret.encode() not in content


def test_token_is_not_in_its_repr(tmp_path: Path) -> None:
    store = Store(tmp_path)
    issued = store.users.issue_anonymous("client")
    store.close()
    assert issued.token not in repr(issued)


def test_draft_comes_back_exactly(tmp_path: Path) -> None:
    store = Store(tmp_path)
    session = store.sessions.create(store.users.issue_anonymous("c").user_id, "p", "en")
    draft = {"t": [], "x": 1.0, "y": 1, "z": "海\u2028", "big": 2**70}
    assert store.sessions.save_draft(session.id, draft, base_version=0)
    kept = store.sessions.get(session.id, session.user_id).draft
    assert repr(kept) == repr(draft)
    store.close()


def test_draft_on_an_old_version_is_not_kept(tmp_path: Path) -> None:
    store = Store(tmp_path)
    session = store.sessions.create(store.users.issue_anonymous("c").user_id, "p", "en")
    assert store.sessions.save_draft(session.id, {"a": 1}, base_version=0)
    assert not store.sessions.save_draft(session.id, {"b": 1}, base_version=0)
    assert store.sessions.get(session.id, session.user_id).draft == {"a": 1}
    store.close()


def test_uploads_under_way_survive_the_start_of_another_engine(tmp_path: Path) -> None:
    first = Store(tmp_path)
    folder = first.new_upload_folder()
    second = Store(tmp_path)
    assert folder.is_dir()
    first.close()
    assert not folder.exists()
    second.close()


def test_claim_belongs_to_one_at_a_time(tmp_path: Path) -> None:
    first, second = Store(tmp_path), Store(tmp_path)
    lock = first.claim("render", "one")
    assert lock is not None
    assert second.claim("render", "one") is None
    first.release(lock, is_final=False)
    again = second.claim("render", "one")
    assert again is not None
    second.release(again)
    first.close()
    second.close()


def test_closed_store_leaves_no_locks_behind(tmp_path: Path) -> None:
    store = Store(tmp_path)
    lock = store.claim("render", "one")
    assert lock is not None
    store.release(lock)
    store.close()
    assert list((tmp_path / "locks").iterdir()) == []


def test_stores_that_open_at_once_share_one_owner_token(tmp_path: Path) -> None:
    tokens: list[str] = []

    def open_one() -> None:
        store = Store(tmp_path)
        tokens.append(store.owner_token())
        store.close()

    threads = [threading.Thread(target=open_one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(tokens) == 8
    assert len(set(tokens)) == 1


def test_write_that_fails_changes_nothing(tmp_path: Path) -> None:
    database = Database(tmp_path / "engine.db")
    insert = "INSERT INTO users (id, credits, created_at) VALUES ('someone', 1, 1)"

    def insert_twice() -> None:
        with database.write() as connection:
            connection.execute(insert)
            connection.execute(insert)

    with pytest.raises(sqlite3.IntegrityError):
        insert_twice()
    with database.read() as connection:
        assert connection.execute("SELECT count(*) FROM users").fetchone()[0] == 0
    database.close()


def test_database_says_which_version_it_has(tmp_path: Path) -> None:
    Database(tmp_path / "engine.db").close()
    connection = sqlite3.connect(tmp_path / "engine.db")
    assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_data_of_a_newer_version_are_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "engine.db")
    connection.execute("PRAGMA user_version = 1000")
    connection.close()
    with pytest.raises(UsageError, match="newer version"):
        open_store(tmp_path)


def test_broken_database_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "engine.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(UsageError, match="database"):
        open_store(tmp_path)


def test_folder_that_is_a_file_is_a_usage_error(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("x")
    with pytest.raises(UsageError, match=str(path)):
        open_store(path)


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_broken_owner_token_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "owner_token").write_bytes(b"\xff\xfe nonsense")
    store = Store(tmp_path)
    token = store.owner_token()
    assert (tmp_path / "owner_token").read_text() == token
    assert (tmp_path / "owner_token").stat().st_mode & 0o777 == 0o600
    store.close()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        pytest.param("Paradise", "Paradise.mp4", id="plain"),
        pytest.param("Spring/Summer: a\\b?", "Spring Summer a b.mp4", id="forbidden characters"),
        pytest.param("Dr. No and the rest of it", "Dr. No and the rest of it.mp4", id="a dot"),
        pytest.param("海边\n一天", "海边 一天.mp4", id="Chinese, two lines"),
        pytest.param("...", "video.mp4", id="dots"),
        pytest.param(None, "holiday.mp4", id="none"),
        pytest.param("x" * 300, "x" * 100 + ".mp4", id="long"),
    ],
)
def test_download_is_named_after_the_title(title: str | None, name: str) -> None:
    draft = Timeline.from_draft({"m": {"title": title}})
    session = SessionRow("s", "t", "u", "holiday", "en", None, 0)
    assert download_name(draft, session, "mp4") == name
