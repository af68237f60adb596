"""Messages that an earlier process left behind: told, or sent where they never left."""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo.config import Settings
from nemovideo.errors import (
    NothingToResumeError,
    StreamTimeoutError,
)
from nemovideo.projects.inputs.checking import check_file
from nemovideo.projects.journal import TurnRecord
from nemovideo.projects.recovery.resume import find_broken
from nemovideo.projects.recovery.turns import take_up_turn
from nemovideo.projects.session import Session
from nemovideo.projects.session.uploads import upload_files
from nemovideo.projects.turns import send_message
from nemovideo.projects.workspace import Workspace
from nemovideo.timeline import Timeline
from tests.support.endpoints import RUN, STATE
from tests.support.good_day import DRAFT
from tests.support.media import write_jpeg
from tests.support.scripted_cloud import ScriptedCloud


def states(session: Session) -> list[str]:
    return [turn.status for turn in session.journal.turns.of(session.session_id)]


def begin_turn(workspace: Workspace, session: Session, *, has_left: bool) -> TurnRecord:
    """Leave a turn behind as a process does that was killed."""
    turn_id = workspace.journal.turns.add(session.session_id, "make a video", None)
    if has_left:
        workspace.journal.turns.begin(turn_id)
    return session.journal.turns.of(session.session_id)[-1]


def test_take_up_sends_a_message_that_never_left(
    workspace: Workspace, session: Session, cloud: ScriptedCloud
) -> None:
    turn = begin_turn(workspace, session, has_left=False)
    answer = take_up_turn(session, turn)
    assert answer.reply == cloud.good_day.reply
    (message,) = cloud.calls(*RUN)
    assert message.json["new_message"]["parts"][0]["text"] == "make a video"
    assert states(session) == [
        "unsent",
        "answered",
    ]


def test_take_up_reads_the_state_of_a_message_that_left(
    workspace: Workspace, session: Session, cloud: ScriptedCloud
) -> None:
    turn = begin_turn(workspace, session, has_left=True)
    cloud.good_day.drafts[session.session_id] = DRAFT
    answer = take_up_turn(session, turn)
    assert 'Title added: "Urban Dreams" (0-3s)' in answer.changes
    assert cloud.count(*RUN) == 0
    assert states(session)[-1] == "answered"


def test_take_up_gives_the_agent_the_time_that_recovery_gives_it(
    workspace: Workspace, session: Session, cloud: ScriptedCloud, naps: list[float]
) -> None:
    turn = begin_turn(workspace, session, has_left=True)
    cloud.good_day.drafts[session.session_id] = DRAFT
    take_up_turn(session, turn)
    assert len(naps) == 1
    assert 25 < naps[0] <= workspace.settings.recover_wait


def test_take_up_of_a_lost_message_gives_up_after_five_reads_and_sends_nothing(
    workspace: Workspace, session: Session, cloud: ScriptedCloud
) -> None:
    turn = begin_turn(workspace, session, has_left=True)
    with pytest.raises(StreamTimeoutError):
        take_up_turn(session, turn)
    assert cloud.count(*STATE) == workspace.settings.recover_tries
    assert cloud.count(*RUN) == 0


def test_take_up_of_a_message_that_another_process_sends_meanwhile_sends_nothing(
    workspace: Workspace, session: Session, cloud: ScriptedCloud
) -> None:
    turn = begin_turn(workspace, session, has_left=False)
    workspace.journal.turns.begin(turn.turn_id)
    with pytest.raises(NothingToResumeError):
        take_up_turn(session, turn)
    assert cloud.count(*RUN) == 0


@pytest.mark.parametrize("has_left", [True, False], ids=["sent", "pending"])
def test_take_up_on_this_machine_says_again_what_died_with_its_engine(
    config_dir: Path, data_dir: Path, tmp_path: Path, has_left: bool
) -> None:
    settings = Settings(config_dir, data_dir, backend="local")
    with Workspace(settings, sleep=lambda _: None) as workspace:
        session = workspace.create()
        upload_files(session, [check_file(write_jpeg(tmp_path / "beach.jpg"))])
        turn = begin_turn(workspace, session, has_left=has_left)
        answer = take_up_turn(session, turn)
        assert Timeline.from_draft(answer.draft).is_ready
        assert states(session) == [
            "unsent",
            "answered",
        ]


def test_find_broken_names_an_open_turn_but_no_finished_one(
    workspace: Workspace, session: Session, cloud: ScriptedCloud
) -> None:
    send_message(session, "hello")
    with pytest.raises(NothingToResumeError):
        find_broken(workspace)
    turn = begin_turn(workspace, session, has_left=True)
    assert find_broken(workspace) == turn
