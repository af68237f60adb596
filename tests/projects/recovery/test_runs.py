"""Conversions that other processes left behind in the journal, taken up step by step."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from nemovideo.errors import (
    InsufficientCreditsError,
    NetworkError,
    NothingToResumeError,
    OutputExistsError,
    OutputNotWritableError,
    RenderError,
)
from nemovideo.projects.convert.plan import ConvertPlan, make_plan
from nemovideo.projects.convert.prompts import VideoWishes
from nemovideo.projects.convert.run import convert
from nemovideo.projects.exports.outputs import OutputTarget
from nemovideo.projects.inputs.checking import check_file
from nemovideo.projects.inputs.expansion import Inputs
from nemovideo.projects.journal import RunRecord
from nemovideo.projects.recovery.locks import held
from nemovideo.projects.recovery.resume import find_broken, resume
from nemovideo.projects.workspace import Workspace
from tests.support.answers import Answer, cut, error, ok
from tests.support.endpoints import FILE, POLL, RUN, SESSION, SUBMIT, UPLOAD
from tests.support.media import write_jpeg, write_sound
from tests.support.outputs import planned
from tests.support.samples.phones import write_heic
from tests.support.scripted_cloud import Request, ScriptedCloud

FAILED = ok({"id": "x", "status": "failed", "error": "no GPU"})


def only_run(workspace: Workspace) -> RunRecord:
    (run,) = workspace.journal.runs.unfinished()
    return run


def test_resume_does_a_run_from_its_start_when_nothing_was_asked_yet(
    workspace: Workspace, cloud: ScriptedCloud, plan: ConvertPlan, out: Path
) -> None:
    cloud.on(*SESSION, error(500, status=500))
    with pytest.raises(NetworkError):
        convert(workspace, plan)
    resume(workspace, find_broken(workspace), planned)
    assert out.read_bytes() == cloud.good_day.video
    assert cloud.count(*RUN) == 1


def test_resume_sends_the_message_that_the_server_refused_for_lack_of_credits(
    workspace: Workspace, cloud: ScriptedCloud, plan: ConvertPlan, out: Path
) -> None:
    cloud.on(*RUN, error(2001))
    with pytest.raises(InsufficientCreditsError):
        convert(workspace, plan)
    resume(workspace, find_broken(workspace), planned)
    assert out.exists()
    assert (cloud.count(*RUN), cloud.count(*SESSION), cloud.count(*UPLOAD)) == (2, 1, 1)


def test_resume_leaves_a_session_that_may_hold_a_file_twice(
    workspace: Workspace, cloud: ScriptedCloud, plan: ConvertPlan, out: Path
) -> None:
    cloud.on(*UPLOAD, cut())
    with pytest.raises(NetworkError):
        convert(workspace, plan)
    resume(workspace, find_broken(workspace), planned)
    first, second = cloud.calls(*UPLOAD)
    assert first.path != second.path
    (message,) = cloud.calls(*RUN)
    assert second.path.endswith(message.json["session_id"])


def test_resume_sends_a_file_as_often_as_it_was_named(
    workspace: Workspace, cloud: ScriptedCloud, again: ConvertPlan
) -> None:
    plan = replace(again, session_id=workspace.create().session_id)
    good = partial(cloud.good_day.answer, cloud.url)
    cloud.on(*UPLOAD, good, good, cut())
    with pytest.raises(NetworkError):
        convert(workspace, plan)
    resume(workspace, find_broken(workspace), planned)
    sent = [request.parts[0].filename for request in cloud.calls(*UPLOAD)]
    assert sent == ["a.jpg", "b.jpg", "a.jpg", "a.jpg"]
    (message,) = cloud.calls(*RUN)
    assert "these 3 photos" in message.json["new_message"]["parts"][0]["text"]


def test_the_instruction_names_what_went_up_as_the_server_calls_it(
    workspace: Workspace, cloud: ScriptedCloud, tmp_path: Path
) -> None:
    photos = [
        replace(check_file(path), is_found=True)
        for path in (
            write_heic(tmp_path / "1.HEIC"),
            write_jpeg(tmp_path / "2.jpg", 32, 24),
            write_jpeg(tmp_path / "3.jpg", 48, 32),
            write_sound(tmp_path / "s.wav"),
        )
    ]
    wishes = VideoWishes(music="s.wav", is_music_file=True)
    plan = make_plan(Inputs(tuple(photos)), wishes, None, prompt=None, is_order_named=True)
    assert "Keep this order: 1.HEIC, 2.jpg, 3.jpg." in plan.prompt

    def answer(request: Request) -> Answer:
        name = request.parts[0].filename
        if name == "2.jpg":
            return error(4001, "2.jpg is broken")
        return ok({"files": [{"filename": f"srv-{name}", "file_type": "image"}]})

    cloud.always(*UPLOAD, answer)
    convert(workspace, plan)
    (message,) = cloud.calls(*RUN)
    assert message.json["new_message"]["parts"][0]["text"] == (
        "Turn these 2 photos into a 10-second video with transitions and background music."
        ' Use "srv-s.wav" as the background music. Keep this order: srv-1.jpg, srv-3.jpg.'
    )


def test_resume_submits_a_render_of_which_the_server_never_heard_under_its_id(
    workspace: Workspace, cloud: ScriptedCloud, plan: ConvertPlan, out: Path
) -> None:
    unknown = error(404, "Render not found", status=404)
    cloud.on(*SUBMIT, error(503, status=503))
    cloud.on(*POLL, *[error(503, status=503)] * 4, unknown)
    with pytest.raises(NetworkError):
        convert(workspace, plan)
    resume(workspace, find_broken(workspace), planned)
    assert out.exists()
    ids = [request.json["id"] for request in cloud.calls(*SUBMIT)]
    assert len(set(ids)) == 1


def test_resume_gives_a_render_that_failed_its_one_more_try(
    workspace: Workspace, cloud: ScriptedCloud, plan: ConvertPlan, out: Path
) -> None:
    interrupted = threading.Event()

    def fail_later(_: Request) -> Answer:
        return FAILED if interrupted.is_set() else cut()

    cloud.always(*POLL, fail_later)
    short = replace(workspace.settings, render_timeout=0.0)
    with Workspace(short, sleep=lambda _: None) as hurried, pytest.raises(RenderError):
        convert(hurried, plan)
    interrupted.set()
    with pytest.raises(RenderError, match="no GPU"):
        resume(workspace, find_broken(workspace), planned)
    assert len({request.json["id"] for request in cloud.calls(*SUBMIT)}) == 2


def test_resume_asks_for_no_render_that_is_still_at_work(
    workspace: Workspace, cloud: ScriptedCloud, plan: ConvertPlan, out: Path
) -> None:
    cloud.on(*POLL, ok({"id": "x", "status": "processing"}))
    short = replace(workspace.settings, render_timeout=0.0)
    with Workspace(short, sleep=lambda _: None) as hurried, pytest.raises(RenderError):
        convert(hurried, plan)
    resume(workspace, find_broken(workspace), planned)
    assert cloud.count(*SUBMIT) == 1
    assert out.exists()


def test_a_run_whose_file_can_not_be_written_can_be_resumed_elsewhere(
    workspace: Workspace, cloud: ScriptedCloud, plan: ConvertPlan, tmp_path: Path
) -> None:
    blocked = tmp_path / "folder"
    (blocked / "film.mp4").mkdir(parents=True)
    lost = replace(plan, output=str(blocked / "film.mp4"))
    with pytest.raises(OutputNotWritableError):
        convert(workspace, lost)
    other = str(tmp_path / "other.mp4")
    resume(workspace, find_broken(workspace), planned, out=other)
    assert (tmp_path / "other.mp4").read_bytes() == cloud.good_day.video
    assert cloud.count(*SUBMIT) == 1


def test_resume_overwrites_no_file_that_the_run_did_not_make(
    workspace: Workspace, cloud: ScriptedCloud, plan: ConvertPlan, out: Path
) -> None:
    cloud.on(*RUN, error(2001))
    with pytest.raises(InsufficientCreditsError):
        convert(workspace, plan)
    out.write_bytes(b"mine")
    before = len(cloud.requests)
    with pytest.raises(OutputExistsError):
        resume(workspace, find_broken(workspace), planned)
    assert (out.read_bytes(), len(cloud.requests)) == (b"mine", before)
    resume(workspace, find_broken(workspace), planned, may_replace=True)
    assert out.read_bytes() == cloud.good_day.video


def test_resume_replaces_what_the_run_was_allowed_to_replace(
    workspace: Workspace, cloud: ScriptedCloud, plan: ConvertPlan, out: Path
) -> None:
    out.write_bytes(b"old")
    inputs = Inputs(tuple(check_file(Path(name)) for name in plan.files))
    plan = make_plan(
        inputs, VideoWishes(), OutputTarget(out), prompt="make a video", is_order_named=False
    )
    cloud.on(*RUN, error(2001))
    with pytest.raises(InsufficientCreditsError):
        convert(workspace, plan)
    resume(workspace, find_broken(workspace), planned)
    assert out.read_bytes() == cloud.good_day.video


def fail_to_fetch(workspace: Workspace, cloud: ScriptedCloud, plan: ConvertPlan) -> RunRecord:
    """Leave a run behind whose video is rendered; its file can be fetched from now on."""
    is_back = threading.Event()

    def serve(request: Request) -> Answer:
        return cloud.good_day.answer(cloud.url, request) if is_back.is_set() else cut()

    cloud.always(*FILE, serve)
    cloud.always("GET", "/api/render/proxy/*/download", serve)
    with pytest.raises(NetworkError):
        convert(workspace, plan)
    is_back.set()
    return only_run(workspace)


def test_resume_goes_over_the_file_that_a_run_may_have_put_in_place_before_it_was_killed(
    workspace: Workspace, cloud: ScriptedCloud, plan: ConvertPlan, out: Path
) -> None:
    run = fail_to_fetch(workspace, cloud, plan)
    out.write_bytes(b"its own")
    os.utime(out, (run.created_at + 5, run.created_at + 5))
    resume(workspace, run, planned)
    assert out.read_bytes() == cloud.good_day.video


def test_resume_leaves_a_file_that_is_older_than_the_run(
    workspace: Workspace, cloud: ScriptedCloud, plan: ConvertPlan, out: Path
) -> None:
    run = fail_to_fetch(workspace, cloud, plan)
    out.write_bytes(b"mine")
    os.utime(out, (run.created_at - 5, run.created_at - 5))
    with pytest.raises(OutputExistsError):
        resume(workspace, run, planned)
    assert out.read_bytes() == b"mine"


def test_a_run_that_another_process_works_on_is_left_alone(
    workspace: Workspace, cloud: ScriptedCloud, plan: ConvertPlan
) -> None:
    cloud.on(*RUN, error(2001))
    with pytest.raises(InsufficientCreditsError):
        convert(workspace, plan)
    run = only_run(workspace)
    before = len(cloud.requests)
    with held(workspace.settings.data_dir, run.run_id):
        with pytest.raises(NothingToResumeError):
            find_broken(workspace)
        with pytest.raises(NothingToResumeError, match="another nemo is at work"):
            resume(workspace, run, planned)
    assert len(cloud.requests) == before
    assert only_run(workspace).status == "running"


def test_a_run_that_another_process_has_finished_is_not_done_again(
    workspace: Workspace, cloud: ScriptedCloud, plan: ConvertPlan
) -> None:
    cloud.on(*RUN, error(2001))
    with pytest.raises(InsufficientCreditsError):
        convert(workspace, plan)
    stale = only_run(workspace)
    resume(workspace, stale, planned)
    before = len(cloud.requests)
    with pytest.raises(NothingToResumeError, match="was finished"):
        resume(workspace, stale, planned)
    assert len(cloud.requests) == before
