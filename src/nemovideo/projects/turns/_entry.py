"""What the journal says of a message while it is sent and answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from nemovideo.client.stream.turn_events import Leaving, Retrying, StillWorking
from nemovideo.errors import (
    CancelledError,
    InsufficientCreditsError,
    NemoError,
    NetworkError,
    NothingToResumeError,
    PlanError,
    ProtocolError,
    RateLimitError,
    SessionError,
    StreamTimeoutError,
    TokenError,
    WaitTimeoutError,
)
from nemovideo.projects.recovery.states import TurnState
from nemovideo.projects.session import Session
from nemovideo.projects.turns.answer import Answer
from nemovideo.protocol.draft import Draft
from nemovideo.protocol.events import ChatEvent

NOT_SENT = "The message was not sent."
UNCLEAR = (NetworkError, WaitTimeoutError, ProtocolError)
"""After these nobody knows what the server did."""
_REFUSALS = (TokenError, SessionError, InsufficientCreditsError, PlanError, RateLimitError)
"""As an answer without any event they say that nothing was done."""


class TurnEntry:
    """The journal's entry for one message."""

    def __init__(
        self, session: Session, text: str, before: Draft | None, run_id: str | None
    ) -> None:
        self.answer: Answer | None = None
        """What came of it, once that is known."""
        self._session = session
        self._has_left = False
        self._is_refused = False
        self._journal = session.journal
        self._turn_id = self._journal.turns.add(
            session.session_id, text, None if before is None else before.raw, run_id=run_id
        )

    def noted(self, events: Iterable[ChatEvent]) -> Iterator[ChatEvent]:
        """Yield the events, having written down what they say of the message's way.

        Raises:
            NothingToResumeError: Another process took the message over, so it does not leave.
        """
        has_events = False
        try:
            for event in events:
                if isinstance(event, Leaving):
                    self._leave()
                elif isinstance(event, Retrying):
                    self._stay()
                elif not isinstance(event, StillWorking):
                    has_events = True
                yield event
        except _REFUSALS:
            self._is_refused = not has_events
            raise

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Write down how it ends; Ctrl-C becomes an error that says what goes on."""
        try:
            yield
        except KeyboardInterrupt as exc:
            raise CancelledError(hint=self._hint_of_interruption()) from exc
        except NemoError as exc:
            if self._has_left:
                self._fail(exc)
            raise
        told = None if self.answer is None else self.answer.to_json()
        self._journal.turns.update(self._turn_id, TurnState.ANSWERED, told)

    def _leave(self) -> None:
        """Note that it leaves; a repeat that the server permits is the same message."""
        if not self._has_left and not self._journal.turns.begin(self._turn_id):
            raise NothingToResumeError("another nemo has taken this message over")
        self._has_left = True

    def _stay(self) -> None:
        if self._has_left:
            self._journal.turns.update(self._turn_id, TurnState.PENDING)
        self._has_left = False

    def _fail(self, error: NemoError) -> None:
        if isinstance(error, StreamTimeoutError):
            self._journal.turns.update(self._turn_id, TurnState.LOST)
        elif self._is_refused:
            self._journal.turns.update(self._turn_id, TurnState.UNSENT)
        elif not isinstance(error, UNCLEAR):
            self._journal.turns.update(self._turn_id, TurnState.ANSWERED)

    def _hint_of_interruption(self) -> str:
        if not self._has_left:
            self._journal.turns.drop(self._turn_id)
            return NOT_SENT
        if self._session.is_local:
            where = "The edit stops with this program"
        else:
            where = "The agent goes on with the edit in the cloud"
        return f"{where}; `nemo resume {self._session.session_id}` tells what came of it."
