"""The timeline as rows: what each track holds, when, how loud; and its summary in one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from nemovideo.protocol.draft import Draft, JsonObject, Segment, Track, TrackType
from nemovideo.timeline._format import UNTITLED, one_line, percent, span, whole

TrackTypeName = Literal["video", "audio", "text", "other"]

_TYPE_NAMES: dict[TrackType, TrackTypeName] = {
    TrackType.VIDEO: "video",
    TrackType.AUDIO: "audio",
    TrackType.TEXT: "text",
    TrackType.OTHER: "other",
}
_LABELS: dict[TrackTypeName, str] = {
    "video": "Video",
    "audio": "BGM",
    "text": "Title",
    "other": "Track",
}


@dataclass(frozen=True)
class SegmentRow:
    """One piece of a track."""

    name: str | None
    """Its name on one line; None when it has none."""
    text: str | None
    """The words that it shows, as they came; None when it shows none."""
    start_ms: int
    duration_ms: int
    volume: float | None
    """0 is silent, 1 is full; None when the draft says nothing."""
    transition: str | None = None
    """How it comes in over the one before; None for a cut."""

    @property
    def end_ms(self) -> int:
        """Where it ends."""
        return self.start_ms + self.duration_ms

    @property
    def shown_name(self) -> str:
        """Its name, or a word that stands for it."""
        return self.name or UNTITLED

    def to_json(self) -> JsonObject:
        """Return the row as `nemo status --json` prints it."""
        return {
            "name": self.name,
            "text": self.text,
            "start_ms": self.start_ms,
            "duration_ms": self.duration_ms,
            "volume": self.volume,
        }


@dataclass(frozen=True)
class TrackRow:
    """One track."""

    type: TrackTypeName
    label: str
    """What the summary calls its kind: Video, BGM, Title or Track."""
    name: str | None
    """The first segment's name; None when there is none."""
    start_ms: int
    end_ms: int
    volume: float | None
    """The first segment's volume."""
    segments: tuple[SegmentRow, ...]
    span: str
    """From where to where in seconds: ``0-10s``."""

    def describe(self) -> str:
        """Return the track in words: ``Video: beach +2 more (0-15s)``."""
        if not self.segments:
            return f"{self.label}: empty"
        more = f" +{len(self.segments) - 1} more" if len(self.segments) > 1 else ""
        volume = "" if self.volume is None else f", {percent(self.volume)}"
        return f"{self.label}: {self.quoted_name}{more} ({self.span}{volume})"

    @property
    def percent(self) -> str | None:
        """The volume as the summary shows it: ``35%``; None when the draft says nothing."""
        return None if self.volume is None else percent(self.volume)

    @property
    def quoted_name(self) -> str:
        """The name as the summary shows it: that of a text in quotes."""
        if self.name is None:
            return UNTITLED
        return f'"{self.name}"' if self.type == "text" else self.name

    def to_json(self) -> JsonObject:
        """Return the row as `nemo status --json` prints it."""
        return {
            "type": self.type,
            "name": self.name,
            "start_ms": self.start_ms,
            "end_ms": self.end_ms,
            "volume": self.volume,
            "segments": [segment.to_json() for segment in self.segments],
        }


@dataclass(frozen=True)
class Timeline:
    """All tracks, in the order of the draft."""

    tracks: tuple[TrackRow, ...] = ()
    duration_ms: int = 0
    is_ready: bool = False
    """Whether there is something to export."""

    @classmethod
    def from_draft(cls, draft: Draft | Mapping[str, Any] | None) -> Timeline:
        """Read a draft, of whatever shape; None and nonsense give a timeline without tracks."""
        read = read_draft(draft)
        return cls(
            tracks=tuple(map(_track_row, read.tracks)),
            duration_ms=whole(read.duration_ms),
            is_ready=read.is_ready,
        )

    def summary(self) -> str:
        """Return the timeline in one line."""
        count = len(self.tracks)
        head = f"Timeline ({count} track{'' if count == 1 else 's'})"
        rows = (f"{index}. {track.describe()}" for index, track in enumerate(self.tracks, 1))
        return f"{head}: {' '.join(rows)}" if self.tracks else head

    def to_json(self) -> JsonObject:
        """Return the timeline as `nemo status --json` prints it, without ids and the raw draft."""
        return {
            "ready": self.is_ready,
            "summary": self.summary(),
            "duration_ms": self.duration_ms,
            "tracks": [track.to_json() for track in self.tracks],
        }


def read_draft(draft: Draft | Mapping[str, Any] | None) -> Draft:
    """Return a draft that was read already, or read its document."""
    if isinstance(draft, Draft):
        return draft
    return Draft.from_wire(dict(draft) if isinstance(draft, Mapping) else None)


def segment_name(segment: Segment, track_type: TrackType) -> str | None:
    """Return what a segment is called, on one line; for text that is what it shows."""
    if track_type is TrackType.TEXT:
        candidates = (segment.text, segment.title, segment.name)
    else:
        candidates = (segment.name, segment.title, segment.text)
    return next(filter(None, (one_line(text) for text in candidates if text)), None)


def transition_name(segment: Segment) -> str | None:
    """Return how a segment comes in; None for a cut."""
    value = segment.metadata.get("transition")
    name = value.get("name") if isinstance(value, Mapping) else value
    return one_line(name) or None if isinstance(name, str) else None


def _track_row(track: Track) -> TrackRow:
    type_name = _TYPE_NAMES[track.type]
    segments = tuple(_segment_row(segment, track.type) for segment in track.segments)
    return TrackRow(
        type=type_name,
        label=_LABELS[type_name],
        name=segments[0].name if segments else None,
        start_ms=whole(track.start_ms),
        end_ms=whole(track.end_ms),
        volume=segments[0].volume if segments else None,
        segments=segments,
        span=span(track.start_ms, track.end_ms),
    )


def _segment_row(segment: Segment, track_type: TrackType) -> SegmentRow:
    return SegmentRow(
        name=segment_name(segment, track_type),
        text=segment.text,
        start_ms=whole(segment.start_ms),
        duration_ms=whole(segment.duration_ms),
        volume=segment.volume,
        transition=transition_name(segment),
    )
