"""The timeline as `nemo status --json` prints it (CLI.md); what a draft does not say is null."""

from __future__ import annotations

from collections.abc import Mapping

from nemovideo.protocol.draft import JsonObject
from nemovideo.timeline.model import Caption, Clip, Fade, Look, Segment, Sound, Timeline, Track
from nemovideo.timeline.summary import shown_name


def timeline_to_json(timeline: Timeline) -> JsonObject:
    """Return a timeline without its ids and its raw draft."""
    canvas = timeline.canvas
    return {
        "ready": timeline.is_ready,
        "summary": timeline.summary(),
        "duration_ms": timeline.duration_ms,
        "canvas": {"width": canvas.width, "height": canvas.height, "fps": canvas.fps},
        "fade_in": _fade(timeline.fade_in),
        "fade_out": _fade(timeline.fade_out),
        "tracks": [_track(track) for track in timeline.tracks],
    }


def _track(track: Track) -> JsonObject:
    first = track.segments[0] if track.segments else None
    return {
        "type": str(track.type),
        "name": shown_name(first) if first else None,
        "start_ms": track.start_ms,
        "end_ms": track.end_ms,
        "volume": first.volume if first else None,
        "segments": [segment_to_json(segment) for segment in track.segments],
    }


def segment_to_json(segment: Segment) -> JsonObject:
    """Return a segment with the keys of its kind."""
    document: JsonObject = {
        "name": shown_name(segment),
        "text": segment.text,
        "start_ms": segment.start_ms,
        "duration_ms": segment.duration_ms,
        "volume": segment.volume,
    }
    if isinstance(segment, Clip):
        return document | _clip(segment)
    return document | {key: getattr(segment, key) for key in _KEYS.get(type(segment), ())}


_KEYS: Mapping[type[Segment], tuple[str, ...]] = {
    Sound: ("kind", "style", "fade_in_ms", "fade_out_ms", "source_start_ms"),
    Caption: ("style", "position", "size", "color", "backing", "fade_in_ms", "fade_out_ms"),
}
"""What is told of sounds and words, under the names of their fields."""


def _clip(clip: Clip) -> JsonObject:
    transition = clip.transition
    return {
        "kind": clip.kind,
        "transition": transition
        and {"name": transition.name, "duration_ms": transition.duration_ms},
        "motion": clip.motion.name if clip.motion else None,
        "fit": clip.fit,
        "background": clip.background,
        "look": _looks(clip.looks),
        "speed": clip.speed,
        "source_start_ms": clip.source_start_ms,
        "rotation": clip.rotation,
        "flip": clip.flip,
        "beside": clip.beside and _beside(clip.beside),
    }


def _beside(clip: Clip) -> JsonObject:
    """Return the second picture of a pair."""
    return {
        "name": shown_name(clip),
        "kind": clip.kind,
        "motion": clip.motion.name if clip.motion else None,
        "fit": clip.fit,
        "look": _looks(clip.looks),
        "rotation": clip.rotation,
        "flip": clip.flip,
    }


def _looks(looks: tuple[Look, ...] | None) -> list[JsonObject] | None:
    if looks is None:
        return None
    return [{"name": look.name, "amount": look.amount} for look in looks]


def _fade(fade: Fade | None) -> JsonObject | None:
    return None if fade is None else {"color": fade.color, "duration_ms": fade.duration_ms}
