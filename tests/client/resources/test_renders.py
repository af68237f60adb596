"""Waiting for renders: what ends the wait, what is asked again, what is not."""

from __future__ import annotations

from typing import Any

import pytest

from nemovideo.client import NemoVideo
from nemovideo.errors import (
    InvalidTokenError,
    NemoError,
    PlanError,
    ProtocolError,
    RenderError,
    RenderTimeoutError,
)
from nemovideo.protocol.models import RenderJob
from tests.client.conftest import TOKEN, Naps
from tests.support.answers import Answer, JsonObject, cut, error, html, json_answer, ok
from tests.support.scripted_cloud import ScriptedCloud

POLL = "/api/render/proxy/lambda/r1"


def job(status: str, **more: Any) -> Answer:
    return json_answer({"id": "r1", "status": status, **more})


def wait(client: NemoVideo, *, timeout_s: float = 900, interval_s: float = 30) -> RenderJob:
    return client.renders.wait("r1", timeout_s=timeout_s, interval_s=interval_s)


class TickingClock:
    """A clock that only moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.naps: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def ticking(client: NemoVideo, clock: TickingClock) -> NemoVideo:
    """A client whose time passes only while it sleeps."""
    client.renders._requests.sleep = clock.sleep
    client.renders._requests.clock = clock
    return client


def test_wait_asks_until_the_render_is_completed(
    cloud: ScriptedCloud, ticking: NemoVideo, clock: TickingClock
) -> None:
    cloud.on("GET", POLL, job("pending"), job("processing", progress=40), job("completed"))

    assert wait(ticking).status == "completed"

    assert clock.naps == [30, 30]


@pytest.mark.parametrize("status", ["queued", "DEPLOYING", "", None, 7, ["completed"]], ids=repr)
def test_wait_takes_unknown_states_for_not_done(
    cloud: ScriptedCloud, ticking: NemoVideo, status: object
) -> None:
    cloud.on("GET", POLL, json_answer({"id": "r1", "status": status}), job(" Completed "))

    assert wait(ticking).status == "completed"
    assert cloud.count("GET", POLL) == 2


@pytest.mark.parametrize("progress", [-1, 101, "half", None, [], float("nan"), True], ids=repr)
def test_wait_survives_odd_progress(
    cloud: ScriptedCloud, ticking: NemoVideo, progress: object
) -> None:
    cloud.on("GET", POLL, job("processing", progress=progress), job("completed"))
    told: list[RenderJob] = []

    ticking.renders.wait("r1", timeout_s=90, interval_s=1, on_progress=told.append)

    assert [found.status for found in told] == ["processing", "completed"]
    assert told[0].progress is None or isinstance(told[0].progress, int | float)


@pytest.mark.parametrize(
    "failure",
    [html(500), html(503), html(200), cut(), error(9999), json_answer({}), json_answer([])],
    ids=["500", "503", "html", "cut", "unknown-code", "empty", "list"],
)
def test_wait_asks_again_after_a_failed_question(
    cloud: ScriptedCloud, ticking: NemoVideo, clock: TickingClock, failure: Answer
) -> None:
    cloud.on("GET", POLL, *[failure] * 5)

    assert wait(ticking).status == "completed"

    assert cloud.count("GET", POLL) == 6
    assert clock.naps == [1, 2, 4, 8, 16]


def test_wait_ends_at_its_limit_when_every_question_fails(
    cloud: ScriptedCloud, ticking: NemoVideo, clock: TickingClock
) -> None:
    cloud.always("GET", POLL, html(503))

    with pytest.raises(RenderTimeoutError):
        wait(ticking, timeout_s=100)

    assert clock.now == 100


def test_wait_ends_at_its_limit_when_the_render_does_not(
    cloud: ScriptedCloud, ticking: NemoVideo, clock: TickingClock
) -> None:
    cloud.always("GET", POLL, job("processing"))

    with pytest.raises(RenderTimeoutError, match="has not ended within 100 s") as caught:
        wait(ticking, timeout_s=100)

    assert clock.naps == [30, 30, 30, 10]
    assert caught.value.exit_code == 10
    assert "--resume" in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("failure", "error_class"),
    [(error(1001), InvalidTokenError), (html(401), InvalidTokenError), (error(402), PlanError)],
    ids=["1001", "401", "402"],
)
def test_wait_stops_at_a_refusal_that_stays(
    cloud: ScriptedCloud, ticking: NemoVideo, failure: Answer, error_class: type[NemoError]
) -> None:
    cloud.on("GET", POLL, failure)

    with pytest.raises(error_class):
        wait(ticking)

    assert cloud.count("GET", POLL) == 1


def test_wait_gives_a_new_render_a_moment_to_be_known(
    cloud: ScriptedCloud, ticking: NemoVideo
) -> None:
    cloud.on("GET", POLL, html(404), html(404))

    assert wait(ticking).status == "completed"


def test_wait_does_not_go_on_for_a_render_that_nobody_knows(
    cloud: ScriptedCloud, ticking: NemoVideo
) -> None:
    cloud.always("GET", POLL, html(404))

    with pytest.raises(ProtocolError):
        wait(ticking)

    assert cloud.count("GET", POLL) == 3


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"error": "no GPU"}, "failed: no GPU"),
        ({"error": {"message": "no GPU"}}, "failed: no GPU"),
        ({"errorMessage": "no GPU"}, "failed: no GPU"),
        ({"message": "token nmv_usr_1234 is odd"}, "failed: token nmv_usr_… is odd"),
        ({"error": None}, "failed$"),
        ({"error": ["x"]}, "failed$"),
    ],
    ids=["text", "object", "camel", "secret", "null", "list"],
)
def test_wait_tells_why_a_render_failed(
    cloud: ScriptedCloud, ticking: NemoVideo, fields: JsonObject, words: str
) -> None:
    cloud.on("GET", POLL, job("failed", **fields))

    with pytest.raises(RenderError, match=f"the render r1 {words}") as caught:
        wait(ticking)

    assert caught.value.exit_code == 10


@pytest.mark.parametrize("status", ["cancelled", "canceled"])
def test_wait_ends_when_the_render_was_cancelled(
    cloud: ScriptedCloud, ticking: NemoVideo, status: str
) -> None:
    cloud.on("GET", POLL, job(status))

    with pytest.raises(RenderError, match="was cancelled"):
        wait(ticking)


def test_wait_repeats_a_rate_limited_question(
    cloud: ScriptedCloud, ticking: NemoVideo, clock: TickingClock
) -> None:
    cloud.on("GET", POLL, error(429), error(429), error(429), job("completed"))

    assert wait(ticking).status == "completed"


def test_wait_keeps_the_id_that_was_asked_for(cloud: ScriptedCloud, ticking: NemoVideo) -> None:
    cloud.on("GET", POLL, json_answer({"status": "completed"}))

    assert wait(ticking).id == "r1"


def test_get_reads_the_notes_of_the_local_engine(cloud: ScriptedCloud, client: NemoVideo) -> None:
    cloud.on("GET", POLL, ok({"status": "completed", "notes": ["no font has 𓀀", 7]}))

    assert client.renders.get("r1").notes == ("no font has 𓀀",)


def test_get_escapes_the_render_id(cloud: ScriptedCloud, client: NemoVideo, naps: Naps) -> None:
    cloud.on("GET", "*", job("completed"))

    client.renders.get("a/b?c")

    assert cloud.requests[-1].path == "/api/render/proxy/lambda/a%2Fb%3Fc"
    assert cloud.requests[-1].token == TOKEN
    assert naps.seconds == []


def test_cancel_takes_no_web_page_for_a_yes(cloud: ScriptedCloud, client: NemoVideo) -> None:
    cloud.on("POST", f"{POLL}/cancel", html(200))

    with pytest.raises(ProtocolError, match="a web page instead of JSON"):
        client.renders.cancel("r1")
