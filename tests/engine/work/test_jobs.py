"""Renders: progress, cancel, failure, files, isolation, and taking up after a death."""

from __future__ import annotations

import errno
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from nemovideo.engine import LocalEngine
from nemovideo.engine.work.jobs import MAX_ATTEMPTS
from nemovideo.errors import RenderError
from tests.engine.fakes import DRAFT, FakeRenderer, fakes, png
from tests.support.serve import ApiUser, api_user, data_of, refused, running_engine, wait_until

RENDERS = "/api/render/proxy/lambda"
ENDS = ("completed", "failed", "cancelled")


@contextmanager
def owner_of(folder: Path, renderer: FakeRenderer) -> Iterator[tuple[LocalEngine, ApiUser]]:
    """An engine on a folder, and the machine's own user at it."""
    with (
        running_engine(folder, fakes(renderer)) as engine,
        api_user(engine, token=engine.owner_token) as owner,
    ):
        yield engine, owner


def gated() -> FakeRenderer:
    """A renderer that waits in the middle until its gate is opened."""
    return FakeRenderer(gate=threading.Event())


def render_folders(folder: Path) -> list[str]:
    """List the files of renders, finished or not."""
    return sorted(
        path.name for path in (folder / "engine" / "renders").rglob("*") if path.is_file()
    )


def test_submitted_render_says_at_once_what_can_not_be_shown(user: ApiUser, session: str) -> None:
    title = {"tt": 7, "sg": [{"st": 0, "d": 1000, "m": {"text": "Hi \U00013000"}}]}
    job = user.submit(session, {**DRAFT, "t": [*DRAFT["t"], title]}, "render_words").json()["data"]
    assert job["notes"] == ["No font here can show \U00013000: it is left out."]
    assert "notes" not in user.submit(session, DRAFT, "render_plain").json()["data"]


def test_completed_render_has_all_that_is_documented(
    user: ApiUser, session: str, renderer: FakeRenderer
) -> None:
    answer = user.submit(session, DRAFT, "render_whole")
    assert answer.json()["success"] is True
    job = user.wait_for("render_whole", *ENDS)
    assert job["status"] == "completed"
    assert job["progress"] == 100
    assert job["outputUrl"] == job["output"]["url"]
    assert job["output"]["url"].endswith("/Sea%20%E6%B5%B7.mp4")
    assert job["output"]["duration"] == 1.0
    assert job["output"]["size"] == len(renderer.content)
    assert (job["output"]["width"], job["output"]["height"]) == (64, 36)
    assert job["output"]["notes"] == ["a note"]


@pytest.mark.parametrize("output", [{"quality": "bogus"}, {"format": "mkv"}], ids=str)
def test_output_that_the_engine_does_not_make_is_refused(
    user: ApiUser, session: str, output: dict[str, str]
) -> None:
    body = {"id": "render_odd", "sessionId": session, "draft": DRAFT, "output": output}
    answer = user.post(RENDERS, json=body)
    assert answer.status_code == 400
    assert next(iter(output)) in answer.json()["message"]


def test_quality_and_format_are_those_that_are_asked_for(
    user: ApiUser, session: str, renderer: FakeRenderer
) -> None:
    body: dict[str, Any] = {"id": "render_low", "sessionId": session, "draft": DRAFT}
    body["output"] = {"quality": "low", "format": "mov"}
    data_of(user.post(RENDERS, json=body))
    output = user.wait_for("render_low", *ENDS)["output"]
    assert (output["quality"], output["format"]) == ("low", "mov")
    assert output["url"].endswith(".mov")
    assert renderer.qualities[-1] == "low"
    assert output["notes"] == ["a note"]


def test_renderer_gets_the_files_by_id_and_by_name(
    user: ApiUser, session: str, renderer: FakeRenderer
) -> None:
    first, second = data_of(user.upload(session, ("a.png", png()), ("a.png", png(4, 4))))["files"]
    data_of(user.submit(session, DRAFT, "render_media"))
    user.wait_for("render_media", *ENDS)
    media = renderer.media[-1]
    assert set(media) == {first["id"], second["id"], "a.png"}
    assert media["a.png"] == media[first["id"]]
    assert media[second["id"]].read_bytes() == png(4, 4)


@pytest.mark.parametrize("way", ["url", "download"])
def test_finished_file_is_served_with_length_range_and_name(
    user: ApiUser, session: str, renderer: FakeRenderer, way: str
) -> None:
    render_id = f"render_{way}"
    data_of(user.submit(session, DRAFT, render_id))
    job = user.wait_for(render_id, *ENDS)
    path = job["outputUrl"] if way == "url" else f"/api/render/proxy/{render_id}/download"
    whole = user.get(path)
    assert whole.content == renderer.content
    assert whole.headers["content-type"] == "video/mp4"
    assert int(whole.headers["content-length"]) == len(renderer.content)
    assert "Sea%20%E6%B5%B7.mp4" in whole.headers["content-disposition"]
    part = user.get(path, headers={"Range": "bytes=100-199"})
    assert part.status_code == 206
    assert part.content == renderer.content[100:200]
    assert part.headers["content-range"] == f"bytes 100-199/{len(renderer.content)}"
    rest = user.get(path, headers={"Range": f"bytes={len(renderer.content) - 5}-"})
    assert rest.content == renderer.content[-5:]
    beyond = user.get(path, headers={"Range": f"bytes={len(renderer.content)}-"})
    assert beyond.status_code == 416


def test_render_url_needs_no_token(user: ApiUser, session: str, http: httpx.Client) -> None:
    data_of(user.submit(session, DRAFT, "render_open"))
    url = user.wait_for("render_open", *ENDS)["outputUrl"]
    assert http.get(url).status_code == 200


def test_finished_render_stands_in_the_state(user: ApiUser, session: str) -> None:
    data_of(user.submit(session, DRAFT, "render_state"))
    job = user.wait_for("render_state", *ENDS)
    (made,) = user.state(session)["state"]["generated_media"]
    assert made == {"type": "video", "id": "render_state", "url": job["outputUrl"]}


def test_same_id_and_session_is_the_same_render(
    user: ApiUser, session: str, renderer: FakeRenderer
) -> None:
    before = len(renderer.media)
    for _ in range(3):
        assert data_of(user.submit(session, DRAFT, "render_twice"))["id"] == "render_twice"
        user.wait_for("render_twice", *ENDS)
    assert len(renderer.media) == before + 1


def test_id_of_another_session_is_taken(user: ApiUser, session: str) -> None:
    data_of(user.submit(session, DRAFT, "render_mine"))
    refused(user.submit(user.new_session(), DRAFT, "render_mine"), 409, 409, "taken")


def test_render_of_another_user_is_not_there(user: ApiUser, other: ApiUser, session: str) -> None:
    data_of(user.submit(session, DRAFT, "render_private"))
    user.wait_for("render_private", *ENDS)
    refused(other.get(f"{RENDERS}/render_private"), 404, 404)
    refused(other.post(f"{RENDERS}/render_private/cancel"), 404, 404)
    refused(other.get("/api/render/proxy/render_private/download"), 404, 404)
    refused(other.submit(other.new_session(), DRAFT, "render_private"), 409, 409)
    assert user.render("render_private")["status"] == "completed"


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


def test_render_broken_off_by_stop_is_taken_up_by_the_next_engine(tmp_path: Path) -> None:
    with owner_of(tmp_path, gated()) as (_, owner):
        session = owner.new_session()
        data_of(owner.submit(session, DRAFT, "render_1"))
        owner.wait_for("render_1", "processing")
    assert render_folders(tmp_path) == []
    with owner_of(tmp_path, FakeRenderer()) as (_, owner):
        owner.wait_for("render_1", "completed")


def test_stops_do_not_count_as_failed_attempts(tmp_path: Path) -> None:
    for number in range(MAX_ATTEMPTS + 1):
        with owner_of(tmp_path, gated()) as (_, owner):
            if number == 0:
                data_of(owner.submit(owner.new_session(), DRAFT, "render_1"))
            owner.wait_for("render_1", "processing")
    with owner_of(tmp_path, FakeRenderer()) as (_, owner):
        owner.wait_for("render_1", "completed")


def test_render_of_another_living_engine_is_left_to_it(tmp_path: Path) -> None:
    first, second = gated(), FakeRenderer()
    with owner_of(tmp_path, first) as (_, owner), owner_of(tmp_path, second) as (_, neighbour):
        session = owner.new_session()
        for number in range(2):
            data_of(owner.submit(session, DRAFT, f"render_{number}"))
        owner.wait_for("render_0", "processing")
        assert neighbour.render("render_0")["status"] == "processing"
        assert neighbour.render("render_1")["status"] == "pending"
        open_gate(first)
        neighbour.wait_for("render_1", "completed")
    assert (len(first.media), len(second.media)) == (2, 0)


def test_cancel_through_another_engine_reaches_the_render(tmp_path: Path) -> None:
    with owner_of(tmp_path, gated()) as (_, owner), owner_of(tmp_path, gated()) as (_, neighbour):
        data_of(owner.submit(owner.new_session(), DRAFT, "render_1"))
        owner.wait_for("render_1", "processing")
        data_of(neighbour.post(f"{RENDERS}/render_1/cancel"))
        wait_until(lambda: render_folders(tmp_path) == [])
        assert owner.render("render_1")["status"] == "cancelled"


def test_many_renders_on_two_engines_are_each_made_once(tmp_path: Path) -> None:
    first, second = FakeRenderer(), FakeRenderer()
    with owner_of(tmp_path, first) as (_, owner), owner_of(tmp_path, second) as (_, neighbour):
        session = owner.new_session()
        for number in range(20):
            for someone in (owner, neighbour):
                data_of(someone.submit(session, DRAFT, f"render_{number}"))
        for number in range(20):
            owner.wait_for(f"render_{number}", "completed")
    assert len(first.media) + len(second.media) == 20


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


SERVE = """
import sys
from pathlib import Path
from nemovideo.engine import LocalEngine
from tests.engine.work.test_jobs import gated
from tests.engine.fakes import fakes
with LocalEngine(Path(sys.argv[1]), collaborators=fakes(gated())) as engine:
    print(engine.url, engine.owner_token, flush=True)
    sys.stdin.read()
"""


@contextmanager
def engine_process(folder: Path) -> Iterator[tuple[subprocess.Popen[str], ApiUser]]:
    """An engine in a process of its own, whose renders never end, and its owner."""
    command = [sys.executable, "-c", SERVE, str(folder)]
    root = Path(__file__).parents[3]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
    ) as process:
        assert process.stdout is not None
        url, token = process.stdout.readline().split()
        with httpx.Client(base_url=url, trust_env=False) as http:
            yield process, ApiUser(http, token)


def kill_during_render(folder: Path, render_id: str = "render_1") -> None:
    """Have an engine begin a render and kill it in the middle."""
    with engine_process(folder) as (process, owner):
        try:
            found = owner.get(f"{RENDERS}/{render_id}")
            if found.status_code == 404:
                data_of(owner.submit(owner.new_session(), DRAFT, render_id))
            owner.wait_for(render_id, "processing")
            wait_until(lambda: render_folders(folder) == ["partial"])
        finally:
            process.kill()


def test_render_of_a_killed_process_is_taken_up_by_the_next_engine(tmp_path: Path) -> None:
    kill_during_render(tmp_path)
    assert render_folders(tmp_path) == ["partial"]
    renderer = FakeRenderer()
    with owner_of(tmp_path, renderer) as (_, owner):
        job = owner.wait_for("render_1", *ENDS)
        assert owner.http.get(job["outputUrl"]).content == renderer.content
    assert len(renderer.media) == 1
    assert render_folders(tmp_path) == ["video.mp4"]


def test_render_of_a_killed_process_is_taken_up_by_the_engine_that_is_asked(
    tmp_path: Path,
) -> None:
    renderer = FakeRenderer()
    with owner_of(tmp_path, renderer) as (_, owner):
        kill_during_render(tmp_path)
        assert renderer.media == []
        owner.wait_for("render_1", "completed")
        assert len(renderer.media) == 1


def test_render_that_kills_its_process_again_and_again_is_given_up(tmp_path: Path) -> None:
    for _ in range(MAX_ATTEMPTS):
        kill_during_render(tmp_path)
    with owner_of(tmp_path, FakeRenderer()) as (_, owner):
        job = owner.wait_for("render_1", *ENDS)
        assert job["status"] == "failed"
        assert str(MAX_ATTEMPTS) in job["error"]


def open_gate(renderer: FakeRenderer) -> None:
    """Let a renderer go on."""
    assert renderer.gate is not None
    renderer.gate.set()
