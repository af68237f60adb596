"""Photos, clips and audio → one video: session, upload, instruction, export, in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nemovideo.errors import (
    EmptyTimelineError,
    InputNotFoundError,
    SessionNotFoundError,
    UnsupportedFileError,
)
from nemovideo.projects.exports import ExportResult, export_session
from nemovideo.projects.inputs import InputFile, check_file
from nemovideo.projects.journal import SessionRecord
from nemovideo.projects.outputs import OutputTarget
from nemovideo.projects.prompts import NO_MUSIC, VideoWishes, write_prompt
from nemovideo.projects.turns import Answer, send_message
from nemovideo.projects.uploads import upload_files
from nemovideo.projects.workspace import Workspace
from nemovideo.protocol.draft import Draft
from nemovideo.protocol.media_types import kind_of


@dataclass(frozen=True)
class ConvertResult:
    """A finished conversion; `export` is None when it stopped at the timeline."""

    session: SessionRecord
    reply: str
    draft: Draft
    export: ExportResult | None
    workspace_url: str


def convert(
    workspace: Workspace,
    files: Sequence[InputFile],
    wishes: VideoWishes,
    *,
    target: OutputTarget | None,
    prompt: str | None = None,
    session_id: str | None = None,
    name: str | None = None,
    format: str = "mp4",
    quality: str = "high",
) -> ConvertResult:
    """Make a video.

    Args:
        workspace: Where to work.
        files: What `collect_inputs` passed, in order; the music file, if one is wished, among them.
        wishes: What the flags ask for; not used when there is a `prompt`.
        target: Where the file goes; None stops at the timeline.
        prompt: The user's own instruction.
        session_id: A session to work in; a new one if None.
        name: The new session's name.
        format: The file's format.
        quality: The server's word for it.

    Raises:
        NemoError: As the steps raise; what is done stays in the session and in the journal.
    """
    text = prompt or write_prompt(files, wishes, order=_order(workspace, files))
    workspace.reporter.begin("setup", "Setting things up…")
    session = workspace.session(session_id) if session_id else workspace.create_session(name=name)
    workspace.journal.make_current(session.session_id)
    workspace.reporter.end(f"ready, working with {session.place.label}")
    try:
        answer = _cut(workspace, session, files, text)
    except SessionNotFoundError:
        workspace.reporter.notice("The server has lost the session; starting a new one.")
        session = workspace.create_session(name=name)
        answer = _cut(workspace, session, files, text)
    if answer.draft is None or not answer.draft.is_ready:
        raise EmptyTimelineError(
            "the agent made no timeline" + (f": {answer.reply}" if answer.reply else ""),
            hint="Say more precisely what you want with --prompt, or go on with `nemo chat`.",
        )
    export = None
    if target is not None:
        export = export_session(workspace, session, target, format=format, quality=quality)
    return ConvertResult(
        session=session,
        reply=answer.reply,
        draft=answer.draft,
        export=export,
        workspace_url=workspace.workspace_url(),
    )


def with_music(
    files: Sequence[InputFile], wishes: VideoWishes, music: str | None
) -> tuple[tuple[InputFile, ...], VideoWishes]:
    """Read ``--music``: ``none``, an audio file (which joins the uploads), or a style in words.

    Raises:
        InputNotFoundError: It reads like a path of an audio file, and there is none.
        UnsupportedFileError: The file is not audio.
    """
    if music is None or music.strip().lower() == NO_MUSIC:
        return tuple(files), replace(wishes, music=NO_MUSIC if music else None)
    path = Path(music).expanduser()
    if not path.is_file() and kind_of(path.name) is None:
        return tuple(files), replace(wishes, music=music)
    file = check_file(path)
    if file.kind != "audio":
        raise UnsupportedFileError(
            f"--music {music} is not an audio file", hint="Accepted: mp3 wav m4a aac."
        )
    others = tuple(other for other in files if other.path.resolve() != path.resolve())
    return (*others, file), replace(wishes, music=path.name, is_music_file=True)


def require_pictures(files: Sequence[InputFile]) -> None:
    """Check that there is something to see.

    Raises:
        InputNotFoundError: All files are audio.
    """
    if not any(file.kind in ("image", "video") for file in files):
        raise InputNotFoundError(
            "there are only audio files", hint="Add photos or clips to make a video of."
        )


def _order(workspace: Workspace, files: Sequence[InputFile]) -> list[str] | None:
    if workspace.settings.upload_concurrency == 1:
        return None
    return [file.path.name for file in files if file.kind != "audio"]


def _cut(
    workspace: Workspace, session: SessionRecord, files: Sequence[InputFile], text: str
) -> Answer:
    upload_files(workspace, session, files)
    return send_message(workspace, session, text)
