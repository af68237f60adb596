"""What a user says, routed: exports, balance, timeline and uploads at once; the rest to the agent.

Actions that the agent would have had the user do on a screen are done here where that is safe.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nemovideo.errors import InputNotFoundError
from nemovideo.language import Intent, classify_intent
from nemovideo.projects.inputs.mentions import (
    asks_to_add,
    by_names,
    mentions_in,
    missing_in,
    paths_in,
)
from nemovideo.projects.inputs.subtitles import with_subtitles
from nemovideo.projects.turns import Answer, send_message
from nemovideo.timeline import Timeline

if TYPE_CHECKING:
    from nemovideo.language import Action
    from nemovideo.projects.exports.outputs import OutputTarget
    from nemovideo.projects.exports.renders import ExportResult
    from nemovideo.projects.inputs.made import Films
    from nemovideo.projects.journal import SessionRecord
    from nemovideo.projects.session.uploads import SentFile, Uploaded
    from nemovideo.projects.workspace import Workspace
    from nemovideo.protocol.draft import Draft
    from nemovideo.protocol.models import Credits
    from nemovideo.timeline import Change

READING_ACTIONS = ("state", "timeline", "credits")
"""What only reads is done without asking."""


@dataclass(frozen=True)
class DoneAction:
    """An action and whether it was carried out."""

    kind: str
    target: str | None
    done: bool


@dataclass(frozen=True)
class ChatResult:
    """What one thing said brought about."""

    session: SessionRecord
    intent: Intent
    reply: str
    """All that was answered."""
    draft: Draft | None
    own_words: str = ""
    """What of the reply this program says; the rest is the agent's, and was shown as it came."""
    actions: tuple[DoneAction, ...] = ()
    changes: tuple[Change, ...] = ()
    files: tuple[SentFile, ...] = ()
    export: ExportResult | None = None
    question: str | None = None
    """What the agent wants to know before it goes on."""
    not_understood: tuple[str, ...] = ()
    """The parts of the message that were not understood, where the server says so."""
    notes: tuple[str, ...] = ()
    """What was left out, changed or guessed, in sentences."""


@dataclass(frozen=True)
class ChatPolicy:
    """What may be done without the user's word."""

    choose_target: Callable[[Sequence[str]], OutputTarget]
    """Gives the file for an export, one of the formats that can be made."""
    may: Callable[[Action], bool] = field(default=lambda _: False)
    """Asked before an action that does more than read."""
    is_strict: bool = False
    """Whether a part of a message that is not understood makes all of it an error."""


def chat(workspace: Workspace, session: SessionRecord, text: str, policy: ChatPolicy) -> ChatResult:
    """Do what a user said, in one turn.

    Raises:
        NemoError: As the steps raise.
    """
    result = _do(workspace, session, text, policy)
    return replace(result, notes=(*workspace.take_notes(), *result.notes))


def _do(workspace: Workspace, session: SessionRecord, text: str, policy: ChatPolicy) -> ChatResult:
    intent = classify_intent(text)
    if intent is Intent.EXPORT:
        exported = _export(workspace, session, policy)
        return _result(workspace, session, intent, f"Saved {exported.output}", export=exported)
    if intent is Intent.CREDITS:
        balance = workspace.client(session.place).credits.get()
        return _result(workspace, session, intent, describe_credits(balance))
    if intent is Intent.STATE:
        draft = _draft(workspace, session)
        return _result(workspace, session, intent, Timeline.from_draft(draft).summary())
    if intent is Intent.UPLOAD:
        return _upload(workspace, session, text, policy)
    return _message(workspace, session, text, policy)


def send_words(workspace: Workspace, session: SessionRecord, text: str) -> ChatResult:
    """Say something to the agent, whatever else it might mean here.

    Raises:
        NemoError: As the steps raise.
    """
    answer = send_message(workspace, session, text)
    return ChatResult(
        session,
        Intent.MESSAGE,
        answer.reply,
        answer.draft,
        changes=answer.changes,
        question=_question_in(answer),
    )


def describe_credits(balance: Credits) -> str:
    """Say a balance in words."""
    parts = [f"{balance.available:.12g} credits available"]
    if balance.frozen:
        parts.append(f"{balance.frozen:.12g} frozen")
    if balance.total is not None:
        parts.append(f"{balance.total:.12g} in total")
    return ", ".join(parts)


def _upload(
    workspace: Workspace, session: SessionRecord, text: str, policy: ChatPolicy
) -> ChatResult:
    names = paths_in(text)
    if not names:
        missing = missing_in(text)
        raise InputNotFoundError(
            f"no such file: {missing[0]}" if missing else "which files should be uploaded?",
            hint="Name them: nemo upload photos/*.jpg",
        )
    from nemovideo.projects.inputs.made import films_of

    sent = _send_files(workspace, session, names, made=films_of(workspace))
    result = _result(
        workspace,
        session,
        Intent.UPLOAD,
        f"Uploaded {', '.join(file.filename for file in sent.files)}",
        files=sent.files,
        notes=sent.notes,
    )
    pictures = [file.filename for file in sent.files if file.file_type != "audio"]
    if not asks_to_add(text) or not pictures or not Timeline.from_draft(result.draft).is_ready:
        return result
    return _added(workspace, result, pictures, policy)


def _added(
    workspace: Workspace, result: ChatResult, names: list[str], policy: ChatPolicy
) -> ChatResult:
    """Have files put on the timeline that were uploaded for that."""
    session = result.session
    if session.place.is_local:
        message = json.dumps([{"do": "add", "media": names}], ensure_ascii=False)
    else:
        message = f"Add {', '.join(names)} to the video."
    answer = send_message(workspace, session, message, is_strict=policy.is_strict)
    unsaid = () if answer.changes else ("They were uploaded, but nothing was added.",)
    for note in unsaid:
        workspace.tell(note)
    return replace(
        result,
        reply=_lines(result.reply, answer.reply),
        draft=answer.draft,
        changes=answer.changes,
        question=_question_in(answer),
        not_understood=answer.not_understood,
        notes=(*result.notes, *answer.notes, *unsaid),
    )


def _message(
    workspace: Workspace, session: SessionRecord, text: str, policy: ChatPolicy
) -> ChatResult:
    mentions = mentions_in(text)
    paths = [mention.path for mention in mentions]
    sent = _send_files(workspace, session, paths) if paths else None
    files, notes = (sent.files, list(sent.notes)) if sent else ((), [])
    message = by_names(text, mentions, {file.path: file.filename for file in files})
    if session.place.is_local:
        message = with_subtitles(message)
    answer = send_message(workspace, session, message, is_strict=policy.is_strict)
    question = _question_in(answer)
    done: list[DoneAction] = []
    replies, own_words, changes = [answer.reply], [], list(answer.changes)
    not_understood = list(answer.not_understood)
    notes.extend(answer.notes)
    export: ExportResult | None = None
    has_followed_up = False
    for action in answer.actions:
        is_done = False
        if action.kind in READING_ACTIONS:
            own_words.append(_read(workspace, session, action, answer))
            replies.append(own_words[-1])
            is_done = True
        elif question is not None:
            pass  # What comes next depends on the answer.
        elif action.kind == "export" and export is None and policy.may(action):
            export = _export(workspace, session, policy)
            is_done = True
        elif action.kind == "edit" and action.target and not has_followed_up and policy.may(action):
            has_followed_up = True
            follow_up = send_message(workspace, session, action.target, is_strict=policy.is_strict)
            replies.append(follow_up.reply)
            changes.extend(follow_up.changes)
            not_understood.extend(follow_up.not_understood)
            notes.extend(follow_up.notes)
            question = _question_in(follow_up)
            is_done = True
        done.append(DoneAction(action.kind, action.target, is_done))
    return ChatResult(
        session=session,
        intent=Intent.MESSAGE,
        reply=_lines(*replies),
        own_words=_lines(*own_words),
        draft=_draft(workspace, session) if has_followed_up else answer.draft,
        actions=tuple(done),
        changes=tuple(changes),
        files=files,
        export=export,
        question=question,
        not_understood=tuple(dict.fromkeys(not_understood)),
        notes=tuple(dict.fromkeys(notes)),
    )


# What an edit has no use for is loaded when it is needed: a turn is to feel instant.


def _export(workspace: Workspace, session: SessionRecord, policy: ChatPolicy) -> ExportResult:
    from nemovideo.projects.exports.here import export_where_asked, formats_of

    target = policy.choose_target(formats_of(workspace, session))
    return export_where_asked(workspace, session, target)


def _send_files(
    workspace: Workspace, session: SessionRecord, names: Sequence[str], made: Films | None = None
) -> Uploaded:
    from nemovideo.projects.inputs.expansion import collect_inputs
    from nemovideo.projects.session.uploads import upload_inputs

    return upload_inputs(workspace, session, collect_inputs(names, made=made))


def _question_in(answer: Answer) -> str | None:
    if not set(answer.reply) & {*"?？"}:
        return None
    from nemovideo.projects.session.questions import find_question

    return find_question(answer.reply, has_changed=bool(answer.changes))


def _read(workspace: Workspace, session: SessionRecord, action: Action, answer: Answer) -> str:
    if action.kind == "credits":
        return describe_credits(workspace.client(session.place).credits.get())
    return Timeline.from_draft(answer.draft).summary()


def _result(
    workspace: Workspace,
    session: SessionRecord,
    intent: Intent,
    reply: str,
    *,
    files: tuple[SentFile, ...] = (),
    export: ExportResult | None = None,
    notes: tuple[str, ...] = (),
) -> ChatResult:
    draft = _draft(workspace, session)
    return ChatResult(session, intent, reply, draft, reply, files=files, export=export, notes=notes)


def _lines(*texts: str) -> str:
    """Return texts below each other, each once."""
    return "\n".join(filter(None, dict.fromkeys(texts)))


def _draft(workspace: Workspace, session: SessionRecord) -> Draft | None:
    return workspace.client(session.place).state.get(session.session_id).draft
