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
    from nemovideo.projects.session import Session


def chat(session: Session, text: str, policy: ChatPolicy) -> ChatResult:
    """Do what a user said, in one turn; raises as the steps do."""
    builder = ResultBuilder(session, classify_intent(text))
    if builder.intent is Intent.UPLOAD:
        _upload(builder, text, policy)
    elif builder.intent is Intent.MESSAGE:
        converse(builder, text, policy)
    else:
        _do_at_once(builder, policy, text)
    result = builder.result()
    return replace(result, notes=(*session.workspace.take_notes(), *result.notes))


def _do_at_once(builder: ResultBuilder, policy: ChatPolicy, text: str) -> None:
    if builder.intent is Intent.EXPORT:
        _steps.export(builder, policy, text)
    elif builder.intent is Intent.CREDITS:
        _steps.tell_credits(builder)
    _steps.read_draft(builder)
    if builder.intent is Intent.STATE:
        _steps.tell_timeline(builder)
    if builder.export is not None:
        builder.say(f"Saved {builder.export.output}")


def _upload(builder: ResultBuilder, text: str, policy: ChatPolicy) -> None:
    names = paths_in(text)
    if not names:
        missing = missing_in(text)
        raise InputNotFoundError(
            f"no such file: {missing[0]}" if missing else "which files should be uploaded?",
            hint="Name them: nemo upload photos/*.jpg",
        )
    from nemovideo.projects.inputs.expansion import collect_inputs
    from nemovideo.projects.inputs.made import films_of

    session = builder.session
    builder.add_files(session.upload(collect_inputs(names, made=films_of(session.workspace))))
    builder.say(f"Uploaded {', '.join(file.filename for file in builder.files)}")
    _steps.read_draft(builder)
    pictures = [file.filename for file in builder.files if file.file_type != "audio"]
    if asks_to_add(text) and pictures and Timeline.from_draft(builder.draft).is_ready:
        _add(builder, pictures, policy)


def _add(builder: ResultBuilder, names: list[str], policy: ChatPolicy) -> None:
    """Have files put on the timeline that were uploaded for that."""
    session = builder.session
    if session.is_local:
        message = json.dumps([{"do": "add", "media": names}], ensure_ascii=False)
    else:
        message = f"Add {', '.join(names)} to the video."
    answer = send_message(session, message, is_strict=policy.is_strict)
    builder.hear(answer)
    if not answer.changes:
        unsaid = "They were uploaded, but nothing was added."
        session.workspace.tell(unsaid)
        builder.notes.append(unsaid)
