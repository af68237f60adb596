"""A batch that is run again, broken off or changed: nothing is made or paid for twice."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands.videos.jobs import batch, fail_for, sent_texts, statuses, write_jobs
from tests.support.answers import Answer, error, ok, sse, stall
from tests.support.cli import run_cli
from tests.support.endpoints import POLL, RUN, SESSION, SUBMIT, UPLOAD
from tests.support.media import write_jpeg
from tests.support.processes.nemo import Nemo
from tests.support.scripted_cloud import Request, ScriptedCloud


def test_a_second_run_skips_what_is_done_and_asks_the_cloud_nothing(
    cloud: ScriptedCloud, folder: Path
) -> None:
    file = write_jobs(
        folder,
        {"files": "1.jpg", "out": "a.mp4"},
        {"files": "1.jpg", "steps": ["one", "two"], "out": "b-{n}.mp4"},
        {"files": "*.jpg"},
    )
    first = batch(file, "--json", cwd=folder).document["jobs"]
    asked = len(cloud.requests)
    second = batch(file, "--json", cwd=folder).document["jobs"]
    assert [job["status"] for job in second] == ["skipped"] * 3
    for before, after in zip(first, second, strict=True):
        for key in ("out", "session_id", "render_id", "outputs"):
            assert after[key] == before[key]
    assert len(cloud.requests) == asked


def test_a_touched_file_is_the_same_and_a_changed_one_is_not(
    cloud: ScriptedCloud, folder: Path
) -> None:
    file = write_jobs(folder, {"files": "1.jpg", "out": "a.mp4"})
    batch(file)
    os.utime(folder / "1.jpg", (1, 1))
    assert statuses(batch(file, "--json")) == ["skipped"]
    write_jpeg(folder / "1.jpg", 99, 48)
    result = batch(file, "--json", expect=2)
    assert result.error["kind"] == "input"
    assert "job 1: " in result.error["message"]
    assert "have changed since" in result.error["message"]


@pytest.mark.parametrize("change", [{"title": "New"}, {"files": "2.jpg"}], ids=["title", "files"])
def test_a_changed_job_is_refused_until_forced(
    cloud: ScriptedCloud, folder: Path, change: dict[str, Any]
) -> None:
    job = {"files": "1.jpg", "title": "Old", "out": "a.mp4"}
    batch(write_jobs(folder, job))
    file = write_jobs(folder, {**job, **change})
    assert "have changed since" in batch(file, "--json", expect=2).error["message"]
    assert statuses(batch(file, "--json", "--force")) == ["done"]
    assert cloud.count(*RUN) == 2
    assert statuses(batch(file, "--json", "--force")) == ["skipped"]


def test_a_file_that_is_not_of_the_batch_is_never_overwritten(
    cloud: ScriptedCloud, folder: Path
) -> None:
    (folder / "a.mp4").write_bytes(b"precious")
    file = write_jobs(folder, {"files": "1.jpg", "out": "a.mp4"})
    error_ = batch(file, "--json", expect=2).error
    assert "exists already" in error_["message"]
    assert "--force" in error_["hint"]
    assert (folder / "a.mp4").read_bytes() == b"precious"
    assert cloud.requests == []


def test_a_file_that_was_put_in_the_videos_place_is_never_overwritten(
    cloud: ScriptedCloud, folder: Path
) -> None:
    file = write_jobs(folder, {"files": "1.jpg", "out": "a.mp4"})
    batch(file)
    (folder / "a.mp4").write_bytes(b"precious")
    batch(file, expect=2)
    assert (folder / "a.mp4").read_bytes() == b"precious"


def test_a_video_that_is_gone_is_fetched_again_and_nothing_is_paid_twice(
    cloud: ScriptedCloud, folder: Path
) -> None:
    file = write_jobs(folder, {"files": "1.jpg", "out": "a.mp4"})
    batch(file)
    (folder / "a.mp4").unlink()
    assert statuses(batch(file, "--json")) == ["done"]
    assert (folder / "a.mp4").exists()
    assert (cloud.count(*RUN), cloud.count(*SUBMIT)) == (1, 1)


def test_it_goes_on_after_a_failure_and_a_second_run_does_the_rest(
    cloud: ScriptedCloud, folder: Path
) -> None:
    file = write_jobs(
        folder,
        {"files": "1.jpg", "prompt": "good", "out": "a.mp4"},
        {"files": "1.jpg", "prompt": "poor", "out": "b.mp4"},
        {"files": "1.jpg", "prompt": "fine", "out": "c.mp4"},
    )
    cloud.on(*RUN, *[fail_for(["poor"], error(2001), cloud)] * 3)
    result = batch(file, "--json", expect=5)
    assert statuses(result) == ["done", "failed", "done"]
    failure = result.document["jobs"][1]["error"]
    assert (failure["kind"], failure["code"]) == ("credits", 2001)
    assert result.error["kind"] == "credits"
    assert result.error["message"] == "1 of 3 jobs failed: job 2: no credits are left"
    assert "again" in result.error["hint"]
    assert statuses(batch(file, "--json")) == ["skipped", "done", "skipped"]
    assert sorted(sent_texts(cloud)) == ["fine", "good", "poor", "poor"]


def test_a_job_that_the_agent_failed_is_tried_anew(cloud: ScriptedCloud, folder: Path) -> None:
    file = write_jobs(folder, {"files": "1.jpg", "out": "a.mp4"})
    cloud.on(*RUN, sse({"type": "error", "message": "oops"}))
    assert batch(file, "--json", expect=9).error["kind"] == "agent"
    assert statuses(batch(file, "--json")) == ["done"]
    assert cloud.count(*SESSION) == 2


def test_a_blocked_export_is_all_that_is_left_for_the_second_run(
    cloud: ScriptedCloud, folder: Path
) -> None:
    file = write_jobs(folder, {"files": "1.jpg", "out": "a.mp4"})
    cloud.on(*SUBMIT, error(402))
    batch(file, expect=7)
    assert statuses(batch(file, "--json")) == ["done"]
    assert (cloud.count(*SESSION), cloud.count(*UPLOAD), cloud.count(*RUN)) == (1, 1, 1)


@pytest.fixture
def interrupted(cloud: ScriptedCloud, folder: Path) -> tuple[Path, int, str]:
    """A batch that was stopped by Ctrl-C while two messages were unanswered: file, code, stderr."""

    def edit_and_stall(request: Request) -> Answer:
        cloud.good_day.drafts[request.json["session_id"]] = cloud.good_day.draft
        return stall()

    cloud.on(*RUN, edit_and_stall, edit_and_stall)
    file = write_jobs(folder, *({"files": "1.jpg", "out": f"{n}.mp4"} for n in range(4)))
    nemo = Nemo("batch", file, "--jobs", "2", "--json")
    while cloud.count(*RUN) < 2:
        assert nemo.process.poll() is None
        time.sleep(0.02)
    nemo.process.send_signal(signal.SIGINT)
    code, stdout, stderr = nemo.output(30)
    assert stdout == b""
    return file, code, stderr.decode()


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_stops_cleanly_and_says_how_to_go_on(interrupted: tuple[Path, int, str]) -> None:
    _, code, stderr = interrupted
    assert code == 130
    assert "Traceback" not in stderr
    error_ = json.loads(stderr.splitlines()[-1])["error"]
    assert error_["kind"] == "interrupted"
    assert "0 of 4 jobs are done, 2 were under way" in error_["message"]
    assert "Run the same command again" in error_["hint"]


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
def test_what_ctrl_c_broke_off_is_continued_and_nothing_is_sent_twice(
    cloud: ScriptedCloud, interrupted: tuple[Path, int, str]
) -> None:
    file, _, _ = interrupted
    assert statuses(batch(file, "--json")) == ["done"] * 4
    assert (cloud.count(*SESSION), cloud.count(*UPLOAD), cloud.count(*RUN)) == (4, 4, 4)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_what_a_kill_broke_off_is_continued(cloud: ScriptedCloud, folder: Path) -> None:
    processing = ok({"id": "x", "status": "processing", "progress": 10})
    cloud.on(*POLL, *[processing] * 600)
    file = write_jobs(folder, *({"files": "1.jpg", "out": f"{n}.mp4"} for n in range(3)))
    process = Nemo("batch", file).process
    while len({request.path for request in cloud.calls(*POLL)}) < 3:
        time.sleep(0.02)
    process.kill()
    process.wait()
    assert statuses(batch(file, "--json")) == ["done"] * 3
    assert (cloud.count(*SESSION), cloud.count(*RUN), cloud.count(*SUBMIT)) == (3, 3, 3)


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
def test_what_resume_finished_is_done_for_the_batch(
    cloud: ScriptedCloud, interrupted: tuple[Path, int, str]
) -> None:
    file, _, _ = interrupted
    resumed = [run_cli("resume", "--json").document["output"] for _ in range(2)]
    by_out = {job["out"]: job["status"] for job in batch(file, "--json").document["jobs"]}
    assert [by_out.pop(out) for out in resumed] == ["skipped", "skipped"]
    assert list(by_out.values()) == ["done", "done"]
    assert cloud.count(*RUN) == 4


@pytest.mark.skipif(os.name == "nt", reason="the first process is stopped by a signal")
def test_the_same_batch_does_not_run_twice_at_once(cloud: ScriptedCloud, folder: Path) -> None:
    file = write_jobs(folder, {"files": "1.jpg", "out": "a.mp4"})
    cloud.on(*UPLOAD, stall())
    process = Nemo("batch", file).process
    while cloud.count(*UPLOAD) < 1:
        time.sleep(0.02)
    try:
        assert "another nemo is working" in batch(file, "--json", expect=2).error["message"]
    finally:
        process.kill()
        process.wait()
