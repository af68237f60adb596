"""Render jobs: their workers, progress, cancelling, and what makes way for what."""

from __future__ import annotations

import errno
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from nemovideo.errors import RenderError
from tests.engine.fakes import DRAFT, FakeRenderer
from tests.engine.renders import ENDS, RENDERS, gated, open_gate, owner_of, render_folders
from tests.support.serve import ApiUser, data_of, refused, wait_until


@pytest.mark.parametrize(
    ("error", "message"),
    [
        pytest.param(RenderError("photo.png is missing"), "photo.png is missing", id="foreseen"),
        pytest.param(
            ValueError("the secret inside"), "the render failed (ValueError)", id="unforeseen"
        ),
        pytest.param(OSError(errno.EMFILE, "x"), "Too many open files", id="files"),
        pytest.param(
            RuntimeError("can't start new thread"), "no more processes or threads", id="threads"
        ),
        pytest.param(OSError(errno.ENOSPC, "x"), "no space is left on the disk", id="disk"),
    ],
)
def test_failed_render_says_why_and_leaves_nothing(
    tmp_path: Path, error: Exception, message: str
) -> None:
    with owner_of(tmp_path, FakeRenderer(error=error)) as (_, owner):
        data_of(owner.submit(owner.new_session(), DRAFT, "render_1"))
        job = owner.wait_for("render_1", *ENDS)
        assert job["status"] == "failed"
        assert message in job["error"]
        assert "secret" not in job["error"]
        assert "output" not in job
        assert render_folders(tmp_path) == []


def test_worker_goes_on_after_a_failure(tmp_path: Path) -> None:
    renderer = FakeRenderer(error=ValueError("x"))
    with owner_of(tmp_path, renderer) as (_, owner):
        session = owner.new_session()
        data_of(owner.submit(session, DRAFT, "render_1"))
        owner.wait_for("render_1", "failed")
        renderer.error = None
        data_of(owner.submit(session, DRAFT, "render_2"))
        owner.wait_for("render_2", "completed")


def test_worker_goes_on_after_a_render_that_cannot_be_read(tmp_path: Path) -> None:
    with owner_of(tmp_path, gated()) as (_, owner):
        session = owner.new_session()
        data_of(owner.submit(session, DRAFT, "render_1"))
        owner.wait_for("render_1", "processing")
    with sqlite3.connect(tmp_path / "engine" / "engine.db") as connection:
        connection.execute("UPDATE renders SET draft = '{'")
    connection.close()
    with owner_of(tmp_path, FakeRenderer()) as (_, owner):
        data_of(owner.submit(session, DRAFT, "render_2"))
        owner.wait_for("render_2", "completed")
        refused(owner.get(f"{RENDERS}/render_1"), 500, 500)


def test_worker_goes_on_after_a_lock_that_cannot_be_taken(tmp_path: Path) -> None:
    with owner_of(tmp_path, gated()) as (_, owner):
        session = owner.new_session()
        data_of(owner.submit(session, DRAFT, "render_1"))
        owner.wait_for("render_1", "processing")
    (lock,) = (tmp_path / "engine" / "locks").glob("render-*")
    lock.unlink()
    lock.mkdir()
    with owner_of(tmp_path, FakeRenderer()) as (_, owner):
        data_of(owner.submit(session, DRAFT, "render_2"))
        owner.wait_for("render_2", "completed")
        refused(owner.get(f"{RENDERS}/render_1"), 500, 500)


def test_running_render_tells_progress_and_has_no_file_yet(tmp_path: Path) -> None:
    renderer = gated()
    with owner_of(tmp_path, renderer) as (_, owner):
        data_of(owner.submit(owner.new_session(), DRAFT, "render_1"))
        wait_until(lambda: owner.render("render_1")["progress"] == 50)
        assert owner.render("render_1")["status"] == "processing"
        refused(owner.get("/api/render/proxy/render_1/download"), 409, 409, "processing")
        open_gate(renderer)
        owner.wait_for("render_1", "completed")


def test_cancel_of_a_running_render_stops_it_and_leaves_nothing(tmp_path: Path) -> None:
    with owner_of(tmp_path, gated()) as (_, owner):
        data_of(owner.submit(owner.new_session(), DRAFT, "render_1"))
        owner.wait_for("render_1", "processing")
        wait_until(lambda: render_folders(tmp_path) == ["partial"])
        assert data_of(owner.post(f"{RENDERS}/render_1/cancel"))["status"] == "cancelled"
        wait_until(lambda: render_folders(tmp_path) == [])
        assert owner.render("render_1")["status"] == "cancelled"


def test_cancel_that_comes_too_late_for_the_renderer_wins(tmp_path: Path) -> None:
    renderer = FakeRenderer(gate=threading.Event(), is_deaf=True)
    with owner_of(tmp_path, renderer) as (_, owner):
        data_of(owner.submit(owner.new_session(), DRAFT, "render_1"))
        owner.wait_for("render_1", "processing")
        data_of(owner.post(f"{RENDERS}/render_1/cancel"))
        wait_until(lambda: render_folders(tmp_path) == ["partial"])
        open_gate(renderer)
        wait_until(lambda: render_folders(tmp_path) == [])
        assert owner.render("render_1")["status"] == "cancelled"


def test_cancel_of_a_waiting_render_keeps_it_from_starting(tmp_path: Path) -> None:
    renderer = gated()
    with owner_of(tmp_path, renderer) as (_, owner):
        session = owner.new_session()
        data_of(owner.submit(session, DRAFT, "render_1"))
        data_of(owner.submit(session, DRAFT, "render_2"))
        assert data_of(owner.post(f"{RENDERS}/render_2/cancel"))["status"] == "cancelled"
        open_gate(renderer)
        owner.wait_for("render_1", "completed")
        data_of(owner.submit(session, DRAFT, "render_3"))
        owner.wait_for("render_3", "completed")
        assert owner.render("render_2")["status"] == "cancelled"
        assert len(renderer.media) == 2


def test_cancel_of_a_finished_render_changes_nothing(user: ApiUser, session: str) -> None:
    data_of(user.submit(session, DRAFT, "render_done"))
    user.wait_for("render_done", *ENDS)
    assert data_of(user.post(f"{RENDERS}/render_done/cancel"))["status"] == "completed"


def test_one_render_runs_at_a_time(tmp_path: Path) -> None:
    renderer = gated()
    with owner_of(tmp_path, renderer) as (_, owner):
        session = owner.new_session()
        for number in range(3):
            data_of(owner.submit(session, DRAFT, f"render_{number}"))
        owner.wait_for("render_0", "processing")
        time.sleep(0.1)
        assert [owner.render(f"render_{number}")["status"] for number in range(3)] == [
            "processing",
            "pending",
            "pending",
        ]
        open_gate(renderer)
        for number in range(3):
            owner.wait_for(f"render_{number}", "completed")


def test_render_that_nobody_waits_for_makes_way(tmp_path: Path) -> None:
    with owner_of(tmp_path, gated()) as (_, owner):
        session = owner.new_session()
        data_of(owner.submit(session, DRAFT, "render_old"))
        owner.wait_for("render_old", "processing")
    renderer = gated()
    with owner_of(tmp_path, renderer) as (_, owner):
        wait_until(lambda: len(renderer.media) == 1)
        data_of(owner.submit(session, DRAFT, "render_new"))
        owner.wait_for("render_new", "processing")
        assert len(renderer.media) == 2
        open_gate(renderer)
        owner.wait_for("render_new", "completed")
        owner.wait_for("render_old", "completed")
