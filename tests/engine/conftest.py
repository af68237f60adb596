"""An engine with small collaborators, and people who use it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from nemovideo.engine import LocalEngine
from tests.engine.fakes import FakeRenderer, fakes
from tests.support.serve import ApiUser, api_user, running_engine


@pytest.fixture(scope="module")
def renderer() -> FakeRenderer:
    """The renderer of `engine`."""
    return FakeRenderer()


@pytest.fixture(scope="module")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where `engine` keeps its data."""
    return tmp_path_factory.mktemp("engine")


@pytest.fixture(scope="module")
def engine(data_folder: Path, renderer: FakeRenderer) -> Iterator[LocalEngine]:
    """An engine that runs, one for the tests of a module: each has users of its own."""
    with running_engine(data_folder, fakes(renderer)) as engine:
        yield engine


@pytest.fixture
def user(engine: LocalEngine) -> Iterator[ApiUser]:
    """Somebody with a token."""
    with api_user(engine) as user:
        yield user


@pytest.fixture
def other(engine: LocalEngine) -> Iterator[ApiUser]:
    """Somebody else."""
    with api_user(engine) as other:
        yield other


@pytest.fixture
def http(engine: LocalEngine) -> Iterator[httpx.Client]:
    """A client without a token."""
    with httpx.Client(base_url=engine.url, trust_env=False, verify=False) as http:
        yield http


@pytest.fixture
def session(user: ApiUser) -> str:
    """The id of a session of `user`."""
    return user.new_session()
