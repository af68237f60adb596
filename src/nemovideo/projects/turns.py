"""One message to the agent and what came of it.

A message is never sent twice. Its answer is the text of the stream, or, where the stream closed
without text or broke off, what the state shows to have changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nemovideo.errors import (
    CancelledError,
    InputError,
    InsufficientCreditsError,
    NemoError,
    NetworkError,
    NothingToResumeError,
    NotUnderstoodError,
    PlanError,
    ProtocolError,
    RateLimitError,
    ServerError,
    SessionError,
    StreamDroppedError,
    StreamTimeoutError,
    TokenError,
    WaitTimeoutError,
)
from nemovideo.language.actions import Action, PlainText, Translation
from nemovideo.projects.activities import describe_activity
from nemovideo.projects.journal import SessionRecord, TurnRecord
from nemovideo.projects.recovery.states import TurnState
from nemovideo.projects.texts import well_formed
from nemovideo.projects.workspace import Workspace
from nemovideo.protocol.draft import Draft, JsonObject
from nemovideo.protocol.events import ChatEvent, ReadingEvent
from nemovideo.timeline import Change, find_changes

if TYPE_CHECKING:
    from nemovideo.client import NemoVideo, RetryNotice
    from nemovideo.language import GuiTranslator

SILENT_EDIT_READS = 3
SILENT_EDIT_WAIT_S = 1.0

REFUSALS = (TokenError, SessionError, InsufficientCreditsError, PlanError, RateLimitError)
"""As an answer without any event they say that nothing was done."""
UNCLEAR = (NetworkError, WaitTimeoutError, ProtocolError)
"""After these nobody knows what the server did."""


@dataclass(frozen=True)
class Answer:
    """What a message brought about."""

    reply: str
    """The agent's text without what was meant for a screen; empty when it said nothing."""
    actions: tuple[Action, ...]
    """What the agent would have had the user do on a screen."""
    changes: tuple[Change, ...]
    """What changed on the timeline, in words."""
    draft: Draft | None
    is_recovered: bool = False
    """Whether the stream broke off and the state told the rest."""
    not_understood: tuple[str, ...] = ()
    """The parts of the message that were not understood, where the server says so."""
    notes: tuple[str, ...] = ()
    """What was changed, guessed or can't be known, in sentences."""
    error: str | None = None
    """Why edits that were given exactly were not made."""


def send_message(
    workspace: Workspace,
    session: SessionRecord,
    text: str,
    *,
    run_id: str | None = None,
    is_strict: bool = False,
) -> Answer:
    """Send one message, show its answer as it comes, and tell what changed.

    Args:
        workspace: Where to work.
        session: The session.
        text: The message.
        run_id: The run that it belongs to, for the journal.
        is_strict: Whether a part that is not understood makes all of it an error.

    Raises:
        NotUnderstoodError: It was to be strict, and the server tells what it did not understand;
            nothing was changed.
        StreamTimeoutError: The stream broke off and the state showed no change in all its reads.
        AgentError: The agent reported a failure.
        CancelledError: Ctrl-C; with what goes on in the cloud.
    """
    try:
        client = workspace.client(session.place)
        before = client.state.get(session.session_id).draft
    except KeyboardInterrupt as exc:
        raise CancelledError(hint=_NOT_SENT) from exc
    message = _Message(workspace, session, well_formed(text), before, run_id, is_strict)
    workspace.reporter.begin("edit", "Editing")
    with message.followed():
        answer = message.answer = _converse(workspace, client, message)
    if answer.error is not None:
        raise InputError(answer.error, hint="Nothing was changed. nemo edit --list shows examples.")
    if is_strict and answer.not_understood:
        raise NotUnderstoodError.of(answer.not_understood)
    workspace.reporter.end(answer.reply.partition("\n")[0] or "; ".join(answer.changes))
    _tell_unsaid(workspace, answer)
    return answer


def take_up_turn(
    workspace: Workspace, session: SessionRecord, turn: TurnRecord, *, is_strict: bool = False
) -> Answer:
    """Finish a turn that was broken off: tell what it did, or send it where it surely never left.

    Raises:
        StreamTimeoutError: It may have left and the state shows no change.
        NothingToResumeError: Another process is sending it.
    """
    journal, client = workspace.journal, workspace.client(session.place)
    document = turn.draft_document_before
    before = None if document is None else Draft.from_wire(document)
    if turn.status is TurnState.PENDING:
        if not journal.drop_turn(turn.turn_id):
            raise NothingToResumeError("another nemo is sending this message")
        return send_message(workspace, session, turn.text, run_id=turn.run_id, is_strict=is_strict)
    if session.place.is_local and client.state.get(session.session_id).draft == before:
        # The engine died with the process that sent it, and nothing was paid.
        journal.set_turn_status(turn.turn_id, TurnState.UNSENT)
        return send_message(workspace, session, turn.text, run_id=turn.run_id, is_strict=is_strict)
    waited_s = max(journal.seconds_since(turn.sent_at), 0.0)
    first_wait_s = max(workspace.settings.recover_wait - waited_s, 0.0)
    changes = recover_turn(workspace, session, before, first_wait_s=first_wait_s)
    after = client.state.get(session.session_id).draft
    answer = Answer("", (), changes, after, is_recovered=True, notes=(_LOST_ANSWER,))
    journal.set_turn_status(turn.turn_id, TurnState.ANSWERED, _kept(answer))
    _tell_unsaid(workspace, answer)
    return answer


def kept_answer(turn: TurnRecord) -> Answer:
    """Return what an earlier process heard and told of a turn, without the timeline.

    The reply, what was not understood and the notes are kept; nothing is where none were heard.
    """
    kept = json.loads(turn.answer or "{}")
    return Answer(
        reply=kept.get("reply", ""),
        actions=(),
        changes=(),
        draft=None,
        not_understood=tuple(kept.get("not_understood", ())),
        notes=tuple(kept.get("notes", ())),
    )


def _tell_unsaid(workspace: Workspace, answer: Answer) -> None:
    """Tell the notes that the reply does not hold."""
    for note in answer.notes:
        if note not in answer.reply:
            workspace.tell(note)


def _kept(answer: Answer) -> JsonObject:
    return {
        "reply": answer.reply,
        "not_understood": answer.not_understood,
        "notes": answer.notes,
    }


def recover_turn(
    workspace: Workspace,
    session: SessionRecord,
    before: Draft | None,
    *,
    first_wait_s: float | None = None,
) -> tuple[Change, ...]:
    """Read the state until it differs from what it was, as often as the settings allow.

    Args:
        workspace: Where to work.
        session: The session.
        before: The timeline before the message.
        first_wait_s: The wait before the first read; the settings' if None.

    Raises:
        StreamTimeoutError: It never did.
    """
    settings = workspace.settings
    client = workspace.client(session.place)
    workspace.reporter.notice("The answer broke off; reading the timeline instead…")
    wait_s = settings.recover_wait if first_wait_s is None else first_wait_s
    for _ in range(settings.recover_tries):
        workspace.sleep(wait_s)
        wait_s = settings.recover_interval
        try:
            changes = find_changes(before, client.state.get(session.session_id).draft)
        except UNCLEAR:
            # What broke the answer off may last; the next read can be luckier.
            continue
        if changes:
            return changes
    raise StreamTimeoutError(
        "the agent's answer broke off and the timeline has not changed since",
        hint="The message was not sent again. Look at `nemo status` in a while, then ask again.",
    )


_NOT_SENT = "The message was not sent."
_UNCHECKED = "The server does not say what it understood, so that --strict could not check it."
_LOST_ANSWER = "The answer broke off: whether all of the message was understood is not known."


class _Message:
    """One message and what the journal says of it."""

    def __init__(
        self,
        workspace: Workspace,
        session: SessionRecord,
        text: str,
        before: Draft | None,
        run_id: str | None,
        is_strict: bool,
    ) -> None:
        self.is_strict = is_strict
        self.session = session
        self.text = text
        self.before = before
        self.has_left = False
        self.is_refused = False
        self.answer: Answer | None = None
        self._journal = workspace.journal
        self._turn_id = self._journal.add_turn(
            session.session_id, text, None if before is None else before.raw, run_id=run_id
        )

    def leave(self) -> None:
        """Write down that it leaves now; a repeat that the server permits is the same message.

        Raises:
            NothingToResumeError: Another process took it over.
        """
        if not self.has_left and not self._journal.begin_turn(self._turn_id):
            raise NothingToResumeError("another nemo has taken this message over")
        self.has_left = True

    def stay(self, _: RetryNotice) -> None:
        """Write down that it waits for its next try: so far the server did nothing with it."""
        if self.has_left:
            self._journal.set_turn_status(self._turn_id, TurnState.PENDING)
        self.has_left = False

    @contextmanager
    def followed(self) -> Iterator[None]:
        """Write down how it ends; Ctrl-C becomes an error that says what goes on."""
        try:
            yield
        except KeyboardInterrupt as exc:
            raise CancelledError(hint=self._hint_of_interruption()) from exc
        except NemoError as exc:
            if self.has_left:
                self._end(exc)
            raise
        told = None if self.answer is None else _kept(self.answer)
        self._journal.set_turn_status(self._turn_id, TurnState.ANSWERED, told)

    def _end(self, error: NemoError) -> None:
        if isinstance(error, StreamTimeoutError):
            self._journal.set_turn_status(self._turn_id, TurnState.LOST)
        elif self.is_refused:
            self._journal.set_turn_status(self._turn_id, TurnState.UNSENT)
        elif not isinstance(error, UNCLEAR):
            self._journal.set_turn_status(self._turn_id, TurnState.ANSWERED)

    def _hint_of_interruption(self) -> str:
        if not self.has_left:
            self._journal.drop_turn(self._turn_id)
            return _NOT_SENT
        if self.session.place.is_local:
            where = "The edit stops with this program"
        else:
            where = "The agent goes on with the edit in the cloud"
        return f"{where}; `nemo resume {self.session.session_id}` tells what came of it."


class _Said:
    """The agent's words on their way to the user: each is shown once, and none is lost."""

    def __init__(self, workspace: Workspace, session: SessionRecord) -> None:
        self._show_delta = workspace.reporter.answer
        self._translator = _translator_for(session)
        self._shown = ""
        self.translation = Translation("")

    def feed(self, delta: str) -> None:
        """Show what of a piece is certain to stay."""
        self._show(self._translator.feed(delta))

    @contextmanager
    def shown_whole(self) -> Iterator[None]:
        """Show what was held back when the answer ends, however it does."""
        try:
            yield
        finally:
            self.translation = self._translator.finish()
            self._show(self.translation.text.removeprefix(self._shown))

    def _show(self, text: str) -> None:
        if text:
            self._shown += text
            self._show_delta(text)


def _converse(workspace: Workspace, client: NemoVideo, message: _Message) -> Answer:
    session, before = message.session, message.before
    said = _Said(workspace, session)
    has_events = False

    def see(event: ChatEvent) -> None:
        nonlocal has_events
        has_events = True
        activity = describe_activity(event)
        if activity is not None:
            workspace.reporter.activity(activity)

    is_recovered, reading = False, None
    try:
        with said.shown_whole():
            reading = client.chat.send(
                session.session_id,
                message.text,
                is_strict=message.is_strict,
                before_leaving=message.leave,
                on_retry=message.stay,
                on_event=see,
                on_text=said.feed,
                on_notice=lambda elapsed_s: workspace.reporter.notice(
                    f"Still working… ({elapsed_s / 60:.0f} min)"
                ),
            ).reading
    except (StreamDroppedError, StreamTimeoutError):
        recover_turn(workspace, session, before)
        is_recovered = True
    except ServerError:
        # A gateway's error says nothing of the backend behind it: one look, no more waiting.
        if not find_changes(before, client.state.get(session.session_id).draft):
            raise
        is_recovered = True
    except REFUSALS:
        message.is_refused = not has_events
        raise
    answer = _answer(workspace, client, message, said.translation, reading)
    if is_recovered:
        answer = replace(answer, is_recovered=True, notes=(*answer.notes, _LOST_ANSWER))
    return answer


def _translator_for(session: SessionRecord) -> GuiTranslator | PlainText:
    """Return what reads screen talk; the engine on this machine speaks of no screen."""
    if session.place.is_local:
        return PlainText()
    from nemovideo.language import GuiTranslator

    return GuiTranslator()


def _answer(
    workspace: Workspace,
    client: NemoVideo,
    message: _Message,
    translation: Translation,
    reading: ReadingEvent | None,
) -> Answer:
    session, before = message.session, message.before
    after = client.state.get(session.session_id).draft
    not_understood = reading.not_understood if reading else ()
    is_told = translation.text.strip() or not_understood
    reads_left = 0 if is_told else SILENT_EDIT_READS - 1
    while reads_left and not find_changes(before, after):
        workspace.sleep(min(SILENT_EDIT_WAIT_S, workspace.settings.recover_wait))
        after = client.state.get(session.session_id).draft
        reads_left -= 1
    return Answer(
        reply=translation.text.strip(),
        actions=translation.actions,
        changes=find_changes(before, after),
        draft=after,
        not_understood=not_understood,
        error=reading.error if reading else None,
        notes=reading.notes if reading else (_UNCHECKED,) if message.is_strict else (),
    )
