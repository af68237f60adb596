"""The draft, read and written: the only module that knows the wire's short keys.

`from_draft` reads any JSON: what is missing or makes no sense is absent, nothing makes it fail.
`to_draft` writes the form of docs/draft.md. What is not known here survives the way there and back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from nemovideo.protocol.draft import Draft, JsonObject
from nemovideo.timeline import names
from nemovideo.timeline._lenient import (
    color_of,
    dict_of,
    first_of,
    length_of,
    list_of,
    milliseconds_of,
    number_of,
    one_of,
    pixels_of,
    said,
    text_of,
    whole_ms,
    without,
)
from nemovideo.timeline.model import (
    Canvas,
    Caption,
    Clip,
    Fade,
    Look,
    Motion,
    Segment,
    Sound,
    Timeline,
    Track,
    TrackType,
    Transition,
    View,
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
_OLD_TRANSITIONS = {"zoom": "zoomin", "fade": "crossfade"}
_OLD_MOODS = {"happy": "upbeat", "calm": "ambient", "epic": "cinematic", "lofi": "lo-fi"}

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
        fade_in=_read_fade(metadata.get("fade_in")),
        fade_out=_read_fade(metadata.get("fade_out")),
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
        "fade_in": _write_fade(timeline.fade_in),
        "fade_out": _write_fade(timeline.fade_out),
        "engine": ENGINE,
    }
    return {
        **timeline.extra,
        "t": [_write_track(track) for track in timeline.tracks],
        "d": timeline.duration_ms,
        "m": {**timeline.metadata, **said(metadata)},
    }


_DRAFT_KEYS = ("title", "width", "height", "fps", "fade_in", "fade_out", "engine")


# Tracks and segments


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
    readers = _READERS[segment_type]
    values = {key: read(metadata) for key, read in readers.items()}
    rest = without(metadata, _WRITTEN_KEYS[segment_type])
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
    for key in _READERS[type(segment)]:
        written[_WIRE_NAMES.get(key, key)] = _written(getattr(segment, key))
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


def _written(value: Any) -> Any:
    """Return a field as the draft holds it."""
    if isinstance(value, Transition):
        return said({"name": value.name, "d": value.duration_ms})
    if isinstance(value, Motion):
        ends = {"from": _write_view(value.start), "to": _write_view(value.end)}
        return {"name": value.name, "strength": value.strength, **said(ends)}
    if isinstance(value, tuple) and value and isinstance(value[0], Look):
        return [{"name": look.name, "amount": look.amount} for look in value]
    return list(value) if isinstance(value, tuple) else value


def _write_view(view: View | None) -> list[float] | None:
    return None if view is None else [view.x, view.y, view.zoom]


def _write_fade(fade: Fade | None) -> JsonObject | None:
    return None if fade is None else {"color": fade.color, "d": fade.duration_ms}


# Fields of segments, each from all of `m`


def _read_motion(metadata: JsonObject) -> Motion | None:
    value = metadata.get("motion")
    if not isinstance(value, Mapping):
        return None
    start, end = _read_view(value.get("from")), _read_view(value.get("to"))
    name = value.get("name")
    strength = number_of(value.get("strength"))
    if name in names.MOTIONS:
        return Motion(name, 1.0 if strength is None else min(max(strength, 0.0), 10.0))
    if start is None and end is None:
        return None
    return Motion("custom", 1.0, start or end, end or start)


def _read_view(value: object) -> View | None:
    if not isinstance(value, list | tuple) or len(value) != 3:
        return None
    x, y, zoom = (
        first_of(number_of(item), fallback)
        for item, fallback in zip(value, (0.5, 0.5, 1.0), strict=True)
    )
    return View(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0), max(zoom, 1.0))


def _read_transition(value: object) -> Transition | None:
    """Read how a clip comes in; a bare name has the usual length."""
    if isinstance(value, str):
        value = {"name": value}
    name = text_of(dict_of(value).get("name"))
    if name is None or name == names.NO_TRANSITION:
        return None
    length = dict_of(value).get("d", dict_of(value).get("duration_ms"))
    return Transition(_OLD_TRANSITIONS.get(name, name), milliseconds_of(length))


def _read_looks(metadata: JsonObject) -> tuple[Look, ...] | None:
    value = metadata.get("look")
    if not isinstance(value, list):
        return None
    looks = []
    for item in value:
        name, amount = text_of(dict_of(item).get("name")), number_of(dict_of(item).get("amount"))
        if name is not None:
            looks.append(Look(name, min(max(first_of(amount, 1.0), 0.0), 1.0)))
    return tuple(looks)


def _read_fit(metadata: JsonObject) -> names.Fit | None:
    value = metadata.get("fit")
    if value == "blur":  # as drafts of local/1 say it
        return "whole"
    return value if value in names.FITS else None


def _read_background(metadata: JsonObject) -> str | None:
    value = metadata.get("background")
    if value == names.BLUR or metadata.get("fit") == "blur":
        return names.BLUR
    return color_of(value)


def _read_focus(metadata: JsonObject) -> tuple[float, float] | None:
    value = list_of(metadata.get("focus"))
    if len(value) != 2 or any(number_of(item) is None for item in value):
        return None
    x, y = (min(max(float(item), 0.0), 1.0) for item in value)
    return x, y


def _read_rotation(metadata: JsonObject) -> int | None:
    value = number_of(metadata.get("rotation"))
    return int(value) % 360 if value is not None and value % 90 == 0 else None


def _read_speed(metadata: JsonObject) -> float | None:
    value = number_of(metadata.get("speed"))
    return value if value is not None and value > 0 else None


def _read_music(metadata: JsonObject) -> JsonObject | None:
    value = metadata.get("music")
    if not isinstance(value, dict) or isinstance(metadata.get("media"), str):
        return None
    mood = value.get("mood")
    if "style" not in value and isinstance(mood, str) and mood in _OLD_MOODS:
        return {**without(value, ("mood",)), "style": _OLD_MOODS[mood]}
    return value


def _time(key: str) -> Callable[[JsonObject], int | None]:
    return lambda metadata: milliseconds_of(metadata.get(key))


_READERS: Mapping[type[Segment], Mapping[str, Any]] = {
    Segment: {},
    Clip: {
        "media": lambda m: text_of(m.get("media")),
        "kind": lambda m: m.get("kind") if m.get("kind") in ("image", "video") else None,
        "source_start_ms": _time("source_start"),
        "speed": _read_speed,
        "motion": _read_motion,
        "fit": _read_fit,
        "background": _read_background,
        "focus": _read_focus,
        "transition": lambda m: _read_transition(m.get("transition")),
        "wish": lambda m: _read_transition(m.get("wish")),
        "looks": _read_looks,
        "rotation": _read_rotation,
        "flip": lambda m: one_of(m.get("flip"), names.Flip),
    },
    Sound: {
        "media": lambda m: text_of(m.get("media")),
        "music": _read_music,
        "fade_in_ms": _time("fade_in"),
        "fade_out_ms": _time("fade_out"),
        "source_start_ms": _time("source_start"),
        "ducks": lambda m: m.get("ducks") if isinstance(m.get("ducks"), bool) else None,
    },
    Caption: {
        "style": lambda m: one_of(m.get("style"), names.TextStyle),
        "position": lambda m: one_of(m.get("position"), names.Position),
        "size": lambda m: one_of(m.get("size"), names.TextSize),
        "color": lambda m: color_of(m.get("color")),
        "on": lambda m: text_of(m.get("on")),
        "fade_in_ms": _time("fade_in"),
        "fade_out_ms": _time("fade_out"),
    },
}
"""How each field of a segment is read from its metadata."""

_WIRE_NAMES = {
    "source_start_ms": "source_start",
    "fade_in_ms": "fade_in",
    "fade_out_ms": "fade_out",
    "looks": "look",
}
_WRITTEN_KEYS = {
    segment_type: (
        *("name", "title", "text", "volume"),
        *(_WIRE_NAMES.get(key, key) for key in readers),
    )
    for segment_type, readers in _READERS.items()
}
assert all(
    set(readers) <= {field.name for field in fields(segment_type)}
    for segment_type, readers in _READERS.items()
)


def _read_fade(value: object) -> Fade | None:
    document = dict_of(value)
    length = milliseconds_of(document.get("d"))
    return Fade(color_of(document.get("color")) or "#000000", length) if length else None
