"""Finished videos in words: made, exported, taken up, or going on without us."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nemovideo.cli.results.answers import show_answer, warn_not_understood
from nemovideo.cli.results.timelines import timeline_line
from nemovideo.timeline import Timeline

if TYPE_CHECKING:
    from nemovideo.cli.output.output import Output
    from nemovideo.cli.progress.answer import AnswerWriter
    from nemovideo.projects.convert.steps import ConvertResult
    from nemovideo.projects.exports.render import ExportResult
    from nemovideo.projects.journal import RenderRecord, SessionRecord
    from nemovideo.projects.recovery.resume import ResumeResult


def show_conversion(output: Output, result: ConvertResult) -> None:
    """Show a finished conversion: the timeline, and the file on stdout."""
    warn_not_understood(output, result.not_understood)
    timeline = Timeline.from_draft(result.draft)
    if result.export is None:
        output.result(timeline_line(output, timeline))
        output.notice('Next: nemo status, nemo chat "…", nemo export --out video.mp4')
        return
    output.notice(timeline_line(output, timeline))
    show_export(output, result.export, duration_ms=timeline.duration_ms)


def show_export(output: Output, result: ExportResult, *, duration_ms: int | None = None) -> None:
    """Show a finished export; the path stands alone on stdout."""
    if result.output != "-":
        output.file(result.output, Path(result.output))
    from nemovideo.projects.texts import format_bytes

    size = format_bytes(result.size_bytes)
    if duration_ms:
        output.notice(f"Done: {size}, {duration_ms / 1000:g} s")
    else:
        output.notice(f"Done: {size}")


def show_resumed(output: Output, result: ResumeResult, writer: AnswerWriter | None = None) -> None:
    """Show what was taken up; the writer is what has written the agent's words as they came."""
    if result.conversion is not None:
        show_conversion(output, result.conversion)
    elif result.export is not None:
        show_export(output, result.export)
    elif result.answer is not None:
        show_answer(output, result.answer, writer)


def show_submitted(output: Output, render: RenderRecord, session: SessionRecord) -> None:
    """Show a render that goes on without us."""
    output.document(
        {"render_id": render.render_id, "session_id": render.session_id, "status": render.status}
    )
    output.result(render.render_id)
    goes_on = "goes on when nemo runs again" if session.backend.is_local else "goes on in the cloud"
    output.notice(f"The render {goes_on}; fetch it: nemo export --resume {render.render_id}")
