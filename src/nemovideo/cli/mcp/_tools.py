"""The tools: each does what the command of its name does, and returns the same document."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.targets import Destination
from nemovideo.cli.mcp._inputs import (
    ChatInputs,
    ConvertInputs,
    EditInputs,
    ExportInputs,
    Inputs,
    ResumeInputs,
    StatusInputs,
    StoryboardInputs,
)
from nemovideo.cli.results import documents as _documents, preview as _preview
from nemovideo.cli.results.documents import Document
from nemovideo.errors import UsageError
from nemovideo.projects.chat import ChatPolicy
from nemovideo.projects.convert.options import OPTIONS, ConvertRequest
from nemovideo.projects.convert.preview import preview
from nemovideo.projects.convert.requests import prepare
from nemovideo.projects.convert.run import convert as run_conversion
from nemovideo.projects.exports.export import ExportWish
from nemovideo.projects.exports.outputs import STDOUT, OutputTarget
from nemovideo.projects.finding import Purpose
from nemovideo.projects.recovery import resume as resumption
from nemovideo.projects.session import Session
from nemovideo.projects.workspace import Workspace

PICTURE_SIDE, PICTURE_QUALITY = 2000, 80
"""Agents' programs take only so many bytes in an answer, and models only so many pixels."""


@dataclass(frozen=True)
class Call:
    """What one call of a tool works with."""

    context: CommandContext
    workspace: Workspace

    def named_session(self, session_id: str | None) -> str | None:
        """Return the session that the call names, else the one that the server was started for."""
        return session_id or self.context.options.session

    def session(self, session_id: str | None, *, to: Purpose = "change") -> Session:
        """Open the session to work in.

        Raises:
            SessionError: There is none, or not this one.
        """
        return self.workspace.open(self.named_session(session_id), to=to)

    def target(
        self,
        out: str | None,
        *,
        force: bool,
        formats: Sequence[str],
        format: str | None = None,
        is_dry: bool = False,
    ) -> OutputTarget:
        """Decide where the video goes, before any work is done.

        The path is absolute: an agent need not know the server's folder. Raises as `choose_output`
        does.
        """
        if out == STDOUT:
            raise UsageError("that video was to go to stdout", hint="Name a file with out.")
        destination = Destination(self.context, out, force=force, format=format, is_dry=is_dry)
        target = destination.choose(formats)
        return replace(target, path=Path(target.absolute))


@dataclass(frozen=True)
class Answer:
    """What a tool gives back."""

    document: Document
    jpeg: bytes | None = None
    """A picture that goes with it."""


@dataclass(frozen=True)
class Tool:
    """A tool as agents see it; its description is the docstring of what it does."""

    title: str
    inputs: type[Inputs]
    run: Callable[[Call, Any], Answer]
    is_reading: bool = False
    """Whether it changes nothing, neither on this machine nor elsewhere."""
    stage_count: int | None = None
    """How many stages a call has; None if that depends."""

    @property
    def description(self) -> str:
        """What it does, for agents."""
        return inspect.getdoc(self.run) or ""


def convert(call: Call, given: Any) -> Answer:
    """Make a video (MP4) out of photos, clips and audio files that are on this machine.

    Uploads the files, has the video edited as the arguments say, renders it and saves it. Takes
    from seconds to minutes. Returns session_id, output (the file), bytes, duration_ms, timeline
    (with a one-line summary), workspace_url, not_understood (what of the instruction was not
    understood) and notes (what was left out, changed or guessed): tell the user of both. Change
    the video afterwards with chat.
    """
    request = ConvertRequest.of(
        {key: getattr(given, key) for key in OPTIONS},
        paths=given.paths,
        session_id=call.named_session(given.session_id),
        is_exported=given.export,
    )
    prepared = prepare(
        call.workspace,
        request,
        lambda formats: call.target(
            given.out, force=given.force, formats=formats, is_dry=given.dry_run
        ),
        out=given.out,
    )
    if given.dry_run:
        shown = preview(prepared, language=call.workspace.settings.language)
        return Answer(_preview.preview_document(shown))
    result = run_conversion(call.workspace, prepared.plan, prepared.target)
    return Answer(_documents.convert_document(result))


def chat(call: Call, given: ChatInputs) -> Answer:
    """Say in words what is to be done with the video: an edit, an upload, an export, a question.

    Returns reply (the video agent's words), changes (what is different on the timeline now),
    question (what the video agent must know before it goes on: ask the user, then chat again),
    actions (what it suggests; done or not), not_understood and notes (tell the user of both) and
    timeline. Never repeat a message after an error:
    it may have been carried out; look at status, or call resume.
    """
    policy = ChatPolicy(
        choose_target=lambda formats: call.target(given.out, force=given.force, formats=formats),
        may=lambda _: given.yes,
        is_strict=given.strict,
    )
    session = call.workspace.open_or_create(call.named_session(given.session_id))
    return Answer(_documents.chat_document(session.say(given.text, policy)))


def edit_timeline(call: Call, given: EditInputs) -> Answer:
    """Change the timeline of a session on this machine exactly, instead of in words with chat.

    Clips are named by number (1 is the first, -1 the last), by file name, or "all", "photos",
    "films"; times are ms. Returns changes and timeline. Sessions in the cloud take only chat.
    """
    session = call.session(given.session_id)
    answer = session.edit([edit.model_dump(exclude_unset=True) for edit in given.edits])
    return Answer(_documents.edit_document(session.record, answer))


def status(call: Call, given: StatusInputs) -> Answer:
    """Show the timeline: what is on screen and to be heard, when, and whether it can be exported.

    Returns ready, a one-line summary, duration_ms and tracks with their segments (times in ms).
    """
    session = call.session(given.session_id, to="read")
    document_of = _documents.status_document if given.with_draft else _documents.timeline_document
    return Answer(document_of(session.record, session.draft()))


def storyboard(call: Call, given: StoryboardInputs) -> Answer:
    """Look at the video: one picture with a frame of each photo or clip, its time and titles.

    Returns the picture, and frames with their times (ms), names, titles and transitions.
    """
    board = call.session(given.session_id, to="read").storyboard()
    # Needs what drawing a storyboard has just proved to be installed.
    from nemovideo.cli.results import storyboard as _storyboard

    picture = _storyboard.draw(board)
    picture.thumbnail((PICTURE_SIDE, PICTURE_SIDE))
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=PICTURE_QUALITY)
    return Answer(_storyboard.to_document(board, None), buffer.getvalue())


def export(call: Call, given: ExportInputs) -> Answer:
    """Render the timeline as it is now and save the video.

    Takes from seconds to minutes. Returns output (the file), bytes, render_id, elapsed_s, notes.
    """
    wish = ExportWish(
        lambda formats: call.target(
            given.out, force=given.force, formats=formats, format=given.format
        ),
        given.quality,
        given.max_size,
        given.encoder,
        given.purpose,
    )
    result = call.session(given.session_id, to="export").export(wish)
    return Answer(_documents.export_document(result))


def resume(call: Call, given: ResumeInputs) -> Answer:
    """Finish what was broken off: an upload, a message without an answer, a render, a download.

    Nothing is sent twice. Returns what the tool that was broken off would have returned.
    """
    result = resumption.resume(
        call.workspace,
        resumption.find_broken(call.workspace, given.id),
        lambda name, formats: call.target(name, force=given.force, formats=formats),
        out=given.out,
        may_replace=given.force,
    )
    return Answer(_documents.resume_document(result))


TOOLS: Mapping[str, Tool] = {
    "convert": Tool("Make a video", ConvertInputs, convert, stage_count=5),
    "chat": Tool("Edit in words", ChatInputs, chat),
    "edit_timeline": Tool("Edit exactly", EditInputs, edit_timeline),
    "status": Tool("Show the timeline", StatusInputs, status, is_reading=True),
    "storyboard": Tool("See the video", StoryboardInputs, storyboard, is_reading=True),
    "export": Tool("Render and save", ExportInputs, export, stage_count=2),
    "resume": Tool("Finish what broke off", ResumeInputs, resume),
}
"""All of them by name, in the order in which agents see them."""
