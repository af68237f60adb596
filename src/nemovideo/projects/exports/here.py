"""A timeline of the cloud's, rendered on this machine: for plans that include no export.

The cloud's draft names its files in its own way. What can be matched with files that were uploaded
from here is taken from here; the rest is said, never invented silently.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from nemovideo.errors import InputNotFoundError
from nemovideo.projects.exports.export import exportable_draft, render_timeline
from nemovideo.projects.exports.outputs import OutputTarget
from nemovideo.projects.exports.render import ExportResult, RenderOptions
from nemovideo.projects.inputs.checking import read_input
from nemovideo.projects.inputs.expansion import Inputs
from nemovideo.projects.journal import UploadRecord
from nemovideo.projects.recovery.states import UploadState
from nemovideo.projects.session import Session
from nemovideo.projects.session.uploads import upload_inputs
from nemovideo.protocol.draft import JsonObject
from nemovideo.protocol.media_types import kind_of
from nemovideo.timeline import Timeline
from nemovideo.timeline.model import Clip, Segment, Sound
from nemovideo.timeline.wire import to_draft

DEFAULT_MUSIC = {"style": "ambient", "key": "C", "mode": "major", "tempo": 72, "seed": 1}


@dataclass(frozen=True)
class LocalDraft:
    """A draft that the engine on this machine can render."""

    document: JsonObject
    notes: tuple[str, ...]
    """What differs from the cloud's, in words."""


def export_here(session: Session, target: OutputTarget, options: RenderOptions) -> ExportResult:
    """Render a cloud session's timeline with the engine on this machine.

    Reading the timeline costs nothing; nothing else is asked of the cloud.

    Raises:
        EmptyTimelineError: There is nothing on the timeline.
        InputNotFoundError: A file of the timeline is not on this machine.
        RenderError: The render failed.
    """
    workspace = session.workspace
    draft = exportable_draft(session)
    inputs, records = _files_of(session)
    local = localise(draft, records)
    for note in local.notes:
        workspace.reporter.notice(note)
    with workspace.at(replace(workspace.settings, backend="local")) as here:
        copy = here.create(name=f"{session.record.name} (rendered here)", is_current=False)
        upload_inputs(copy, inputs)
        result = render_timeline(copy, target, options, draft=local.document)
        # A copy that has served is none of the sessions that anybody works in.
        here.journal.sessions.forget(copy.session_id)
    return replace(result, session_id=session.session_id, notes=(*local.notes, *result.notes))


def localise(draft: JsonObject, uploads: Sequence[UploadRecord]) -> LocalDraft:
    """Give every photo, film and sound of a draft the name of an uploaded file.

    A segment is matched by a file's name or link anywhere in it, by the name without extension,
    and last by its place: the first picture is the first that was uploaded. Music without a file
    here is replaced by composed music.

    Raises:
        InputNotFoundError: A picture can't be matched with any file.
    """
    timeline = Timeline.from_draft(draft)
    pictures = [u for u in uploads if kind_of(u.filename) in ("image", "video")]
    sounds = [u for u in uploads if kind_of(u.filename) == "audio"]
    notes: list[str] = []

    def here(segment: Segment, index: int) -> Segment:
        if isinstance(segment, Clip):
            return _clip_here(segment, pictures, index)
        if isinstance(segment, Sound):
            return _sound_here(segment, sounds, index, notes)
        return segment

    tracks = (
        replace(track, segments=tuple(here(one, index) for index, one in enumerate(track.segments)))
        for track in timeline.tracks
    )
    return LocalDraft(to_draft(replace(timeline, tracks=tuple(tracks))), tuple(notes))


def _clip_here(clip: Clip, pictures: Sequence[UploadRecord], index: int) -> Clip:
    found = _match(clip, pictures) or next(iter(pictures[index : index + 1]), None)
    beside = clip.beside and _picture_here(clip.beside, _match(clip.beside, pictures), index)
    return replace(_picture_here(clip, found, index), beside=beside)


def _picture_here(clip: Clip, found: UploadRecord | None, index: int) -> Clip:
    if found is None:
        raise InputNotFoundError(
            f"no file on this machine belongs to {_label(clip, index)}",
            hint="Upload its file from this machine, or upgrade the plan to export.",
        )
    return replace(clip, name=PurePath(found.path).name, media=None)


def _sound_here(
    sound: Sound, sounds: Sequence[UploadRecord], index: int, notes: list[str]
) -> Sound:
    found = _match(sound, sounds)
    if found is not None:
        return replace(sound, name=PurePath(found.path).name, media=None)
    if sound.music is None:
        notes.append(
            f"{_label(sound, index)} is not on this machine: other music was composed in its place"
        )
    return replace(sound, media=None, music=sound.music or DEFAULT_MUSIC)


def _files_of(session: Session) -> tuple[Inputs, list[UploadRecord]]:
    uploads = session.journal.uploads.of(session.session_id)
    records = [upload for upload in uploads if upload.status is UploadState.DONE]
    if not records:
        raise InputNotFoundError(
            "no file of this session was uploaded from this machine",
            hint="The timeline can be rendered only where its photos and clips are.",
        )
    return Inputs(tuple(read_input(record.path) for record in records)), records


def _match(segment: Clip | Sound, uploads: Sequence[UploadRecord]) -> UploadRecord | None:
    named = (segment.name, segment.title, segment.text, segment.media, segment.extra)
    texts = {text.casefold() for text in _texts(named)}
    for upload in uploads:
        names = {upload.filename.casefold(), PurePath(upload.path).name.casefold()}
        links = {upload.url.casefold()} if upload.url else set()
        stems = {PurePath(name).stem for name in names}
        if texts & (names | links | stems):
            return upload
    return None


def _texts(value: object) -> Iterator[str]:
    """Yield every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts(list(value.values()))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)


def _label(segment: Segment, index: int) -> str:
    return f'"{segment.name}"' if segment.name else f"segment {index + 1}"
