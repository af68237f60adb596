"""Renders of engines that stop or die: taken up by the next one, each made once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from nemovideo.engine.work.jobs import MAX_ATTEMPTS
from tests.engine.fakes import DRAFT, FakeRenderer
from tests.engine.renders import ENDS, RENDERS, gated, open_gate, owner_of, render_folders
from tests.support.serve import ApiUser, data_of, wait_until


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
