"""A draft's tracks and segments, read and written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from nemovideo.protocol.draft import Draft, JsonObject
from nemovideo.timeline.model import (
    Canvas,
    Caption,
    Clip,
    Segment,
    Sound,
    Timeline,
    Track,
    TrackType,
)
from nemovideo.timeline.wire._fields import (
    READERS,
    WIRE_NAMES,
    WRITTEN_KEYS,
    read_fade,
    write_fade,
    written_value,
)
from nemovideo.timeline.wire._lenient import (
    dict_of,
    first_of,
    length_of,
    list_of,
    milliseconds_of,
    number_of,
    pixels_of,
    said,
    text_of,
    whole_ms,
    without,
)

ENGINE = "local/2"
"""Who writes drafts of this form."""

_TYPES: Mapping[float | None, TrackType] = {
    0: TrackType.VIDEO,
    1: TrackType.AUDIO,
    7: TrackType.TEXT,
}
_NUMBERS: Mapping[TrackType, Any] = {track_type: number for number, track_type in _TYPES.items()}
_SEGMENTS: Mapping[TrackType, type[Segment]] = {
    TrackType.VIDEO: Clip,
    TrackType.AUDIO: Sound,
    TrackType.TEXT: Caption,
    TrackType.OTHER: Segment,
}

AnyTimeline = TypeVar("AnyTimeline", bound=Timeline)


def from_draft(
    draft: Draft | Mapping[str, Any] | None, timeline_type: type[AnyTimeline]
) -> AnyTimeline:
    """Read a draft; see `Timeline.from_draft`."""
    document = dict_of(draft.raw if isinstance(draft, Draft) else draft)
    tracks = tuple(map(_read_track, list_of(document.get("t"))))
    metadata = dict_of(document.get("m"))
    longest = max((track.end_ms for track in tracks), default=0)
    return timeline_type(
        canvas=Canvas(
            pixels_of(metadata.get("width")),
            pixels_of(metadata.get("height")),
            pixels_of(metadata.get("fps")),
        ),
        tracks=tracks,
        duration_ms=first_of(milliseconds_of(document.get("d")), longest),
        title=text_of(metadata.get("title")),
        fade_in=read_fade(metadata.get("fade_in")),
        fade_out=read_fade(metadata.get("fade_out")),
        engine=text_of(metadata.get("engine")),
        extra=without(document, ("t", "d", "m")),
        metadata=without(metadata, _DRAFT_KEYS),
    )


def to_draft(timeline: Timeline) -> JsonObject:
    """Write a timeline as the local engine's draft."""
    metadata = {
        "title": timeline.title,
        "width": timeline.canvas.width,
        "height": timeline.canvas.height,
        "fps": timeline.canvas.fps,
        "fade_in": write_fade(timeline.fade_in),
        "fade_out": write_fade(timeline.fade_out),
        "engine": ENGINE,
    }
    return {
        **timeline.extra,
        "t": [_write_track(track) for track in timeline.tracks],
        "d": timeline.duration_ms,
        "m": {**timeline.metadata, **said(metadata)},
    }


_DRAFT_KEYS = ("title", "width", "height", "fps", "fade_in", "fade_out", "engine")


def _read_track(raw: object) -> Track:
    document = dict_of(raw)
    track_type = _TYPES.get(number_of(document.get("tt")), TrackType.OTHER)
    segments: list[Segment] = []
    end: float = 0
    for item in map(dict_of, list_of(document.get("sg"))):
        start = first_of(length_of(item.get("st")), end)
        end = start + (length_of(item.get("d")) or 0)
        times = {"start_ms": whole_ms(start), "duration_ms": whole_ms(end) - whole_ms(start)}
        segments.append(_read_segment(item, _SEGMENTS[track_type], times))
    known_keys = ("sg",) if track_type is TrackType.OTHER else ("tt", "sg")
    return Track(track_type, tuple(segments), without(document, known_keys))


def _write_track(track: Track) -> JsonObject:
    head = {"tt": _NUMBERS[track.type]} if track.type in _NUMBERS else {}
    return {**head, **track.extra, "sg": [_write_segment(segment) for segment in track.segments]}


def _read_segment(
    document: JsonObject, segment_type: type[Segment], times: Mapping[str, int]
) -> Segment:
    metadata = dict_of(document.get("m"))
    readers = READERS[segment_type]
    values = {key: read(metadata) for key, read in readers.items()}
    rest = without(metadata, WRITTEN_KEYS[segment_type])
    return segment_type(
        **times,
        id=text_of(document.get("id")),
        name=text_of(metadata.get("name")),
        title=text_of(metadata.get("title")),
        text=text_of(metadata.get("text")),
        volume=number_of(metadata.get("volume")),
        extra=without(document, ("st", "d", "id", "m")) | ({"m": rest} if rest else {}),
        **values,
    )


def _write_segment(segment: Segment) -> JsonObject:
    written: JsonObject = {
        "name": segment.name,
        "title": segment.title,
        "text": segment.text,
        "volume": segment.volume,
    }
    for key in READERS[type(segment)]:
        written[WIRE_NAMES.get(key, key)] = written_value(getattr(segment, key))
    extra = dict(segment.extra)
    metadata = dict_of(extra.pop("m", {}))
    head = {} if segment.id is None else {"id": segment.id}
    return {
        **head,
        **extra,
        "st": segment.start_ms,
        "d": segment.duration_ms,
        "m": {**metadata, **said(written)},
    }
