"""A dry run, for people and programs."""

from __future__ import annotations

from typing import Any

from nemovideo.cli.output.columns import aligned
from nemovideo.cli.output.output import Output
from nemovideo.projects.convert.preview import Preview
from nemovideo.projects.texts import format_bytes


def preview_document(preview: Preview) -> dict[str, Any]:
    """Return the document of ``--dry-run``."""
    plan, backend = preview.prepared.plan, preview.prepared.backend
    return {
        "dry_run": True,
        "backend": backend.kind,
        "session_id": plan.session_id,
        "files": [
            {
                "path": file.source,
                "filename": file.name,
                "file_type": file.kind,
                "bytes": file.size_bytes,
                "duration_ms": file.duration_ms,
            }
            for file in preview.files
        ],
        "duration_ms": preview.duration_ms,
        "estimate": preview.is_estimate,
        "width": preview.size[0] if preview.size else None,
        "height": preview.size[1] if preview.size else None,
        "bytes": preview.size_bytes,
        "output": None if preview.prepared.target is None else str(preview.prepared.target),
        "format": plan.format,
        "quality": plan.quality,
        "prompt": plan.prompt,
        "cost": preview.cost,
        "not_understood": list(preview.not_understood),
        "notes": list(preview.notes),
    }


def show_preview(output: Output, preview: Preview) -> None:
    """Write what would be done: a line a file, then the sums."""
    about = "about " if preview.is_estimate else ""
    rows: list[tuple[str, ...]] = []
    for number, file in enumerate(preview.files, 1):
        length = "" if file.duration_ms is None else f"{about}{file.duration_ms / 1000:g} s"
        size = "link" if file.size_bytes is None else format_bytes(file.size_bytes)
        rows.append((str(number), file.name, file.kind or "file", length, size))
    if output.is_terminal and rows:
        said = output.translate
        rows = [(row[0], row[1], *(said(cell) if cell else "" for cell in row[2:])) for row in rows]
        for line in aligned(rows):
            output.result(line)
    else:
        for row in rows:
            output.result("\t".join(row))
    total = "?" if preview.duration_ms is None else f"{about}{preview.duration_ms / 1000:g} s"
    pixels = f", {preview.size[0]}x{preview.size[1]}" if preview.size else ""
    target = preview.prepared.target
    output.say(f"length: {total}{pixels}")
    output.say(f"upload: {format_bytes(preview.size_bytes)} to {preview.prepared.backend.label}")
    if target is None:
        output.say("video: none, it stops at the timeline")
    else:
        output.say(f"video: {target}")
    output.say(f"costs: {preview.cost}")
    for note in preview.notes:
        output.notice(note)
    output.notice("Nothing was sent or written.")
