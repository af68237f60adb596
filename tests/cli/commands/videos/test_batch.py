"""`nemo batch` against a scripted cloud: what is made, what is skipped, how failures end."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.support.answers import Answer, error, ok, sse, stall
from tests.support.cli import CliResult, run_cli
from tests.support.endpoints import POLL, RUN, SESSION, SUBMIT, TOKEN, UPLOAD
from tests.support.media import write_jpeg, write_sound
from tests.support.nemo import Nemo
from tests.support.scripted_cloud import Request, ScriptedCloud


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three photos of different sizes."""
    folder = tmp_path / "trip"
    folder.mkdir()
    for number in (1, 2, 10):
        write_jpeg(folder / f"{number}.jpg", 64 + number, 48)
    return folder


def write_jobs(folder: Path, *jobs: dict[str, Any]) -> Path:
    path = folder / "jobs.jsonl"
    path.write_text("\n".join(map(json.dumps, jobs)), "utf-8")
    return path


def batch(file: Path, *more: str, expect: int = 0, **options: Any) -> CliResult:
    return run_cli("batch", file, *more, expect=expect, **options)


def statuses(result: CliResult) -> list[str]:
    return [job["status"] for job in result.document["jobs"]]


def sent_texts(cloud: ScriptedCloud) -> list[str]:
    return [request.json["new_message"]["parts"][0]["text"] for request in cloud.calls(*RUN)]


def fail_for(texts: Iterable[str], answer: Answer, cloud: ScriptedCloud) -> Callable[..., Answer]:
    """Answer so where a message holds one of the texts, and as on a good day elsewhere."""

    def run(request: Request) -> Answer:
        if any(text in request.body.decode() for text in texts):
            return answer
        return cloud.good_day.answer(cloud.url, request)

    return run


def test_it_makes_each_video_in_a_session_of_its_own(cloud: ScriptedCloud, folder: Path) -> None:
    file = write_jobs(
        folder,
        {"files": ["1.jpg"], "duration": 5, "title": "One", "out": "new/one.mp4"},
        {"files": ["*.jpg"], "prompt": "All of them, slowly", "out": "all.mp4"},
    )
    document = batch(file, "--json").document
    assert [job["status"] for job in document["jobs"]] == ["done", "done"]
    assert [job["out"] for job in document["jobs"]] == [
        str(folder / "new" / "one.mp4"),
        str(folder / "all.mp4"),
    ]
    assert len({job["session_id"] for job in document["jobs"]}) == 2
    assert all(job["render_id"].startswith("render_") for job in document["jobs"])
    assert all(job["error"] is None for job in document["jobs"])
    assert (folder / "new" / "one.mp4").read_bytes() == cloud.good_day.video
    assert (folder / "all.mp4").read_bytes() == cloud.good_day.video
    texts = sorted(sent_texts(cloud))
    assert texts[0] == "All of them, slowly"
    assert texts[1].startswith("Turn this photo into a 5-second video")


def test_it_takes_patterns_in_natural_order_from_the_files_folder(
    cloud: ScriptedCloud, folder: Path, tmp_path: Path
) -> None:
    file = write_jobs(folder, {"files": "*.jpg", "out": "all.mp4"})
    batch(file, cwd=tmp_path)
    names = [request.parts[0].filename for request in cloud.calls(*UPLOAD)]
    assert names == ["1.jpg", "2.jpg", "10.jpg"]


def test_a_folder_whose_name_reads_like_a_pattern_is_taken_as_it_is(
    cloud: ScriptedCloud, tmp_path: Path
) -> None:
    folder = tmp_path / "[2026] trip"
    folder.mkdir()
    write_jpeg(folder / "a.jpg")
    batch(write_jobs(folder, {"files": "*.jpg", "out": "a.mp4"}))
    assert (folder / "a.mp4").exists()


def test_wishes_are_added_to_a_prompt(cloud: ScriptedCloud, folder: Path) -> None:
    job = {
        "files": "1.jpg",
        "prompt": "Make it calm",
        "duration": 5,
        "aspect": "9:16",
        "transition": "wipe",
        "title": "Sea",
        "out": "a.mp4",
    }
    batch(write_jobs(folder, job))
    assert sent_texts(cloud) == [
        "Make it calm. Make it 5 seconds long. Use wipeleft transitions. "
        'Use a 9:16 aspect ratio. Add the title "Sea" at the beginning.'
    ]


def test_a_music_file_is_found_beside_the_batch_file(
    cloud: ScriptedCloud, folder: Path, tmp_path: Path
) -> None:
    write_sound(folder / "song.wav", seconds=0.2)
    batch(write_jobs(folder, {"files": "1.jpg", "music": "song.wav", "out": "a.mp4"}), cwd=tmp_path)
    assert [request.parts[0].filename for request in cloud.calls(*UPLOAD)] == ["1.jpg", "song.wav"]


def test_steps_go_one_by_one_in_one_session_with_one_render(
    cloud: ScriptedCloud, folder: Path
) -> None:
    file = write_jobs(folder, {"files": "1.jpg", "steps": ["one", "two", "three"], "out": "a.mp4"})
    assert statuses(batch(file, "--json")) == ["done"]
    assert sent_texts(cloud) == ["one", "two", "three"]
    assert (cloud.count(*SESSION), cloud.count(*UPLOAD), cloud.count(*SUBMIT)) == (1, 1, 1)


def test_steps_are_rendered_each_when_the_output_is_numbered(
    cloud: ScriptedCloud, folder: Path
) -> None:
    file = write_jobs(folder, {"files": "1.jpg", "steps": ["one", "two"], "out": "a-{n}.mp4"})
    (job,) = batch(file, "--json").document["jobs"]
    assert job["out"] == str(folder / "a-2.mp4")
    assert job["outputs"] == [str(folder / "a-1.mp4"), str(folder / "a-2.mp4")]
    assert (folder / "a-1.mp4").exists()
    assert [r.path for r in cloud.requests if (r.method, r.path) in (RUN, SUBMIT)] == [
        RUN[1],
        SUBMIT[1],
        RUN[1],
        SUBMIT[1],
    ]


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


def test_a_job_without_out_is_named_after_file_and_number(
    cloud: ScriptedCloud, folder: Path, tmp_path: Path
) -> None:
    file = write_jobs(folder, {"files": "1.jpg", "out": "a.mp4"}, {"files": "2.jpg"})
    env = {"NEMO_OUTPUT_DIR": str(tmp_path / "videos")}
    document = batch(file, "--json", env=env).document
    assert document["jobs"][1]["out"] == str(tmp_path / "videos" / "jobs-2.mp4")


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


def test_a_table_stands_at_the_end_and_a_line_an_event_before(
    cloud: ScriptedCloud, folder: Path
) -> None:
    file = write_jobs(
        folder, {"files": "1.jpg", "out": "旅行.mp4"}, {"files": "2.jpg", "out": "b.mp4"}
    )
    cloud.on(*SUBMIT, error(402))
    result = batch(file, "--jobs", "1", expect=7)
    heading, first, second = result.stdout.splitlines()
    assert heading.split() == ["STATUS", "VIDEO", "SESSION", "RENDER", "ERROR"]
    assert first.startswith("failed  ")
    assert "free plan" in first
    assert second.startswith("done    ")
    lines = result.stderr.splitlines()
    assert lines[0] == f"[1/2] {folder / '旅行.mp4'}: started"
    assert lines[1].startswith(f"[1/2] {folder / '旅行.mp4'}: Your photos and clips are sent to ")
    assert lines[2].startswith(f"[1/2] {folder / '旅行.mp4'}: failed: ")
    assert re.fullmatch(r"\[2/2\] .*b\.mp4: done \(\d+ s\)", lines[4])
    assert lines[5] == "1 done, 1 failed"
    assert "\x1b" not in result.stdout + result.stderr


def test_quiet_writes_the_table_alone(cloud: ScriptedCloud, folder: Path) -> None:
    result = batch(write_jobs(folder, {"files": "1.jpg", "out": "a.mp4"}), "-q")
    assert len(result.stdout.splitlines()) == 2
    assert result.stderr == ""


def test_progress_json_is_an_object_a_line(cloud: ScriptedCloud, folder: Path) -> None:
    file = write_jobs(folder, {"files": "1.jpg", "out": "a.mp4"})
    events = [json.loads(line) for line in batch(file, "--progress", "json").stderr.splitlines()]
    assert (events[0]["event"], events[0]["job"]) == ("begin", 1)
    assert {event["stage"] for event in events} >= {"setup", "upload", "edit", "render"}
    (end,) = [event for event in events if event["event"] == "end"]
    assert (end["status"], end["out"]) == ("done", str(folder / "a.mp4"))


def test_it_reads_stdin(cloud: ScriptedCloud, folder: Path) -> None:
    text = json.dumps({"files": "1.jpg", "out": "a.mp4"})
    result = run_cli("batch", "-", "--json", input=text, cwd=folder)
    assert result.document["jobs"][0]["out"] == "a.mp4"
    assert (folder / "a.mp4").exists()


def test_the_current_session_stays_what_it_was(cloud: ScriptedCloud, folder: Path) -> None:
    mine = run_cli("session", "new", "--json").document["session_id"]
    batch(write_jobs(folder, {"files": "1.jpg", "out": "a.mp4"}))
    assert run_cli("session", "show", "--json").document["session_id"] == mine


def test_several_jobs_go_side_by_side_and_no_more_than_asked(
    cloud: ScriptedCloud, folder: Path
) -> None:
    file = write_jobs(folder, *({"files": "1.jpg", "out": f"{n}.mp4"} for n in range(6)))
    at_work: set[str] = set()
    most = 0

    def slow(request: Request) -> Answer:
        nonlocal most
        at_work.add(request.json["session_id"])
        most = max(most, len(at_work))
        time.sleep(0.2)
        at_work.discard(request.json["session_id"])
        return cloud.good_day.answer(cloud.url, request)

    cloud.always(*RUN, slow)
    batch(file, "--jobs", "3")
    assert most == 3
    assert cloud.count(*TOKEN) == 1


@pytest.mark.parametrize("count", ["0", "33", "x"])
def test_a_number_of_jobs_that_makes_no_sense_is_wrong_use(folder: Path, count: str) -> None:
    file = write_jobs(folder, {"files": "1.jpg"})
    assert batch(file, "--jobs", count, "--json", expect=2).error["kind"] == "usage"


def test_three_hundred_jobs_behave(cloud: ScriptedCloud, folder: Path) -> None:
    file = write_jobs(
        folder, *({"files": "1.jpg", "prompt": f"job {n}.", "out": f"{n}.mp4"} for n in range(300))
    )
    bad = ["job 7.", "job 150.", "job 299."]
    cloud.always(*RUN, fail_for(bad, error(2001), cloud))
    started = time.monotonic()
    result = batch(file, "--jobs", "8", "--json", expect=5, timeout_s=240)
    assert time.monotonic() - started < 200
    assert statuses(result).count("done") == 297
    failed = [job["out"] for job in result.document["jobs"] if job["status"] == "failed"]
    assert failed == [str(folder / f"{number}.mp4") for number in (7, 150, 299)]
    assert len(sent_texts(cloud)) == len(set(sent_texts(cloud))) == 300
    assert len({job["session_id"] for job in result.document["jobs"]}) == 300


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


def test_it_runs_on_this_machine_with_one_engine(folder: Path) -> None:
    file = write_jobs(
        folder,
        {"files": "1.jpg", "duration": 1, "out": "a.mp4"},
        {"files": "2.jpg", "steps": ["Make a 1-second video", "add the title \"Hi\""],
         "out": "b-{n}.mp4"},
        {"files": "10.jpg", "prompt": "a calm video", "duration": 1, "aspect": "1:1",
         "out": "c.mp4"},
    )  # fmt: skip
    result = batch(file, "--local", "--json")
    assert statuses(result) == ["done"] * 3
    for name in ("a.mp4", "b-1.mp4", "b-2.mp4", "c.mp4"):
        assert (folder / name).stat().st_size > 1000
    assert statuses(batch(file, "--local", "--json")) == ["skipped"] * 3
