"""What is made of a turn's stream on its way to the user: translation, recovery, what is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nemovideo.client.stream.turn_events import StillWorking
from nemovideo.errors import NemoError, ServerError, StreamDroppedError, StreamTimeoutError
from nemovideo.language.actions import Action, PlainText
from nemovideo.projects.progress import Reporter
from nemovideo.projects.turns.activities import describe_tool
from nemovideo.protocol.events import ChatEvent, TextDelta, ToolCallEvent

if TYPE_CHECKING:
    from nemovideo.language import GuiTranslator


@dataclass(frozen=True)
class ScreenTalk(ChatEvent):
    """What the agent would have had the user do on a screen."""

    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Recovered(ChatEvent):
    """The answer broke off, and the state shows that the message was done."""


def translated(
    events: Iterable[ChatEvent], translator: GuiTranslator | PlainText
) -> Iterator[ChatEvent]:
    """Yield the events with screen talk taken out of the text, and at the end what it asked for.

    What the translator holds back is told when the events end, however they do.
    """
    told = 0
    try:
        for event in events:
            if not isinstance(event, TextDelta):
                yield event
            elif text := translator.feed(event.text):
                told += len(text)
                yield TextDelta(text)
    except (NemoError, KeyboardInterrupt):
        yield from _rest(translator, told)
        raise
    yield from _rest(translator, told)


def _rest(translator: GuiTranslator | PlainText, told: int) -> Iterator[ChatEvent]:
    translation = translator.finish()
    if text := translation.text[told:]:
        yield TextDelta(text)
    if translation.actions:
        yield ScreenTalk(translation.actions)


def recovered(
    events: Iterable[ChatEvent],
    *,
    await_change: Callable[[], object],
    has_changed: Callable[[], bool],
) -> Iterator[ChatEvent]:
    """Yield the events; where they break off and the timeline has changed, that is their end.

    The state is read until it has changed, or that raises; or once, by `has_changed`.
    """
    try:
        yield from events
    except (StreamDroppedError, StreamTimeoutError):
        await_change()
        yield Recovered()
    except ServerError:
        # A gateway's error says nothing of the backend behind it: one look, no more waiting.
        if not has_changed():
            raise
        yield Recovered()


def shown(events: Iterable[ChatEvent], reporter: Reporter) -> Iterator[ChatEvent]:
    """Yield the events, having shown them as they come."""
    for event in events:
        if isinstance(event, TextDelta):
            reporter.answer(event.text)
        elif isinstance(event, ToolCallEvent):
            reporter.activity(describe_tool(event.name))
        elif isinstance(event, StillWorking):
            reporter.notice(f"Still working… ({event.elapsed_s / 60:.0f} min)")
        else:
            reporter.look_up()
        yield event
