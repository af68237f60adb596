"""One message to the agent and what came of it.

A message is never sent twice. Its answer is the text of the stream, or, where the stream closed
without text or broke off, what the state shows to have changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nemovideo.errors import CancelledError, StreamDroppedError, StreamTimeoutError
from nemovideo.language import Action, GuiTranslator, Translation
from nemovideo.projects.activities import describe_activity
from nemovideo.projects.journal import SessionRecord
from nemovideo.projects.workspace import Workspace
from nemovideo.protocol.draft import Draft, JsonObject
from nemovideo.protocol.events import ChatEvent
from nemovideo.timeline import describe_changes

if TYPE_CHECKING:
    from nemovideo.client import NemoVideo

SILENT_EDIT_READS = 3
SILENT_EDIT_WAIT_S = 1.0
STOPPED_HINT = "The message was not sent again; `nemo status` shows what was done so far."


@dataclass(frozen=True)
class Answer:
    """What a message brought about."""

    reply: str
    """The agent's text without what was meant for a screen; empty when it said nothing."""
    actions: tuple[Action, ...]
    """What the agent would have had the user do on a screen."""
    changes: tuple[str, ...]
    """What changed on the timeline, in words."""
    draft: Draft | None
    is_recovered: bool = False
    """Whether the stream broke off and the state told the rest."""


def send_message(
    workspace: Workspace, session: SessionRecord, text: str, *, run_id: str | None = None
) -> Answer:
    """Send one message, show its answer as it comes, and tell what changed.

    Args:
        workspace: Where to work.
        session: The session.
        text: The message.
        run_id: The run that it belongs to, for the journal.

    Raises:
        StreamTimeoutError: The stream broke off and the state showed no change in all its reads.
        AgentError: The agent reported a failure.
    """
    client = workspace.client(session.place)
    before = client.state.get(session.session_id).draft
    turn_id = workspace.journal.add_turn(session.session_id, text, _raw(before), run_id=run_id)
    workspace.reporter.begin("edit", "Editing")
    try:
        answer = _converse(workspace, client, session, text, before)
    except KeyboardInterrupt as exc:
        raise CancelledError("interrupted", hint=STOPPED_HINT) from exc
    except StreamTimeoutError:
        workspace.journal.set_turn_status(turn_id, "lost")
        raise
    workspace.journal.set_turn_status(turn_id, "answered")
    workspace.reporter.end(answer.reply.partition("\n")[0] or "; ".join(answer.changes))
    return answer


def recover_turn(
    workspace: Workspace,
    session: SessionRecord,
    before: Draft | None,
    *,
    is_read_at_once: bool = False,
) -> tuple[str, ...]:
    """Read the state until it differs from what it was, as often as the settings allow.

    Args:
        workspace: Where to work.
        session: The session.
        before: The timeline before the message.
        is_read_at_once: Whether the first read needs no wait: the message was sent long ago.

    Raises:
        StreamTimeoutError: It never did.
    """
    settings = workspace.settings
    client = workspace.client(session.place)
    workspace.reporter.notice("The answer broke off; reading the timeline instead…")
    wait_s = 0.0 if is_read_at_once else settings.recover_wait
    for _ in range(settings.recover_tries):
        workspace.sleep(wait_s)
        changes = describe_changes(before, client.state.get(session.session_id).draft)
        if changes:
            return changes
        wait_s = settings.recover_interval
    raise StreamTimeoutError(
        "the agent's answer broke off and the timeline has not changed since",
        hint="The message was not sent again. Look at `nemo status` in a while, then ask again.",
    )


def _converse(
    workspace: Workspace,
    client: NemoVideo,
    session: SessionRecord,
    text: str,
    before: Draft | None,
) -> Answer:
    translator = GuiTranslator()
    shown: list[str] = []

    def show(delta: str) -> None:
        if delta:
            shown.append(delta)
            workspace.reporter.answer(delta)

    is_recovered = False
    try:
        client.chat.send(
            session.session_id,
            text,
            on_event=lambda event: _tell_activity(workspace, event),
            on_text=lambda delta: show(translator.feed(delta)),
            on_notice=lambda elapsed_s: workspace.reporter.notice(
                f"Still working… ({elapsed_s / 60:.0f} min)"
            ),
        )
    except (StreamDroppedError, StreamTimeoutError):
        recover_turn(workspace, session, before)
        is_recovered = True
    translation = translator.finish()
    show(translation.text.removeprefix("".join(shown)))
    return _answer(workspace, client, session, before, translation, is_recovered=is_recovered)


def _tell_activity(workspace: Workspace, event: ChatEvent) -> None:
    activity = describe_activity(event)
    if activity is not None:
        workspace.reporter.activity(activity)


def _answer(
    workspace: Workspace,
    client: NemoVideo,
    session: SessionRecord,
    before: Draft | None,
    translation: Translation,
    *,
    is_recovered: bool,
) -> Answer:
    after = client.state.get(session.session_id).draft
    reads_left = 0 if translation.text.strip() else SILENT_EDIT_READS - 1
    while reads_left and not describe_changes(before, after):
        workspace.sleep(min(SILENT_EDIT_WAIT_S, workspace.settings.recover_wait))
        after = client.state.get(session.session_id).draft
        reads_left -= 1
    return Answer(
        reply=translation.text.strip(),
        actions=translation.actions,
        changes=describe_changes(before, after),
        draft=after,
        is_recovered=is_recovered,
    )


def _raw(draft: Draft | None) -> JsonObject | None:
    return None if draft is None else draft.raw
