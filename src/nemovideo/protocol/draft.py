"""The draft: tracks and segments, read leniently, kept exactly.

The wire's short keys (``t tt sg st d m``) end in this module. A draft is an opaque document of the
server's: `Draft.raw` is what came and what goes back, unchanged; the other attributes are a view of
it that never fails, whatever the document holds.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

JsonObject = dict[str, Any]
"""A JSON object as `json.loads` gives it."""


class TrackType(IntEnum):
    """What a track holds, by the wire's numbers; OTHER stands for all that are unknown."""

    VIDEO = 0
    AUDIO = 1
    TEXT = 7
    OTHER = -1


@dataclass(frozen=True)
class Segment:
    """One piece of a track: when it plays and what it is called."""

    start_ms: float
    """Where it starts; the end of the segment before when the wire gives none."""
    duration_ms: float
    """How long it plays; 0 when the wire gives none."""
    name: str | None = None
    title: str | None = None
    text: str | None = None
    volume: float | None = None
    """0 is silent, 1 is full; may lie outside."""
    metadata: Mapping[str, Any] = field(default_factory=dict)
    """All of ``m``, whatever it holds."""

    @property
    def end_ms(self) -> float:
        """Where it ends."""
        return self.start_ms + self.duration_ms


@dataclass(frozen=True)
class Track:
    """A row of the timeline."""

    type: TrackType
    segments: tuple[Segment, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def start_ms(self) -> float:
        """Where its earliest segment starts; 0 when it has none."""
        return min((segment.start_ms for segment in self.segments), default=0)

    @property
    def end_ms(self) -> float:
        """Where its last segment ends; 0 when it has none."""
        return max((segment.end_ms for segment in self.segments), default=0)


@dataclass(frozen=True)
class Draft:
    """A timeline as the server keeps it."""

    raw: JsonObject
    """The document as it came: this is what goes back in a render request."""
    tracks: tuple[Track, ...] = ()
    duration_ms: float = 0
    """The draft's own ``d``, else the end of its longest track."""
    title: str | None = None
    width: int | None = None
    height: int | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_wire(cls, raw: object) -> Draft:
        """Read a draft from JSON of any shape; what is missing or wrong reads as absent."""
        document = raw if isinstance(raw, dict) else {}
        tracks = tuple(_read_track(item) for item in _list(document.get("t")))
        metadata = _dict(document.get("m"))
        longest = max((track.end_ms for track in tracks), default=0)
        duration = _number(document.get("d"))
        return cls(
            raw=document,
            tracks=tracks,
            duration_ms=longest if duration is None or duration < 0 else duration,
            title=_text(metadata.get("title")),
            width=_pixels(metadata.get("width")),
            height=_pixels(metadata.get("height")),
            metadata=metadata,
        )

    @property
    def is_ready(self) -> bool:
        """Whether it can be exported: one track at least has a segment."""
        return any(track.segments for track in self.tracks)


def segment_to_wire(start_ms: int, duration_ms: int, metadata: Mapping[str, Any]) -> JsonObject:
    """Build a segment's document."""
    return {"st": start_ms, "d": duration_ms, "m": dict(metadata)}


def track_to_wire(
    track_type: TrackType, segments: list[JsonObject], metadata: Mapping[str, Any] | None = None
) -> JsonObject:
    """Build a track's document."""
    return {"tt": int(track_type), "sg": segments, "m": dict(metadata or {})}


def draft_to_wire(
    tracks: list[JsonObject], duration_ms: int, metadata: Mapping[str, Any]
) -> JsonObject:
    """Build a draft's document."""
    return {"t": tracks, "d": duration_ms, "m": dict(metadata)}


def _read_track(raw: object) -> Track:
    document = _dict(raw)
    number = document.get("tt")
    known = isinstance(number, int | float) and not isinstance(number, bool)
    segments: list[Segment] = []
    end_ms: float = 0
    for item in _list(document.get("sg")):
        segment = _read_segment(item, default_start_ms=end_ms)
        segments.append(segment)
        end_ms = segment.end_ms
    return Track(
        type=TrackType(number) if known and number in (0, 1, 7) else TrackType.OTHER,
        segments=tuple(segments),
        metadata=_dict(document.get("m")),
    )


def _read_segment(raw: object, *, default_start_ms: float) -> Segment:
    document = _dict(raw)
    metadata = _dict(document.get("m"))
    start = _number(document.get("st"))
    duration = _number(document.get("d"))
    return Segment(
        start_ms=default_start_ms if start is None or start < 0 else start,
        duration_ms=0 if duration is None or duration < 0 else duration,
        name=_text(metadata.get("name")),
        title=_text(metadata.get("title")),
        text=_text(metadata.get("text")),
        volume=_number(metadata.get("volume")),
        metadata=metadata,
    )


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return value if math.isfinite(value) and abs(value) < 1e15 else None
    except OverflowError:
        return None


def _pixels(value: object) -> int | None:
    number = _number(value)
    return int(number) if number is not None and number >= 1 else None
