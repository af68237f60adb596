"""The JSON documents of CLI.md, from the results of `projects`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from nemovideo.cli.input.targets import Beside
from nemovideo.protocol.draft import Draft
from nemovideo.timeline import Timeline

if TYPE_CHECKING:
    from pathlib import Path

    from nemovideo.projects.chat import ChatResult
    from nemovideo.projects.convert.steps import ConvertResult
    from nemovideo.projects.exports.render import ExportResult
    from nemovideo.projects.journal import RenderRecord, SessionRecord
    from nemovideo.projects.recovery.resume import ResumeResult
    from nemovideo.projects.session.upload_batch import SentFile
    from nemovideo.projects.turns import Answer

Document = dict[str, Any]
_BESIDE = tuple(field.name for field in fields(Beside))
"""Files that may be saved beside a video."""


def timeline_document(session: SessionRecord, draft: Draft | None) -> Document:
    """Return the ``timeline`` object: `nemo status --json` without the draft."""
    return {
        "session_id": session.session_id,
        "task_id": session.task_id,
        **Timeline.from_draft(draft).to_json(),
    }


def status_document(session: SessionRecord, draft: Draft | None) -> Document:
    """Return the document of `nemo status`."""
    return {**timeline_document(session, draft), "draft": None if draft is None else draft.raw}


def convert_document(
    result: ConvertResult, beside: Mapping[str, Path] = MappingProxyType({})
) -> Document:
    """Return the document of `nemo convert`; what an export gives is null without one."""
    export = result.export
    return {
        "session_id": result.session.session_id,
        "task_id": result.session.task_id,
        "render_id": export.render_id if export else None,
        "output": export.output if export else None,
        "bytes": export.size_bytes if export else None,
        **{kind: str(beside[kind]) if kind in beside else None for kind in _BESIDE},
        "duration_ms": Timeline.from_draft(result.draft).duration_ms,
        "timeline": timeline_document(result.session, result.draft),
        "workspace_url": result.workspace_url,
        "reply": result.reply,
        "not_understood": list(result.not_understood),
        "notes": [*result.notes, *(export.notes if export else ())],
        "checks": list(export.checks) if export else [],
    }


def chat_document(result: ChatResult) -> Document:
    """Return the document of `nemo chat TEXT`."""
    return {
        "session_id": result.session.session_id,
        "intent": result.intent.value,
        "reply": result.reply,
        "actions": [
            {"kind": action.kind, "target": action.target, "done": action.done}
            for action in result.actions
        ],
        "changes": list(result.changes),
        "timeline": timeline_document(result.session, result.draft),
        "files": [file_document(file) for file in result.files],
        "export": export_document(result.export) if result.export else None,
        "question": result.question,
        "not_understood": list(result.not_understood),
        "notes": list(result.notes),
    }


def edit_document(session: SessionRecord, answer: Answer) -> Document:
    """Return the document of `nemo edit`."""
    return {
        "session_id": session.session_id,
        "changes": list(answer.changes),
        "timeline": timeline_document(session, answer.draft),
        "notes": list(answer.notes),
    }


def resume_document(result: ResumeResult) -> Document:
    """Return the document of `nemo resume`: that of what was finished."""
    if result.conversion is not None:
        return convert_document(result.conversion)
    if result.export is not None:
        return export_document(result.export)
    answer = result.answer
    return {
        "session_id": result.session.session_id,
        "reply": answer.reply if answer else "",
        "changes": list(answer.changes) if answer else [],
        "not_understood": list(answer.not_understood) if answer else [],
        "notes": list(answer.notes) if answer else [],
    }


def export_document(
    result: ExportResult, beside: Mapping[str, Path] = MappingProxyType({})
) -> Document:
    """Return the document of `nemo export`."""
    return {
        "session_id": result.session_id,
        "render_id": result.render_id,
        "output": result.output,
        "bytes": result.size_bytes,
        **{kind: str(beside[kind]) if kind in beside else None for kind in _BESIDE},
        "elapsed_s": result.elapsed_s,
        "notes": list(result.notes),
        "checks": list(result.checks),
    }


def file_document(file: SentFile) -> Document:
    """Return one file of `nemo upload`."""
    return {
        "path": file.path,
        "filename": file.filename,
        "file_type": file.file_type,
        "url": file.url,
    }


def session_document(session: SessionRecord, workspace_url: str) -> Document:
    """Return the document of `nemo session new`, `use` and `show`."""
    return {
        "session_id": session.session_id,
        "task_id": session.task_id,
        "name": session.name,
        "backend": session.backend.kind,
        "workspace_url": workspace_url,
    }


def render_document(render: RenderRecord) -> Document:
    """Return one row of `nemo renders list`."""
    return {
        "render_id": render.render_id,
        "session_id": render.session_id,
        "status": render.status,
        "output": render.output,
    }
