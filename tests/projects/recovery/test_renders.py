from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo.errors import (
    NothingToResumeError,
)
from nemovideo.projects.exports.outputs import OutputTarget
from nemovideo.projects.recovery.locks import held
from nemovideo.projects.recovery.renders import find_unfinished, resume_export
from nemovideo.projects.workspace import Workspace
from tests.support.endpoints import SUBMIT
from tests.support.scripted_cloud import ScriptedCloud


def test_a_render_that_another_process_works_on_is_left_alone(
    workspace: Workspace, cloud: ScriptedCloud, out: Path
) -> None:
    session = workspace.create()
    record = workspace.journal.renders.add(
        session.session_id, output=str(out), format="mp4", quality="high"
    )
    with (
        held(workspace.settings.data_dir, record.render_id),
        pytest.raises(NothingToResumeError, match="another nemo is at work"),
    ):
        resume_export(workspace, find_unfinished(workspace, None, None), OutputTarget(out))
    assert cloud.count(*SUBMIT) == 0


def test_the_newest_render_that_nobody_works_on_is_taken_up(workspace: Workspace) -> None:
    session = workspace.create()
    first, second, third = (
        workspace.journal.renders.add(
            session.session_id, output=None, format="mp4", quality="high"
        ).render_id
        for _ in range(3)
    )
    assert find_unfinished(workspace, None, None).render_id == third
    with held(workspace.settings.data_dir, third):
        assert find_unfinished(workspace, None, None).render_id == second
        assert find_unfinished(workspace, None, first).render_id == first
