"""The fields of segments, each read from all of a segment's `m`, and written into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from nemovideo.protocol.draft import JsonObject
from nemovideo.timeline import names
from nemovideo.timeline.model import (
    Caption,
    Clip,
    Fade,
    Look,
    Motion,
    Segment,
    Sound,
    Transition,
    View,
)
from nemovideo.timeline.wire._lenient import (
    color_of,
    dict_of,
    first_of,
    list_of,
    milliseconds_of,
    number_of,
    one_of,
    said,
    text_of,
    without,
)

_OLD_TRANSITIONS = {"zoom": "zoomin", "fade": "crossfade"}
_SHORTEST_LOOP_MS = 500
_OLD_MOODS = {"happy": "upbeat", "calm": "ambient", "epic": "cinematic", "lofi": "lo-fi"}


def written_value(value: Any) -> Any:
    """Return a field as the draft holds it."""
    if isinstance(value, Transition):
        return said({"name": value.name, "d": value.duration_ms})
    if isinstance(value, Motion):
        ends = {"from": _write_view(value.start), "to": _write_view(value.end)}
        return {"name": value.name, "strength": value.strength, **said(ends)}
    if isinstance(value, Clip):
        return _write_picture(value)
    if isinstance(value, tuple) and value and isinstance(value[0], Look):
        return [{"name": look.name, "amount": look.amount} for look in value]
    return list(value) if isinstance(value, tuple) else value


def _write_picture(clip: Clip) -> JsonObject:
    """Return the second picture of a pair; it has an id and no times of its own."""
    written = {
        WIRE_NAMES.get(key, key): written_value(getattr(clip, key)) for key in _PICTURE_READERS
    }
    return {**clip.extra, **said({"id": clip.id, "name": clip.name, **written})}


def _read_picture(metadata: JsonObject) -> Clip | None:
    document = dict_of(metadata.get("beside"))
    name, media = text_of(document.get("name")), text_of(document.get("media"))
    if name is None and media is None:
        return None
    values = {key: read(document) for key, read in _PICTURE_READERS.items()}
    written = ("id", "name", *(WIRE_NAMES.get(key, key) for key in values))
    return Clip(
        id=text_of(document.get("id")), name=name, extra=without(document, written), **values
    )


def _write_view(view: View | None) -> list[float] | None:
    return None if view is None else [view.x, view.y, view.zoom]


def write_fade(fade: Fade | None) -> JsonObject | None:
    """Return a fade as the draft's `m` holds it."""
    return None if fade is None else {"color": fade.color, "d": fade.duration_ms}


def read_fade(value: object) -> Fade | None:
    """Return the fade that a draft's `m` holds, if it makes sense."""
    document = dict_of(value)
    length = milliseconds_of(document.get("d"))
    return Fade(color_of(document.get("color")) or "#000000", length) if length else None


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


def _read_loop(metadata: JsonObject) -> tuple[int, int] | None:
    begin, end = (list(map(milliseconds_of, list_of(metadata.get("loop")))) + [None] * 2)[:2]
    if begin is None or end is None or end - begin < _SHORTEST_LOOP_MS:
        return None
    return begin, end


def _time(key: str) -> Callable[[JsonObject], int | None]:
    return lambda metadata: milliseconds_of(metadata.get(key))


READERS: Mapping[type[Segment], Mapping[str, Any]] = {
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
        "beside": _read_picture,
    },
    Sound: {
        "media": lambda m: text_of(m.get("media")),
        "music": _read_music,
        "fade_in_ms": _time("fade_in"),
        "fade_out_ms": _time("fade_out"),
        "source_start_ms": _time("source_start"),
        "loop_ms": _read_loop,
        "ducks": lambda m: m.get("ducks") if isinstance(m.get("ducks"), bool) else None,
    },
    Caption: {
        "style": lambda m: one_of(m.get("style"), names.TextStyle),
        "position": lambda m: one_of(m.get("position"), names.Position),
        "size": lambda m: one_of(m.get("size"), names.TextSize),
        "color": lambda m: color_of(m.get("color")),
        "backing": lambda m: one_of(m.get("backing"), names.Backing),
        "on": lambda m: text_of(m.get("on")),
        "fade_in_ms": _time("fade_in"),
        "fade_out_ms": _time("fade_out"),
    },
}
"""How each field of a segment is read from its metadata."""

_NOT_OF_PICTURES = frozenset(("beside", "source_start_ms", "speed", "transition", "wish"))
_PICTURE_READERS = {key: read for key, read in READERS[Clip].items() if key not in _NOT_OF_PICTURES}
"""The same of the second picture of a pair."""

WIRE_NAMES = {
    "source_start_ms": "source_start",
    "fade_in_ms": "fade_in",
    "fade_out_ms": "fade_out",
    "loop_ms": "loop",
    "looks": "look",
}
"""What fields are called in the draft where that is not their name."""
WRITTEN_KEYS = {
    segment_type: (
        *("name", "title", "text", "volume"),
        *(WIRE_NAMES.get(key, key) for key in readers),
    )
    for segment_type, readers in READERS.items()
}
"""All keys that a segment's fields are written under."""
assert all(
    set(readers) <= {field.name for field in fields(segment_type)}
    for segment_type, readers in READERS.items()
)
