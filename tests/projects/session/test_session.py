from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo.errors import SessionNotFoundError, UsageError
from nemovideo.projects.inputs.expansion import Inputs, collect_inputs
from nemovideo.projects.session import Session
from nemovideo.projects.workspace import Workspace
from tests.support.answers import error
from tests.support.endpoints import SESSION, UPLOAD
from tests.support.media import write_jpeg
from tests.support.scripted_cloud import ScriptedCloud

LOST = error(1002)


@pytest.fixture
def photos(tmp_path: Path) -> Inputs:
    """One photo."""
    return collect_inputs([str(write_jpeg(tmp_path / "beach.jpg"))])


def test_upload_goes_on_in_a_new_session_when_the_server_has_lost_this_one(
    session: Session, cloud: ScriptedCloud, photos: Inputs
) -> None:
    lost = session.session_id
    cloud.on(*UPLOAD, LOST)
    session.upload(photos)
    assert session.session_id != lost
    assert session.workspace.open().session_id == session.session_id
    assert [upload.filename for upload in session.journal.uploads.of(session.session_id)]


def test_upload_puts_no_other_session_in_place_of_one_that_was_named(
    workspace: Workspace, session: Session, cloud: ScriptedCloud, photos: Inputs
) -> None:
    named = workspace.open(session.session_id)
    cloud.on(*UPLOAD, LOST)
    with pytest.raises(SessionNotFoundError):
        named.upload(photos)
    assert cloud.count(*SESSION) == 1


def test_exact_edits_are_refused_before_anything_is_asked_of_the_cloud(
    session: Session, cloud: ScriptedCloud
) -> None:
    asked = len(cloud.requests)
    with pytest.raises(UsageError, match="sessions on this machine"):
        session.edit([{"do": "remove", "clips": 1}])
    assert len(cloud.requests) == asked
