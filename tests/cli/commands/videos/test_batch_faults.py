"""Batches with jobs that are wrong or fail: all named, the others done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands.videos.jobs import batch, fail_for, sent_texts, statuses, write_jobs
from tests.support.answers import Answer, error, sse
from tests.support.endpoints import RUN, SUBMIT
from tests.support.scripted_cloud import Request, ScriptedCloud


def test_all_bad_jobs_are_named_before_anything_is_sent(cloud: ScriptedCloud, folder: Path) -> None:
    (folder / "notes.txt").write_text("hello")
    file = write_jobs(
        folder,
        {"files": "gone.jpg", "out": "a.mp4"},
        {"files": "1.jpg", "out": "b.mp4"},
        {"files": "1.jpg", "aspect": "7:3", "out": "c.mp4"},
        {"files": "1.jpg", "out": "./b.mp4"},
        {"files": "1.jpg", "out": "-"},
    )
    result = batch(file, "--json", expect=2)
    assert result.stdout == ""
    message = result.error["message"]
    assert "4 of 5 jobs can't be done; nothing was sent" in message
    for text in ("job 1: no such file", "job 3: aspect", "job 4: out is that of job 2", "job 5: "):
        assert text in message
    assert cloud.requests == []


def test_a_job_whose_files_are_missing_fails_and_the_others_are_done(
    cloud: ScriptedCloud, folder: Path
) -> None:
    (folder / "c.mp4").write_bytes(b"precious")
    file = write_jobs(
        folder,
        {"files": "gone.jpg", "out": "a.mp4"},
        {"files": "1.jpg", "out": "b.mp4"},
        {"files": "1.jpg", "out": "c.mp4"},
    )
    result = batch(file, "--json", expect=2)
    assert statuses(result) == ["failed", "done", "failed"]
    assert "no such file" in result.document["jobs"][0]["error"]["message"]
    assert (folder / "b.mp4").exists()
    assert (folder / "c.mp4").read_bytes() == b"precious"
    assert result.error["message"].startswith("2 of 3 jobs failed: job 1: no such file")


def test_bad_jobs_stand_on_lines_of_their_own_for_people(
    cloud: ScriptedCloud, folder: Path
) -> None:
    file = write_jobs(folder, {"files": "gone.jpg"}, {"files": "1.jpg", "titel": "x"})
    lines = batch(file, expect=2).stderr.splitlines()
    assert lines[0].startswith("error: job 1: no such file")
    assert lines[2:4] == ["error: job 2: it has no key 'titel'", "hint: Did you mean title?"]
    assert lines[4] == "error: 2 of 2 jobs can't be done; nothing was sent"


def test_bad_jobs_end_with_the_code_that_they_share(cloud: ScriptedCloud, folder: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("hello")
    file = write_jobs(folder, {"files": "a.txt"}, {"files": "b.txt"})
    assert batch(file, "--json", expect=6).error["kind"] == "file"


def test_a_job_may_not_use_what_another_makes(cloud: ScriptedCloud, folder: Path) -> None:
    file = write_jobs(
        folder, {"files": "1.jpg", "out": "a.mp4"}, {"files": "a.mp4", "out": "b.mp4"}
    )
    batch(write_jobs(folder, {"files": "1.jpg", "out": "a.mp4"}))
    write_jobs(folder, {"files": "1.jpg", "out": "a.mp4"}, {"files": "a.mp4", "out": "b.mp4"})
    assert "is made by job 1" in batch(file, "--json", expect=2).error["message"]


def test_a_pattern_does_not_take_in_the_batchs_own_videos(
    cloud: ScriptedCloud, folder: Path
) -> None:
    file = write_jobs(folder, {"files": ["."], "out": "a.mp4"})
    batch(file)
    assert statuses(batch(file, "--json")) == ["skipped"]


def test_a_failed_step_leaves_the_ones_before_it_done(cloud: ScriptedCloud, folder: Path) -> None:
    file = write_jobs(
        folder, {"files": "1.jpg", "steps": ["one", "two", "three"], "out": "a-{n}.mp4"}
    )
    cloud.on(*RUN, *[fail_for(["two"], error(2001), cloud)] * 2)
    batch(file, expect=5)
    assert (folder / "a-1.mp4").exists()
    assert statuses(batch(file, "--json")) == ["done"]
    assert sent_texts(cloud) == ["one", "two", "two", "three"]
    assert cloud.count(*SUBMIT) == 3


def test_failures_of_several_kinds_end_with_one(cloud: ScriptedCloud, folder: Path) -> None:
    file = write_jobs(
        folder,
        {"files": "1.jpg", "prompt": "poor", "out": "a.mp4"},
        {"files": "1.jpg", "prompt": "odd", "out": "b.mp4"},
    )
    odd = fail_for(["odd"], sse({"type": "error", "message": "oops"}), cloud)

    def answer(request: Request) -> Answer:
        return error(2001) if "poor" in request.body.decode() else odd(request)

    cloud.always(*RUN, answer)
    result = batch(file, "--json", expect=1)
    assert [job["error"]["kind"] for job in result.document["jobs"]] == ["credits", "agent"]
    assert result.error["kind"] == "unexpected"


@pytest.mark.parametrize("count", ["0", "33", "x"])
def test_a_number_of_jobs_that_makes_no_sense_is_wrong_use(folder: Path, count: str) -> None:
    file = write_jobs(folder, {"files": "1.jpg"})
    assert batch(file, "--jobs", count, "--json", expect=2).error["kind"] == "usage"


def test_a_photo_that_vanishes_meanwhile_fails_its_job_alone(
    cloud: ScriptedCloud, folder: Path
) -> None:
    file = write_jobs(
        folder, {"files": "1.jpg", "out": "a.mp4"}, {"files": "2.jpg", "out": "b.mp4"}
    )

    def lose_the_second(request: Request) -> Answer:
        (folder / "2.jpg").unlink()
        return cloud.good_day.answer(cloud.url, request)

    cloud.on(*RUN, lose_the_second)
    result = batch(file, "--jobs", "1", "--json", expect=2)
    assert statuses(result) == ["done", "failed"]
    assert "no such file" in result.document["jobs"][1]["error"]["message"]
