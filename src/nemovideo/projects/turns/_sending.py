"""One message: sent, its answer shown as it comes, the timeline compared with what it was."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from nemovideo.errors import CancelledError, InputError, NotUnderstoodError
from nemovideo.language.actions import PlainText
from nemovideo.projects.session import Session
from nemovideo.projects.texts import well_formed
from nemovideo.projects.turns._entry import NOT_SENT, TurnEntry
from nemovideo.projects.turns._stages import Recovered, ScreenTalk, recovered, shown, translated
from nemovideo.projects.turns.answer import LOST_ANSWER, Answer, tell_unsaid
from nemovideo.projects.turns.lost_answers import await_change
from nemovideo.protocol.draft import Draft
from nemovideo.protocol.events import ChatEvent
from nemovideo.protocol.turn import Turn
from nemovideo.timeline import find_changes

if TYPE_CHECKING:
    from nemovideo.language import GuiTranslator

SILENT_EDIT_READS = 3
SILENT_EDIT_WAIT_S = 1.0
_UNCHECKED = "The server does not say what it understood, so that --strict could not check it."


def send_message(
    session: Session, text: str, *, run_id: str | None = None, is_strict: bool = False
) -> Answer:
    """Send one message, show its answer as it comes, and tell what changed.

    Where it `is_strict`, a part that is not understood makes all of it an error.

    Raises:
        NotUnderstoodError: It was to be strict, and the server tells what it did not understand;
            nothing was changed.
        StreamTimeoutError: The stream broke off and the state showed no change in all its reads.
        AgentError: The agent reported a failure.
        CancelledError: Ctrl-C; with what goes on in the cloud.
    """
    text = well_formed(text)
    try:
        before = session.draft()
    except KeyboardInterrupt as exc:
        raise CancelledError(hint=NOT_SENT) from exc
    entry = TurnEntry(session, text, before, run_id)
    session.reporter.begin("edit", "Editing")
    with entry.closed():
        events = _converse(session, text, before, entry, is_strict=is_strict)
        answer = entry.answer = _answer(session, before, events, is_strict=is_strict)
    if answer.error is not None:
        raise InputError(answer.error, hint="Nothing was changed. nemo edit --list shows examples.")
    if is_strict and answer.not_understood:
        raise NotUnderstoodError.of(answer.not_understood)
    session.reporter.end(answer.reply.partition("\n")[0] or "; ".join(answer.changes))
    tell_unsaid(session, answer)
    return answer


def _converse(
    session: Session, text: str, before: Draft | None, entry: TurnEntry, *, is_strict: bool
) -> list[ChatEvent]:
    """Send the message and show what comes; return all of it."""
    chat = session.client.chat
    with closing(chat.stream(session.session_id, text, is_strict=is_strict)) as stream:
        events = recovered(
            translated(entry.noted(stream), _translator_for(session)),
            await_change=lambda: await_change(session, before),
            has_changed=lambda: bool(find_changes(before, session.draft())),
        )
        return list(shown(events, session.reporter))


def _translator_for(session: Session) -> GuiTranslator | PlainText:
    """Return what reads screen talk; the engine on this machine speaks of no screen."""
    if session.is_local:
        return PlainText()
    from nemovideo.language import GuiTranslator

    return GuiTranslator()


def _answer(
    session: Session, before: Draft | None, events: Sequence[ChatEvent], *, is_strict: bool
) -> Answer:
    """Return what the events told, and what has changed on the timeline."""
    turn = Turn.of(events)
    not_understood = turn.reading.not_understood if turn.reading else ()
    after = session.draft()
    wait_s = min(SILENT_EDIT_WAIT_S, session.workspace.settings.recover_wait)
    reads_left = 0 if turn.text or not_understood else SILENT_EDIT_READS - 1
    while reads_left and not find_changes(before, after):
        session.workspace.sleep(wait_s)
        after = session.draft()
        reads_left -= 1
    is_recovered = Recovered() in events
    notes = turn.reading.notes if turn.reading else (_UNCHECKED,) if is_strict else ()
    return Answer(
        reply=turn.text,
        actions=tuple(
            action for event in events if isinstance(event, ScreenTalk) for action in event.actions
        ),
        changes=find_changes(before, after),
        draft=after,
        is_recovered=is_recovered,
        not_understood=not_understood,
        notes=(*notes, LOST_ANSWER) if is_recovered else notes,
        error=turn.reading.error if turn.reading else None,
    )
