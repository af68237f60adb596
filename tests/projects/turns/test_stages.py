"""The stages over a turn's stream, without a server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from nemovideo.client import StillWorking
from nemovideo.errors import AgentError, ServerError, StreamDroppedError, StreamTimeoutError
from nemovideo.language import Action, GuiTranslator
from nemovideo.projects.cancellation import Cancellation, Cancelled
from nemovideo.projects.progress import (
    AnswerDelta,
    Notice,
    ProgressEvent,
    Reporter,
    StageActivity,
)
from nemovideo.projects.turns._stages import Recovered, ScreenTalk, recovered, shown, translated
from nemovideo.protocol.events import ChatEvent, HeartbeatEvent, TextDelta, ToolCallEvent


def broken(error: BaseException, *events: ChatEvent) -> Iterator[ChatEvent]:
    """Yield events, then raise."""
    yield from events
    raise error


def told_by(events: Iterable[ChatEvent]) -> tuple[str, list[ChatEvent]]:
    """Return the text of events and the others."""
    told = list(events)
    texts = [event.text for event in told if isinstance(event, TextDelta)]
    return "".join(texts), [event for event in told if not isinstance(event, TextDelta)]


def until_it_breaks(events: Iterable[ChatEvent], error: type[BaseException]) -> str:
    """Return the text that came before an error."""
    told: list[ChatEvent] = []
    with pytest.raises(error):
        told.extend(events)
    return told_by(told)[0]


def test_translation_takes_screen_talk_out_and_names_it_at_the_end() -> None:
    events = [TextDelta("The title is in. Cl"), HeartbeatEvent(), TextDelta("ick Export to save.")]
    text, others = told_by(translated(events, GuiTranslator()))
    assert text.strip() == "The title is in."
    assert others == [HeartbeatEvent(), ScreenTalk((Action("export", "Export"),))]


@pytest.mark.parametrize(
    "error",
    [StreamDroppedError("gone"), AgentError("no"), KeyboardInterrupt()],
    ids=["dropped", "agent-failed", "ctrl-c"],
)
def test_translation_tells_what_it_held_back_before_the_events_break_off(
    error: BaseException,
) -> None:
    events = broken(error, TextDelta("The title is in. The music fo"))
    assert until_it_breaks(translated(events, GuiTranslator()), type(error)) == (
        "The title is in. The music fo"
    )


def never() -> bool:
    raise AssertionError("the state was read")


@pytest.mark.parametrize("error", [StreamDroppedError("gone"), StreamTimeoutError("late")])
def test_recovery_waits_for_a_change_where_the_events_break_off(error: Exception) -> None:
    looked: list[str] = []
    events = broken(error, TextDelta("Done"))
    told = list(recovered(events, await_change=lambda: looked.append("looked"), has_changed=never))
    assert told == [TextDelta("Done"), Recovered()]
    assert looked == ["looked"]


@pytest.mark.parametrize("has_changed", [True, False])
def test_recovery_looks_once_after_a_gateways_error(has_changed: bool) -> None:
    stage = recovered(
        broken(ServerError("502")), await_change=never, has_changed=lambda: has_changed
    )
    if has_changed:
        assert list(stage) == [Recovered()]
    else:
        with pytest.raises(ServerError):
            list(stage)


def test_recovery_reads_nothing_after_a_good_end_or_a_failure_of_the_agents() -> None:
    assert list(recovered([TextDelta("a")], await_change=never, has_changed=never))
    with pytest.raises(AgentError):
        list(recovered(broken(AgentError("no")), await_change=never, has_changed=never))


def test_events_are_shown_before_they_are_passed_on() -> None:
    told: list[ProgressEvent] = []
    events = [TextDelta("a"), ToolCallEvent("add_text"), StillWorking(120.0), HeartbeatEvent()]
    assert list(shown(events, Reporter(told.append))) == events
    assert told == [
        AnswerDelta("a"),
        StageActivity(None, "adding text"),
        Notice(None, "Still working… (2 min)"),
    ]


def test_work_that_was_given_up_ends_with_the_next_heartbeat() -> None:
    cancellation = Cancellation()
    stage = shown([HeartbeatEvent()] * 2, Reporter(check=cancellation.check))
    assert next(stage) == HeartbeatEvent()
    cancellation.cancel()
    with pytest.raises(Cancelled):
        next(stage)
