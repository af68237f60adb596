"""`nemo batch` against a scripted cloud: what is made, of what, and what is written."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

from tests.cli.commands.videos.jobs import batch, fail_for, sent_texts, statuses, write_jobs
from tests.support.answers import Answer, error
from tests.support.cli import run_cli
from tests.support.endpoints import RUN, SESSION, SUBMIT, TOKEN, UPLOAD
from tests.support.media import write_jpeg, write_sound
from tests.support.scripted_cloud import Request, ScriptedCloud


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


def test_a_job_without_out_is_named_after_file_and_number(
    cloud: ScriptedCloud, folder: Path, tmp_path: Path
) -> None:
    file = write_jobs(folder, {"files": "1.jpg", "out": "a.mp4"}, {"files": "2.jpg"})
    env = {"NEMO_OUTPUT_DIR": str(tmp_path / "videos")}
    document = batch(file, "--json", env=env).document
    assert document["jobs"][1]["out"] == str(tmp_path / "videos" / "jobs-2.mp4")


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
