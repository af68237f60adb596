"""From a draft to a finished file: the one call that the engine makes.

The file appears under its name only when it is whole and has been read again; whatever happens
before, nothing stays behind.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from nemovideo.protocol.draft import Draft
from nemovideo.protocol.outputs import ENGINE_FORMATS
from nemovideo.render.film.failures import translated_errors
from nemovideo.render.film.pieces.kept import KeptPieces
from nemovideo.render.film.production import (
    DRAFT_SIDE,
    GIF_SIDE,
    FilmWriter,
    RenderCancelled,
    RenderResult,
)
from nemovideo.timeline.model import Timeline

__all__ = ["RenderCancelled", "RenderResult", "render_draft"]


def render_draft(
    draft: Draft,
    media: Mapping[str, Path],
    output: Path,
    *,
    quality: str = "high",
    max_bytes: int | None = None,
    encoder: str = "x264",
    on_progress: Callable[[float], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
    kept: KeptPieces | None = None,
) -> RenderResult:
    """Render a draft to an MP4 file.

    Args:
        draft: Of docs/draft.md, or one that resembles it.
        media: The session's files, by media id and by file name.
        output: Replaced when it exists; its folder must be there. The name's ending decides
            which of `ENGINE_FORMATS` it becomes, an MP4 if it is none of them.
        quality: Of `nemovideo.protocol.outputs.QUALITIES`.
        max_bytes: How large the file may be; what is larger is encoded again for that size.
        encoder: Of `nemovideo.protocol.outputs.ENCODERS`; where hardware does not work, and in
            files that are made smaller, it is x264.
        on_progress: Called with fractions from 0 to 1 that never fall, at most once for each
            hundredth; from the calling thread.
        is_cancelled: Asked with each frame.
        kept: Where the pieces of films are kept, so that what did not change is not rendered again.

    Raises:
        EmptyTimelineError: There is nothing on the timeline.
        RenderCancelled: `is_cancelled` said so.
        RenderError: A file is missing, the disk is full, the draft is too long.
        FileError: A photo or clip can't be read.
    """
    container = output.suffix.lower().removeprefix(".")
    container = container if container in ENGINE_FORMATS else ENGINE_FORMATS[0]
    timeline = Timeline.from_draft(draft)
    side = {"gif": GIF_SIDE}.get(container) or {"draft": DRAFT_SIDE}.get(quality)
    writer = FilmWriter(
        timeline, media, container, quality, on_progress, is_cancelled, kept, encoder
    )
    partial = output.with_name(f".{output.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        result = writer.write(partial, side, None, share=1.0 if max_bytes is None else 0.5)
        if max_bytes is not None:
            result = writer.shrink(partial, result, max_bytes)
        with translated_errors(output):
            partial.replace(output)
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    writer.progress.report(1.0)
    return result
