"""Anonymous tokens: how one is got, kept, shared, and replaced when it is refused."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nemovideo.client import NemoVideo, StoredToken, TokenStore
from nemovideo.config import Settings
from nemovideo.errors import (
    InvalidTokenError,
    RateLimitError,
    ServerError,
)
from tests.client.conftest import MakeClient, Naps
from tests.client.tokens import CREDITS_PATH, TOKEN_PATH, tokens_sent
from tests.support.answers import Answer, error, html, ok
from tests.support.scripted_cloud import Request, ScriptedCloud


def test_anonymous_token_is_got_with_the_client_id_and_nothing_else(
    cloud: ScriptedCloud, make_client: MakeClient
) -> None:
    client = make_client(client_id="my-id")

    client.credits.get()

    (request,) = cloud.calls("POST", TOKEN_PATH)
    assert request.headers["x-client-id"] == "my-id"
    assert "authorization" not in request.headers
    assert request.body == b""
    assert request.headers.get("content-length", "0") == "0"
    assert (client.token_kind, client.user_id) == ("anonymous", "anon_1")


def test_anonymous_token_is_kept_between_runs(
    cloud: ScriptedCloud, make_client: MakeClient
) -> None:
    make_client().credits.get()
    make_client().credits.get()

    assert cloud.count("POST", TOKEN_PATH) == 1
    assert len(set(tokens_sent(cloud))) == 1


def test_anonymous_token_goes_to_no_other_api(
    cloud: ScriptedCloud, other_cloud: ScriptedCloud, make_client: MakeClient
) -> None:
    other_cloud.good_day.reply = "x"
    other_cloud.on(
        "POST", TOKEN_PATH, ok({"token": "nmv_usr_elsewhere", "expires_at": "2099-01-01"})
    )
    make_client().credits.get()

    make_client(api_url=other_cloud.url).credits.get()

    assert tokens_sent(other_cloud) == ["nmv_usr_elsewhere"]


@pytest.mark.parametrize("seconds", [-1, 30], ids=["expired", "about-to"])
def test_anonymous_token_that_has_expired_is_replaced(
    cloud: ScriptedCloud, anonymous: NemoVideo, settings: Settings, seconds: int
) -> None:
    moment = datetime.now(UTC) + timedelta(seconds=seconds)
    store = TokenStore(settings.config_dir)
    store.save(cloud.url, StoredToken("nmv_usr_old", "anonymous", "anon_9", moment))
    assert anonymous.token_kind == "none"

    anonymous.credits.get()

    assert tokens_sent(cloud) == ["nmv_usr_scripted000001"]


@pytest.mark.parametrize("expires_at", [None, "soon", 7e99], ids=["missing", "words", "huge"])
def test_anonymous_token_without_a_date_lives_seven_days(
    cloud: ScriptedCloud, anonymous: NemoVideo, settings: Settings, expires_at: object
) -> None:
    cloud.on("POST", TOKEN_PATH, ok({"token": "nmv_usr_x", "expires_at": expires_at}))

    anonymous.credits.get()

    kept = TokenStore(settings.config_dir).load(cloud.url)
    assert kept is not None
    assert kept.expires_at is not None
    until = kept.expires_at
    assert timedelta(days=6, hours=23) < until - datetime.now(UTC) <= timedelta(days=7)


@pytest.mark.parametrize("seconds", [-86_400, 30], ids=["yesterday", "in-a-moment"])
def test_anonymous_token_that_comes_expired_is_good_until_it_is_refused(
    cloud: ScriptedCloud, make_client: MakeClient, seconds: int
) -> None:
    moment = datetime.now(UTC) + timedelta(seconds=seconds)
    dated = ok({"token": "nmv_usr_dated", "expires_at": moment.isoformat()})
    cloud.on("POST", TOKEN_PATH, dated)

    for client in (make_client(), make_client()):
        client.credits.get()
        client.credits.get()

    assert cloud.count("POST", TOKEN_PATH) == 1
    assert tokens_sent(cloud) == ["nmv_usr_dated"] * 4


def test_anonymous_token_that_seems_expired_is_used_where_no_other_is_given(
    cloud: ScriptedCloud, make_client: MakeClient, settings: Settings
) -> None:
    moment = datetime.now(UTC) - timedelta(days=1)
    store = TokenStore(settings.config_dir)
    store.save(cloud.url, StoredToken("nmv_usr_old", "anonymous", "anon_9", moment))
    cloud.always("POST", TOKEN_PATH, error(429, status=429))

    make_client().credits.get()
    make_client().credits.get()

    assert tokens_sent(cloud) == ["nmv_usr_old"] * 2
    assert cloud.count("POST", TOKEN_PATH) == 2


@pytest.mark.parametrize("status", [200, 401], ids=["envelope", "http"])
def test_anonymous_token_that_is_refused_is_replaced_once(
    cloud: ScriptedCloud, anonymous: NemoVideo, settings: Settings, status: int
) -> None:
    cloud.on("GET", CREDITS_PATH, error(1001, status=status))

    assert anonymous.credits.get().available == 100

    assert tokens_sent(cloud) == ["nmv_usr_scripted000001", "nmv_usr_scripted000002"]
    ids = {call.headers["x-client-id"] for call in cloud.calls("POST", TOKEN_PATH)}
    assert len(ids) == 1
    kept = TokenStore(settings.config_dir).load(cloud.url)
    assert kept is not None
    assert kept.token == "nmv_usr_scripted000002"


def test_anonymous_token_that_is_refused_again_is_an_error(
    cloud: ScriptedCloud, anonymous: NemoVideo
) -> None:
    cloud.always("GET", CREDITS_PATH, error(1001, status=401))

    with pytest.raises(InvalidTokenError):
        anonymous.credits.get()

    assert cloud.count("GET", CREDITS_PATH) == 2
    assert cloud.count("POST", TOKEN_PATH) == 2


def test_anonymous_token_is_read_again_when_another_process_has_replaced_it(
    cloud: ScriptedCloud, anonymous: NemoVideo, settings: Settings
) -> None:
    anonymous.credits.get()
    TokenStore(settings.config_dir).save(cloud.url, StoredToken("nmv_usr_newer", "anonymous"))
    cloud.on("GET", CREDITS_PATH, error(1001))

    anonymous.credits.get()

    assert tokens_sent(cloud)[-1] == "nmv_usr_newer"
    assert cloud.count("POST", TOKEN_PATH) == 1


def test_anonymous_token_that_can_not_be_replaced_is_an_error(
    cloud: ScriptedCloud, anonymous: NemoVideo
) -> None:
    anonymous.credits.get()
    cloud.on("GET", CREDITS_PATH, error(1001))
    cloud.on("POST", TOKEN_PATH, error(429), error(429))

    with pytest.raises(RateLimitError):
        anonymous.credits.get()


def test_anonymous_token_waits_out_a_rate_limit_once(
    cloud: ScriptedCloud, anonymous: NemoVideo, naps: Naps
) -> None:
    cloud.on("POST", TOKEN_PATH, error(429, status=429))

    anonymous.credits.get()

    assert naps.seconds == [30.0]


def test_anonymous_token_is_not_asked_for_again_after_a_server_failure(
    cloud: ScriptedCloud, anonymous: NemoVideo
) -> None:
    cloud.on("POST", TOKEN_PATH, html(503))

    with pytest.raises(ServerError):
        anonymous.credits.get()

    assert cloud.count("POST", TOKEN_PATH) == 1


@pytest.mark.parametrize("token", ["", "two words", None], ids=["empty", "spaces", "null"])
def test_anonymous_token_that_is_none_is_refused(
    cloud: ScriptedCloud, anonymous: NemoVideo, token: object
) -> None:
    cloud.on("POST", TOKEN_PATH, ok({"token": token}))

    with pytest.raises(Exception, match="token") as caught:
        anonymous.credits.get()

    assert getattr(caught.value, "exit_code", None) in (3, 9)


def test_threads_that_start_at_once_share_one_token(
    cloud: ScriptedCloud, anonymous: NemoVideo
) -> None:
    threads = [threading.Thread(target=anonymous.credits.get) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert cloud.count("POST", TOKEN_PATH) == 1
    assert len(tokens_sent(cloud)) == 8


def test_processes_that_start_at_once_share_one_token(
    cloud: ScriptedCloud, config_dir: Path
) -> None:
    def slowly(request: Request) -> Answer:
        time.sleep(0.3)
        return cloud.good_day.answer(cloud.url, request)

    cloud.always("POST", TOKEN_PATH, slowly)
    program = (
        "from nemovideo.client import NemoVideo\n"
        f"with NemoVideo(base_url={cloud.url!r}) as client: client.credits.get()"
    )
    processes = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(4)]

    assert [process.wait(60) for process in processes] == [0] * 4
    assert cloud.count("POST", TOKEN_PATH) == 1
    assert len(set(tokens_sent(cloud))) == 1
    assert sorted(path.name for path in config_dir.iterdir() if path.suffix != ".lock") == [
        "client_id",
        "tokens.json",
    ]
