"""An agent's tools against a cloud that misbehaves: errors, progress, calls that are given up."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.answers import Answer, adk_event, error, json_answer, ok, sse
from tests.support.broken_runs import MOMENTS, BrokenRun, StrictCloud
from tests.support.endpoints import POLL, RUN, SUBMIT, UPLOAD
from tests.support.processes.agents import Agent
from tests.support.scripted_cloud import Request, ScriptedCloud

TOKEN = "nmv_usr_the_users_own_secret"


def test_convert_does_each_step_once(cloud: ScriptedCloud, agent: Agent, folder: Path) -> None:
    document = agent.call("convert", paths=["a.jpg", "b.jpg"], out="film.mp4").document
    assert (folder / "film.mp4").read_bytes() == cloud.good_day.video
    assert document["bytes"] == len(cloud.good_day.video)
    assert (cloud.count(*RUN), cloud.count(*SUBMIT)) == (1, 1)


def test_convert_takes_paths_that_a_client_wrote_as_json(
    cloud: ScriptedCloud, agent: Agent
) -> None:
    agent.call("convert", paths='["b.jpg", "a.jpg"]', export=False)
    names = [part.filename for call in cloud.calls(*UPLOAD) for part in call.parts]
    assert names == ["b.jpg", "a.jpg"]


def test_convert_checks_its_output_before_the_first_request(
    cloud: ScriptedCloud, agent: Agent, folder: Path
) -> None:
    (folder / "b.mp4").write_bytes(b"mine")
    answer = agent.call("convert", paths=["a.jpg"], out="b.mp4")
    assert "exists already" in answer.error["message"]
    assert cloud.requests == []


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        pytest.param(2001, 200, "credits", id="credits"),
        pytest.param(402, 402, "plan", id="plan"),
        pytest.param(1001, 401, "token", id="token"),
    ],
)
def test_errors_of_the_cloud_keep_kind_and_code(
    cloud: ScriptedCloud, agent: Agent, code: int, status: int, kind: str
) -> None:
    cloud.always(*SUBMIT, error(code, "refused", status=status))
    answer = agent.call("convert", paths=["a.jpg"])
    assert (answer.error["kind"], answer.error["code"]) == (kind, code)
    assert answer.error["hint"]


def test_a_question_of_the_video_agent_is_passed_on(cloud: ScriptedCloud, agent: Agent) -> None:
    cloud.good_day.reply = "Which style would you like, calm or lively?"
    document = agent.call("chat", text="make a video").document
    assert document["question"] == "Which style would you like, calm or lively?"


def test_suggestions_are_listed_and_not_done(cloud: ScriptedCloud, agent: Agent) -> None:
    cloud.good_day.reply = "Your video is ready. Click the Export button to download it."
    document = agent.call("chat", text="make a video").document
    assert [(action["kind"], action["done"]) for action in document["actions"]] == [
        ("export", False)
    ]
    assert cloud.count(*SUBMIT) == 0


def test_suggestions_are_done_when_allowed(
    cloud: ScriptedCloud, agent: Agent, folder: Path
) -> None:
    cloud.good_day.reply = "Your video is ready. Click the Export button to download it."
    document = agent.call("chat", text="make a video", yes=True, out="film.mp4").document
    assert document["export"]["output"] == str(folder / "film.mp4")


def test_allowing_suggestions_does_not_allow_to_replace_a_file(
    cloud: ScriptedCloud, agent: Agent, folder: Path
) -> None:
    cloud.good_day.reply = "Your video is ready. Click the Export button to download it."
    (folder / "a.mp4").write_bytes(b"mine")
    answer = agent.call("chat", text="make a video", yes=True, out="a.mp4")
    assert "exists already" in answer.error["message"]
    assert (folder / "a.mp4").read_bytes() == b"mine"


def test_the_server_answers_while_a_render_goes_on(strict: StrictCloud, agent: Agent) -> None:
    strict.moment = MOMENTS["first-poll"]
    slow = agent.start("convert", paths=["a.jpg", "b.jpg"], out="film.mp4")
    strict.wait_until_reached()
    assert len(agent.tools()) > 1
    assert agent.call("status").document["ready"] is True
    assert not slow.done()
    strict.release()
    assert slow.result(30).document["output"].endswith("film.mp4")


def test_a_call_that_is_given_up_stops_waiting_and_can_be_resumed(
    cloud: ScriptedCloud, agent: Agent, folder: Path
) -> None:
    is_rendered = threading.Event()

    def poll(request: Request) -> Answer:
        if is_rendered.is_set():
            return cloud.good_day.answer(cloud.url, request)
        return ok({"status": "processing", "progress": 40})

    cloud.always(*POLL, poll)
    given_up = agent.start("convert", paths=["a.jpg"], out="film.mp4")
    wait_until(lambda: cloud.count(*POLL) > 3)
    given_up.cancel()
    wait_until(lambda: is_steady(lambda: cloud.count(*POLL)))
    assert not (folder / "film.mp4").exists()
    is_rendered.set()
    assert agent.call("resume").document["output"] == str(folder / "film.mp4")
    assert (cloud.count(*RUN), cloud.count(*SUBMIT)) == (1, 1)


def test_a_message_whose_call_is_given_up_is_not_sent_again(
    strict: StrictCloud, agent: Agent, folder: Path
) -> None:
    strict.moment = MOMENTS["stream"]
    given_up = agent.start("convert", paths=["a.jpg", "b.jpg"], out="film.mp4")
    strict.wait_until_reached()
    given_up.cancel()
    strict.release()
    # While the call's thread still listens, the run is not free.
    wait_until(lambda: not agent.call("resume").result.is_error)
    assert (folder / "film.mp4").read_bytes() == strict.cloud.good_day.video
    assert strict.cloud.count(*RUN) == 1


def wait_until(condition: Callable[[], bool], timeout_s: float = 30) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.05)


def is_steady(number: Callable[[], int], for_s: float = 0.5) -> bool:
    before = number()
    time.sleep(for_s)
    return number() == before


def test_resume_asks_for_a_file_where_the_video_was_to_go_to_stdout(
    strict: StrictCloud, agent: Agent, folder: Path
) -> None:
    strict.moment = MOMENTS["first-poll"]
    run = BrokenRun(strict, folder)
    run.start("convert", *map(str, run.photos), "--out", "-", "--api-url", strict.cloud.url)
    strict.wait_until_reached()
    run.kill()
    strict.release()
    assert agent.call("resume").error["hint"] == "Name a file with out."
    assert agent.call("resume", out="film.mp4").document["output"] == str(folder / "film.mp4")


@pytest.fixture
def agent_with_token(cloud: ScriptedCloud, folder: Path, clean_environ: None) -> Iterator[Agent]:
    """An agent whose user has a token."""
    env = {name: value for name, value in os.environ.items() if name.startswith("NEMO_")}
    with Agent(folder, ("--api-url", cloud.url), {**env, "NEMO_TOKEN": TOKEN}) as agent:
        yield agent


def test_a_token_that_the_cloud_repeats_is_not_told(
    cloud: ScriptedCloud, agent_with_token: Agent
) -> None:
    agent = agent_with_token
    cloud.good_day.reply = f"Your token is {TOKEN}, is it not?"
    cloud.on(*SUBMIT, error(2001, f"no credits for {TOKEN}"))
    document = agent.call("chat", text="make a video").document
    assert "Your token is" in document["reply"]
    agent.call("export", out="film.mp4")
    assert TOKEN not in agent.transcript
    assert TOKEN.removeprefix("nmv_usr_") not in agent.transcript


def test_answers_that_make_no_sense_are_errors_without_a_traceback(
    cloud: ScriptedCloud, agent: Agent
) -> None:
    cloud.on(*RUN, sse(adk_event({"text": "hm"}), {"type": "error", "message": "boom"}))
    answer = agent.call("chat", text="make a video")
    assert answer.error["kind"] == "agent"
    cloud.always("GET", "/api/state/*", json_answer({"data": [1, 2]}))
    assert agent.call("status").error["kind"] == "protocol"
    assert "Traceback" not in agent.transcript
