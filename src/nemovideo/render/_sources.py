"""What a shot films: a photo or a clip, drawn for one frame after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Protocol

from nemovideo.errors import RenderError
from nemovideo.protocol.media_types import SNIFF_BYTES, kind_of, sniff_kind
from nemovideo.render._canvas import Canvas, load_canvas
from nemovideo.render._decode import ClipReader
from nemovideo.render._fit import cut_to, picks_blur, stand_on_blur
from nemovideo.render._planes import Planes, planes_of
from nemovideo.render.plan import FPS, Fit, Shot


class Source(Protocol):
    """Draws a shot; frames are counted from the shot's start and only go forwards."""

    def draw(self, frame: int, out: Planes) -> None:
        """Write the shot's picture at a frame."""
        ...

    def close(self) -> None:
        """Let go of what it holds."""
        ...


def find_media(shot: Shot, media: Mapping[str, Path]) -> Path:
    """Return a shot's file.

    Raises:
        RenderError: It is not there.
    """
    for name in shot.names:
        path = media.get(name)
        if path is not None and path.is_file():
            return path
    raise RenderError(
        f"the file of a picture on the timeline is missing: {shot.label}",
        hint="Upload it again, or take it off the timeline.",
    )


def open_source(shot: Shot, path: Path, width: int, height: int) -> Source:
    """Open a shot's file for a frame of a size.

    Raises:
        NemoError: The file can't be read, or is no picture and no clip.
    """
    if _kind(shot, path) == "image":
        return PhotoSource(load_canvas(path, shot, width, height), shot.end - shot.start)
    return ClipSource(ClipReader(path, start_s=shot.source_start), shot.fit, width, height)


@dataclass(frozen=True)
class PhotoSource:
    """A photo and the camera's way over it."""

    canvas: Canvas | Planes
    """One finished frame when nothing moves."""
    frames: int

    def draw(self, frame: int, out: Planes) -> None:
        """Write the shot's picture at a frame."""
        if isinstance(self.canvas, Planes):
            out.copy_from(self.canvas)
        else:
            self.canvas.draw(frame / max(1, self.frames - 1), out)

    def close(self) -> None:
        """Nothing is held open."""


class ClipSource:
    """A clip's pictures, fitted to the frame."""

    def __init__(self, reader: ClipReader, fit: Fit | None, width: int, height: int) -> None:
        self._reader = reader
        self._size = (width, height)
        blurs = picks_blur((reader.width, reader.height), width / height)
        self._fit = fit or ("blur" if blurs else "fill")

    def draw(self, frame: int, out: Planes) -> None:
        """Write the shot's picture at a frame."""
        picture = self._reader.frame_at(Fraction(frame, FPS))
        if self._fit == "blur":
            picture, _ = stand_on_blur(picture, *self._size)
        else:
            picture = cut_to(picture, *self._size)
        out.copy_from(planes_of(picture))

    def close(self) -> None:
        """Close the file."""
        self._reader.close()


def _kind(shot: Shot, path: Path) -> str:
    with path.open("rb") as file:
        kind = sniff_kind(file.read(SNIFF_BYTES))
    kind = kind or shot.kind or kind_of(shot.label)  # type: ignore[assignment]
    if kind not in ("image", "video"):
        raise RenderError(
            f"{shot.label} stands among the pictures but is neither a picture nor a clip",
            hint="Take it off the picture track, then export again.",
        )
    return kind
