"""Small collaborators with a known behaviour: a director, a probe and a renderer to order."""

from __future__ import annotations

import struct
import threading
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from nemovideo.editing import MediaItem, Outcome, ToolCall, direct as really_direct
from nemovideo.engine.work.collaborators import Collaborators, Probe
from nemovideo.protocol.draft import Draft, JsonObject
from nemovideo.render import RenderCancelled, RenderResult
from nemovideo.render.media_info import probe
from nemovideo.timeline import Timeline

DRAFT: JsonObject = {
    "t": [{"tt": 0, "sg": [{"st": 0, "d": 1000, "m": {"name": "a.png"}}], "m": {}}],
    "d": 1000,
    "m": {"title": "Sea 海", "width": 64, "height": 36, "fps": 30},
}


def png(width: int = 8, height: int = 6, colour: bytes = b"\x20\x80\xc0") -> bytes:
    """Make a picture of one colour."""
    rows = (b"\0" + colour * width) * height

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def direct(
    message: str,
    media: Sequence[MediaItem],
    draft: JsonObject | None,
    *,
    language: str,
    title: str,
    question: JsonObject | None = None,
    strict: bool = False,
) -> Outcome:
    """Do as the message's first word says: ``silent``, ``crash``, ``nothing``, else a new cut."""
    history = really_direct(message, media, draft).history
    if history is not None:
        return Outcome(None, "", history=history)
    word = message.split()[0]
    if word == "crash":
        raise ValueError("the secret inside")
    if word == "nothing":
        return Outcome(None, "I changed nothing.")
    names = [item.name for item in media]
    segments = [{"st": 0, "d": 1000, "m": {"name": name}} for name in names]
    earlier = [] if draft is None else draft["m"]["messages"]
    new: JsonObject = {
        "t": [{"tt": 0, "sg": segments, "m": {}}],
        "d": 1000,
        "m": {"title": title, "language": language, "messages": [*earlier, message]},
    }
    call = ToolCall("cut", {"message": message}, {"segments": len(segments)})
    return Outcome(
        new, f"Made a cut of {len(names)} files, as you said.", (call,), word == "silent"
    )


@dataclass
class FakeRenderer:
    """Writes a file of known bytes; goes through `gate` in steps when there is one."""

    content: bytes = bytes(range(256)) * 64
    gate: threading.Event | None = None
    error: Exception | None = None
    is_deaf: bool = False
    """Whether it never asks if it was cancelled."""
    media: list[dict[str, Path]] = field(default_factory=list)
    """What each render was given."""
    qualities: list[str] = field(default_factory=list)
    """How good each was to be."""
    limits: list[int | None] = field(default_factory=list)
    """How large each might be."""

    def __call__(
        self,
        draft: Draft,
        media: Mapping[str, Path],
        output: Path,
        *,
        quality: str,
        max_bytes: int | None,
        encoder: str,
        on_progress: Callable[[float], None] | None,
        is_cancelled: Callable[[], bool] | None,
    ) -> RenderResult:
        assert on_progress is not None
        assert is_cancelled is not None
        self.media.append(dict(media))
        self.qualities.append(quality)
        self.limits.append(max_bytes)
        (output.parent / "partial").write_bytes(b"half")
        on_progress(0.5)
        if self.error is not None:
            raise self.error
        while self.gate is not None and not self.gate.is_set():
            if not self.is_deaf and is_cancelled():
                raise RenderCancelled
            time.sleep(0.005)
        (output.parent / "partial").unlink()
        output.write_bytes(self.content)
        width, height = Timeline.from_draft(draft).canvas.size
        return RenderResult(
            frame_count=30,
            duration_s=Fraction(1),
            width=width,
            height=height,
            size_bytes=len(self.content),
            notes=("a note",),
        )


def fakes(renderer: FakeRenderer | None = None, *, look: Probe = probe) -> Collaborators:
    """Put the small collaborators together; the probe is the real one."""
    return Collaborators(direct=direct, probe=look, render_draft=renderer or FakeRenderer())
