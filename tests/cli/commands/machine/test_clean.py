"""`nemo clean` on what an engine really kept; and the names that sessions get on the way."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path

import pytest

from nemovideo.config import resolve_settings
from nemovideo.errors import UsageError
from nemovideo.projects.inputs.checking import check_file
from nemovideo.projects.session.uploads import upload_files
from nemovideo.projects.sessions import list_sessions
from nemovideo.projects.setup.cleaning import clean, parse_age, parse_size, plan_cleaning
from nemovideo.projects.workspace import Workspace
from tests.support.cli import run_cli
from tests.support.media import write_jpeg

DAY_S = 86400.0
AGES = {"Oslo": 90, "Porto": 40, "Lisbon": 35, "Today": 0}
"""The folders that became sessions, in days since; the last one is current."""


@pytest.fixture
def sessions(tmp_path: Path, data_dir: Path) -> dict[str, str]:
    """Sessions of one photo each on the local engine, by name."""
    found = {}
    with Workspace(resolve_settings({"backend": "local"})) as workspace:
        for name in AGES:
            folder = tmp_path / name
            folder.mkdir()
            photos = [check_file(write_jpeg(folder / f"{n}.jpg", n, 48)) for n in (64, 66)]
            session = workspace.create()
            upload_files(session, photos)
            if name != "Oslo":  # what the user keeps is linked, and takes no room here
                for photo in photos:
                    photo.path.unlink()
            found[name] = session.session_id
    for name, session_id in found.items():
        grow_old(data_dir / "engine", session_id, AGES[name])
    return found


def grow_old(folder: Path, session_id: str, days: float) -> None:
    then = time.time() - days * DAY_S
    with sqlite3.connect(folder / "engine.db") as database:
        database.execute("UPDATE sessions SET updated_at = ? WHERE id = ?", (then, session_id))
    database.close()
    os.utime(folder / "media" / session_id, (then, then))


def media_of(data_dir: Path) -> set[str]:
    return {folder.name for folder in (data_dir / "engine" / "media").iterdir()}


def test_old_sessions_go_with_their_files_and_the_rest_stays(
    sessions: dict[str, str], data_dir: Path, tmp_path: Path
) -> None:
    before = run_cli("clean", "--dry-run", "--json").document
    assert before["dry_run"] is True
    assert [item["name"] for item in before["removed"]] == ["Oslo", "Porto", "Lisbon"]
    assert media_of(data_dir) == set(sessions.values())

    refused = run_cli("clean", expect=2)
    assert "--yes" in refused.stderr
    assert media_of(data_dir) == set(sessions.values())

    done = run_cli("clean", "--older-than", "36d", "--yes", "--json").document
    assert [item["name"] for item in done["removed"]] == ["Oslo", "Porto"]
    assert done["freed_bytes"] == sum(item["bytes"] for item in done["removed"]) > 0
    assert media_of(data_dir) == {sessions["Lisbon"], sessions["Today"]}
    listed = run_cli("session", "list", "--json").document
    assert [item["name"] for item in listed] == ["Today", "Lisbon"]
    assert run_cli("status", "--session", "Lisbon", "--json").document["draft"] is None
    assert (tmp_path / "Oslo" / "64.jpg").exists()


def test_sessions_that_are_current_or_in_use_stay(sessions: dict[str, str], data_dir: Path) -> None:
    grow_old(data_dir / "engine", sessions["Today"], 90)
    with sqlite3.connect(data_dir / "engine" / "engine.db") as database:
        database.execute(
            "INSERT INTO renders (id, session_id, user_id, key, filename, quality, draft, status,"
            " created_at, updated_at) SELECT 'r', id, user_id, 'k', 'f', 'high', '{}', 'pending',"
            " 0, 0 FROM sessions WHERE id = ?",
            (sessions["Porto"],),
        )
    database.close()
    result = run_cli("clean", "--all", "--yes")
    assert "Removed: 2 sessions" in result.stderr
    assert "current or in use: 2 sessions" in result.stderr
    assert media_of(data_dir) == {sessions["Porto"], sessions["Today"]}


def test_what_is_touched_after_it_was_looked_at_stays(
    sessions: dict[str, str], data_dir: Path
) -> None:
    with Workspace(resolve_settings({"backend": "local"})) as workspace:
        plan = plan_cleaning(workspace, older_than_s=30 * DAY_S)
        grow_old(data_dir / "engine", sessions["Oslo"], 0)
        assert [removal.name for removal in clean(workspace, plan)] == ["Porto", "Lisbon"]
        assert sessions["Oslo"] in media_of(data_dir)


def test_as_many_go_as_a_size_asks_for_the_oldest_first(sessions: dict[str, str]) -> None:
    with Workspace(resolve_settings({"backend": "local"})) as workspace:
        storage = plan_cleaning(workspace).storage
        plan = plan_cleaning(workspace, keep_bytes=storage.size_bytes - 1)
        assert [removal.name for removal in plan.removals] == ["Porto"]
        assert plan_cleaning(workspace, keep_bytes=storage.size_bytes).removals == ()


def test_sessions_are_listed_with_date_and_pictures(sessions: dict[str, str]) -> None:
    with Workspace(resolve_settings({"backend": "local"})) as workspace:
        listed = list_sessions(workspace)
    assert [(item.record.name, item.counted) for item in listed] == [
        (name, "2 photos") for name in reversed(AGES)
    ]
    assert [item.is_current for item in listed] == [True, False, False, False]
    document = run_cli("session", "list", "--json").document
    assert document[0]["photos"] == 2
    assert document[0]["created_at"].startswith("20")
    used = run_cli("session", "use", "porto", "--json").document
    assert used["session_id"] == sessions["Porto"]
    doctor = run_cli("doctor", "--local", "--json").document
    kept = next(check for check in doctor["checks"] if check["name"] == "engine's files")
    assert "4 sessions" in kept["detail"]


def test_pieces_of_films_are_kept_shown_and_cleared(tmp_path: Path, data_dir: Path) -> None:
    write_jpeg(tmp_path / "a.jpg")
    made = ("convert", str(tmp_path / "a.jpg"), "--local", "--size", "720p", "-d", "1")
    run_cli(*made, "--out", str(tmp_path / "a.mp4"))
    folder = data_dir / "engine" / "pieces"
    kept = sum(path.stat().st_size for path in folder.iterdir())
    doctor = run_cli("doctor", "--local").stdout
    assert f"of 2.0 GB for quick exports in {folder}" in " ".join(doctor.split())
    assert "tracks of immich-memories-music 0.1.0 (MIT)" in " ".join(doctor.split())
    looked = run_cli("clean", "--pieces", "--dry-run", "--json").document
    assert (looked["removed"], looked["freed_bytes"]) == ([], kept)
    assert "Removed: rendered pieces" in run_cli("clean", "--pieces", "--yes").stderr
    assert list(folder.iterdir()) == []
    run_cli(*made, "--out", str(tmp_path / "b.mp4"), env={"NEMO_PIECES_LIMIT": "0"})
    assert list(folder.iterdir()) == []


def test_nothing_is_removed_where_no_engine_ever_ran() -> None:
    result = run_cli("clean", "--json", "--yes")
    assert result.document["removed"] == []


@pytest.mark.parametrize(
    ("text", "seconds"), [("30d", 30 * DAY_S), ("12h", 43200), ("2w", 14 * DAY_S), ("7", 7 * DAY_S)]
)
def test_ages_are_read(text: str, seconds: float) -> None:
    assert parse_age(text) == seconds


@pytest.mark.parametrize(
    ("text", "size"), [("2GB", 2e9), ("1.5 g", 1.5e9), ("500 MB", 5e8), ("0", 0)]
)
def test_sizes_are_read(text: str, size: float) -> None:
    assert parse_size(text) == size


@pytest.mark.parametrize("text", ["", "soon", "-1d", "3 GB x"])
def test_other_words_are_no_age_and_no_size(text: str) -> None:
    with pytest.raises(UsageError):
        parse_age(text)
    with pytest.raises(UsageError):
        parse_size(text)
