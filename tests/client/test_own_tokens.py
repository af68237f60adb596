"""A token of the user's own: which goes out, and that it is never replaced nor shown."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from nemovideo.client import NemoVideo, StoredToken, TokenStore
from nemovideo.config import Settings
from nemovideo.errors import (
    ConfigError,
    InvalidTokenError,
)
from nemovideo.protocol.models import AnonymousToken
from tests.client.conftest import TOKEN, MakeClient
from tests.client.tokens import CREDITS_PATH, TOKEN_PATH, tokens_sent
from tests.support.answers import error, json_answer
from tests.support.scripted_cloud import ScriptedCloud


def log_in(settings: Settings, token: str) -> None:
    TokenStore(settings.config_dir).save(settings.api_url, StoredToken(token, "user"))


def test_given_token_is_sent_and_no_other_is_asked_for(
    cloud: ScriptedCloud, client: NemoVideo
) -> None:
    client.credits.get()

    assert tokens_sent(cloud) == [TOKEN]
    assert cloud.count("POST", TOKEN_PATH) == 0
    assert client.token_kind == "env"


def test_argument_goes_before_the_environment_and_that_before_a_kept_token(
    cloud: ScriptedCloud, settings: Settings
) -> None:
    log_in(settings, "nmv_usr_kept")
    with_env = replace(settings, token="nmv_usr_env")

    for client in (
        NemoVideo("nmv_usr_argument", settings=with_env),
        NemoVideo(settings=with_env),
        NemoVideo(settings=settings),
    ):
        with client:
            client.credits.get()

    assert tokens_sent(cloud) == ["nmv_usr_argument", "nmv_usr_env", "nmv_usr_kept"]


def test_given_token_loses_the_white_space_around_it(
    cloud: ScriptedCloud, make_client: MakeClient
) -> None:
    make_client(" nmv_usr_x\n").credits.get()

    assert tokens_sent(cloud) == ["nmv_usr_x"]


@pytest.mark.parametrize("token", ["", "nmv usr", "nmv\r\nX-Evil: 1", "nmv_usr_ü"])
def test_given_token_that_can_not_be_sent_is_refused(make_client: MakeClient, token: str) -> None:
    with pytest.raises(ConfigError, match="the token holds characters"):
        make_client(token)


@pytest.mark.parametrize("status", [200, 401], ids=["envelope", "http"])
def test_given_token_is_never_replaced(
    cloud: ScriptedCloud, client: NemoVideo, status: int
) -> None:
    cloud.on("GET", CREDITS_PATH, error(1001, status=status))

    with pytest.raises(InvalidTokenError) as caught:
        client.credits.get()

    assert caught.value.code == 1001
    assert cloud.count("POST", TOKEN_PATH) == 0
    assert cloud.count("GET", CREDITS_PATH) == 1


def test_logged_in_token_is_never_replaced(
    cloud: ScriptedCloud, anonymous: NemoVideo, settings: Settings
) -> None:
    log_in(settings, "nmv_usr_mine")
    cloud.on("GET", CREDITS_PATH, json_answer({"detail": "Unauthorized"}, 401))

    with pytest.raises(InvalidTokenError):
        anonymous.credits.get()

    assert anonymous.token_kind == "user"
    assert cloud.count("POST", TOKEN_PATH) == 0


def test_logged_in_token_that_has_expired_is_an_error(
    cloud: ScriptedCloud, anonymous: NemoVideo, settings: Settings
) -> None:
    past = datetime.now(UTC) - timedelta(days=1)
    store = TokenStore(settings.config_dir)
    store.save(cloud.url, StoredToken("nmv_usr_mine", "user", expires_at=past))

    with pytest.raises(InvalidTokenError, match="your token has expired"):
        anonymous.credits.get()

    assert cloud.requests == []


def test_own_token_goes_before_the_anonymous_one_and_leaves_it_in_place(
    cloud: ScriptedCloud, make_client: MakeClient, settings: Settings
) -> None:
    make_client().credits.get()
    log_in(settings, "nmv_usr_mine")
    make_client().credits.get()
    TokenStore(settings.config_dir).remove(cloud.url)
    make_client().credits.get()

    assert tokens_sent(cloud) == [
        "nmv_usr_scripted000001",
        "nmv_usr_mine",
        "nmv_usr_scripted000001",
    ]
    assert cloud.count("POST", TOKEN_PATH) == 1


def test_no_token_shows_in_a_repr(client: NemoVideo) -> None:
    stored = StoredToken("nmv_usr_secret", "user")

    for thing in (stored, client, AnonymousToken(token="nmv_usr_secret")):
        assert "nmv_usr" not in repr(thing)


def test_kept_tokens_are_json_by_api_url(
    cloud: ScriptedCloud, anonymous: NemoVideo, settings: Settings
) -> None:
    anonymous.credits.get()

    document = json.loads((settings.config_dir / "tokens.json").read_text())

    (kept,) = document["tokens"].values()
    assert list(document["tokens"]) == [cloud.url]
    assert kept["anonymous"]["user_id"] == "anon_1"
