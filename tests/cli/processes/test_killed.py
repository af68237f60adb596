"""`nemo convert` killed at every step: `nemo resume` finishes it, and nothing is paid for twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.answers import Answer
from tests.support.broken_runs import MOMENTS, BrokenRun, StrictCloud
from tests.support.cli import run_cli
from tests.support.scripted_cloud import Request, ScriptedCloud


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_run_killed_at_any_step_is_finished_by_resume(
    strict: StrictCloud, run: BrokenRun, moment: str
) -> None:
    strict.moment = MOMENTS[moment]
    run.start()
    strict.wait_until_reached()
    run.kill()
    assert not run.out.exists()
    strict.release()
    run.resume()
    run.check_finished()


def test_a_message_that_never_left_is_sent_by_resume(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    def go_away(request: Request) -> Answer:
        cloud.stop_listening()
        answer = cloud.good_day.answer(cloud.url, request)
        return answer.with_headers(Connection="close")

    cloud.on("GET", "/api/state/*", go_away)
    run_cli("convert", photo, "--out", out, expect=9)
    assert cloud.count("POST", "/run_sse") == 0
    with ScriptedCloud(cloud.good_day, port=cloud.port) as back:
        run_cli("resume")
        assert out.read_bytes() == cloud.good_day.video
        assert back.count("POST", "/run_sse") == 1
        assert back.count("POST", "/api/upload-video/*") == 0
