"""The client id: made once, kept, and made anew when the server misses it."""

from __future__ import annotations

import pytest

from nemovideo.client import NemoVideo
from nemovideo.config import Settings
from nemovideo.errors import (
    ConfigError,
    MissingClientIdError,
)
from tests.client.conftest import MakeClient
from tests.client.tokens import TOKEN_PATH
from tests.support.answers import error, json_answer
from tests.support.scripted_cloud import ScriptedCloud


def test_missing_client_id_gets_a_new_one_once(
    cloud: ScriptedCloud, anonymous: NemoVideo, settings: Settings
) -> None:
    settings.config_dir.mkdir()
    (settings.config_dir / "client_id").write_text("stale-id\n")
    cloud.on("POST", TOKEN_PATH, error(400, "Missing X-Client-Id", status=400))

    anonymous.credits.get()

    ids = [call.headers["x-client-id"] for call in cloud.calls("POST", TOKEN_PATH)]
    assert ids[0] == "stale-id"
    assert ids[1] == (settings.config_dir / "client_id").read_text().strip() != "stale-id"


def test_missing_client_id_leaves_the_kept_one_alone_when_another_was_given(
    cloud: ScriptedCloud, make_client: MakeClient, settings: Settings
) -> None:
    settings.config_dir.mkdir()
    (settings.config_dir / "client_id").write_text("kept-id\n")
    cloud.on("POST", TOKEN_PATH, json_answer({"detail": "Missing X-Client-Id"}, 400))

    make_client(client_id="given").credits.get()

    assert (settings.config_dir / "client_id").read_text() == "kept-id\n"


def test_missing_client_id_twice_is_an_error(cloud: ScriptedCloud, anonymous: NemoVideo) -> None:
    cloud.always("POST", TOKEN_PATH, error(400, "Missing X-Client-Id", status=400))

    with pytest.raises(MissingClientIdError) as caught:
        anonymous.credits.get()

    assert caught.value.exit_code == 3
    assert cloud.count("POST", TOKEN_PATH) == 2


@pytest.mark.parametrize("client_id", ["", "has space", "x" * 201, "line\nbreak"])
def test_client_id_that_can_not_be_sent_is_refused(make_client: MakeClient, client_id: str) -> None:
    with pytest.raises(ConfigError, match="NEMO_CLIENT_ID"):
        make_client(client_id=client_id).credits.get()
