"""One turn of the agent: the text that a user sees, each word once, and all of it as one value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nemovideo.errors import AgentError, NemoError
from nemovideo.protocol._notices import NoticeFilter, says_nothing
from nemovideo.protocol.events import (
    ChatEvent,
    ReadingEvent,
    TextDelta,
    TextEvent,
    ToolCallEvent,
    ToolResultEvent,
)

_MIN_REPEATED = 12
"""A text alone is only taken for a repetition of the one before it from so many characters on."""


@dataclass(frozen=True)
class Turn:
    """What the agent did and said in answer to one message."""

    text: str
    """The visible text; empty for a silent edit."""
    tool_calls: tuple[ToolCallEvent, ...] = ()
    tool_results: tuple[ToolResultEvent, ...] = ()
    reading: ReadingEvent | None = None
    """What the backend made of the message, where it says so."""

    @property
    def is_silent(self) -> bool:
        """Whether nothing was said; the state tells what was done."""
        return not self.text

    @classmethod
    def of(cls, events: Iterable[ChatEvent]) -> Turn:
        """Return the turn that a stream of events tells, after `text_deltas` or what follows it."""
        told = list(events)
        readings = [event for event in told if isinstance(event, ReadingEvent)]
        return cls(
            text="".join(event.text for event in told if isinstance(event, TextDelta)).strip(),
            tool_calls=tuple(event for event in told if isinstance(event, ToolCallEvent)),
            tool_results=tuple(event for event in told if isinstance(event, ToolResultEvent)),
            reading=readings[-1] if readings else None,
        )


def text_deltas(events: Iterable[ChatEvent]) -> Iterator[ChatEvent]:
    """Yield what is new in the agent's texts in place of them, and the other events as they are.

    A partial text is shown at once and remembered by its author; the message that repeats it is
    shown only as far as it says more. Texts that don't say whether they are partial are remembered
    too, until one repeats them all. A "temporary issue" notice is held back until it is clear
    whether it ends the turn. When the events break off, what was held back comes before the error.

    Raises:
        AgentError: A "temporary issue" is all that the agent said.
    """
    words = _Words()
    try:
        for event in events:
            yield from _as_delta(words.take(event))
            if not isinstance(event, TextEvent):
                yield event
    except NemoError:
        yield from _as_delta(words.release())
        raise
    yield from _as_delta(words.finish())


def _as_delta(text: str) -> Iterator[TextDelta]:
    if text:
        yield TextDelta(text)


@dataclass
class _Words:
    """What the agent has said so far."""

    _shown: list[str] = field(default_factory=list)
    _partials: dict[str, str] = field(default_factory=dict)
    _unmarked: list[str] = field(default_factory=list)
    """Texts since the last tool call or partial text, without white space."""
    _unmarked_size: int = 0
    """How many characters they have together."""
    _has_partials: bool = False
    _notices: NoticeFilter = field(default_factory=NoticeFilter)
    _message_ended: bool = False

    def take(self, event: ChatEvent) -> str:
        """Take in an event and return the text that it makes visible now, maybe none."""
        if isinstance(event, TextEvent):
            return self._add_text(event)
        if not isinstance(event, ToolCallEvent | ToolResultEvent):
            return ""
        # Work that goes on after a notice shows that the notice was not the end.
        released = self.release()
        self._message_ended = self._message_ended or bool(self._shown)
        self._forget_unmarked()
        return released

    def release(self) -> str:
        """Return the text that was held back: it turned out not to end the turn."""
        return self._show(self._notices.release())

    def finish(self) -> str:
        """Take the regular end of the stream and return the text that was still held back.

        Raises:
            AgentError: A "temporary issue" is all that the agent said.
        """
        rest, notice = self._notices.close()
        shown = self._show(rest)
        if notice and says_nothing("".join(self._shown)):
            raise AgentError(f"the agent reports a temporary issue: {' '.join(notice.split())}")
        return shown

    def _add_text(self, event: TextEvent) -> str:
        new = self._new_part(event)
        if not new:
            return ""
        released = ""
        if self._message_ended:
            released = self.release()
            if self._shown and not self._goes_on(new):
                new = f"\n{new}"
        self._message_ended = event.ends_message
        return released + self._show(self._notices.feed(new))

    def _new_part(self, event: TextEvent) -> str:
        if event.is_partial:
            self._partials[event.author] = self._partials.get(event.author, "") + event.text
            self._has_partials = True
            self._forget_unmarked()
            return event.text
        if self._repeats_unmarked(event.text):
            self._forget_unmarked()
            self._message_ended = True
            return ""
        seen = self._partials.pop(event.author, "") if event.ends_message else ""
        if not seen:
            self._unmarked.append("".join(event.text.split()))
            self._unmarked_size += len(self._unmarked[-1])
        if not event.ends_message:
            return event.text
        if event.text.startswith(seen):
            new = event.text[len(seen) :]
        else:
            new = "" if _says_no_more(event.text, seen) else event.text
        if seen and not new:
            self._message_ended = True
        return new

    def _forget_unmarked(self) -> None:
        self._unmarked.clear()
        self._unmarked_size = 0

    def _repeats_unmarked(self, text: str) -> bool:
        """Return whether a text is all that was said before it once more.

        A short one may be said twice on purpose.
        """
        text = "".join(text.split())
        is_short = len(self._unmarked) < 2 and len(text) < _MIN_REPEATED
        if is_short or len(text) != self._unmarked_size:
            return False
        return text != "" and text == "".join(self._unmarked)

    def _goes_on(self, new: str) -> bool:
        """Return whether a text goes on where the last one ended: no line begins with it.

        An agent that marks no text as partial may send a word in two.
        """
        last, first = self._shown[-1][-1], new[0]
        if last.isspace() or first.isspace():
            return True
        is_streamed = len(self._unmarked) > 1 and not self._has_partials
        return is_streamed and last.isalnum() and first.isalnum() and not first.isupper()

    def _show(self, text: str) -> str:
        if text:
            self._shown.append(text)
        return text


def _says_no_more(text: str, seen: str) -> bool:
    """Return whether a message only repeats what was seen; white space may differ."""
    return "".join(text.split()) in "".join(seen.split())
