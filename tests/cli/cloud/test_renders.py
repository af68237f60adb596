"""Renders in the cloud: submitted once, waited for, fetched, taken up, cancelled."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from nemovideo.projects.journal import JOURNAL_FILE
from tests.support.answers import (
    Answer,
    body,
    cut,
    error,
    html,
    ok,
)
from tests.support.cli import CliResult, run_cli
from tests.support.endpoints import FILE, POLL, RUN, SUBMIT
from tests.support.processes.nemo import Nemo
from tests.support.scripted_cloud import Request, ScriptedCloud


def convert(photo: Path, out: Path, *more: str, expect: int = 0) -> CliResult:
    return run_cli("convert", photo, "--out", out, *more, expect=expect)


def rows(data_dir: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(data_dir / JOURNAL_FILE)) as connection:
        return connection.execute(query).fetchall()


def test_a_render_that_fails_once_is_submitted_once_more_under_a_new_id(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.on(*POLL, ok({"id": "x", "status": "failed", "error": "no GPU"}))
    convert(photo, out)
    ids = [request.json["id"] for request in cloud.calls(*SUBMIT)]
    assert len(set(ids)) == 2


def test_a_render_is_submitted_twice_at_most(cloud: ScriptedCloud, photo: Path, out: Path) -> None:
    cloud.always(*POLL, ok({"id": "x", "status": "failed", "error": "no GPU"}))
    result = run_cli("convert", photo, "--out", out, expect=10)
    assert "no GPU" in result.stderr
    assert len({request.json["id"] for request in cloud.calls(*SUBMIT)}) == 2
    assert cloud.count(*SUBMIT) == 2


def test_a_submit_without_an_answer_is_asked_for_before_anything_else(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.on(*SUBMIT, cut())
    convert(photo, out)
    assert cloud.count(*SUBMIT) == 1
    assert out.exists()


def test_a_render_stands_in_the_journal_before_it_is_submitted(
    cloud: ScriptedCloud, photo: Path, out: Path, data_dir: Path
) -> None:
    seen: list[tuple[object, ...]] = []

    def answer(request: Request) -> Answer:
        seen.extend(rows(data_dir, "SELECT render_id, session_id, output, status FROM renders"))
        return cloud.good_day.answer(cloud.url, request)

    cloud.on(*SUBMIT, answer)
    run_cli("convert", photo, "--out", out)
    (submit,) = cloud.calls(*SUBMIT)
    assert seen == [(submit.json["id"], submit.json["sessionId"], str(out), "submitting")]


def test_a_render_that_takes_too_long_is_left_to_the_cloud_and_taken_up_later(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    run_cli("convert", photo, "--no-export")
    is_done = threading.Event()

    def answer(request: Request) -> Answer:
        if is_done.is_set():
            return cloud.good_day.answer(cloud.url, request)
        return ok({"id": "x", "status": "warming_up", "progress": -5})

    cloud.always(*POLL, answer)
    slow = {"NEMO_RENDER_TIMEOUT": "0.2"}
    result = run_cli("export", "--out", out, "--json", env=slow, expect=10)
    assert "--resume" in result.error["hint"]
    is_done.set()
    run_cli("export", "--resume")
    assert out.read_bytes() == cloud.good_day.video
    assert cloud.count(*SUBMIT) == 1


def test_a_run_that_export_finished_is_not_rendered_again_by_resume(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.always(*POLL, ok({"id": "x", "status": "processing"}))
    run_cli("convert", photo, "--out", out, env={"NEMO_RENDER_TIMEOUT": "0.1"}, expect=10)
    with ScriptedCloud(cloud.good_day) as back:
        # The same session under another address of the same cloud.
        run_cli("export", "--resume", "--api-url", back.url)
        run_cli("resume", "--api-url", back.url)
        assert back.count(*SUBMIT) == 0
        assert back.count(*RUN) == 0
    assert out.read_bytes() == cloud.good_day.video


def test_two_resumes_at_once_finish_a_run_once(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.on(*RUN, error(2001))
    run_cli("convert", photo, "--out", out, expect=5)

    def slow(request: Request) -> Answer:
        time.sleep(1.0)
        return cloud.good_day.answer(cloud.url, request)

    cloud.always(*SUBMIT, slow)
    runs = [Nemo("resume") for _ in range(2)]
    assert sorted(run.output()[0] for run in runs) == [0, 2]
    assert cloud.count(*RUN) == 2
    assert cloud.count(*SUBMIT) == 1
    assert out.read_bytes() == cloud.good_day.video


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(html(), id="error-page"),
        pytest.param(body(b"", "video/mp4"), id="empty"),
        pytest.param(body(b"not a film", "video/mp4"), id="not-a-film"),
        pytest.param(html(500), id="server-error"),
    ],
)
def test_a_bad_file_is_fetched_from_the_fallback(
    cloud: ScriptedCloud, photo: Path, out: Path, answer: Answer
) -> None:
    cloud.always(*FILE, answer)
    convert(photo, out)
    assert out.read_bytes() == cloud.good_day.video
    assert cloud.count("GET", "/api/render/proxy/*/download") >= 1


def test_renders_cancel_tells_the_server(cloud: ScriptedCloud, photo: Path) -> None:
    run_cli("convert", photo, "--no-export")
    submitted = run_cli("export", "--no-wait", "--json").document
    document = run_cli("renders", "cancel", submitted["render_id"], "--json").document
    assert document["status"] == "cancelled"
    assert cloud.count("POST", f"/api/render/proxy/lambda/{submitted['render_id']}/cancel") == 1


@pytest.mark.usefixtures("cloud")
def test_the_words_of_a_timeline_in_the_cloud_are_saved_as_subtitles(
    photo: Path, out: Path, tmp_path: Path
) -> None:
    result = convert(photo, out, "--subtitles", str(tmp_path / "words.srt"), "--json")
    assert result.document["subtitles"] == str(tmp_path / "words.srt")
    written = (tmp_path / "words.srt").read_text()
    assert written == "1\n00:00:00,000 --> 00:00:03,000\nUrban Dreams\n\n"


def test_subtitles_that_are_there_are_kept_and_nothing_is_sent(
    cloud: ScriptedCloud, photo: Path, out: Path, tmp_path: Path
) -> None:
    (tmp_path / "words.srt").write_text("mine")
    result = convert(photo, out, "--subtitles", str(tmp_path / "words.srt"), expect=2)
    assert "Choose another --subtitles" in result.stderr
    assert (tmp_path / "words.srt").read_text() == "mine"
    assert cloud.count(*RUN) == 0
