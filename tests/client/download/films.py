"""A film to download, and answers that bring some of it."""

from __future__ import annotations

from pathlib import Path

from nemovideo.protocol.models import RenderJob
from tests.support.answers import Answer, Cut, mp4

FILE = "/files/v.mp4"
FALLBACK = "/api/render/proxy/r1/download"
VIDEO = mp4(300_000)
JOB = RenderJob(id="r1", status="completed", output_url=FILE)


def cut_after(size: int, *, etag: str | None = '"v1"', **headers: str) -> Answer:
    """An answer that promises the whole file and breaks off."""
    named = {"Content-Type": "video/mp4", **({"ETag": etag} if etag else {}), **headers}
    return Answer(200, named, [VIDEO[:size], Cut()], content_length=len(VIDEO))


def left_behind(target: Path) -> list[str]:
    return [path.name for path in target.parent.iterdir() if path != target]
