"""A timeline of the cloud's, rendered on this machine: for plans that include no export.

The cloud's draft names its files in its own way. What can be matched with files that were uploaded
from here is taken from here; the rest is said, never invented silently.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from nemovideo.errors import InputNotFoundError
from nemovideo.projects.exports import ExportResult, exportable_draft, render_draft
from nemovideo.projects.inputs import Inputs, read_input
from nemovideo.projects.journal import SessionRecord, UploadRecord
from nemovideo.projects.outputs import OutputTarget
from nemovideo.projects.uploads import upload_inputs
from nemovideo.projects.workspace import Workspace
from nemovideo.protocol.draft import Draft, JsonObject, TrackType
from nemovideo.protocol.media_types import kind_of

DEFAULT_MUSIC = {"mood": "calm", "key": "C", "mode": "major", "tempo": 72, "seed": 1}


@dataclass(frozen=True)
class LocalDraft:
    """A draft that the engine on this machine can render."""

    document: JsonObject
    notes: tuple[str, ...]
    """What differs from the cloud's, in words."""


def export_here(workspace: Workspace, session: SessionRecord, target: OutputTarget) -> ExportResult:
    """Render a cloud session's timeline with the engine on this machine.

    Reading the timeline costs nothing; nothing else is asked of the cloud.

    Raises:
        EmptyTimelineError: There is nothing on the timeline.
        InputNotFoundError: A file of the timeline is not on this machine.
        RenderError: The render failed.
    """
    draft = exportable_draft(workspace, session)
    inputs, records = _files_of(workspace, session)
    local = localise(draft, records)
    for note in local.notes:
        workspace.reporter.notice(note)
    here = Workspace(
        replace(workspace.settings, backend="local"),
        reporter=workspace.reporter,
        sleep=workspace.sleep,
        clock=workspace.clock,
    )
    with here:
        local_session = here.create_session(name=session.name, is_current=False)
        upload_inputs(here, local_session, inputs)
        result = render_draft(here, local_session, local.document, target)
    return replace(result, session_id=session.session_id, notes=(*local.notes, *result.notes))


def localise(draft: JsonObject, uploads: Sequence[UploadRecord]) -> LocalDraft:
    """Give every segment of a draft the name of an uploaded file.

    A segment is matched by a file's name or link anywhere in it, by the name without extension,
    and last by its place: the first picture is the first that was uploaded. Music without a file
    here is replaced by composed music.

    Raises:
        InputNotFoundError: A picture can't be matched with any file.
    """
    document = copy.deepcopy(draft)
    notes: list[str] = []
    pictures = [u for u in uploads if kind_of(u.filename) in ("image", "video")]
    sounds = [u for u in uploads if kind_of(u.filename) == "audio"]
    read = Draft.from_wire(document)
    for track, raw_track in zip(read.tracks, _objects(document.get("t")), strict=False):
        for index, raw in enumerate(_objects(raw_track.get("sg"))):
            if track.type is TrackType.VIDEO:
                found = _match(raw, pictures) or next(iter(pictures[index : index + 1]), None)
                if found is None:
                    raise InputNotFoundError(
                        f"no file on this machine belongs to {_label(raw, index)}",
                        hint="Upload its file from this machine, or upgrade the plan to export.",
                    )
                _metadata(raw)["name"] = PurePath(found.path).name
            elif track.type is TrackType.AUDIO:
                notes += _localise_sound(raw, sounds, index)
    return LocalDraft(document, tuple(notes))


def _localise_sound(raw: JsonObject, sounds: Sequence[UploadRecord], index: int) -> list[str]:
    metadata = _metadata(raw)
    found = _match(raw, sounds)
    if found is not None:
        metadata["name"] = PurePath(found.path).name
        return []
    if "music" in metadata:
        return []
    metadata["music"] = dict(DEFAULT_MUSIC)
    label = _label(raw, index)
    return [f"{label} is not on this machine: other music was composed in its place"]


def _files_of(workspace: Workspace, session: SessionRecord) -> tuple[Inputs, list[UploadRecord]]:
    records = [r for r in workspace.journal.uploads(session.session_id) if r.status == "done"]
    if not records:
        raise InputNotFoundError(
            "no file of this session was uploaded from this machine",
            hint="The timeline can be rendered only where its photos and clips are.",
        )
    return Inputs(tuple(read_input(record.path) for record in records)), records


def _match(raw: JsonObject, uploads: Sequence[UploadRecord]) -> UploadRecord | None:
    texts = [text.casefold() for text in _texts(raw)]
    for upload in uploads:
        names = {upload.filename.casefold(), PurePath(upload.path).name.casefold()}
        links = {upload.url.casefold()} if upload.url else set()
        stems = {PurePath(name).stem for name in names}
        if any(text in names | links | stems for text in texts):
            return upload
    return None


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return []


def _objects(value: object) -> list[dict[str, Any]]:
    """Return a list's items; what is no object reads as an empty one, as `Draft` reads it."""
    return (
        [item if isinstance(item, dict) else {} for item in value]
        if isinstance(value, list)
        else []
    )


def _metadata(raw: JsonObject) -> dict[str, Any]:
    metadata = raw.get("m")
    if not isinstance(metadata, dict):
        metadata = raw["m"] = {}
    metadata.pop("media", None)
    return metadata


def _label(raw: JsonObject, index: int) -> str:
    metadata = raw.get("m")
    name = metadata.get("name") if isinstance(metadata, dict) else None
    return f'"{name}"' if isinstance(name, str) else f"segment {index + 1}"
