"""What was broken off, found and taken up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from nemovideo.errors import (
    InsufficientCreditsError,
    NothingToResumeError,
)
from nemovideo.projects.convert.plan import ConvertPlan
from nemovideo.projects.convert.run import convert
from nemovideo.projects.recovery.locks import held
from nemovideo.projects.recovery.resume import find_broken, resume
from nemovideo.projects.workspace import Workspace
from tests.support.answers import Answer, error, sse, text_event
from tests.support.endpoints import RUN, SUBMIT
from tests.support.good_day import DRAFT
from tests.support.notices import Notices
from tests.support.outputs import planned
from tests.support.scripted_cloud import Request, ScriptedCloud


def test_resume_tells_what_was_told_of_the_turn_and_the_files(
    workspace: Workspace,
    cloud: ScriptedCloud,
    plan: ConvertPlan,
    later: Workspace,
    notices: Notices,
) -> None:
    heard = {"type": "reading", "not_understood": ["add sparkle"], "notes": ["A guess."]}

    def edit(request: Request) -> Answer:
        cloud.good_day.drafts[request.json["session_id"]] = DRAFT
        return sse(text_event("Done."), heard)

    cloud.on(*RUN, edit)
    cloud.on(*SUBMIT, error(2001))
    with pytest.raises(InsufficientCreditsError):
        convert(workspace, replace(plan, notes=("Left out: one.",)))
    result = resume(later, find_broken(later), planned).conversion
    assert result is not None
    assert (result.reply, result.not_understood) == ("Done.", ("add sparkle",))
    assert result.notes == ("Left out: one.", "A guess.")
    assert notices.told == list(result.notes)


def test_resume_tells_that_the_answer_to_a_message_was_lost(
    workspace: Workspace, cloud: ScriptedCloud, later: Workspace, notices: Notices
) -> None:
    session = workspace.create()
    turn_id = workspace.journal.turns.add(session.session_id, "make a video", None)
    workspace.journal.turns.begin(turn_id)
    cloud.good_day.drafts[session.session_id] = DRAFT
    answer = resume(later, find_broken(later), planned).answer
    assert answer is not None
    assert answer.changes
    assert "whether all of the message was understood is not known" in answer.notes[0]
    assert answer.notes[0] in notices.told


@pytest.mark.parametrize("is_named", [False, True], ids=["last", "named"])
def test_a_message_of_a_run_that_another_process_works_on_is_left_alone(
    workspace: Workspace, is_named: bool
) -> None:
    session = workspace.create()
    run = workspace.journal.runs.add({})
    workspace.journal.turns.add(session.session_id, "make a video", None, run_id=run.run_id)
    with (
        held(workspace.settings.data_dir, run.run_id),
        pytest.raises(NothingToResumeError, match=f"another nemo is at work on {run.run_id}"),
    ):
        find_broken(workspace, session.session_id if is_named else None)


def test_resume_brings_the_video_of_an_export_that_was_broken_off(
    workspace: Workspace, cloud: ScriptedCloud, later: Workspace, out: Path
) -> None:
    session = workspace.create()
    cloud.good_day.drafts[session.session_id] = DRAFT
    workspace.journal.renders.add(session.session_id, output=str(out), format="mp4", quality="high")
    export = resume(later, find_broken(later), planned).export
    assert export is not None
    assert export.output == str(out)
    assert out.read_bytes() == cloud.good_day.video


def test_a_session_without_messages_has_no_stopped_turn(workspace: Workspace) -> None:
    assert workspace.create().stopped() is None


@pytest.mark.parametrize("newest", ["run", "render"])
def test_what_was_broken_off_last_is_taken_up(workspace: Workspace, newest: str) -> None:
    session, journal = workspace.create(), workspace.journal
    begin: dict[str, Callable[[], object]] = {
        "run": lambda: journal.runs.add({}),
        "render": lambda: journal.renders.add(
            session.session_id, output=None, format="mp4", quality="high"
        ),
    }
    begin["render" if newest == "run" else "run"]()
    last = begin[newest]()
    assert find_broken(workspace) == last


@pytest.mark.parametrize("has_changed", [False, True], ids=["still-open", "done"])
def test_a_stopped_turn_that_shows_no_change_yet_stays_open(
    workspace: Workspace, cloud: ScriptedCloud, *, has_changed: bool
) -> None:
    session = workspace.create()
    turn_id = workspace.journal.turns.add(session.session_id, "make a video", None)
    workspace.journal.turns.begin(turn_id)
    if has_changed:
        cloud.good_day.drafts[session.session_id] = DRAFT

    stopped = session.stopped()

    assert stopped is not None
    assert bool(stopped.changes) == has_changed
    [turn] = workspace.journal.turns.of(session.session_id)
    assert turn.status.is_open != has_changed
