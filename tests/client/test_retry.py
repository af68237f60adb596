"""What is asked again, how often, after which pauses; and what never is."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from nemovideo.client import NemoVideo, RetryNotice
from nemovideo.client._calls import Call
from nemovideo.client._retry import RetryPolicy, parse_retry_after
from nemovideo.errors import (
    NemoError,
    NetworkError,
    ProtocolError,
    RateLimitError,
    RenderError,
    ServerError,
    WaitTimeoutError,
)
from tests.client.conftest import MakeClient, Naps
from tests.support.answers import Answer, Cut, Pause, cut, error, html
from tests.support.scripted_cloud import ScriptedCloud

CREDITS = "/api/credits/balance/simple"
NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "failure",
    [
        html(502),
        html(503),
        html(504),
        error(9, status=503),
        cut(),
        cut(with_reset=True),
        Answer(steps=[b"HTTP/1.1 200 OK\r\nContent-"], is_raw=True),
        Answer(steps=[b'{"code":0', Cut()], content_length=500),
        Answer(steps=[b"5\r\nhel", Cut()], headers={"Transfer-Encoding": "chunked"}),
    ],
    ids=[
        "502",
        "503",
        "504",
        "503-code",
        "closed",
        "reset",
        "half-head",
        "half-body",
        "half-chunk",
    ],
)
def test_read_is_asked_again_after_a_passing_failure(
    cloud: ScriptedCloud, client: NemoVideo, naps: Naps, failure: Answer
) -> None:
    cloud.on("GET", CREDITS, failure, failure)

    assert client.credits.get().available == 100

    assert cloud.count("GET", CREDITS) == 3
    assert 0 < naps.seconds[0] < naps.seconds[1]


def test_read_is_given_up_after_four_tries(
    cloud: ScriptedCloud, client: NemoVideo, notices: list[RetryNotice]
) -> None:
    cloud.always("GET", CREDITS, html(503))

    with pytest.raises(ServerError) as caught:
        client.credits.get()

    assert caught.value.code == 503
    assert cloud.count("GET", CREDITS) == 4
    assert [notice.endpoint for notice in notices] == [f"GET {CREDITS}"] * 3


@pytest.mark.parametrize(
    "failure", [html(500), html(200), error(7777), html(404)], ids=["500", "html", "code", "404"]
)
def test_read_is_not_asked_again_after_a_lasting_failure(
    cloud: ScriptedCloud, client: NemoVideo, failure: Answer
) -> None:
    cloud.on("GET", CREDITS, failure)

    with pytest.raises(NemoError):
        client.credits.get()

    assert cloud.count("GET", CREDITS) == 1


Act = Callable[[NemoVideo], object]
WRITES: dict[str, tuple[str, Act]] = {
    "session": ("/api/tasks/*", lambda client: client.sessions.create()),
    "render": ("/api/render/proxy/lambda", lambda client: client.renders.submit("r", "s", {})),
    "upload": (
        "/api/upload-video/*",
        lambda client: client.uploads.create_from_urls("s", ["https://x.example/a.png"]),
    ),
}


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize(
    "failure", [html(502), html(503), cut(), cut(with_reset=True)],
    ids=["502", "503", "closed", "reset"],
)  # fmt: skip
def test_write_is_never_repeated_once_it_may_have_arrived(
    cloud: ScriptedCloud, client: NemoVideo, name: str, failure: Answer
) -> None:
    path, act = WRITES[name]
    cloud.on("POST", path, failure)

    with pytest.raises((NetworkError, RenderError)):
        act(client)

    assert cloud.count("POST", path) == 1


@pytest.mark.parametrize("name", WRITES)
def test_write_is_repeated_once_after_a_rate_limit(
    cloud: ScriptedCloud, client: NemoVideo, naps: Naps, name: str
) -> None:
    path, act = WRITES[name]
    cloud.on("POST", path, error(429))

    act(client)

    assert naps.seconds == [30.0]
    assert cloud.count("POST", path) == 2


@pytest.mark.parametrize(
    ("path", "act"),
    [
        ("/api/render/proxy/lambda/r/cancel", lambda client: client.renders.cancel("r")),
        ("/api/auth/claim-token", lambda client: client.claims.create("t", "s")),
    ],
    ids=["cancel", "claim"],
)
def test_harmless_write_is_repeated(
    cloud: ScriptedCloud, client: NemoVideo, path: str, act: Act
) -> None:
    cloud.on("POST", path, html(503), cut())

    act(client)

    assert cloud.count("POST", path) == 3


@pytest.mark.parametrize(
    "act",
    [lambda client: client.credits.get(), *[act for _, act in WRITES.values()]],
    ids=["credits", *WRITES],
)
def test_refused_connection_is_tried_again_for_everything(
    cloud: ScriptedCloud, client: NemoVideo, naps: Naps, act: Act
) -> None:
    cloud.close()

    with pytest.raises(NetworkError, match="can't be reached") as caught:
        act(client)

    assert len(naps.seconds) == 3
    assert caught.value.exit_code == 9
    assert cloud.url in caught.value.message


def test_connection_that_comes_back_is_used(
    make_client: MakeClient,
) -> None:
    with ScriptedCloud() as gone:
        url, port = gone.url, gone.port
    revived: list[ScriptedCloud] = []

    def revive(_: float) -> None:
        if not revived:
            revived.append(ScriptedCloud(port=port).__enter__())

    client = make_client("nmv_usr_t", api_url=url)
    client.sessions._requests.sleep = revive
    try:
        assert client.sessions.create().session_id == "session_1"
    finally:
        for cloud in revived:
            cloud.close()


# 429


def test_rate_limit_waits_as_long_as_the_server_says(
    cloud: ScriptedCloud, client: NemoVideo, naps: Naps, notices: list[RetryNotice]
) -> None:
    cloud.on("GET", CREDITS, error(429, status=429).with_headers(Retry_After="12"))

    client.credits.get()

    assert naps.seconds == [12.0]
    assert (notices[0].wait_s, notices[0].reason) == (12.0, "the server asks to slow down")


def test_rate_limit_waits_as_set_when_the_server_says_nothing(
    cloud: ScriptedCloud, make_client: MakeClient, naps: Naps
) -> None:
    cloud.on("GET", CREDITS, html(429))

    make_client("nmv_usr_t", retry_wait=3.5).credits.get()

    assert naps.seconds == [3.5]


def test_rate_limit_twice_is_an_error(cloud: ScriptedCloud, client: NemoVideo, naps: Naps) -> None:
    cloud.always("GET", CREDITS, error(429))

    with pytest.raises(RateLimitError) as caught:
        client.credits.get()

    assert caught.value.exit_code == 8
    assert len(naps.seconds) == 1
    assert cloud.count("GET", CREDITS) == 2


def test_rate_limit_of_days_is_not_waited_for(
    cloud: ScriptedCloud, client: NemoVideo, naps: Naps
) -> None:
    cloud.on("GET", CREDITS, error(429).with_headers(Retry_After="604800"))

    with pytest.raises(RateLimitError) as caught:
        client.credits.get()

    assert naps.seconds == []
    assert "7 days" in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("30", 30.0),
        ("0", 0.0),
        ("-5", 0.0),
        ("1.5", 1.5),
        ("Sun, 01 Mar 2026 12:00:45 GMT", 45.0),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0.0),
        ("Sun, 01 Mar 2026 12:00:45 -0000", 45.0),
        ("soon", None),
        ("", None),
        ("nan", None),
        ("inf", None),
        (None, None),
    ],
    ids=str,
)
def test_parse_retry_after_reads_seconds_and_dates(
    value: str | None, seconds: float | None
) -> None:
    assert parse_retry_after(value, NOW) == seconds


def test_backoff_grows_with_jitter_up_to_a_limit() -> None:
    policy = RetryPolicy()
    numbers = random.Random(1)

    waits = [policy.backoff_s(attempt, numbers.random) for attempt in (1, 2, 3, 4, 5, 20)]

    for wait, base in zip(waits, (0.5, 1, 2, 4, 8, 8), strict=True):
        assert base * 0.75 <= wait <= base * 1.25
    assert len({policy.backoff_s(1, numbers.random) for _ in range(5)}) == 5


# Time


def test_answer_that_does_not_begin_is_given_up(cloud: ScriptedCloud, client: NemoVideo) -> None:
    cloud.on("POST", "/api/auth/claim-token", *[Answer(steps=[Pause(5)], is_raw=True)] * 4)
    requests = client.claims._requests
    with pytest.raises(WaitTimeoutError, match="did not answer in time"):
        requests.fetch_envelope(Call("POST", "/api/auth/claim-token", read_timeout_s=0.2))


def test_answer_that_does_not_end_is_given_up(cloud: ScriptedCloud, client: NemoVideo) -> None:
    drops = [step for _ in range(50) for step in (b" ", Pause(0.05))]
    cloud.on("GET", CREDITS, Answer(steps=drops, is_chunked=True))

    with pytest.raises(WaitTimeoutError, match="did not end in time"):
        client.credits._requests.fetch_envelope(Call("GET", CREDITS, total_timeout_s=0.3))


def test_answer_beyond_all_reason_is_refused(cloud: ScriptedCloud, client: NemoVideo) -> None:
    cloud.on("GET", CREDITS, Answer(steps=[b" " * 1_000_000] * 68, is_chunked=True))

    with pytest.raises(ProtocolError, match="larger than 64 MB"):
        client.credits.get()
