"""One message and the journal: what is sent, what is never sent again, what is read instead."""

from __future__ import annotations

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
from nemovideo.projects.journal import TurnRecord
from nemovideo.projects.progress import AnswerDelta, Notice, ProgressEvent, StageBegan
from nemovideo.projects.session import Session
from nemovideo.projects.turns import send_message
from nemovideo.projects.workspace import Workspace
from tests.support.answers import Answer, Cut, cut, error, html, json_answer, sse, text_event
from tests.support.endpoints import RUN, STATE
from tests.support.good_day import DRAFT
from tests.support.scripted_cloud import Request, ScriptedCloud
from tests.support.serve import wait_until


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
