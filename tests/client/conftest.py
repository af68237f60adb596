"""A scripted cloud and clients that talk to it with waits of milliseconds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from nemovideo.client import NemoVideo, RetryNotice
from nemovideo.config import Settings
from tests.support.scripted_cloud import ScriptedCloud

TOKEN = "nmv_usr_given_by_the_user"


@dataclass
class Naps:
    """Sleeps that only take note."""

    seconds: list[float] = field(default_factory=list)

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def cloud() -> Iterator[ScriptedCloud]:
    """A cloud on a good day, until the test scripts something."""
    with ScriptedCloud() as cloud:
        yield cloud


@pytest.fixture
def other_cloud() -> Iterator[ScriptedCloud]:
    """A server at another origin."""
    with ScriptedCloud() as cloud:
        yield cloud


@pytest.fixture
def settings(config_dir: Path, data_dir: Path, cloud: ScriptedCloud) -> Settings:
    """Settings for the scripted cloud, with short limits."""
    return Settings(
        config_dir=config_dir,
        data_dir=data_dir,
        api_url=cloud.url,
        web_url="https://web.example",
        stream_timeout=20.0,
        idle_timeout=10.0,
        notice_interval=10.0,
    )


@pytest.fixture
def naps() -> Naps:
    """What the clients slept."""
    return Naps()


@pytest.fixture
def notices() -> list[RetryNotice]:
    """What the clients told about retries."""
    return []


MakeClient = Callable[..., NemoVideo]


@pytest.fixture
def make_client(settings: Settings, naps: Naps, notices: list[RetryNotice]) -> Iterator[MakeClient]:
    """Make clients; keyword arguments change settings, ``token`` is the user's."""
    with ExitStack() as stack:

        def make(token: str | None = None, **changes: Any) -> NemoVideo:
            client = NemoVideo(
                token, settings=replace(settings, **changes), sleep=naps, on_retry=notices.append
            )
            return stack.enter_context(client)

        yield make


@pytest.fixture
def client(make_client: MakeClient) -> NemoVideo:
    """A client with a token of the user's."""
    return make_client(TOKEN)


@pytest.fixture
def anonymous(make_client: MakeClient) -> NemoVideo:
    """A client without a token of the user's."""
    return make_client()
