"""What goes to the agent, and what its answer has done here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemovideo.language import Intent
from nemovideo.projects.chat import _steps
from nemovideo.projects.chat._result import ChatPolicy, ChatResult, DoneAction, ResultBuilder
from nemovideo.projects.inputs.mentions import by_names, mentions_in
from nemovideo.projects.inputs.songs import NO_FOLDER, any_song, asks_for_any_song, with_song
from nemovideo.projects.inputs.subtitles import with_subtitles
from nemovideo.projects.turns import send_message

if TYPE_CHECKING:
    from nemovideo.language import Action
    from nemovideo.projects.session import Session


def send_words(session: Session, text: str) -> ChatResult:
    """Say something to the agent, whatever else it might mean here; raises as the steps do."""
    builder = ResultBuilder(session, Intent.MESSAGE)
    builder.hear(send_message(session, text))
    return builder.result()


def converse(builder: ResultBuilder, text: str, policy: ChatPolicy) -> None:
    """Upload the files that a message names, send it, and do the actions of its answer."""
    session = builder.session
    text = _with_any_song(session, text)
    mentions = mentions_in(text)
    if mentions:
        _steps.upload(builder, [mention.path for mention in mentions])
    message = by_names(text, mentions, {file.path: file.filename for file in builder.files})
    if session.is_local:
        message = with_subtitles(message)
    answer = send_message(session, message, is_strict=policy.is_strict)
    builder.hear(answer)
    for action in answer.actions:
        is_done = _do(builder, action, policy)
        builder.actions.append(DoneAction(action.kind, action.target, is_done))


def _with_any_song(session: Session, text: str) -> str:
    """Name a song of the user's folder where a text wishes for any of them.

    Raises:
        UsageError: The folder holds none.
    """
    folder = session.workspace.settings.music_dir
    if not asks_for_any_song(text):
        return text
    if folder is None:
        session.workspace.tell_once([NO_FOLDER])
        return text
    timeline = session.timeline()
    playing = {sound.name for sound in timeline.sounds if sound.name}
    shown = [picture.name or "" for picture in timeline.pictures]
    return with_song(text, any_song(folder, shown, but=playing))


def _do(builder: ResultBuilder, action: Action, policy: ChatPolicy) -> bool:
    """Do an action where that is safe; return whether it was done.

    What only reads is done without asking. Of the others each kind is done once, and none while
    the agent waits for an answer, on which what comes next depends.
    """
    if action.kind == "credits":
        _steps.tell_credits(builder)
        return True
    if action.kind in ("state", "timeline"):
        _steps.tell_timeline(builder)
        return True
    if builder.question is not None:
        return False
    if action.kind == "export" and builder.export is None and policy.may(action):
        _steps.export(builder, policy)
        return True
    has_followed_up = len(builder.answers) > 1
    if action.kind == "edit" and action.target and not has_followed_up and policy.may(action):
        follow_up = send_message(builder.session, action.target, is_strict=policy.is_strict)
        builder.hear(follow_up)
        return True
    return False
