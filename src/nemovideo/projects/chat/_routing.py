"""Where what a user says goes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from nemovideo.errors import InputNotFoundError
from nemovideo.language import Intent, classify_intent
from nemovideo.projects.chat import _steps
from nemovideo.projects.chat._messages import converse
from nemovideo.projects.chat._result import ChatPolicy, ChatResult, ResultBuilder
from nemovideo.projects.inputs.mentions import asks_to_add, missing_in, paths_in
from nemovideo.projects.turns import send_message
from nemovideo.timeline import Timeline

if TYPE_CHECKING:
    from nemovideo.projects.journal import SessionRecord
    from nemovideo.projects.workspace import Workspace


def chat(workspace: Workspace, session: SessionRecord, text: str, policy: ChatPolicy) -> ChatResult:
    """Do what a user said, in one turn.

    Raises:
        NemoError: As the steps raise.
    """
    builder = ResultBuilder(session, classify_intent(text))
    if builder.intent is Intent.UPLOAD:
        _upload(workspace, builder, text, policy)
    elif builder.intent is Intent.MESSAGE:
        converse(workspace, builder, text, policy)
    else:
        _do_at_once(workspace, builder, policy)
    result = builder.result()
    return replace(result, notes=(*workspace.take_notes(), *result.notes))


def _do_at_once(workspace: Workspace, builder: ResultBuilder, policy: ChatPolicy) -> None:
    if builder.intent is Intent.EXPORT:
        _steps.export(workspace, builder, policy)
    elif builder.intent is Intent.CREDITS:
        _steps.tell_credits(workspace, builder)
    _steps.read_draft(workspace, builder)
    if builder.intent is Intent.STATE:
        _steps.tell_timeline(builder)
    if builder.export is not None:
        builder.say(f"Saved {builder.export.output}")


def _upload(workspace: Workspace, builder: ResultBuilder, text: str, policy: ChatPolicy) -> None:
    names = paths_in(text)
    if not names:
        missing = missing_in(text)
        raise InputNotFoundError(
            f"no such file: {missing[0]}" if missing else "which files should be uploaded?",
            hint="Name them: nemo upload photos/*.jpg",
        )
    from nemovideo.projects.inputs.made import films_of

    _steps.upload(workspace, builder, names, films_of(workspace))
    builder.say(f"Uploaded {', '.join(file.filename for file in builder.files)}")
    _steps.read_draft(workspace, builder)
    pictures = [file.filename for file in builder.files if file.file_type != "audio"]
    if asks_to_add(text) and pictures and Timeline.from_draft(builder.draft).is_ready:
        _add(workspace, builder, pictures, policy)


def _add(
    workspace: Workspace, builder: ResultBuilder, names: list[str], policy: ChatPolicy
) -> None:
    """Have files put on the timeline that were uploaded for that."""
    session = builder.session
    if session.place.is_local:
        message = json.dumps([{"do": "add", "media": names}], ensure_ascii=False)
    else:
        message = f"Add {', '.join(names)} to the video."
    answer = send_message(workspace, session, message, is_strict=policy.is_strict)
    builder.hear(answer)
    if not answer.changes:
        unsaid = "They were uploaded, but nothing was added."
        workspace.tell(unsaid)
        builder.notes.append(unsaid)
