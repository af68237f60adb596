"""One message and the journal: what is sent, what is never sent again, what is read instead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nemovideo.config import Settings
from nemovideo.errors import (
    AgentError,
    InsufficientCreditsError,
    NemoError,
    NetworkError,
    NothingToResumeError,
    RateLimitError,
    StreamTimeoutError,
)
from nemovideo.projects.inputs.checking import check_file
from nemovideo.projects.journal import TurnRecord
from nemovideo.projects.progress import AnswerDelta, Notice, ProgressEvent, StageBegan
from nemovideo.projects.recovery.resume import find_broken
from nemovideo.projects.recovery.turns import take_up_turn
from nemovideo.projects.session import Session
from nemovideo.projects.session.uploads import upload_files
from nemovideo.projects.turns import send_message
from nemovideo.projects.workspace import Workspace
from nemovideo.timeline import Timeline
from tests.support.answers import Answer, Cut, cut, error, html, json_answer, sse, text_event
from tests.support.good_day import DRAFT
from tests.support.media import write_jpeg
from tests.support.scripted_cloud import Request, ScriptedCloud
from tests.support.serve import wait_until

RUN = ("POST", "/run_sse")
STATE = ("GET", "/api/state/*")


@pytest.fixture
def cloud() -> Iterator[ScriptedCloud]:
    """A cloud on a good day, until the test scripts something."""
    with ScriptedCloud() as cloud:
        yield cloud


@pytest.fixture
def naps() -> list[float]:
    """What was slept."""
    return []


@pytest.fixture
def workspace(
    cloud: ScriptedCloud, config_dir: Path, data_dir: Path, naps: list[float]
) -> Iterator[Workspace]:
    """A workspace at the scripted cloud; its waits take no time."""
    settings = Settings(config_dir, data_dir, api_url=cloud.url, token="nmv_usr_mine123")
    with Workspace(settings, sleep=naps.append) as workspace:
        yield workspace


@pytest.fixture
def session(workspace: Workspace) -> Session:
    """A session in the cloud."""
    return workspace.create()


def turns(workspace: Workspace, session: Session) -> list[TurnRecord]:
    return list(workspace.journal.turns.of(session.session_id))


def status(workspace: Workspace, session: Session) -> str:
    return turns(workspace, session)[-1].status


def test_turn_stands_in_the_journal_as_sending_when_the_message_arrives(
    workspace: Workspace, session: Session, cloud: ScriptedCloud
) -> None:
    seen: list[str] = []

    def answer(_: Request) -> Answer:
        with Workspace(workspace.settings) as other:
            seen.append(status(other, session))
        return sse(text_event("Done."))

    cloud.on(*RUN, answer)
    send_message(session, "hello")
    assert seen == ["sending"]
    assert status(workspace, session) == "answered"


def test_turn_stays_pending_when_the_server_can_not_be_reached(
    workspace: Workspace, session: Session, cloud: ScriptedCloud
) -> None:
    def last_answer(_: Request) -> Answer:
        cloud.stop_listening()
        return json_answer({"code": 0, "data": {"state": {}}}).with_headers(Connection="close")

    cloud.on(*STATE, last_answer)
    with pytest.raises(NetworkError):
        send_message(session, "hello")
    assert status(workspace, session) == "pending"


@pytest.mark.parametrize(
    ("answer", "raised", "expected"),
    [
        pytest.param(error(2001), InsufficientCreditsError, "unsent", id="no-credits"),
        pytest.param(
            json_answer({}, 429).with_headers(Retry_After="9000"),
            RateLimitError,
            "unsent",
            id="rate-limit",
        ),
        pytest.param(
            sse({"type": "error", "message": "no", "code": 2001}),
            InsufficientCreditsError,
            "answered",
            id="no-credits-while-at-work",
        ),
        pytest.param(
            sse({"type": "error", "message": "oops"}), AgentError, "answered", id="agent-failed"
        ),
        pytest.param(html(504), NetworkError, "sending", id="gateway-timeout"),
        pytest.param(html(), NemoError, "sending", id="web-page"),
        pytest.param(cut(), StreamTimeoutError, "lost", id="cut-and-nothing-changed"),
    ],
)
def test_turn_is_unsent_only_after_a_refusal_and_open_while_in_doubt(
    workspace: Workspace,
    session: Session,
    cloud: ScriptedCloud,
    answer: Answer,
    raised: type[NemoError],
    expected: str,
) -> None:
    cloud.on(*RUN, answer)
    with pytest.raises(raised):
        send_message(session, "hello")
    assert status(workspace, session) == expected
    assert cloud.count(*RUN) == 1


def test_turn_is_not_taken_for_unsent_when_only_reading_the_state_is_refused(
    workspace: Workspace, session: Session, cloud: ScriptedCloud
) -> None:
    def lose_the_answer(_: Request) -> Answer:
        cloud.always(*STATE, json_answer({}, 429))
        return cut()

    cloud.on(*RUN, lose_the_answer)
    with pytest.raises(RateLimitError):
        send_message(session, "hello")
    assert status(workspace, session) != "unsent"


def begin_turn(workspace: Workspace, session: Session, *, has_left: bool) -> TurnRecord:
    """Leave a turn behind as a process does that was killed."""
    turn_id = workspace.journal.turns.add(session.session_id, "make a video", None)
    if has_left:
        workspace.journal.turns.begin(turn_id)
    return turns(workspace, session)[-1]


def test_take_up_sends_a_message_that_never_left(
    workspace: Workspace, session: Session, cloud: ScriptedCloud
) -> None:
    turn = begin_turn(workspace, session, has_left=False)
    answer = take_up_turn(session, turn)
    assert answer.reply == cloud.good_day.reply
    (message,) = cloud.calls(*RUN)
    assert message.json["new_message"]["parts"][0]["text"] == "make a video"
    assert [t.status for t in turns(workspace, session)] == ["unsent", "answered"]


def test_take_up_reads_the_state_of_a_message_that_left(
    workspace: Workspace, session: Session, cloud: ScriptedCloud
) -> None:
    turn = begin_turn(workspace, session, has_left=True)
    cloud.good_day.drafts[session.session_id] = DRAFT
    answer = take_up_turn(session, turn)
    assert 'Title added: "Urban Dreams" (0-3s)' in answer.changes
    assert cloud.count(*RUN) == 0
    assert status(workspace, session) == "answered"


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


def test_turn_is_pending_while_a_rate_limit_is_waited_out(
    workspace: Workspace, session: Session, cloud: ScriptedCloud
) -> None:
    seen: list[str] = []

    def sleep(_: float) -> None:
        with Workspace(workspace.settings) as other:
            wait_until(lambda: status(other, session) == "pending")
            seen.append(status(other, session))

    cloud.on(*RUN, error(429))
    with Workspace(workspace.settings, sleep=sleep) as patient:
        send_message(Session(patient, session.record), "hello")
    assert seen == ["pending"]
    assert status(workspace, session) == "answered"
    assert cloud.count(*RUN) == 2


class Thief:
    """Takes a message over, as another process would, after it is written down."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __call__(self, event: ProgressEvent) -> None:
        if not isinstance(event, StageBegan):
            return
        with Workspace(self._settings) as other:
            session = other.journal.sessions.all()[0]
            other.journal.turns.drop(other.journal.turns.of(session.session_id)[-1].turn_id)


def test_a_message_that_another_process_has_taken_over_is_not_sent(
    workspace: Workspace, session: Session, cloud: ScriptedCloud
) -> None:
    settings = workspace.settings
    with (
        Workspace(settings, on_progress=Thief(settings)) as robbed,
        pytest.raises(NothingToResumeError, match="taken this message over"),
    ):
        send_message(Session(robbed, session.record), "hello")
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
        assert [t.status for t in turns(workspace, session)] == ["unsent", "answered"]


def test_find_broken_names_an_open_turn_but_no_finished_one(
    workspace: Workspace, session: Session, cloud: ScriptedCloud
) -> None:
    send_message(session, "hello")
    with pytest.raises(NothingToResumeError):
        find_broken(workspace)
    turn = begin_turn(workspace, session, has_left=True)
    assert find_broken(workspace) == turn


class Screen:
    """Keeps the agent's words and the notices in the order in which a user sees them."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def sleep(self, seconds: float) -> None:
        self.seen.append(f"{seconds:g} s")

    def __call__(self, event: ProgressEvent) -> None:
        if isinstance(event, AnswerDelta):
            self.seen.append(event.text)
        elif isinstance(event, Notice):
            self.seen.append(f"[{event.text}]")


def edit_and_answer(cloud: ScriptedCloud, answer: Answer) -> None:
    """Have the next message do its work, and answer so."""

    def run(request: Request) -> Answer:
        cloud.good_day.drafts[request.json["session_id"]] = DRAFT
        return answer

    cloud.on(*RUN, run)


def test_a_stream_that_breaks_after_the_edit_is_told_from_the_state(
    workspace: Workspace, session: Session, cloud: ScriptedCloud, naps: list[float]
) -> None:
    edit_and_answer(cloud, sse(text_event("Work"), Cut()))
    answer = send_message(session, "hello")
    assert answer.is_recovered
    assert 'Title added: "Urban Dreams" (0-3s)' in answer.changes
    assert naps == [workspace.settings.recover_wait]


def test_what_was_said_before_a_stream_broke_is_shown_before_anything_is_waited_for(
    workspace: Workspace, session: Session, cloud: ScriptedCloud
) -> None:
    edit_and_answer(cloud, sse(text_event("The title is in. The music fo"), Cut()))
    screen = Screen()
    with Workspace(workspace.settings, on_progress=screen, sleep=screen.sleep) as watched:
        answer = send_message(Session(watched, session.record), "hello")
    nap = screen.seen.index(f"{workspace.settings.recover_wait:g} s")
    *words, notice = screen.seen[:nap]
    assert "".join(words) == "The title is in. The music fo"
    assert "broke off" in notice
    assert not any("title" in seen for seen in screen.seen[nap:])
    assert answer.reply == "The title is in. The music fo"


@pytest.mark.parametrize(
    ("ending", "raised"),
    [(Cut(), StreamTimeoutError), ({"type": "error", "message": "oops"}, AgentError)],
    ids=["cut-and-nothing-changed", "agent-failed"],
)
def test_what_was_said_before_a_failure_is_shown(
    workspace: Workspace,
    session: Session,
    cloud: ScriptedCloud,
    ending: Cut | dict[str, str],
    raised: type[NemoError],
) -> None:
    cloud.on(*RUN, sse(text_event("One moment, the fi"), ending))
    screen = Screen()
    with (
        Workspace(workspace.settings, on_progress=screen, sleep=lambda _: None) as watched,
        pytest.raises(raised),
    ):
        send_message(Session(watched, session.record), "hello")
    assert "".join(screen.seen).partition("[")[0] == "One moment, the fi"
