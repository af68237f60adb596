"""What a media file is, by its content: kind, size, length; refuses what can't be decoded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nemovideo._metadata import recorded_at, taken_at
from nemovideo._metadata.towns import nearest_town
from nemovideo.errors import UnsupportedFileError
from nemovideo.protocol.media_types import SNIFF_BYTES, MediaKind, sniff_kind
from nemovideo.protocol.refused_types import why_not
from nemovideo.timeline.beat import Beat

if TYPE_CHECKING:
    from nemovideo.render.picture.subject import Subject


@dataclass(frozen=True)
class MediaInfo:
    """What a file holds."""

    kind: MediaKind
    width: int | None = None
    """Pixels of the upright picture; None for audio."""
    height: int | None = None
    duration_s: float | None = None
    """None for images."""
    fps: float | None = None
    """Frames per second on average; None for images and audio."""
    has_audio: bool = False
    taken_ms: int | None = None
    """When it was taken, in milliseconds since 1970; None when neither file nor name says."""
    taken_on: str | None = None
    """The day on which it was taken, where that was: ``2024-07-03``."""
    place: str | None = None
    """The town near which a photo was taken; None without the extra ``places``, too."""
    beat: Beat | None = None
    """Where the beats and bars of a song are; None where that can't be told."""
    subject: Subject | None = None
    """What a photo is about, where that was looked for."""
    notes: tuple[str, ...] = ()
    """What its owner should know, in sentences: what is missing, what was guessed."""


def probe(path: Path, name: str | None = None) -> MediaInfo:
    """Read what a file is and make sure that it can be decoded.

    The content decides: a clip that is called ``.jpg`` is a clip, an MP4 without pictures is audio,
    an animated GIF, PNG, WebP or AVIF is a clip without sound. Messages call it as its owner does.

    Raises:
        UnsupportedFileError: It is empty, of a kind that is not accepted, or broken; the message
            names it.
        RenderError: There is not enough memory to read it.
    """
    shown = name or path.name
    head = _head(path, shown)
    kind = sniff_kind(head)
    if kind is None:
        reason, hint = why_not(shown, head)
        raise UnsupportedFileError(f"{shown} {reason}", hint=hint)
    info = _look(path, shown, kind)
    moment = recorded_at(path, shown)
    if moment is not None:
        day = moment.date().isoformat()
        info = replace(info, taken_ms=round(moment.timestamp() * 1000), taken_on=day)
    where = taken_at(path) if info.kind == "image" else None
    return replace(info, place=nearest_town(*where)) if where else info


def _look(path: Path, shown: str, kind: MediaKind) -> MediaInfo:
    if kind == "image":
        from nemovideo.render.picture.files import check_picture

        facts = check_picture(path, shown)
        if facts.animation is not None:
            return MediaInfo(
                *("video", facts.width, facts.height),
                duration_s=float(facts.animation.duration_s),
                fps=facts.animation.fps,
                notes=facts.notes,
            )
        return MediaInfo("image", facts.width, facts.height, notes=facts.notes)
    from nemovideo.render.clip.probe import probe_streams

    streams = probe_streams(path, shown, has_pictures=kind == "video")
    if streams.size is None:
        return MediaInfo(
            "audio", duration_s=streams.duration_s, has_audio=True, notes=streams.notes
        )
    width, height = streams.size
    return MediaInfo(
        "video",
        width,
        height,
        streams.duration_s,
        streams.fps,
        streams.has_audio,
        notes=streams.notes,
    )


def _head(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(SNIFF_BYTES)
    except OSError as exc:
        raise UnsupportedFileError(f"{name} can't be read: {exc.strerror}") from exc
    if not head:
        raise UnsupportedFileError(f"{name} is empty")
    return head
