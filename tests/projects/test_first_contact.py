"""Where new work is done under `auto`: decided by the first request, where nothing is named."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nemovideo.config import BackendChoice, Settings, Source
from nemovideo.errors import NetworkError, ServerError, UnreachableError
from nemovideo.projects.batch._workspace import SharedWorkspace
from nemovideo.projects.cancellation import Cancellation
from nemovideo.projects.workspace import Workspace
from tests.support.answers import Answer, cut, html, ok
from tests.support.notices import Notices
from tests.support.scripted_cloud import Request, ScriptedCloud

TOKEN = ("POST", "/api/auth/anonymous-token")
SESSION = ("POST", "/api/tasks/me/with-session/nemo_agent")


@pytest.fixture
def closed_url() -> str:
    """An address of this machine where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    return f"http://127.0.0.1:{port}"


@pytest.fixture
def cloud() -> Iterator[ScriptedCloud]:
    """A cloud that can be reached."""
    with ScriptedCloud() as cloud:
        yield cloud


@pytest.fixture
def settings(config_dir: Path, data_dir: Path, closed_url: str) -> Settings:
    """Settings that name nothing; the default API is out of reach."""
    return Settings(config_dir, data_dir, api_url=closed_url, sources={"api_url": "default"})


def open_workspace(settings: Settings, notices: Notices | None = None) -> Workspace:
    return Workspace(settings, on_progress=notices, sleep=lambda _: None)


def test_auto_works_here_when_the_cloud_is_out_of_reach_and_says_so_once(
    settings: Settings,
) -> None:
    notices = Notices()
    with open_workspace(settings, notices) as workspace:
        assert workspace.create().record.backend.kind == "local"
        [note] = notices.told
        assert workspace.take_notes() == (note,)
        assert note.startswith(f"{settings.api_url} can't be reached: ")
        assert "on this machine" in note
        assert "--cloud" in note
        assert workspace.create(is_current=False).record.backend.kind == "local"
        assert notices.told == [note]


def test_jobs_side_by_side_decide_once_and_each_has_the_note(settings: Settings) -> None:
    notices = Notices()
    shared = SharedWorkspace(settings, Cancellation())
    with shared:
        for _ in range(2):
            with shared.branch(notices) as job:
                assert job.create().record.backend.kind == "local"
                assert job.take_notes() == tuple(notices.told)
    assert len(notices.told) == 1


@pytest.mark.parametrize(
    ("backend", "source"),
    [("cloud", "default"), ("auto", "flag"), ("auto", "environment"), ("auto", "file")],
)
def test_what_names_the_cloud_forbids_it(
    settings: Settings, backend: BackendChoice, source: Source
) -> None:
    settings = replace(settings, backend=backend, sources={"api_url": source})
    notices = Notices()
    with open_workspace(settings, notices) as workspace, pytest.raises(UnreachableError):
        workspace.create()
    assert notices.told == []


def test_a_session_that_is_to_be_in_the_cloud_is_not_made_here(settings: Settings) -> None:
    with open_workspace(settings) as workspace, pytest.raises(UnreachableError):
        workspace.create(backend=workspace.cloud)


@pytest.mark.parametrize(
    ("answer", "error"), [(html(503), ServerError), (cut(), NetworkError)], ids=["503", "cut"]
)
def test_a_cloud_that_fails_is_no_cloud_out_of_reach(
    settings: Settings, cloud: ScriptedCloud, answer: Answer, error: type[NetworkError]
) -> None:
    cloud.always(*SESSION, answer)
    with (
        open_workspace(replace(settings, api_url=cloud.url)) as workspace,
        pytest.raises(error) as caught,
    ):
        workspace.create()
    assert not isinstance(caught.value, UnreachableError)
    assert workspace.take_notes() == ()


def test_a_cloud_that_was_reached_and_is_lost_stays_the_place(
    settings: Settings, cloud: ScriptedCloud
) -> None:
    def give_and_go(_: Request) -> Answer:
        cloud.stop_listening()
        return ok({"token": "nmv_usr_scripted"}).with_headers(Connection="close")

    cloud.on(*TOKEN, give_and_go)
    with (
        open_workspace(replace(settings, api_url=cloud.url)) as workspace,
        pytest.raises(UnreachableError),
    ):
        workspace.create()


def test_a_cloud_that_can_be_reached_is_used(settings: Settings, cloud: ScriptedCloud) -> None:
    with open_workspace(replace(settings, api_url=cloud.url)) as workspace:
        assert workspace.create().record.backend.kind == "cloud"
        assert workspace.take_notes() == ()
